import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { decodePicture } from '../../../src/core/image';
import { eachOnItsPage, settled, state, type Lens } from './runPage';

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
  const bench = eachOnItsPage();
  const { open, choose } = bench;

  it('shows which units depend on a pixel, and goes back to the unit', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    await bench.page.locator('[data-testid=maps] canvas').first().waitFor();
    await bench.page.locator('.workbench').focus();
    await bench.page.keyboard.press('o');
    const words = bench.page.locator('[data-testid=field]');
    await words.getByText(/is used by/).waitFor();
    assert.match(await words.innerText(), /Pixel \[\d+, \d+\] is used by/);
    await bench.page.locator('.map-lit:visible').waitFor();
    await bench.page.keyboard.press('Escape');
    await words.getByText(/sees rows/).waitFor();
  });

  it('measures what counts of a field as onnxruntime-node does', async () => {
    await open('fashion');
    await choose('sneaker-1.png');
    await settled(bench.page);
    await bench.page.locator('[data-tab=coverage]').click();
    await bench.page.locator('[data-view=unit]').click();
    await bench.page.locator('[data-testid=trail] li').first().waitFor();
    await bench.page.locator('[data-testid=measure-field]').click();
    await bench.page.waitForFunction(() => {
      const { __convlens: lens } = window as unknown as Lens;
      const found = lens.effectiveField();
      return found !== null && found.values.length === found.patches.length && lens.state().run.working === null;
    });
    const found = await bench.page.evaluate(() => (window as unknown as Lens).__convlens.effectiveField()!);
    const { channel, unit } = await state(bench.page);
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
    await settled(bench.page);
    await bench.page.locator('[data-testid=maps] canvas').first().waitFor();
    const values = (): Promise<number[]> =>
      bench.page.evaluate(() => (window as unknown as Lens).__convlens.mapValues(0));
    const first = await values();
    await bench.page.locator('[data-testid=keep]').click();
    const { serial } = (await state(bench.page)).run;
    await choose('bag-1.png');
    await settled(bench.page, serial);
    const differ = (a: number[], b: number[]): boolean => a.length !== b.length || a.some((one, at) => one !== b[at]);
    await bench.page.waitForFunction((before) => {
      const now = (window as unknown as Lens).__convlens.mapValues(0);
      return now.length === before.length && now.some((one, at) => one !== before[at]);
    }, first);
    const second = await values();
    await bench.page.locator('[data-whose=kept]').click();
    await bench.page.waitForFunction(
      (before) => (window as unknown as Lens).__convlens.mapValues(0).every((one, at) => one === before[at]),
      first,
    );
    await bench.page.locator('[data-whose=difference]').click();
    await bench.page.waitForFunction(
      (before) => (window as unknown as Lens).__convlens.mapValues(0).some((one, at) => one !== before[at]),
      first,
    );
    assert.deepEqual(
      await values(),
      second.map((value, at) => value - first[at]!),
    );
    await bench.page.locator('[data-testid=keep]').click();
    await bench.page.locator('[data-whose]').first().waitFor({ state: 'detached' });
    assert.ok(differ(first, await values()), 'back to this run');
  });
});
