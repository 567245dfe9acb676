import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { expectQuiet } from '../harness/expect';
import { clickNode, nodeIndex, pageState, plain, textOf } from '../harness/lens';
import { hostKind, launchHost, type Session } from '../harness/session';
import { convlensFrame, openFile, runCommand, saveAs, screenshot, until } from '../harness/vscode';

describe(`the layer table (${hostKind} host)`, () => {
  let session: Session;
  let frame: Frame;
  before(async () => {
    session = await launchHost();
    await openFile(session.page, 'architectures/resnet18.onnx');
    frame = await convlensFrame(session.page);
  });
  after(() => session.stop());
  afterEach(() => {
    expectQuiet(session);
  });

  const table = (): Locator => frame.locator('[data-testid=layer-table]');
  const rowOf = (node: number): Locator => table().locator(`[data-node="${String(node)}"]`);
  const rows = (): Locator => table().locator('.layers-row');
  /** Rows as they stand from top to bottom, whatever their order in the document. */
  const firstNode = (): Promise<number> =>
    table()
      .locator('[data-index="0"]')
      .getAttribute('data-node')
      .then((id) => Number(id ?? -1));
  const selected = async (): Promise<number> =>
    Number((await table().locator('[data-node][aria-selected=true]').getAttribute('data-node')) ?? -1);

  it('opens from the palette with a row for every operator', async () => {
    await runCommand(session.page, 'ConvLens: Show Layer Table');
    await table().waitFor();
    const { header } = (await pageState(frame)).scene!;
    assert.match(await frame.locator('.wb-about').innerText(), new RegExp(`^${String(header.operators)} operators$`));
    const conv1 = plain((await rowOf(await nodeIndex(frame, 'Conv')).innerText()).replace(/\n/g, ' '));
    assert.match(conv1, /Conv conv1 7×7 · 64 · \/2 3×224×224 64×112×112 7 9472 ?118 M 3\.21 MB/);
    // Eight blocks in four stages, and what stands outside of them.
    const count = Number(await table().getAttribute('aria-rowcount'));
    assert.equal(count, 1 + header.operators + 4 + 8);
    assert.ok((await rows().count()) < count, 'rows out of sight do not exist');
    await screenshot(session.page, 'layer-table');
  });

  it('sorts by a click on a heading, selects by the arrow keys, and the graph follows', async () => {
    const parameters = table().locator('[data-column=parameters]');
    await parameters.click();
    assert.equal(await parameters.getAttribute('aria-sort'), 'descending');
    const { scene } = await pageState(frame);
    const most = await firstNode();
    assert.match(plain(await rowOf(most).innerText()), /2359808/, '512·512·3·3 + 512');
    await rowOf(most).click();
    assert.equal((await pageState(frame)).selection, most);
    await session.page.keyboard.press('ArrowDown');
    const second = await selected();
    assert.notEqual(second, most);
    assert.equal((await pageState(frame)).selection, second);
    assert.equal(scene!.nodes[second]!.op, 'Conv');
    assert.match(await textOf(frame, 'status'), /layer4/);
    // Enter goes there in the graph.
    await session.page.keyboard.press('Enter');
    await table().waitFor({ state: 'hidden' });
    await until('the selected layer to be in sight', async () =>
      (await frame.evaluate(
        (node) =>
          (globalThis as unknown as { __convlens: { nodeScreenBox(node: number): unknown } }).__convlens.nodeScreenBox(
            node,
          ) !== null,
        second,
      ))
        ? true
        : undefined,
    );
    assert.equal((await pageState(frame)).selection, second);
  });

  it('follows a selection made in the graph', async () => {
    await runCommand(session.page, 'ConvLens: Fit Graph');
    const pool = await nodeIndex(frame, 'MaxPool');
    await clickNode(session.page, frame, pool);
    assert.equal((await pageState(frame)).selection, pool);
    await runCommand(session.page, 'ConvLens: Show Layer Table');
    await table().waitFor();
    assert.equal(await selected(), pool);
    await rowOf(pool).waitFor();
  });

  it('is walked by keys alone: heading, cells, modules', async () => {
    const grid = table();
    await grid.focus();
    // Back to the order of the file: one click more on the heading of `#` and away again.
    const parameters = grid.locator('[data-column=parameters]');
    while ((await parameters.getAttribute('aria-sort')) !== 'none') await parameters.click();
    await grid.focus();
    await session.page.keyboard.press('Home');
    await session.page.keyboard.press('ArrowUp');
    assert.equal(await grid.getAttribute('aria-activedescendant'), 'layers-head-index');
    await session.page.keyboard.press('End');
    await session.page.keyboard.press('Enter');
    assert.equal(await grid.locator('[data-column=memory]').getAttribute('aria-sort'), 'descending');
    await session.page.keyboard.press('Enter');
    await session.page.keyboard.press('Enter');
    assert.equal(await grid.locator('[data-column=memory]').getAttribute('aria-sort'), 'none');
    const module = grid.locator('.layers-module', { hasText: 'layer1' }).first();
    await module.click();
    assert.equal(await module.getAttribute('aria-expanded'), 'true');
    await session.page.keyboard.press('ArrowLeft');
    const before = Number(await grid.getAttribute('aria-rowcount'));
    assert.equal(await module.getAttribute('aria-expanded'), 'false');
    await session.page.keyboard.press('ArrowRight');
    assert.equal(await module.getAttribute('aria-expanded'), 'true');
    assert.ok(Number(await grid.getAttribute('aria-rowcount')) > before);
  });

  it('filters in the language of the search and copies what is left', async () => {
    await session.page.keyboard.press('/');
    await frame.locator('[data-testid=layer-filter]').fill('op:Conv stride:2 -kernel:1');
    const { scene } = await pageState(frame);
    const shown = await table().locator('[data-node]').count();
    assert.equal(shown, 4, 'the stem and the first convolution of three stages');
    assert.match(await frame.locator('.wb-about').innerText(), /^4 of \d+ operators shown$/);
    await screenshot(session.page, 'layer-table-filtered');
    await frame.locator('[data-testid=table-formats]').click();
    await frame.locator('[role=menuitem]', { hasText: 'Copy as CSV' }).click();
    const copied = await until('the clipboard to have the table', async () => {
      const text = await session.page.evaluate(() => navigator.clipboard.readText());
      return text.startsWith('index,') ? text : undefined;
    });
    const lines = copied.trimEnd().split(/\r?\n/);
    assert.equal(lines.length, 1 + 4);
    const [first] = lines.slice(1).map((line) => line.split(','));
    assert.equal(scene!.nodes[Number(first![0])]!.name, first![1]);
    await frame.locator('[data-testid=layer-filter]').press('Escape');
  });

  it('is saved in each format, as it is filtered', async () => {
    const { page } = session;
    await frame.locator('[data-testid=layer-filter]').fill('op:Conv stride:2 -kernel:1');
    await until('the filter', async () => ((await table().locator('[data-node]').count()) === 4 ? true : undefined));
    const holds: readonly (readonly [string, string, (text: string) => number])[] = [
      ['CSV', 'csv', (text) => text.trimEnd().split('\n').length - 1],
      // A heading, a line below it, and the rows.
      ['Markdown', 'md', (text) => [...text.matchAll(/^\|/gm)].length - 2],
      ['LaTeX', 'tex', (text) => [...text.split('\\endhead')[1]!.matchAll(/\\\\$/gm)].length],
      ['JSON', 'json', (text) => (JSON.parse(text) as unknown[]).length],
    ];
    for (const [format, ending, layers] of holds) {
      await frame.locator('[data-testid=table-formats]').click();
      await frame.locator('[role=menuitem]', { hasText: `Save as ${format}` }).click();
      const target = await saveAs(page, `.${ending}`);
      if (hostKind === 'web') continue; // what is written there stays in the page
      const file = path.join(session.folder, 'architectures', path.basename(target));
      await until(file, () => Promise.resolve(existsSync(file) || undefined));
      assert.equal(layers(readFileSync(file, 'utf8')), 4, format);
    }
  });
});
