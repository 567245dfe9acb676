import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { npyBytes } from '../../src/cli/runSave';
import { readNpy, type Preparation } from '../../src/core/image';
import { pictureInput, reference } from '../e2e/harness/reference';
import { cli } from '../support/cli';
import { describeCorpus } from '../support/corpus';
import { noise } from '../support/explainRun';
import { encodeOnnx, type ModelSpec } from '../support/onnxModel';

interface Told {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly min: number | null;
  readonly values: readonly (number | null)[] | null;
}

interface Answer {
  readonly why: string | null;
  readonly inputs: readonly { readonly from: string; readonly preparation: Preparation | null }[];
  readonly top: readonly { readonly index: number; readonly label: string | null }[] | null;
  readonly outputs: readonly Told[];
  readonly tensors: readonly Told[];
}

/** Largest difference over the largest value: how far two computations of the same are apart. */
function apart(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assert.equal(a.length, b.length);
  let [difference, largest] = [0, 1e-30];
  for (let i = 0; i < a.length; i++) {
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    largest = Math.max(largest, Math.abs(b[i]!));
  }
  return difference / largest;
}

describe('convlens run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
  after(() => rmSync(folder, { recursive: true }));
  const put = (name: string, bytes: Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const run = async (...args: readonly string[]): Promise<{ code: number; answer: Answer; err: string }> => {
    const { code, out, err } = await cli(['run', ...args, '--json']);
    return { code, answer: JSON.parse(out) as Answer, err };
  };
  const spec: ModelSpec = {
    opset: 13,
    inputs: { a: [1, 2, 'h', 5], state: [2, 3] },
    nodes: [
      { op: 'Relu', inputs: ['a'], outputs: ['r'] },
      { op: 'GlobalMaxPool', inputs: ['r'], outputs: ['y'] },
      { op: 'Log', inputs: ['state'], outputs: ['z'] },
    ],
    outputs: ['y', 'z'],
  };
  const model = (): string => put('net.onnx', encodeOnnx(spec));
  const zeros = (): string => put('zeros.npy', npyBytes({ dims: [2, 3], data: new Float32Array(6) }));
  const values = noise(1 * 2 * 4 * 5, 3);
  const array = (): string => put('a=1.npy', npyBytes({ dims: [1, 2, 4, 5], data: values }));

  it('feeds arrays, tells tensors in between, and keeps what is not finite out of the numbers', async () => {
    const { code, answer, err } = await run(
      ...[model(), '--input', `a=${array()}`, '--input', `state=${zeros()}`, '--tensors', 'r'],
    );
    assert.deepEqual([code, err, answer.why], [0, '', null]);
    assert.deepEqual(
      answer.inputs.map(({ from }) => from),
      ['a=1.npy', 'zeros.npy'],
    );
    const [y, z] = answer.outputs;
    const relu = Array.from(values, (value) => Math.max(0, value));
    assert.deepEqual(answer.tensors[0]?.values, relu);
    assert.deepEqual(y?.values, [Math.max(...relu.slice(0, 20)), Math.max(...relu.slice(20))]);
    // log 0
    assert.deepEqual([z?.min, z?.values], [null, new Array(6).fill(null)]);
  });

  it('saves tensors as NumPy reads them', async () => {
    const out = join(folder, 'saved');
    const { code } = await cli(['run', model(), '--input', `a=${array()}`, '--tensors', 'all', '--save', out]);
    assert.equal(code, 0);
    const saved = readdirSync(out).find((name) => name.endsWith('_r.npy'));
    assert.ok(saved);
    const { dims, values: read } = readNpy(new Uint8Array(readFileSync(join(out, saved))));
    assert.deepEqual([dims, [...read]], [[1, 2, 4, 5], Array.from(values, (value) => Math.max(0, value))]);
  });

  it('says what is wrong with what it was given', async () => {
    const wrong = async (...args: readonly string[]): Promise<string> => {
      const { code, err } = await cli(['run', ...args]);
      assert.equal(code, 2, err);
      return err;
    };
    assert.match(await wrong(model(), '--input', 'b=x.npy'), /no input “b”; its inputs are: a, state/);
    assert.match(await wrong(model(), '--input', 'a=nowhere.npy'), /there is no such file/);
    assert.match(await wrong(model(), '--tensors', 'q', '--input', `a=${array()}`), /no tensor “q”/);
    const small = put('small.npy', npyBytes({ dims: [3], data: new Float32Array(3) }));
    assert.match(await wrong(model(), '--input', `a=${small}`), /takes 1×2×\?×5/);
    assert.match(await wrong(model(), '--top', '0'), /--top 0/);
    // A file where the folder should be.
    assert.match(await wrong(model(), '--input', `a=${array()}`, '--save', small), /small\.npy cannot be written/);
  });

  it('says in the document why a model does not run', async () => {
    const broken = put(
      'broken.onnx',
      encodeOnnx({ ...spec, outputs: ['y'], nodes: [{ op: 'Nothing', inputs: ['a'], outputs: ['y'] }] }),
    );
    const { code, answer } = await run(broken, '--input', `a=${array()}`, '--input', 'a=1x2x4x5');
    assert.equal(code, 1);
    assert.match(answer.why ?? '', /Nothing/);
  });
});

