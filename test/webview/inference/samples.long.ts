import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { npyBytes } from '../../../src/cli/runSave';
import { analyze } from '../../../src/core/analysis';
import { narrowed, readDefinition } from '../../../src/core/formats/cnn/definition';
import { tapBytes, tappable } from '../../../src/core/formats/onnx/taps';
import { writeOnnx } from '../../../src/core/formats/onnx/write';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { seeded } from '../../support/modelFile';
import { samples } from '../../support/sampleTexts';

/** Tensors inside each net that are compared besides its outputs, and values of the largest: they travel as text. */
const INSIDE = 6;
const LARGEST = 160_000;

describe('the samples written as text, run by the page’s own worker and by onnxruntime-node', function () {
  this.timeout(180_000);
  let gallery: RunGallery;
  let browser: Browser;
  let page: Page;

  before(async () => {
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

  for (const { name, source } of samples)
    it(name, async () => {
      const model = narrowed(readDefinition(source));
      const { graph, types } = analyze(model.model);
      const random = seeded(5);
      const extents = (id: number): readonly number[] =>
        types[id]?.shape?.map((dim) => (typeof dim === 'number' ? dim : 0)) ?? [];
      const count = (id: number): number => extents(id).reduce((product, extent) => product * extent, 1);
      const small = tappable(graph).filter((id) => types[id]?.dtype === 'float32' && count(id) <= LARGEST);
      const inside = Array.from({ length: INSIDE }, () => small[Math.floor(random() * small.length)])
        .filter((id) => id !== undefined)
        .map((id) => graph.values[id]!.name);
      const outputs = graph.outputs.filter((id) => count(id) <= LARGEST).map((id) => graph.values[id]!.name);
      const names = [...new Set([...outputs, ...inside])];
      assert.ok(names.length > 0);
      const dims = extents(graph.inputs[0]!);
      const picture = Float32Array.from({ length: count(graph.inputs[0]!) }, () => random());

      const { bytes } = await writeOnnx(model.model, null);
      const tapped = Buffer.concat([bytes!, tapBytes(names.filter((own) => !outputs.includes(own)))]);
      const session = await InferenceSession.create(tapped, { intraOpNumThreads: 1, logSeverityLevel: 4 });
      const wanted = await session.run({ input: new Tensor('float32', picture, [...dims]) }, names);
      await session.release();
      const npy = Buffer.from(npyBytes({ dims, data: picture })).toString('base64');
      const { tensors, missing } = await page.evaluate((question) => window.runModel(question), {
        provider: 'wasm' as const,
        model: tapped.toString('base64'),
        inputs: [{ name: 'input', dtype: 'float32', dims, npy }],
        outputs: names,
      });
      assert.deepEqual(missing, []);
      assert.deepEqual(
        tensors.map((tensor) => tensor.name),
        names,
      );
      for (const tensor of tensors) {
        const truth = wanted[tensor.name]!;
        assert.deepEqual(tensor.dims, truth.dims, tensor.name);
        const scale = Math.max(1e-6, ...Array.from(truth.data as Float32Array, Math.abs).slice(0, 50_000));
        const far = tensor.values.filter(
          (value, i) => !(Math.abs(value - Number(truth.data[i])) <= 1e-4 * scale),
        ).length;
        // Two maxima as good as equal are told apart by rounding, and each puts its value back elsewhere.
        const bound = source.includes('maxunpool') ? 1e-3 * tensor.values.length : 0;
        assert.ok(far <= bound, `${tensor.name}: ${far} of ${tensor.values.length} values differ`);
      }
    });
});
