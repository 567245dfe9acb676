import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as ort from 'onnxruntime-node';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { decodeFloat16, decodePicture, prepare, type Preparation } from '../../../src/core/image';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { settings } from '../../gallery/run/settings';

const root = path.resolve(__dirname, '../../..');
const fileAt = (url: string): string =>
  [root, path.join(root, '../shared/corpus')].map((place) => path.join(place, url)).find((file) => existsSync(file)) ??
  url;

interface Hook {
  state(): { readonly run: { readonly phase: string; readonly text: string } };
  tensor(name: string): Promise<{ dims: number[]; dtype: string; values: number[] } | null>;
  runInfo(): Promise<{ values: string[]; preparation: Preparation; input: string }>;
}

const numbers = ({ data }: ort.Tensor): number[] =>
  data instanceof Uint16Array ? [...decodeFloat16(data)] : Array.from(data as Float32Array, Number);

/** Half precision keeps 11 bits, and sums of it are cast at other places in another build. */
const toleranceOf = (dtype: string): number => (dtype === 'float16' ? 2e-2 : 1e-4);

/** Every tap of trained and untrained nets, computed in the page, against the native build. */
describe('maps in the page equal those of onnxruntime-node', () => {
  let gallery: RunGallery;
  let browser: Browser;
  before(async () => {
    gallery = await serveRunGallery();
    browser = await chromium.launch({ executablePath: await findChrome() });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });

  async function runInPage(name: string, image: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(gallery.page(settings[name]!, 'dark'));
    await page.locator('[data-testid=run]').click();
    await page.locator(`[data-image="${image}"]`).first().click();
    await page.waitForFunction(
      () => ['done', 'failed'].includes((window as unknown as { __convlens: Hook }).__convlens.state().run.phase),
      null,
      { timeout: 120_000 },
    );
    const { run } = await page.evaluate(() => (window as unknown as { __convlens: Hook }).__convlens.state());
    assert.equal(run.phase, 'done', run.text);
    return page;
  }

  const cases: readonly (readonly [string, string])[] = [
    ['fashion', 'sneaker-1.png'],
    ['shapes', 'shapes-1.png'],
    ['mnist', 'digit_2.png'],
    ['ultraface', 'astronaut.jpg'],
    ['squeezenet', 'chelsea.jpg'],
    ['resnet', 'chelsea.jpg'],
  ];
  for (const [name, image] of cases) {
    it(`${name} on ${image}`, async function () {
      const setting = settings[name]!;
      if (!existsSync(fileAt(setting.model))) this.skip();
      const page = await runInPage(name, image);
      const info = await page.evaluate(() => (window as unknown as { __convlens: Hook }).__convlens.runInfo());
      const picture = decodePicture(readFileSync(fileAt(setting.images.find((one) => one.name === image)!.url!)));
      const { tensor } = prepare(picture, info.preparation);
      const model = readFileSync(fileAt(setting.model));
      const plain = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
      const taps = tapBytes(info.values.filter((value) => !plain.outputNames.includes(value)));
      const session = await ort.InferenceSession.create(Buffer.concat([model, taps]), {
        graphOptimizationLevel: 'disabled',
        logSeverityLevel: 3,
      });
      const fed = new ort.Tensor(tensor.dtype as 'float32', tensor.data as Float32Array, tensor.dims);
      const truth = await session.run({ [info.input]: fed });
      assert.ok(info.values.length > 8);
      for (const value of info.values) {
        const got = await page.evaluate(
          (wanted) => (window as unknown as { __convlens: Hook }).__convlens.tensor(wanted),
          value,
        );
        assert.ok(got, value);
        assert.deepEqual(got.dims, [...truth[value]!.dims], value);
        const want = numbers(truth[value]!);
        const size = want.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-6);
        const worst = want.reduce((most, one, at) => Math.max(most, Math.abs(one - got.values[at]!)), 0);
        assert.ok(worst / size <= toleranceOf(got.dtype), `${value}: off by ${worst} of ${size}`);
      }
      await page.close();
    });
  }
});
