import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { controlFamilies } from '../../support/families/control';
import { encodeOnnx } from '../../support/onnxModel';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, pageState } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, runCommand, saveAs, screenshot, until } from '../harness/vscode';

describe(`the graph (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, 'architectures/resnet18.onnx');
    frame = await convlensFrame(session.page);
    await frame.locator('.app[data-drawn]').waitFor();
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  const lit = (): Locator => frame.locator('[data-testid=lit]');
  const press = (key: string): Promise<void> => session.page.keyboard.press(key);

  it('traces what feeds a layer and what it feeds, by keys, menu and palette', async () => {
    // The second convolution of the first block: two convolutions, two ReLUs, a pooling before it.
    const second = await nodeIndex(frame, 'Conv', 2);
    await clickNode(session.page, frame, second);
    await press('u');
    await lit().waitFor();
    assert.match(await lit().innerText(), /^5 of 49 operators feed .*conv2/);
    await screenshot(session.page, 'graph-trace');
    await press('Shift+U');
    assert.match(await lit().innerText(), /conv2 feeds 43 of 49 operators/);
    // While the card of the layer is open, Escape closes that.
    await session.page.mouse.move(2, 2);
    await frame.locator('[data-testid=hover-card]').waitFor({ state: 'hidden' });
    await press('Escape');
    await lit().waitFor({ state: 'detached' });
    assert.equal((await pageState(frame)).selection, second, 'the selection stays');

    await clickNode(session.page, frame, second);
    await press('Shift+F10');
    await frame.locator('[role=menuitem]', { hasText: 'Trace what feeds it' }).click();
    await lit().waitFor();
    await frame.locator('[data-testid=lit] button').click();
    await lit().waitFor({ state: 'detached' });

    await runCommand(session.page, 'ConvLens: Trace What Feeds the Layer');
    await lit().waitFor();
    await lit().locator('button').click();
  });

  it('lights all of a family from the legend and all of a kind by a key', async () => {
    await frame.locator('[data-testid=legend] [data-family=pooling]').click();
    assert.match(await lit().innerText(), /^2 of 49 operators: Pooling/);
    assert.equal(await frame.locator('[data-family=pooling]').getAttribute('aria-pressed'), 'true');
    await press('Enter');
    await lit().waitFor({ state: 'detached' });
    await clickNode(session.page, frame, await nodeIndex(frame, 'Conv', 1));
    await press('t');
    assert.match(await lit().innerText(), /^20 of 49 operators: Conv/);
    await press('t');
    await lit().waitFor({ state: 'detached' });
    // The legend gets out of the way by the pointer, and comes back by a key.
    const pooling = frame.locator('[data-testid=legend] [data-family=pooling]');
    await frame.locator('.legend-fold').click();
    await pooling.waitFor({ state: 'hidden' });
    await frame.locator('.legend-fold').press('Enter');
    await pooling.waitFor();
  });

  it('goes back and forward over what was selected', async () => {
    const [first, second] = [await nodeIndex(frame, 'Conv', 0), await nodeIndex(frame, 'MaxPool', 0)];
    await clickNode(session.page, frame, first);
    await clickNode(session.page, frame, second);
    await press('Alt+ArrowLeft');
    assert.equal((await pageState(frame)).selection, first);
    await press('Alt+ArrowRight');
    assert.equal((await pageState(frame)).selection, second);
    await runCommand(session.page, 'ConvLens: Go Back to the Last Selection');
    await until('the first again', async () => ((await pageState(frame)).selection === first ? true : undefined));
  });

  it('colours by element type, and by time once it was measured', async () => {
    const legend = frame.locator('[data-testid=legend]');
    const colour = frame.locator('[data-testid=header] select[aria-label="Colour by"]');
    await colour.selectOption('dtype');
    assert.match(await legend.innerText(), /Element type of the output\s*float32/);
    await colour.selectOption('time');
    await legend.locator('button', { hasText: 'Measure each layer' }).waitFor();
    await colour.selectOption('field');
    assert.match(await legend.innerText(), /px of the input.*435 · input 224/s);
    await colour.selectOption('family');
  });

  it('goes where the minimap is pressed, and where keys take it', async () => {
    // So near that the frame of what is in sight is not cut off at the minimap's edges.
    await frame.locator('[role=treeitem][tabindex="0"]').focus();
    const minimap = frame.locator('.minimap:not(.hidden)');
    const shown = frame.locator('.minimap-view');
    await until('a small part of the net', async () => {
      await session.page.keyboard.press('+');
      if (!(await minimap.isVisible())) return undefined;
      return (await shown.boundingBox())!.height < (await minimap.boundingBox())!.height / 4 ? true : undefined;
    });
    const middle = async (): Promise<number> => {
      const box = (await shown.boundingBox())!;
      return box.y + box.height / 2;
    };
    const map = (await minimap.boundingBox())!;
    for (const place of [0.8, 0.3]) {
      const wanted = map.y + map.height * place;
      await session.page.mouse.click(map.x + map.width / 2, wanted);
      await until(`the view at ${String(place)} of the net`, async () =>
        Math.abs((await middle()) - wanted) < 8 ? true : undefined,
      );
    }
    await minimap.focus();
    const said = async (): Promise<string> => (await minimap.getAttribute('aria-valuetext')) ?? '';
    await session.page.keyboard.press('End');
    await until('the end of the net', async () => ((await said()).includes('to 100 %') ? true : undefined));
    await session.page.keyboard.press('Home');
    await until('its beginning', async () => ((await said()).startsWith('0 % to') ? true : undefined));
    await session.page.keyboard.press('PageDown');
    await until('a page on', async () => ((await said()).startsWith('0 % to') ? undefined : true));
    await runCommand(session.page, 'ConvLens: Fit Graph');
  });

  it('is saved as SVG and PNG after a few questions', async () => {
    await frame.locator('[data-testid=figure]').click();
    await frame.locator('[role=menuitem]', { hasText: 'SVG' }).click();
    const dialog = frame.locator('dialog.figure-dialog');
    await screenshot(session.page, 'graph-figure');
    assert.match(await dialog.innerText(), /Whole graph[\s\S]*Light, for print/);
    await dialog.locator('[data-testid=save-figure]').click();
    await saveAs(session.page, 'resnet18.svg');

    await runCommand(session.page, 'ConvLens: Save Graph as PNG');
    await dialog.locator('input[name=scale][value="1"]').check();
    assert.match((await dialog.locator('.figure-facts').innerText()).replace(/\s/g, ' '), /^\d+ × \d[\d ]+ pixels$/);
    await press('Enter');
    await saveAs(session.page, 'resnet18.png');
    if (hostKind === 'web') return; // what is written there stays in the page
    const file = (ending: string): string => `${session.folder}/architectures/resnet18.${ending}`;
    await until('both figures', () =>
      Promise.resolve((existsSync(file('svg')) && existsSync(file('png'))) || undefined),
    );
    const svg = readFileSync(file('svg'), 'utf8');
    const read = await frame.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'image/svg+xml');
      const titles = [...document.querySelectorAll('g > title')].map((title) => title.textContent);
      return { broken: document.querySelector('parsererror') !== null, titles };
    }, svg);
    assert.ok(!read.broken, 'well-formed');
    assert.ok(
      read.titles.some((title) => /^Conv, 7×7, 64, \/2, .*conv1.*, 64×112×112$/.test(title)),
      'the first layer',
    );
    assert.ok(!svg.includes('var(--'), 'every colour is written out');
    assert.equal(readFileSync(file('png')).subarray(1, 4).toString(), 'PNG');
  });
});

describe(`a net inside of an operator (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  const made = mkdtempSync(path.join(os.tmpdir(), 'convlens-if-'));
  before(async () => {
    const from = path.join(made, 'branches.onnx');
    writeFileSync(from, encodeOnnx(controlFamilies.branches!.spec));
    session = await launchHost({ extras: { 'mine/branches.onnx': { from } } });
    await openFile(session.page, 'mine/branches.onnx');
    frame = await convlensFrame(session.page);
    await frame.locator('.app[data-drawn]').waitFor();
  });
  after(async () => {
    await session.stop();
    rmSync(made, { recursive: true, force: true });
  });
  afterEach(() => {
    expectQuiet(session);
  });

  it('opens in place: both branches with their layers, by keys and by the pointer', async () => {
    const tree = frame.locator('[role=tree]');
    const branch = (name: string) => tree.locator('[role=treeitem][data-group]', { hasText: `Module ${name},` });
    for (const name of ['then', 'else']) assert.equal(await branch(name).getAttribute('aria-expanded'), 'true');
    // Two of the three convolutions lie in the branches, with weights of 3×3 and of 5×5.
    const inside = [await nodeIndex(frame, 'Conv', 1), await nodeIndex(frame, 'Conv', 2)];
    await screenshot(session.page, 'graph-branches');
    await clickNode(session.page, frame, inside[1]!);
    const inspector = frame.locator('[data-testid=inspector]');
    await until('the weights of the other branch', async () =>
      (await inspector.innerText()).includes('2×1×5×5') ? true : undefined,
    );
    assert.match(await inspector.innerText(), /inside If .*else_branch/);
    await session.page.keyboard.press('Backspace');
    await until('the branch to close', async () =>
      (await branch('else').getAttribute('aria-expanded')) === 'false' ? true : undefined,
    );
    await session.page.keyboard.press('Enter');
    await until('the branch to open', async () =>
      (await branch('else').getAttribute('aria-expanded')) === 'true' ? true : undefined,
    );
  });
});
