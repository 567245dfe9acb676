import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { InferenceSession, type Tensor } from 'onnxruntime-node';
import { analyze } from '../../src/core/analysis';
import { openModel } from '../../src/core/formats';
import { tapBytes, tappable } from '../../src/core/formats/onnx/taps';
import { cli } from './cli';
import { feedsOf, type RunTruth } from './feeds';
import { modelFile, seeded } from './modelFile';

/** As written: optimised, sums may be taken in another order. */
const OPTIONS = { intraOpNumThreads: 1, logSeverityLevel: 4, graphOptimizationLevel: 'disabled' } as const;

type Values = Readonly<Record<string, Tensor>>;

/** A model of the corpus, and what is known of its run. */
export interface Runnable {
  readonly name: string;
  readonly path: string;
  readonly truth: RunTruth;
}

/** Nets of full size, their weights constants of one number: they run, and take their time. */
const LARGE = /_light\.onnx$|^light_(?!squeezenet)/;

/** Models of the corpus that run. */
export function runnable(corpus: string, large: boolean): readonly Runnable[] {
  const folder = join(corpus, 'models');
  return readdirSync(folder).flatMap((name) => {
    if (!name.endsWith('.onnx') || LARGE.test(name) !== large) return [];
    const path = join(folder, name);
    const truthFile = join(corpus, 'truth', `${basename(name, '.onnx').replace(/_light$/, '')}.json`);
    // Graphs without their weights were run elsewhere, with weights that are not here.
    if (!existsSync(truthFile) || readFileSync(path).includes('.weights.bin')) return [];
    const truth = JSON.parse(readFileSync(truthFile, 'utf8')) as RunTruth;
    return truth.executed.ok && truth.executed.inputs ? [{ name, path, truth }] : [];
  });
}

async function computed(path: string, feeds: Values, wanted?: readonly string[]): Promise<Values> {
  const session = await InferenceSession.create(path, OPTIONS);
  try {
    const used = Object.fromEntries(session.inputNames.map((input) => [input, feeds[input]!]));
    return await session.run(used, wanted ?? session.outputNames);
  } finally {
    await session.release();
  }
}

function same(found: Values, wanted: Values): void {
  for (const [name, { dims, data }] of Object.entries(found)) {
    assert.deepEqual(dims, wanted[name]!.dims, name);
    assert.ok(data.length === wanted[name]!.data.length, name);
    // Bytes, not numbers: a model that says NaN says it in the part too, and -0 is told from 0.
    const [ours, theirs] = [data, wanted[name]!.data].map((numbers) => {
      const { buffer, byteOffset, byteLength } = numbers as Float32Array;
      return Buffer.from(buffer, byteOffset, byteLength);
    });
    if (!ours!.equals(theirs!)) assert.deepEqual(data, wanted[name]!.data, name);
  }
}

/**
 * One test: `convert` and `cut` write models that load in onnxruntime and compute, to the bit, what the original computes at three
 * tensors drawn by lot, and a head can be put onto the first of them that may have one.
 */
export function partsComputeTheSame({ name, path, truth }: Runnable): void {
  it(`${name} computes the same converted, and cut at three of its tensors`, async function () {
    this.timeout(180_000);
    const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
    const place = (file: string): string => join(folder, file);
    const written = async (target: string, ...args: readonly string[]): Promise<string> => {
      const { code, err } = await cli([...args, '-o', place(target)]);
      assert.equal(code, 0, err);
      return place(target);
    };
    try {
      const model = (await openModel(modelFile(path))).model!;
      const { graph } = model;
      const random = seeded(11);
      const inside = tappable(graph).filter((id) => graph.values[id]!.producer !== null);
      const drawn = Array.from({ length: 3 }, () => graph.values[inside[Math.floor(random() * inside.length)]!]!.name);
      const names = [...new Set(drawn)];
      const outputs = graph.outputs.map((id) => graph.values[id]!.name);
      const feeds = feedsOf(truth, seeded(7));
      const tapped = (source: string, target: string): string => {
        writeFileSync(place(target), Buffer.concat([readFileSync(source), tapBytes(names)]));
        return place(target);
      };
      for (const file of model.externalFiles ?? []) copyFileSync(join(path, '..', file), place(file));
      const all = [...names, ...outputs];
      const wanted = await computed(tapped(path, 'tapped.onnx'), feeds, all);

      const whole = await written('whole.onnx', 'convert', path);
      same(await computed(tapped(whole, 'whole-tapped.onnx'), feeds, all), wanted);
      const plain = await InferenceSession.create(whole, OPTIONS);
      assert.deepEqual(plain.outputNames, outputs);
      await plain.release();

      for (const at of names) {
        const found = await computed(await written('cut.onnx', 'cut', path, '--at', at), feeds);
        assert.deepEqual(Object.keys(found), [at]);
        same(found, wanted);
      }
      for (const at of names) {
        const { code, out, err } = await cli(['cut', path, '--at', at, '-o', place('h.onnx'), '--head', '3', '--json']);
        if (code === 2 && /A head needs|whatever the input/.test(out)) continue;
        assert.equal(code, 0, `${err} ${out}`);
        const told = JSON.parse(out) as { readonly head: { readonly synapses: number } };
        const { model: cut } = await openModel(modelFile(place('h.onnx')));
        const added = analyze(cut!).nodes.find(({ context }) => context?.node.name === 'head');
        assert.equal(added?.parameterCount, told.head.synapses);
        assert.equal((await computed(place('h.onnx'), feeds)).head!.dims.at(-1), 3);
        break;
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