describeCorpus('convlens run on trained models', (corpus) => {
  const picture = join(corpus, 'images/chelsea.jpg');
  const at = (name: string): string => join(corpus, 'models', name);
  const told = async (...args: readonly string[]): Promise<Answer> => {
    const { code, out, err } = await cli(['run', ...args, '--json']);
    assert.deepEqual([code, err], [0, '']);
    return JSON.parse(out) as Answer;
  };

  it('sees the cat, with labels', async () => {
    const { top, inputs } = await told(at('squeezenet_fp16_winml.onnx'), '--image', picture, '--top', '3');
    assert.deepEqual(
      top?.map(({ label }) => label),
      ['Egyptian cat', 'tabby', 'tiger cat'],
    );
    assert.equal(inputs[0]?.preparation?.order, 'BGR');
  });

  for (const [name, tolerance] of [
    ['mobilenet_v2_w025.onnx', 1e-5],
    ['ultraface_rfb320.onnx', 1e-5],
    ['dynamic_axes_small.onnx', 1e-5],
    ['squeezenet_fp16_winml.onnx', 2e-2],
  ] as const)
    it(`gives onnxruntime’s numbers for every tensor of ${name}`, async () => {
      const folder = mkdtempSync(join(tmpdir(), 'convlens-'));
      try {
        const answer = await told(at(name), '--image', picture, '--tensors', 'all', '--save', folder);
        const all = [...answer.outputs, ...answer.tensors];
        const { preparation } = answer.inputs[0]!;
        assert.ok(preparation && answer.tensors.length > 3);
        const input = await pictureInput(picture, preparation);
        const names = all.map((tensor) => tensor.name);
        const expected = await reference(at(name), input, names);
        const files = readdirSync(folder).sort();
        assert.equal(files.length, all.length);
        all.forEach(({ name: own, shape }, i) => {
          const saved = readNpy(new Uint8Array(readFileSync(join(folder, files[i]!))));
          assert.deepEqual([shape, saved.dims], [expected[own]!.dims, expected[own]!.dims]);
          const distance = apart(saved.values, expected[own]!.values);
          assert.ok(distance <= tolerance, `${own} is ${distance} apart`);
        });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

  it('brings weights that lie beside the model', async () => {
    const path = at('ext_one_file.onnx');
    const { inputs, outputs } = await told(path, '--image', picture);
    const session = await InferenceSession.create(path);
    const results = await session.run({
      [session.inputNames[0]!]: await pictureInput(picture, inputs[0]!.preparation!),
    });
    for (const { name, values } of outputs) {
      const distance = apart(values!.map(Number), results[name]!.data as Float32Array);
      assert.ok(distance < 1e-5, `${name} is ${distance} apart`);
    }
  });
});
