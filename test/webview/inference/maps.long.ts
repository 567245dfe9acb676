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
  state(): {
    readonly run: {
      readonly phase: string;
      readonly text: string;
      readonly serial: number;
      readonly provider: string | null;
      readonly kept: string | null;
      readonly differences:
        readonly { readonly numbers: { readonly largest: number; readonly relative: number | null } | null }[] | null;
    };
  };
  tensor(name: string): Promise<{ dims: number[]; dtype: string; values: number[] } | null>;
  runInfo(): Promise<{ values: string[]; preparation: Preparation; input: string }>;
}

const numbers = ({ data }: ort.Tensor): number[] =>
  data instanceof Uint16Array ? [...decodeFloat16(data)] : Array.from(data as Float32Array, Number);

/** Half precision keeps 11 bits, and sums of it are cast at other places in another build. */
const toleranceOf = (dtype: string): number => (dtype === 'float16' ? 2e-2 : 1e-4);

/** The hooks of a page, by name of what they answer. */
interface Lens {
  readonly __convlens: Hook;
}
const runOf = (page: Page): Promise<ReturnType<Hook['state']>['run']> =>
  page.evaluate(() => (window as unknown as Lens).__convlens.state().run);

async function finished(page: Page, after: number): Promise<void> {
  await page.waitForFunction(
    (least) => {
      const { phase, serial } = (window as unknown as Lens).__convlens.state().run;
      return phase === 'failed' || (phase === 'done' && serial > least);
    },
    after,
    { timeout: 120_000 },
  );
  const { phase, text } = await runOf(page);
  assert.equal(phase, 'done', text);
}

/** Every tensor of the model on a picture, by the native build and as written: nothing fused. */
async function truthOf(model: Buffer, picture: string, info: Awaited<ReturnType<Hook['runInfo']>>) {
  const { tensor } = prepare(decodePicture(readFileSync(fileAt(picture))), info.preparation);
  const plain = await ort.InferenceSession.create(model, { logSeverityLevel: 3 });
  const taps = tapBytes(info.values.filter((value) => !plain.outputNames.includes(value)));
  const session = await ort.InferenceSession.create(Buffer.concat([model, taps]), {
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 3,
  });
  return session.run({
    [info.input]: new ort.Tensor(tensor.dtype as 'float32', tensor.data as Float32Array, tensor.dims),
  });
}

/** One tensor of the last run; its numbers travel as bytes, for there may be millions. */
async function tensorOf(page: Page, name: string): Promise<{ dims: number[]; dtype: string; values: Float64Array }> {
  const { dims, dtype, text } = await page.evaluate(async (wanted) => {
    const tensor = await (window as unknown as Lens).__convlens.tensor(wanted);
    const bytes = new Uint8Array(Float64Array.from(tensor?.values ?? []).buffer);
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { dims: tensor?.dims ?? [], dtype: tensor?.dtype ?? 'none', text: btoa(binary) };
  }, name);
  return { dims, dtype, values: new Float64Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer) };
}

/** Holds every tensor of the last run in the page to the native build's, relative to the largest value of each. */
async function compare(page: Page, name: string, image: string, tolerance: (dtype: string) => number): Promise<void> {
  const setting = settings[name]!;
  const info = await page.evaluate(() => (window as unknown as Lens).__convlens.runInfo());
  const model = readFileSync(fileAt(setting.model));
  const truth = await truthOf(model, setting.images.find((one) => one.name === image)!.url!, info);
  assert.ok(info.values.length > 8);
  for (const value of info.values) {
    const got = await tensorOf(page, value);
    assert.deepEqual(got.dims, [...truth[value]!.dims], value);
    const want = numbers(truth[value]!);
    const size = want.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-6);
    const worst = want.reduce((most, one, at) => Math.max(most, Math.abs(one - got.values[at]!)), 0);
    assert.ok(worst / size <= tolerance(got.dtype), `${value}: off by ${worst} of ${size}`);
  }
}

/** Every tap of trained and untrained nets, computed in the page, against the native build. */
describe('maps in the page equal those of onnxruntime-node', () => {
  let gallery: RunGallery;
  let browser: Browser;
  before(async () => {
    gallery = await serveRunGallery();
    browser = await chromium.launch({
      executablePath: await findChrome(),
      // A software adapter: slow, but WebGPU's own kernels.
      args: ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'],
    });
  });
  after(async () => {
    await browser.close();
    gallery.close();
  });

  async function runInPage(name: string, image: string, within = browser): Promise<Page> {
    const page = await within.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(gallery.page(settings[name]!, 'dark'));
    await page.locator('[data-testid=run]').click();
    await page.locator(`[data-image="${image}"]`).first().click();
    await finished(page, 0);
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
  for (const [name, image] of cases)
    it(`${name} on ${image}`, async function () {
      if (!existsSync(fileAt(settings[name]!.model))) this.skip();
      const page = await runInPage(name, image);
      await compare(page, name, image, toleranceOf);
      await page.close();
    });

  for (const [name, image] of [
    ['fashion', 'sneaker-1.png'],
    ['mnist', 'digit_2.png'],
  ] as const)
    it(`${name} on WebGPU`, async function () {
      if (!existsSync(fileAt(settings[name]!.model))) this.skip();
      const page = await runInPage(name, image);
      assert.match((await runOf(page)).provider ?? '', /WASM/, 'a software adapter is not chosen by itself');
      const { serial } = await runOf(page);
      await page.locator('[data-testid=provider]').click();
      await page.locator('select[aria-label=Provider]').selectOption('webgpu');
      await finished(page, serial);
      assert.equal((await runOf(page)).provider, 'WebGPU');
      await compare(page, name, image, () => 1e-3);
      await page.close();
    });

  it('a run on WASM is compared with one on WebGPU, layer by layer', async function () {
    this.timeout(240_000);
    const page = await runInPage('fashion', 'sneaker-1.png');
    const { serial } = await runOf(page);
    await page.locator('[data-testid=provider]').click();
    await page.locator('[data-testid=compare-provider]').click();
    await finished(page, serial);
    const { provider, kept } = await runOf(page);
    assert.equal(provider, 'WebGPU');
    assert.match(kept ?? '', /WASM/);
    await page.getByText('Compare all layers').click();
    await page.waitForFunction(() => (window as unknown as Lens).__convlens.state().run.differences !== null);
    const layers = (await runOf(page)).differences!;
    assert.ok(layers.length > 8, `${layers.length} layers`);
    for (const { numbers: apart } of layers) assert.ok((apart?.relative ?? Infinity) <= 1e-3, JSON.stringify(apart));
    assert.ok(
      layers.some(({ numbers: apart }) => (apart?.largest ?? 0) > 0),
      'these are two runs, not one twice',
    );
    await page.close();
  });

  it('without an adapter WebGPU is not offered, and it is said why', async () => {
    const bare = await chromium.launch({ executablePath: await findChrome() });
    try {
      const page = await runInPage('fashion', 'sneaker-1.png', bare);
      await page.locator('[data-testid=provider]').click();
      assert.ok(await page.locator('select[aria-label=Provider] option[value=webgpu]').isDisabled());
      assert.ok(await page.locator('[data-testid=compare-provider]').isHidden());
      await page.getByText(/WebGPU: (no adapter|not in this browser|needs a newer)/).waitFor();
    } finally {
      await bare.close();
    }
  });
});
