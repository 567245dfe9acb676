import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { encodeOnnx } from '../../support/onnxModel';
import { expectQuiet } from '../harness/expect';
import { reveal } from '../harness/explorer';
import { clickNode, nodeIndex, pageState, plain } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { closeEditors, convlensFrame, openFile, runCommand, screenshot, until } from '../harness/vscode';
import { openText, putCursor, typeOver } from '../harness/text';
import { framesOf, menuOf } from '../harness/workbench';

const BEFORE = `input: 32x32x3
layers:
  - conv: 8 3x3 pad same relu
  - conv: 16 3x3 pad same relu
  - maxpool: 2x2
  - dense: 10 softmax
`;
/** Another stride, one layer more, and no softmax at the end. */
const AFTER = `input: 32x32x3
layers:
  - conv: 8 3x3 stride 2 pad 1 relu
  - dropout: 0.5
  - conv: 16 3x3 pad same relu
  - maxpool: 2x2
  - dense: 10
`;

/** A net whose exporter noted where its layers were written. */
function noted(): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'convlens-noted-')), 'noted.onnx');
  const doc = (line: number, script: string): string =>
    `/usr/lib/python3.11/site-packages/torch/nn/modules/activation.py(101): forward\n/home/someone/${script}(${String(line)}): forward\n`;
  const nodes = [
    { op: 'Relu', name: 'here', inputs: ['x'], outputs: ['a'], doc: doc(2, 'noted/net.py') },
    { op: 'Sigmoid', name: 'elsewhere', inputs: ['a'], outputs: ['y'], doc: doc(7, 'other/far.py') },
  ];
  writeFileSync(file, encodeOnnx({ opset: 13, inputs: { x: [1, 3, 8, 8] }, nodes, outputs: ['y'] }));
  return file;
}

const marksOf = (frame: Frame): Promise<Record<string, number>> =>
  frame.evaluate(() => {
    const { __convlens: page } = globalThis as unknown as {
      __convlens: { state(): { scene: { nodes: { mark?: string }[] } | null } };
    };
    const counts: Record<string, number> = {};
    for (const { mark } of page.state().scene?.nodes ?? []) if (mark) counts[mark] = (counts[mark] ?? 0) + 1;
    return counts;
  });

const choose = async (page: Page, file: string, entry: string): Promise<void> => {
  // The tooltip of the file chosen before may lie over this one.
  await page.mouse.move(900, 500);
  await page.locator('.context-view .hover-contents:visible').waitFor({ state: 'hidden' });
  const menu = await menuOf(page, file);
  await menu.getByText(entry, { exact: true }).click();
};

const selectionOf = async (frame: Frame): Promise<number | null> => (await pageState(frame)).selection;

/** Compares the two nets from the Explorer. The extension has to be awake for its entries to do something. */
async function compareNets(page: Page): Promise<Frame> {
  await openFile(page, 'fashion-mnist/fashion-mnist.onnx');
  await convlensFrame(page);
  await closeEditors(page);
  await choose(page, 'nets/before.cnn.yaml', 'Select Model for Compare');
  await choose(page, 'nets/after.cnn.yaml', 'Compare with Selected Model');
  return convlensFrame(page);
}

