import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { decodePicture } from '../../../src/core/image';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { settings } from '../../gallery/run/settings';

interface State {
  readonly selection: number | null;
  readonly channel: number;
  readonly unit: readonly number[] | null;
  readonly field: { readonly pixels: number } | null;
  readonly mode: string;
  readonly run: {
    readonly phase: string;
    readonly text: string;
    readonly image: string | null;
    readonly serial: number;
    readonly top5: readonly { readonly label: string | null; readonly probability: number }[] | null;
    readonly times: {
      readonly ms: readonly (number | null)[];
      readonly other: number;
      readonly total: number;
      readonly runs: number;
      readonly how: string;
    } | null;
    readonly working: object | null;
  };
}
interface Lens {
  readonly __convlens: {
    state(): State;
    mapValues(channel: number): number[];
    effectiveField(): {
      before: number;
      patches: (readonly [number, number, number, number])[];
      values: number[];
    } | null;
  };
}
const state = (page: Page): Promise<State> => page.evaluate(() => (window as unknown as Lens).__convlens.state());
const settled = (page: Page, after = 0): Promise<unknown> =>
  page.waitForFunction(
    (least) => {
      const { phase, serial } = (window as unknown as Lens).__convlens.state().run;
      return phase === 'failed' || (phase === 'done' && serial > least);
    },
    after,
    { timeout: 60_000 },
  );

/** The first convolution's unit after its activation, by the native build, with each patch covered by the pixel nearest to the mean. */
async function coveredByNode(
  patches: readonly (readonly [number, number, number, number])[],
  channel: number,
  [row, column]: readonly number[],
): Promise<{ before: number; values: number[] }> {
  const model = readFileSync('samples/fashion-mnist/fashion-mnist.onnx');
  const session = await ort.InferenceSession.create(Buffer.concat([model, tapBytes(['/relu1/Relu_output_0'])]), {
    graphOptimizationLevel: 'disabled',
  });
  const { width, data } = decodePicture(readFileSync('samples/fashion-mnist/images/sneaker-1.png'));
  const pixels = Float32Array.from({ length: data.length / 4 }, (_, k) => Math.fround(data[k * 4]! / 255));
  const mean = pixels.reduce((sum, one) => sum + one, 0) / pixels.length;
  const cover = pixels.reduce((best, one) => (Math.abs(one - mean) < Math.abs(best - mean) ? one : best));
  const value = async (input: Float32Array): Promise<number> => {
    const results = await session.run({ image: new ort.Tensor('float32', input, [1, 1, width, width]) });
    const map = results['/relu1/Relu_output_0']!;
    const [, , height, wide] = map.dims as [number, number, number, number];
    return (map.data as Float32Array)[(channel * height + row!) * wide + column!]!;
  };
  const values: number[] = [];
  for (const [top, left, bottom, right] of patches) {
    const covered = Float32Array.from(pixels);
    for (let y = top; y <= bottom; y++) covered.fill(cover, y * width + left, y * width + right + 1);
    values.push(await value(covered));
  }
  return { before: await value(pixels), values };
}

