/** Layers side by side in a real run: found by keyboard, linked, in numbers, and remembered. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { onRunGallery } from '../../gallery/run/bench';
import { settings } from '../../gallery/run/settings';

interface State {
  readonly channel: number;
  readonly unit: readonly number[] | null;
  readonly selection: number | null;
  readonly mode: string;
  readonly run: { readonly phase: string };
  readonly beside: { readonly open: boolean; readonly layers: readonly number[] };
  readonly scene: {
    readonly nodes: readonly { readonly name: string; readonly outputs: readonly { readonly name: string }[] }[];
  };
}
interface Tensor {
  readonly dims: readonly number[];
  readonly values: readonly number[];
}
interface Hooks {
  readonly __convlens: {
    readonly state: () => State;
    readonly tensor: (name: string) => Promise<Tensor | null>;
  };
}
const state = (page: Page): Promise<State> => page.evaluate(() => (window as unknown as Hooks).__convlens.state());

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly value: number;
  readonly chosen: boolean;
}
const cellsOf = (page: Page, panel: number): Promise<Cell[]> =>
  page
    .locator('[data-testid=beside-panel]')
    .nth(panel)
    .locator('[data-testid=corner] td[data-value]')
    .evaluateAll((all) =>
      all.map((cell) => ({
        row: Number(cell.getAttribute('data-row')),
        column: Number(cell.getAttribute('data-column')),
        value: Number(cell.getAttribute('data-value')),
        chosen: cell.classList.contains('chosen'),
      })),
    );

describe('layers side by side in a browser', function () {
  this.timeout(120_000);
  const bench = onRunGallery();

  /** Three layers, by keys alone: what is in view, its pooling, and what is unpooled by it. */
  async function open(width: number): Promise<Page> {
    const page = await bench.browser.newPage({ viewport: { width, height: 900 } });
    page.on('pageerror', (error) => assert.fail(error.message));
    await page.goto(bench.gallery.page(settings.shapes!, 'dark'));
    await page.locator('[data-testid=run]').click();
    await page.locator('[data-image="shapes-1.png"]').first().click();
    await page.waitForFunction(() => (window as unknown as Hooks).__convlens.state().run.phase === 'done', null, {
      timeout: 60_000,
    });
    await page.locator('[data-testid=beside-open]').focus();
    await page.keyboard.press('Enter');
    for (const name of ['/pool1/', '/unpool1/']) {
      await page.locator('[data-testid=beside-choice] input:focus').fill(name);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=beside-panel]').nth(2).locator('[data-testid=corner]').waitFor();
    assert.equal(await page.locator('[data-testid=beside-choose]:focus').count(), 1, 'the keyboard is where it was');
    return page;
  }

  /** Every number of every corner against the tensor itself. */
  async function check(page: Page): Promise<number> {
    const { beside, scene, channel } = await state(page);
    let count = 0;
    for (const [panel, id] of beside.layers.entries()) {
      const { outputs } = scene.nodes[id]!;
      const tensor = await page.evaluate(
        (name) => (window as unknown as Hooks).__convlens.tensor(name),
        outputs[0]!.name,
      );
      const [, , height, width] = tensor!.dims as [number, number, number, number];
      for (const { row, column, value } of await cellsOf(page, panel)) {
        assert.equal(value, tensor!.values[(channel * height + row) * width + column], `${panel}: ${row}, ${column}`);
        count++;
      }
    }
    return count;
  }

  it('writes the same corner of each as numbers, and one pointer moves in all', async () => {
    const page = await open(1400);
    assert.equal(await check(page), 16 + 4 + 16);
    await page
      .locator('[data-testid=beside-panel] canvas')
      .nth(1)
      .hover({ position: { x: 101, y: 83 } });
    const [own, pooled, unpooled] = await Promise.all([0, 1, 2].map((panel) => cellsOf(page, panel)));
    const chosen = pooled!.filter((cell) => cell.chosen);
    assert.equal(chosen.length, 1);
    const { row, column, value } = chosen[0]!;
    for (const fine of [own!, unpooled!]) {
      const block = fine.filter((cell) => cell.chosen);
      assert.deepEqual(
        block.map((cell) => [cell.row, cell.column]),
        [0, 1, 2, 3].map((at) => [2 * row + (at >> 1), 2 * column + (at & 1)]),
      );
    }
    // The largest of the four went on.
    assert.equal(Math.max(...own!.filter((cell) => cell.chosen).map((cell) => cell.value)), value);
    await check(page);
    await page.close();
  });

  it('is moved by arrows, told to a screen reader, and keeps its channel for all', async () => {
    const page = await open(1400);
    await page.locator('[data-testid=beside-panel] canvas').nth(0).focus();
    const before = (await cellsOf(page, 0)).find((cell) => cell.chosen)!;
    const key = before.row > 0 ? 'ArrowUp' : 'ArrowDown';
    await page.keyboard.press(key);
    const after = (await cellsOf(page, 0)).find((cell) => cell.chosen)!;
    assert.deepEqual([after.row, after.column], [before.row + (before.row > 0 ? -1 : 1), before.column]);
    assert.match(
      await page
        .locator('[aria-live=polite]')
        .allInnerTexts()
        .then((all) => all.join('\n')),
      new RegExp(`\\[${after.row}, ${after.column}\\]: .+, .+unpool1`),
    );
    assert.deepEqual((await state(page)).unit, [after.row, after.column], 'the unit in view is the same');
    const { channel } = await state(page);
    await page.keyboard.press(channel < 15 ? ']' : '[');
    assert.notEqual((await state(page)).channel, channel);
    await check(page);
    const { channel: now } = await state(page);
    await page.locator('.beside-name').nth(2).click();
    await page.waitForTimeout(200);
    assert.equal((await state(page)).channel, now, 'another selection leaves the channel');
    await check(page);
    await page.close();
  });

  it('takes the layer in view out and in by B, and is as it was after it was closed', async () => {
    const page = await open(1400);
    const { layers } = (await state(page)).beside;
    await page.locator('.beside-name').nth(1).click();
    await page.keyboard.press('b');
    assert.deepEqual((await state(page)).beside.layers, [layers[0], layers[2]]);
    assert.equal(await page.locator('[data-testid=beside-panel]').count(), 2);
    await page.keyboard.press('b');
    assert.deepEqual((await state(page)).beside.layers, [layers[0], layers[2], layers[1]]);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[data-testid=beside]').isVisible(), false);
    assert.equal((await state(page)).mode, 'workbench');
    assert.equal(await page.locator('[data-testid=beside-open]:focus').count(), 1);
    await page.locator('[data-tab=layers]').click();
    await page.locator('[data-tab=maps]').click();
    await page.locator('[data-testid=beside-open]').click();
    assert.equal(await page.locator('[data-testid=beside-panel]').count(), 3);
    await check(page);
    await page.close();
  });

  it('gives each its own colours on request', async () => {
    const page = await open(1400);
    const ends = (): Promise<string[]> => page.locator('.beside-panel .map-scale .end:last-child').allInnerTexts();
    assert.equal(new Set(await ends()).size, 1);
    assert.match(await page.locator('.wb-about').innerText(), /^3 layers side by side · one colour scale, 0 … /);
    await page.locator('[data-common=false]').click();
    const own = await ends();
    const largest = await page.locator('.beside-panel .kv').allInnerTexts();
    own.forEach((end, at) => assert.ok(largest[at]!.includes(end), `${end} of ${largest[at]!}`));
    assert.equal(await page.locator('.wb-about').innerText(), '3 layers side by side');
    await page.close();
  });

  for (const [width, columns] of [
    [1400, 3],
    [700, 2],
    [510, 2],
    [420, 1],
  ] as const) {
    it(`stands in ${columns} columns at ${width} px, and nothing is cut off`, async () => {
      const page = await open(width);
      const lefts = await page
        .locator('[data-testid=beside-panel]')
        .evaluateAll((all) => all.map((panel) => Math.round(panel.getBoundingClientRect().left)));
      assert.equal(new Set(lefts).size, columns);
      const wide = await page
        .locator('.beside-panels')
        .evaluate((panels) =>
          [...panels.querySelectorAll('*')]
            .filter(
              (one) =>
                one.scrollWidth > one.clientWidth + 1 && !one.matches('.wb-cut, .sr-only') && one.clientWidth > 0,
            )
            .map((one) => one.className),
        );
      assert.deepEqual(wide, []);
      await page.close();
    });
  }
});
