import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findChrome } from '../../../scripts/chrome.mjs';
import { npyBytes } from '../../../src/cli/runSave';
import { explain } from '../../../src/core/failure';
import { serveRunGallery, type RunGallery } from '../../gallery/run/server';
import { describeCorpus } from '../../support/corpus';
import { readTensorProto, type StoredTensor } from '../../support/tensorProto';
import type { Answer } from './enginePage';

interface Port {
  readonly name: string;
  readonly type: string;
}
interface Case {
  readonly skipped?: string;
  readonly ops: readonly string[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  readonly onnxruntime_node?: { readonly ok: boolean };
}

/** Operators whose outputs are drawn by lot: only their sizes can be compared. */
const RANDOM = /^(Random|Bernoulli|Multinomial)/;

/** ONNX's own tolerance for its node tests, in half precision that of the type. */
function differs(got: number, want: number, half: boolean): boolean {
  if (Object.is(got, want) || got === want) return false;
  if (Number.isNaN(got) || Number.isNaN(want)) return Number.isNaN(got) !== Number.isNaN(want);
  return !(Math.abs(got - want) <= 1e-5 + (half ? 1e-2 : 1e-3) * Math.abs(want));
}

describeCorpus('ONNX’s node tests through the webview’s own worker, in a browser', (folder) => {
  const root = path.join(folder, 'nodetests');
  const cases = JSON.parse(readFileSync(path.join(root, 'index.json'), 'utf8')) as Readonly<Record<string, Case>>;
  const counts = { same: 0, withoutKernel: new Set<string>(), unlikeNative: 0, noTensors: 0 };
  let asked = 0;
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
    const { same, withoutKernel, unlikeNative, noTensors } = counts;
    console.log(
      `    ${same} of ${Object.keys(cases).length} as ONNX has them; ${noTensors} take or give no tensors, ` +
        `${unlikeNative} differ in the native build too; no kernel for ${[...withoutKernel].sort().join(', ') || 'none'}`,
    );
    // Beside those of a single test asked for by name.
    assert.ok(same >= 0.9 * asked, `only ${same} of ${asked} were compared`);
  });

  const stored = (name: string, kind: 'input' | 'output'): readonly StoredTensor[] => {
    const data = path.join(root, name, 'test_data_set_0');
    const files = readdirSync(data).filter((file) => file.startsWith(`${kind}_`));
    return files.map((_, at) => readTensorProto(readFileSync(path.join(data, `${kind}_${at}.pb`))));
  };

  async function run(name: string, { inputs, outputs }: Case): Promise<Answer> {
    const given = stored(name, 'input');
    const fed = given.flatMap(({ dims, values }, at) => {
      const port = inputs[at];
      if (!port) return [];
      const npy = npyBytes({ dims, data: Float64Array.from(values) });
      return [{ name: port.name, dtype: port.type, dims, npy: Buffer.from(npy).toString('base64') }];
    });
    return page.evaluate((question) => window.runModel(question), {
      provider: 'wasm' as const,
      model: readFileSync(path.join(root, name, 'model.onnx')).toString('base64'),
      inputs: fed,
      outputs: outputs.map((port) => port.name),
    });
  }

  for (const [name, own] of Object.entries(cases))
    it(name, async function () {
      asked++;
      const textual = [...own.inputs, ...own.outputs].some(({ type }) => type === 'string');
      if (own.skipped !== undefined || textual) {
        counts.noTensors++;
        this.skip();
      }
      const native = own.onnxruntime_node?.ok ?? false;
      let answer: Answer;
      try {
        answer = await run(name, own);
      } catch (error) {
        const { what } = explain(error);
        if (what.includes('has no implementation')) own.ops.forEach((op) => counts.withoutKernel.add(op));
        else if (native) throw error;
        else counts.unlikeNative++;
        this.skip();
      }
      assert.deepEqual(answer.missing, []);
      const expected = stored(name, 'output');
      const faults: string[] = [];
      answer.tensors.forEach(({ name: tensor, dims, dtype, values }, at) => {
        const want = expected[at]!;
        if (dims.join() !== want.dims.join()) faults.push(`${tensor} is ${dims.join('×')}, not ${want.dims.join('×')}`);
        else if (!own.ops.some((op) => RANDOM.test(op))) {
          const worst = values.findIndex((value, i) => differs(value, want.values[i]!, dtype === 'float16'));
          if (worst >= 0) faults.push(`${tensor}[${worst}] is ${values[worst]!}, not ${want.values[worst]!}`);
        }
      });
      // Where the native build does not follow the specification either, it is the runtime and not the way to it.
      if (faults.length > 0 && !native) {
        counts.unlikeNative++;
        this.skip();
      }
      assert.deepEqual(faults, []);
      counts.same++;
    });
});