describe('running in the page', () => {
  let gallery: RunGallery;
  let browser: Browser;
  let page: Page;
  const noise: string[] = [];
  before(async () => {
    gallery = await serveRunGallery();
    browser = await chromium.launch({ executablePath: await findChrome() });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });
  beforeEach(async () => {
    noise.length = 0;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('404')) noise.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(noise, []);
  });

  async function open(name: string): Promise<void> {
    await page.goto(gallery.page(settings[name]!, 'dark'));
    await page.locator('[data-testid=run]').click();
  }
  const choose = (image: string): Promise<void> => page.locator(`[data-image="${image}"]`).first().click();

  it('walks layers, channels and units by keyboard, and the field follows', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    assert.equal((await state(page)).run.top5?.[0]?.label, 'Sneaker');
    await page.locator('[data-testid=maps] canvas').first().waitFor();
    await page.locator('.workbench').focus();
    const first = await state(page);
    await page.keyboard.press(']');
    assert.notEqual((await state(page)).channel, first.channel);
    await page.keyboard.press('[');
    assert.equal((await state(page)).channel, first.channel);
    await page.keyboard.press('Shift+ArrowLeft');
    const moved = await state(page);
    assert.deepEqual(moved.unit, [first.unit![0], first.unit![1]! - 1]);
    await page.waitForFunction(() => (window as unknown as Lens).__convlens.state().field !== null);
    await page.keyboard.press('ArrowRight');
    const next = await state(page);
    assert.notEqual(next.selection, first.selection);
    await page.keyboard.press('Escape');
    assert.equal((await state(page)).mode, 'graph');
  });

  it('moves the unit with the pointer', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    const map = page.locator('.map-frame');
    await map.waitFor();
    const box = (await map.boundingBox())!;
    await page.mouse.move(box.x + box.width - 3, box.y + 3);
    const { unit } = await state(page);
    const rows = Math.sqrt((await page.evaluate(() => (window as unknown as Lens).__convlens.mapValues(0))).length);
    assert.deepEqual(unit, [0, rows - 1]);
    await page
      .locator('[data-testid=field]')
      .getByText(/sees rows/)
      .waitFor();
  });

  it('cancels, and runs again afterwards', async () => {
    await open('vgg');
    await choose('chelsea.jpg');
    await page.locator('[data-testid=run-panel]').getByText('Cancel').click();
    assert.equal((await state(page)).run.text, 'Cancelled');
    await page.waitForTimeout(500);
    assert.equal((await state(page)).run.phase, 'idle');
    await page.locator('[data-testid=run]').click();
    await settled(page);
    assert.equal((await state(page)).run.phase, 'done');
  });

  it('draws, and runs what is drawn', async () => {
    await open('fashion');
    await page.locator('[aria-label=Draw]').first().click();
    const pad = (await page.locator('[data-testid=draw]').boundingBox())!;
    await page.mouse.move(pad.x + 90, pad.y + 40);
    await page.mouse.down();
    await page.mouse.move(pad.x + 90, pad.y + 230, { steps: 6 });
    await page.mouse.up();
    await settled(page);
    assert.equal((await state(page)).run.image, 'drawing');
    const serial = (await state(page)).run.serial;
    await choose('bag-1.png');
    await settled(page, serial);
    assert.equal((await state(page)).run.top5?.[0]?.label, 'Bag');
  });

  it('runs again with another preparation, and says that it is set by hand', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=preparation]').click();
    const before = (await state(page)).run;
    await page.locator('select[aria-label="Range of the values"]').selectOption('raw');
    await settled(page, before.serial);
    assert.notEqual((await state(page)).run.top5![0]!.probability, before.top5![0]!.probability);
    assert.match((await page.locator('[data-testid=preparation]').textContent())!, /0…255/);
    await page.getByText('As guessed').click();
    await settled(page, before.serial + 1);
    assert.equal((await state(page)).run.top5![0]!.probability, before.top5![0]!.probability);
  });

  it('lays the classes of a segmentation over the picture', async () => {
    await open('shapes');
    await choose('shapes-1.png');
    await settled(page);
    const classes = page.locator('[data-testid=classes] li');
    await classes.first().waitFor();
    assert.match((await classes.allInnerTexts()).join(' '), /background.*circle.*(triangle|square)/s);
  });

  it('shows which units depend on a pixel, and goes back to the unit', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=maps] canvas').first().waitFor();
    await page.locator('.workbench').focus();
    await page.keyboard.press('o');
    const words = page.locator('[data-testid=field]');
    await words.getByText(/is used by/).waitFor();
    assert.match(await words.innerText(), /Pixel \[\d+, \d+\] is used by/);
    await page.locator('.map-lit:visible').waitFor();
    await page.keyboard.press('Escape');
    await words.getByText(/sees rows/).waitFor();
  });

  it('measures every layer, and says how', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=time]').click();
    await page.locator('[data-testid=measure]').click();
    await page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.times !== null);
    const { times } = (await state(page)).run;
    assert.ok(times!.runs >= 3);
    assert.match(times!.how, /Profiled by the runtime on WASM/);
    const layers = times!.ms.reduce<number>((sum, ms) => sum + (ms ?? 0), 0);
    assert.ok(times!.ms.some((ms) => ms !== null && ms > 0));
    assert.ok(layers + times!.other <= times!.total * 1.2, `${layers} of ${times!.total}`);
  });

  it('measures what counts of a field as onnxruntime-node does', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-tab=coverage]').click();
    await page.locator('[data-view=unit]').click();
    await page.locator('[data-testid=trail] li').first().waitFor();
    await page.locator('[data-testid=measure-field]').click();
    await page.waitForFunction(() => {
      const { __convlens: lens } = window as unknown as Lens;
      const found = lens.effectiveField();
      return found !== null && found.values.length === found.patches.length && lens.state().run.working === null;
    });
    const found = await page.evaluate(() => (window as unknown as Lens).__convlens.effectiveField()!);
    const { channel, unit } = await state(page);
    const truth = await coveredByNode(found.patches, channel, unit!);
    assert.ok(Math.abs(truth.before - found.before) < 1e-4, `${found.before} for ${truth.before}`);
    truth.values.forEach((value, at) =>
      assert.ok(Math.abs(value - found.values[at]!) < 1e-4, `patch ${at}: ${found.values[at]} for ${value}`),
    );
    assert.ok(
      found.values.some((value) => Math.abs(value - found.before) > 1e-3),
      'something counts',
    );
  });

  it('runs a model without a picture, and again with another filling', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('wavenet');
    await settled(page);
    assert.equal((await state(page)).run.phase, 'done');
    const { serial } = (await state(page)).run;
    await page.locator('[data-testid=inputs]').click();
    await page.locator('select[aria-label^="What "]').first().selectOption('zeros');
    await settled(page, serial);
    assert.match((await page.locator('[data-testid=inputs]').textContent())!, /zeros/);
  });

  it('says what is missing instead of running without weights', async function () {
    const { existsSync } = await import('node:fs');
    if (!existsSync('../shared/corpus')) this.skip();
    await open('missing');
    await page.locator('[data-testid=run-status]').getByText('The model’s weights are missing.').waitFor();
  });
});
