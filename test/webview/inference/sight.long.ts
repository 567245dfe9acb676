import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { decodePicture } from '../../../src/core/image';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { settings } from '../../gallery/run/settings';
import { settled, state, type Lens } from './runPage';

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

describe('looking at a run in the page', () => {
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

  it('compares a run with one that is kept: this minus kept, value by value', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(page);
    await page.locator('[data-testid=maps] canvas').first().waitFor();
    const values = (): Promise<number[]> => page.evaluate(() => (window as unknown as Lens).__convlens.mapValues(0));
    const first = await values();
    await page.locator('[data-testid=keep]').click();
    const { serial } = (await state(page)).run;
    await choose('bag-1.png');
    await settled(page, serial);
    const differ = (a: number[], b: number[]): boolean => a.length !== b.length || a.some((one, at) => one !== b[at]);
    await page.waitForFunction((before) => {
      const now = (window as unknown as Lens).__convlens.mapValues(0);
      return now.length === before.length && now.some((one, at) => one !== before[at]);
    }, first);
    const second = await values();
    await page.locator('[data-whose=kept]').click();
    await page.waitForFunction(
      (before) => (window as unknown as Lens).__convlens.mapValues(0).every((one, at) => one === before[at]),
      first,
    );
    await page.locator('[data-whose=difference]').click();
    await page.waitForFunction(
      (before) => (window as unknown as Lens).__convlens.mapValues(0).some((one, at) => one !== before[at]),
      first,
    );
    assert.deepEqual(
      await values(),
      second.map((value, at) => value - first[at]!),
    );
    await page.locator('[data-testid=keep]').click();
    await page.locator('[data-whose]').first().waitFor({ state: 'detached' });
    assert.ok(differ(first, await values()), 'back to this run');
  });
});