describe(`comparing (${hostKind} host)`, () => {
  let session: Session;
  before(async () => {
    session = await launchHost({
      // What is typed stays unsaved until a test saves it.
      settings: { 'files.autoSave': 'off' },
      extras: {
        'nets/before.cnn.yaml': { text: BEFORE },
        'nets/after.cnn.yaml': { text: AFTER },
        'noted/noted.onnx': { from: noted() },
        'noted/net.py': { text: 'def forward(x):\n    return x.relu()\n' },
      },
    });
  });
  after(() => session.stop());
  afterEach(async () => {
    await closeEditors(session.page);
    expectQuiet(session);
  });

  it('shows two files chosen in the Explorer as one graph, with differences and totals', async () => {
    const { page } = session;
    const frame = await compareNets(page);
    const marks = await marksOf(frame);
    assert.deepEqual(
      { changed: marks.changed, added: marks.added, removed: marks.removed },
      { changed: 2, added: 1, removed: 1 },
    );
    const rows = frame.locator('.compare-row');
    assert.equal(await rows.count(), 4);
    const list = await frame.locator('[data-testid=differences]').innerText();
    assert.match(list, /strides\s+1, 1 → 2, 2/);
    assert.match(list, /Parameters/);

    await rows.filter({ hasText: 'Dropout' }).click();
    const dropout = await selectionOf(frame);
    assert.equal((await pageState(frame)).scene?.nodes[dropout!]?.op, 'Dropout');

    // By keyboard: from the graph to the next difference, and back.
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('n');
    await until('the next difference', async () => ((await selectionOf(frame)) === dropout ? undefined : true));
    await page.keyboard.press('p');
    await until('the one before', async () => ((await selectionOf(frame)) === dropout ? true : undefined));
    await rows.first().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await rows.nth(1).evaluate((element) => element === document.activeElement), true);

    await frame.locator('button[aria-label="Swap sides"]').click();
    await until('the sides to be swapped', async () =>
      (await marksOf(frame)).removed === 1 && (await frame.locator('h1').innerText()).startsWith('after')
        ? true
        : undefined,
    );
  });

  it('says in a table what each layer gained and lost, selected both ways', async () => {
    const { page } = session;
    const frame = await compareNets(page);
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    await page.keyboard.press('5');
    const table = frame.locator('[data-testid=layer-table]');
    await table.waitFor();
    const row = table.locator('.layers-row[data-node]');
    assert.match(plain(await row.filter({ hasText: 'Dropout' }).innerText()), /added/);

    // 16·16·16 inputs of the dense layer became 8·8·16: the most that was lost stands first when sorted the other way.
    const heading = table.locator('[data-column=parametersChange]');
    await heading.click();
    await heading.click();
    await until('the largest loss first', async () =>
      plain(await row.first().innerText()).includes('−30720') ? true : undefined,
    );
    await row.first().click();
    const dense = await selectionOf(frame);
    assert.equal((await pageState(frame)).scene?.nodes[dense!]?.op, 'Gemm');
    const dropout = await nodeIndex(frame, 'Dropout');
    await clickNode(page, frame, dropout);
    await table.locator(`.layers-row.on[data-node="${String(dropout)}"]`).waitFor();

    await frame.locator('[data-testid=layer-filter]').fill('diff:added');
    await until('what was added alone', async () => ((await row.count()) === 1 ? true : undefined));
    await frame.locator('[data-testid=copy-table]').click();
    await until('the copy', async () => {
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      return /^\| Difference .*\n.*\n\| added \|.*Dropout/.test(copied) ? true : undefined;
    });
    await screenshot(page, 'compare-layers');
    await table.focus();
    await page.keyboard.press('Escape');
    await table.waitFor({ state: 'hidden' });
  });

  it('compares a definition as it stands in its editor, saved or not, and under a new name', async () => {
    const { page } = session;
    await openText(page, 'nets/before.cnn.yaml');
    // 9 channels in place of 8.
    await putCursor(page, 3, 11);
    await typeOver(page, 1, '9');
    await page.locator('.tab.dirty', { hasText: 'before.cnn.yaml' }).waitFor();
    await choose(page, 'nets/before.cnn.yaml', 'Select Model for Compare');
    await choose(page, 'nets/after.cnn.yaml', 'Compare with Selected Model');
    const frame = await convlensFrame(page);
    const differences = frame.locator('[data-testid=differences]');
    assert.match(await differences.innerText(), /9×3×3×3/);
    await page.locator('.tab', { hasText: /^before\.cnn\.yaml$/ }).click();
    await runCommand(page, 'File: Revert File');
    await page.locator('.tab', { hasText: '↔' }).click();
    await until('the text as it was', async () =>
      (await differences.innerText()).includes('9×3×3×3') ? undefined : true,
    );

    await choose(page, 'nets/after.cnn.yaml', 'Rename...');
    await page.locator('.explorer-folders-view .monaco-inputbox input').fill('later.cnn.yaml');
    await page.keyboard.press('Enter');
    await page.locator('.tab', { hasText: 'before.cnn.yaml ↔ later.cnn.yaml' }).waitFor();
    await until('the page under the new name', async () =>
      (await frame.locator('h1').innerText()).endsWith('later.cnn.yaml') ? true : undefined,
    );
    assert.equal(await frame.locator('[data-testid=message]').isVisible(), false);
  });

  it('links the two editors of VS Code’s own diff, and shows them as one graph', async () => {
    const { page } = session;
    await choose(page, 'architectures/resnet18-narrow.onnx', 'Select for Compare');
    await choose(page, 'architectures/resnet18.onnx', 'Compare with Selected');
    const [left, right] = await framesOf(page, 2);
    const changed = await until('marks on both', async () => {
      const [one, other] = [await marksOf(left!), await marksOf(right!)];
      return one.changed && one.changed === other.changed ? one.changed : undefined;
    });
    assert.ok(changed > 20, String(changed));
    const conv = await nodeIndex(left!, 'Conv');
    await clickNode(page, left!, conv);
    const pair = await nodeIndex(right!, 'Conv');
    await until('the counterpart to be selected', async () =>
      (await selectionOf(right!)) === pair ? true : undefined,
    );
    await runCommand(page, 'ConvLens: Compare in One Graph');
    const frame = await until('the comparison', async () => {
      const found = await convlensFrame(page);
      return (await found.locator('.compare-row').count()) > 0 ? found : undefined;
    });
    assert.equal((await marksOf(frame)).changed, changed);
  });

  it('lists the layers in the Explorer, selected both ways', async () => {
    const { page } = session;
    await openFile(page, 'architectures/resnet18.onnx');
    const frame = await convlensFrame(page);
    await runCommand(page, 'ConvLens: Reveal in Layers View');
    const pane = page.locator('.pane', { has: page.locator('.pane-header[aria-label*="Layers"]') });
    const row = (name: string) => pane.locator('.monaco-list-row', { hasText: name }).first();
    await row('conv1').click();
    const conv = await nodeIndex(frame, 'Conv');
    await until('the first layer', async () => ((await selectionOf(frame)) === conv ? true : undefined));
    // The layer after it, by keyboard.
    await pane.locator('.monaco-list:focus-within .monaco-list-row.focused', { hasText: 'conv1' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until('the layer below', async () => {
      const now = await selectionOf(frame);
      return now !== conv && now !== null ? true : undefined;
    });
    const pool = await nodeIndex(frame, 'MaxPool');
    await clickNode(page, frame, pool);
    await pane.locator('.monaco-list-row.selected', { hasText: /max ?pool/i }).waitFor();
    await row('layer1').click();
    await until('the module', async () => ((await selectionOf(frame)) === null ? true : undefined));
  });

  it('opens the line a layer was written in, and nothing outside of the workspace', async () => {
    const { page } = session;
    await (await reveal(page, 'noted/noted.onnx')).waitFor();
    await openFile(page, 'noted/noted.onnx');
    const frame = await convlensFrame(page);
    await clickNode(page, frame, await nodeIndex(frame, 'Relu'));
    await runCommand(page, 'ConvLens: Reveal in Source');
    const line = page.locator('.statusbar-item', { hasText: /Ln 2/ }).first();
    await page.locator('.tab', { hasText: 'net.py' }).waitFor();
    await line.waitFor();
    // The same by the pointer, in the inspector.
    await page.locator('.tab', { hasText: 'noted.onnx' }).click();
    await line.waitFor({ state: 'hidden' });
    await (
      await convlensFrame(page)
    )
      .locator('[data-testid=inspector] button', { hasText: 'reveal in source' })
      .click();
    await line.waitFor();
  });
});
