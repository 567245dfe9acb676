import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Unexplained } from '../../../src/core/explain/explanation';
import type { UnitAnswer } from '../../../webview/state/lens';
import { onRunGallery } from '../../gallery/run/bench';
import { settings } from '../../gallery/run/settings';

interface State {
  readonly selection: number | null;
  readonly channel: number;
  readonly unit: readonly number[] | null;
  readonly mode: string;
  readonly tab: string;
  readonly run: { readonly phase: string };
  readonly scene: { readonly nodes: readonly { readonly op: string; readonly plumbing: boolean }[] };
}
interface Hooks {
  readonly __convlens: {
    readonly state: () => State;
    readonly microscope: () => UnitAnswer | null;
    readonly explainUnit: (
      node: number,
      channel: number,
      unit: readonly number[],
    ) => Promise<UnitAnswer | Unexplained | null>;
  };
}
const state = (page: Page): Promise<State> => page.evaluate(() => (window as unknown as Hooks).__convlens.state());
const shown = (page: Page): Promise<UnitAnswer | null> =>
  page.evaluate(() => (window as unknown as Hooks).__convlens.microscope());

/** What became of some units of every operator of a model. */
interface Census {
  readonly compared: number;
  readonly exact: number;
  readonly different: readonly string[];
  readonly unexplained: Readonly<Record<string, string>>;
}

/** Runs in the page: for each operator some units, spread over its output. */
async function census(each: number): Promise<Census> {
  const { state: get, explainUnit } = (window as unknown as Hooks).__convlens;
  const { nodes } = get().scene;
  const different: string[] = [];
  const unexplained: Record<string, string> = {};
  let [compared, exact] = [0, 0];
  for (const [id, { op, plumbing }] of nodes.entries()) {
    if (plumbing) continue;
    const first = await explainUnit(id, 0, []);
    if (first?.kind !== 'answer') {
      unexplained[op] = first?.why ?? 'no node';
      continue;
    }
    const { shape } = first.output;
    // Three axes are a signal here: batch, channels, places.
    const axes = Math.min(2, Math.max(0, shape.length - 2));
    const spatial = shape.slice(shape.length - axes);
    const channels = shape.slice(1, shape.length - axes).reduce((p, d) => p * d, 1);
    for (let i = 0; i < each; i++) {
      const channel = Math.floor((channels * (i + 0.5) * 0.618) % channels);
      // The last unit is at the border.
      const unit = spatial.map((size, axis) => (i === each - 1 ? size - 1 : (i * 7 + axis * 3) % size));
      const answer = await explainUnit(id, channel, unit);
      if (answer?.kind !== 'answer') {
        unexplained[op] = answer?.why ?? 'no node';
        continue;
      }
      for (const found of [answer, ...answer.after]) {
        if (!found.agreement) continue;
        compared++;
        if (found.agreement.kind === 'equal') exact++;
        if (found.agreement.kind === 'different')
          different.push(
            `${op} ${id} [${answer.explanation.place.join(', ')}]: ${found.explanation.value} against ${found.runtime}`,
          );
      }
    }
  }
  return { compared, exact, different, unexplained };
}

