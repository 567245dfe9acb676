import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../../package.json';
import { expectQuiet } from '../harness/expect';
import { FASHION } from '../harness/fashion';
import { clickNode, nodeIndex, pageState, plain, sceneFacts, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import {
  answer,
  closeEditors,
  convlensFrame,
  offeredCommands,
  openFile,
  pick,
  runCommand,
  screenshot,
  until,
} from '../harness/vscode';
import { menuOf, notification, statusTotals, titleButtons } from '../harness/workbench';

const ANYWHERE = [
  'Compare with Another Model…',
  'New Network Definition',
  'Open Course',
  'Open Model…',
  'Open Sample…',
  'Show Log',
];
const WITH_A_MODEL = [
  'Run Image…',
  'Run Sample Image',
  'Find Layer…',
  'Show Layer Table',
  'Fit Graph',
  'Toggle Direction',
  'Toggle Maps on the Layers',
  'Set Input Size…',
  'Trace What Feeds the Layer',
  'Trace What the Layer Feeds',
  'Highlight All Layers of This Type',
  'Go Back to the Last Selection',
  'Go Forward in the Selections',
  'Cut Here…',
  'Save Graph as SVG…',
  'Save Graph as PNG…',
  'Copy Summary as Markdown',
  'Reveal in Layers View',
  'Reveal in Source',
];

describe(`commands (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost();
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('come from the package in the Node host, from its folder in the web host', () => {
    if (hostKind === 'web') {
      assert.equal(session.extensionsDir, undefined);
      return;
    }
    const { publisher, name, version } = packageJson;
    const folder = path.join(session.extensionsDir!, `${publisher}.${name}-${version}`);
    const installed = readdirSync(session.extensionsDir!).join(', ');
    assert.ok(existsSync(path.join(folder, 'package.json')), `installed: ${installed}`);
  });

  it('that need a model are offered only beside one', async () => {
    assert.deepEqual((await offeredCommands(session.page, 'ConvLens')).sort(), [...ANYWHERE].sort());
    await openFile(session.page, FASHION);
    await convlensFrame(session.page);
    assert.deepEqual((await offeredCommands(session.page, 'ConvLens')).sort(), [...ANYWHERE, ...WITH_A_MODEL].sort());
  });

  it('stand as buttons over the editor, and totals in the status bar', async () => {
    await openFile(session.page, FASHION);
    await convlensFrame(session.page);
    assert.deepEqual((await titleButtons(session.page)).slice(0, 3), ['Run Image…', 'Find Layer…', 'Show Layer Table']);
    const totals = await until('the totals', async () => (await statusTotals(session.page)) || undefined);
    assert.equal(plain(totals), '13 operators · 90.7 k parameters · 1.04 M MACs');
    // What they are the sums of, at a click.
    await session.page.locator('.statusbar-item[id*="convlens.totals"]:visible').first().click();
    await (await convlensFrame(session.page)).locator('[data-testid=layer-table]').waitFor();
    await closeEditors(session.page);
    await until('the totals to go', async () => (await statusTotals(session.page)) === '' || undefined);
  });

  it('open a file from its menu in the Explorer', async () => {
    const menu = await menuOf(session.page, FASHION);
    await menu.getByText('Open with ConvLens', { exact: true }).click();
    const frame = await convlensFrame(session.page);
    assert.equal((await sceneFacts(frame)).operators, 13);
  });

  it('open a sample from the list', async () => {
    await runCommand(session.page, 'ConvLens: Open Sample');
    await pick(session.page, 'MobileNet v2', 'Inverted residuals');
    const frame = await convlensFrame(session.page);
    assert.match(await textOf(frame, 'header'), /mobilenet-v2\.onnx/);
    const { scene } = await pageState(frame);
    assert.equal(scene?.header.parameters, 3_487_816);
  });

  it('set another input size, and everything is worked out again', async () => {
    await openFile(session.page, 'architectures/resnet18.onnx');
    const frame = await convlensFrame(session.page);
    const before = await sceneFacts(frame);
    assert.equal(before.input, '1×3×224×224');
    // Twice as high and wide: four times the positions of every convolution; the 512 → 1000 at the end stays.
    const dense = 512 * 1000;
    const expected = (before.macs! - dense) * 4 + dense;
    await runCommand(session.page, 'ConvLens: Set Input Size');
    await answer(session.page, '1x3x448x448');
    const after = await until('the new size', async () => {
      const facts = await sceneFacts(frame);
      return facts.input === '1×3×448×448' ? facts : undefined;
    });
    assert.equal(after.macs, expected);
    assert.match((await frame.locator('[data-testid=header] .facts').getAttribute('title')) ?? '', /3×448×448/);
    await until('the totals of the new size', async () =>
      /7\.2\d G MACs/.test(plain(await statusTotals(session.page))) ? true : undefined,
    );
    await screenshot(session.page, 'input-size');
    // Nothing stands for what the file says.
    await runCommand(session.page, 'ConvLens: Set Input Size');
    await answer(session.page, '');
    await until('the size of before', async () => {
      const facts = await sceneFacts(frame);
      return facts.input === before.input && facts.macs === before.macs ? true : undefined;
    });
  });

  it('refuse an input size that cannot be', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await runCommand(session.page, 'ConvLens: Set Input Size');
    const widget = session.page.locator('.quick-input-widget:visible');
    await widget.locator('input[type=text]').fill('1x1x28');
    await widget.getByText('This input has 4 axes').waitFor();
    await session.page.keyboard.press('Enter');
    await widget.waitFor();
    await session.page.keyboard.press('Escape');
    assert.equal((await sceneFacts(frame)).input, '1×1×28×28');
  });

  it('say what later layers cannot take', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    await runCommand(session.page, 'ConvLens: Set Input Size');
    await answer(session.page, '1x1x56x56');
    // 24×12×12 after the second pool is 3456 values, and the first dense layer takes 600.
    const problem = await until('a problem', async () => (await sceneFacts(frame)).problems[0]);
    assert.match(plain(problem.message), /3456/);
    assert.match(plain(await textOf(frame, 'message')), /3456/);
  });

  it('copy a summary that can be pasted', async () => {
    await openFile(session.page, FASHION);
    await convlensFrame(session.page);
    await runCommand(session.page, 'ConvLens: Copy Summary as Markdown');
    const copied = await until('a summary', async () => {
      const text = await session.page.evaluate(() => navigator.clipboard.readText());
      return text.startsWith('# ') ? text : undefined;
    });
    assert.match(copied, /^# fashion-mnist\.onnx/);
    assert.match(copied, /Parameters: 90,670/);
    assert.match(copied, /\| Conv 5×5 · 24.* \| 24×10×10 \| 14 \| 2 \| 7,224 \| 720,000 \|/);
  });

  it('turn the graph and fit it', async () => {
    await openFile(session.page, FASHION);
    const frame = await convlensFrame(session.page);
    const [first, last] = [await nodeIndex(frame, 'Conv'), await nodeIndex(frame, 'Softmax')];
    await runCommand(session.page, 'ConvLens: Toggle Direction');
    await runCommand(session.page, 'ConvLens: Fit Graph');
    const boxes = (): Promise<readonly { x: number; y: number }[]> =>
      frame.evaluate(
        (nodes) =>
          nodes.map((node) =>
            (
              globalThis as unknown as { __convlens: { nodeScreenBox(node: number): { x: number; y: number } } }
            ).__convlens.nodeScreenBox(node),
          ),
        [first, last],
      );
    await until('a graph from left to right', async () => {
      const [a, b] = await boxes();
      return a && b && b.x - a.x > 4 * Math.abs(b.y - a.y) ? true : undefined;
    });
    await runCommand(session.page, 'ConvLens: Toggle Direction');
    await until('a graph from top to bottom', async () => {
      const [a, b] = await boxes();
      return a && b && b.y - a.y > 4 * Math.abs(b.x - a.x) ? true : undefined;
    });
  });

  it('give the file to the text editor and take it back', async () => {
    await openFile(session.page, FASHION);
    await convlensFrame(session.page);
    await runCommand(session.page, 'View: Reopen Editor With');
    await pick(session.page, 'Text Editor');
    await session.page.locator('.monaco-editor-pane-placeholder', { hasText: 'binary' }).waitFor();
    const again = session.page.locator('.editor-actions .action-label[aria-label^="Open with ConvLens"]');
    await again.click();
    assert.equal((await sceneFacts(await convlensFrame(session.page))).operators, 13);
  });

  it('offer the samples where there is no model to act on', async () => {
    await runCommand(session.page, 'Welcome: Open Walkthrough');
    await pick(session.page, 'Get started with ConvLens');
    await session.page.getByText('Find your way in large networks').click();
    const picture = session.page.locator('.getting-started-media img').first();
    await until('the picture of the step', async () =>
      (await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)) > 0 ? true : undefined,
    );
    await session.page.getByRole('button', { name: 'Find a layer', exact: true }).click();
    await notification(session.page, 'This needs a model that is open.');
    await screenshot(session.page, 'walkthrough');
    await session.page.getByRole('button', { name: 'Open a sample' }).last().click();
    await pick(session.page, 'Fashion-MNIST');
    const frame = await convlensFrame(session.page);
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
  });
});
