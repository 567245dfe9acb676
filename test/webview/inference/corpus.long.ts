import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { npyBytes } from '../../../src/cli/runSave';
import { analyze } from '../../../src/core/analysis';
import { openModel } from '../../../src/core/formats';
import { tapBytes } from '../../../src/core/formats/onnx/taps';
import { decodeFloat16 } from '../../../src/core/image';
import { runFacts } from '../../../src/core/running';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { cli } from '../../support/cli';
import { describeCorpus } from '../../support/corpus';
import { feedsOf } from '../../support/feeds';
import { modelFile, seeded } from '../../support/modelFile';
import { runnable, type Runnable } from '../../support/modelParts';

/** Values of each tensor that are compared, evenly spread: they travel as text. */
const MOST = 10_000;

const numbersOf = ({ type, data }: Tensor): Float64Array =>
  type === 'float16' ? Float64Array.from(decodeFloat16(data as Uint16Array)) : Float64Array.from(data as never, Number);

/** The model as one file: weights that lie beside it are put into it. */
async function bytesOf(file: string, external: readonly string[]): Promise<Buffer> {
  if (external.length === 0) return readFileSync(file);
  const folder = mkdtempSync(path.join(tmpdir(), 'convlens-'));
  try {
    for (const name of external) copyFileSync(path.join(file, '..', name), path.join(folder, name));
    const { code, err } = await cli(['convert', file, '-o', path.join(folder, 'whole.onnx')]);
    assert.equal(code, 0, err);
    return readFileSync(path.join(folder, 'whole.onnx'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeCorpus(
  'every tensor of the models of the corpus, by the page’s own worker and by onnxruntime-node',
  (corpus) => {
    let gallery: RunGallery;
    let browser: Browser;
    let page: Page;

    before(async function () {
      this.timeout(60_000);
      gallery = await serveRunGallery();
      browser = await chromium.launch({ executablePath: await findChrome() });
      page = await browser.newPage();
      const bundled = await build({
        entryPoints: [path.join(__dirname, 'enginePage.ts')],
        bundle: true,
        write: false,
        format: 'iife',
        platform: 'browser',
        target: 'es2022',
        logLevel: 'warning',
      });
      await page.goto(gallery.scriptPage(bundled.outputFiles[0]!.text));
    });
    after(async () => {
      await browser.close();
      gallery.close();
    });

    for (const one of [...runnable(corpus, false), ...runnable(corpus, true)])
      it(one.name, async function () {
        this.timeout(300_000);
        await compare(page, one);
      });
  },
);

async function compare(page: Page, { path: file, truth }: Runnable): Promise<void> {
  const model = (await openModel(modelFile(file))).model!;
  const { graph } = model;
  const inputShapes = new Map((truth.executed.inputs ?? []).map(({ name, dims }) => [name, dims]));
  const run = runFacts(analyze(model, { inputShapes }));
  assert.equal(run.obstacle, null);
  const outputs = graph.outputs.map((id) => graph.values[id]!.name);
  const taps = run.taps.map((id) => graph.values[id]!.name);
  const names = [...outputs, ...taps];
  const bytes = Buffer.concat([await bytesOf(file, model.externalFiles ?? []), tapBytes(taps)]);
  const feeds = feedsOf(truth, seeded(7));
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    logSeverityLevel: 4,
    graphOptimizationLevel: 'disabled',
  });
  const used = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input]!]));
  const wanted = await session.run(used, names);
  await session.release();
  const { tensors, missing } = await page.evaluate((question) => window.runModel(question), {
    provider: 'wasm' as const,
    model: bytes.toString('base64'),
    inputs: Object.entries(used).map(([name, tensor]) => ({
      name,
      dtype: tensor.type,
      dims: tensor.dims,
      npy: Buffer.from(npyBytes({ dims: tensor.dims, data: numbersOf(tensor) })).toString('base64'),
    })),
    outputs: names,
    most: MOST,
  });
  assert.deepEqual(missing, []);
  assert.equal(tensors.length, names.length);
  const wrong: string[] = [];
  for (const tensor of tensors) {
    const own = wanted[tensor.name]!;
    assert.deepEqual(tensor.dims, own.dims, tensor.name);
    const all = numbersOf(own);
    const scale = all.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 1e-6);
    const tolerance = (own.type === 'float16' ? 2e-2 : 1e-4) * scale;
    const far = tensor.values.filter((value, i) => {
      const theirs = all[i * tensor.step]!;
      return !Object.is(value, theirs) && !(Math.abs(value - theirs) <= tolerance);
    });
    if (far.length > 0) wrong.push(`${tensor.name} (${own.type}): ${far.length} of ${tensor.values.length} values`);
  }
  assert.deepEqual(wrong, []);
}