describe('the microscope in a browser', function () {
  this.timeout(300_000);
  const bench = onRunGallery();

  async function open(name: string, image: string, tab = 'microscope'): Promise<Page> {
    const page = await bench.browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => assert.fail(error.message));
    await page.goto(bench.gallery.page(settings[name]!, 'dark'));
    await page.locator('[data-testid=run]').click();
    if (image) {
      await page.locator(`[data-image="${image}"]`).first().click();
      await page.waitForFunction(
        () => ['done', 'failed'].includes((window as unknown as Hooks).__convlens.state().run.phase),
        null,
        { timeout: 120_000 },
      );
      assert.equal((await state(page)).run.phase, 'done');
    }
    await page.locator(`[data-tab=${tab}]`).click();
    return page;
  }

  const models: readonly (readonly [string, string, readonly string[]])[] = [
    ['fashion', 'sneaker-1.png', []],
    ['shapes', 'shapes-1.png', []],
    ['resnet', 'chelsea.jpg', []],
    ['mnist', 'digit_5.png', []],
    ['ultraface', 'astronaut.jpg', []],
    ['squeezenet', 'chelsea.jpg', []],
  ];
  for (const [name, image, unknown] of models)
    it(`explains units of every operator of ${name} as the runtime computed them`, async () => {
      const page = await open(name, image);
      const { compared, exact, different, unexplained } = await page.evaluate(census, 6);
      console.log(`      ${name}: ${compared} values compared, ${exact} equal to the last bit`);
      assert.deepEqual(different, []);
      assert.deepEqual(Object.keys(unexplained).sort(), unknown, JSON.stringify(unexplained));
      assert.ok(compared > 20);
      await page.close();
    });

  it('follows keys, in steps and by itself, and keeps the kernel where it is', async () => {
    const page = await open('fashion', 'sneaker-1.png');
    const result = page.locator('[data-testid=microscope-result]');
    await result.waitFor();
    const unit = async (): Promise<string> => (await state(page)).unit!.join();
    const go = async (key: string, expected: readonly number[]): Promise<void> => {
      await page.keyboard.press(key);
      await page.waitForFunction(
        (wanted) => (window as unknown as Hooks).__convlens.microscope()?.explanation.place.slice(2).join() === wanted,
        expected.join(),
      );
      assert.equal(await unit(), expected.join());
    };
    const [row, column] = (await state(page)).unit as [number, number];
    const kernels = await page.locator('.mic-row table:nth-of-type(2)').allInnerTexts();
    const [down, right] = [row > 0 ? 'ArrowUp' : 'ArrowDown', column > 0 ? 'ArrowLeft' : 'ArrowRight'];
    const [toRow, toColumn] = [row > 0 ? row - 1 : row + 1, column > 0 ? column - 1 : column + 1];
    await go(down, [toRow, column]);
    await go(right, [toRow, toColumn]);
    assert.deepEqual(await page.locator('.mic-row table:nth-of-type(2)').allInnerTexts(), kernels);
    assert.equal(
      await page.locator('[data-testid=microscope-unit]').innerText(),
      `Unit [${toRow}, ${toColumn}], channel ${(await state(page)).channel}`,
    );
    assert.equal(Number(await result.getAttribute('data-value')), (await shown(page))!.after[0]!.runtime);

    await page.keyboard.press('Space');
    await page.waitForFunction(
      (from) => (window as unknown as Hooks).__convlens.state().unit!.join() !== from,
      await unit(),
    );
    await page.keyboard.press('Space');
    const stood = await unit();
    await page.waitForTimeout(700);
    assert.equal(await unit(), stood, 'it stands still again');

    const channel = (await state(page)).channel;
    await page.keyboard.press(']');
    await page.waitForFunction((was) => (window as unknown as Hooks).__convlens.state().channel !== was, channel);
    await page.waitForFunction(() => {
      const { state: get, microscope } = (window as unknown as Hooks).__convlens;
      return microscope()?.explanation.place[1] === get().channel;
    });
    assert.notDeepEqual(
      await page.locator('.mic-row table:nth-of-type(2)').allInnerTexts(),
      kernels,
      'another channel, another kernel',
    );
    await page.close();
  });

  it('tells of a cell under the pointer, and of one the keys walk to', async () => {
    const page = await open('fashion', 'sneaker-1.png');
    await page.locator('.mic-row').first().waitFor();
    await page.locator('.mic-row').first().locator('table').nth(1).locator('[data-cell="4"]').hover();
    assert.equal(await page.locator('.mic-cell.linked').count(), 3);
    const { middle } = (await shown(page))!.explanation;
    assert.ok(middle.kind === 'products');
    const text = await page.locator('.mic-readout').innerText();
    assert.match(text, /^X\[0, 0, \d+, \d+\]( \(outside the border\))? × W\[\d+, 0, 0, 4\] = /);
    await page.mouse.move(700, 5);
    assert.equal(await page.locator('.mic-cell.linked').count(), 0);
    const before = (await state(page)).unit;
    await page.locator('.mic-row').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.match(await page.locator('.mic-readout').innerText(), /W\[\d+, 0, 0, 1\]/);
    assert.deepEqual((await state(page)).unit, before, 'the unit stays while its cells are walked');
    await page.close();
  });

  it('shows and hides the graph, and what enters at a border', async () => {
    const page = await open('shapes', 'shapes-1.png');
    // Docked there is no room for it at first.
    await page.locator('[aria-label="Use the whole page"]').click();
    await page.locator('.mic-graph').waitFor();
    await page.keyboard.press('g');
    await page.locator('.mic-graph').waitFor({ state: 'detached' });
    assert.equal((await state(page)).mode, 'workbench', 'the workbench is not left');
    await page.keyboard.press('g');
    await page.locator('.mic-graph').waitFor();
    await page.locator('.mic-low-border .link-quiet').click();
    await page.locator('.mic-low-border h3', { hasText: 'this unit' }).waitFor();
    const { middle } = (await shown(page))!.explanation;
    assert.ok(middle.kind === 'products');
    const hatched = middle.window.outside.filter(Boolean).length;
    assert.ok(hatched > 0);
    assert.equal(await page.locator('.mic-grid .mic-row').first().locator('.mic-cell.outside').count(), hatched);
    const share = `${hatched * middle.channels.length} of ${middle.window.outside.length * middle.channels.length} products`;
    assert.ok((await page.locator('.mic-border-words').innerText()).includes(share));
    await page.close();
  });

  it('says what to do before there was a run', async () => {
    const page = await open('fashion', '');
    const empty = page.locator('[data-testid=microscope-empty]');
    assert.match(await empty.innerText(), /Run the model on a picture/);
    await page.close();
  });
});
