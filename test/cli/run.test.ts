import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
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
  readonly note: string | null;
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

  it('runs definitions as what they become, with layers by their names', async () => {
    const text = (width: string): string =>
      `${width}input: 8x8x2\nlayers:\n  - conv: 4 3x3 relu\n    name: body\n  - conv: 6 3x3 relu\n  - dense: 5 softmax\n    name: classes\n`;
    const definition = put('net.cnn.yaml', new TextEncoder().encode(text('')));
    const picture = noise(1 * 2 * 8 * 8, 5);
    const given = put('x.npy', npyBytes({ dims: [1, 2, 8, 8], data: picture }));
    const { code, answer, err } = await run(
      definition,
      '--input',
      `input=${given}`,
      '--tensors',
      'body',
      '--tensors',
      'conv1',
    );
    assert.deepEqual([code, err, answer.why, answer.note], [0, '', null, 'random weights']);
    const exported = join(folder, 'net-out.onnx');
    await cli(['convert', definition, '-o', exported]);
    const session = await InferenceSession.create(exported, { logSeverityLevel: 4 });
    const truth = await session.run({ input: new Tensor('float32', picture, [1, 2, 8, 8]) });
    await session.release();
    assert.ok(apart(answer.outputs[0]!.values as number[], truth.classes!.data as Float32Array) < 1e-5);
    assert.deepEqual(
      answer.tensors.map(({ name, shape }) => [name, shape]),
      [
        ['body', [1, 4, 6, 6]],
        ['conv1', [1, 6, 4, 4]],
      ],
    );
    const narrow = put('narrow.cnn.yaml', new TextEncoder().encode(text('width: 1/2\n')));
    const half = await run(narrow, '--input', `input=${given}`, '--tensors', 'body');
    assert.deepEqual(half.answer.tensors[0]?.shape, [1, 2, 6, 6]);
    assert.match(half.answer.note!, /width 0.5: fewer channels/);
    const sized = await cli(['run', definition, '--input', 'input=1x2x9x9']);
    assert.equal(sized.code, 2);
    assert.match(sized.err, /stands in the definition/);
    const broken = put('broken.cnn.yaml', new TextEncoder().encode(text('').replace('3x3', '33x33')));
    const refused = await run(broken, '--input', `input=${given}`);
    assert.equal(refused.code, 1);
    assert.match(refused.answer.why!, /33/);
  });

  it('asks which layer is meant where several have a name', async () => {
    const block =
      'input: 8x8x1\nblocks:\n  b:\n    - conv: 2 3x3 pad same\n      name: c\n    - conv: 2 3x3 pad same\n    - add: c\nlayers:\n  - b\n  - b\n';
    const definition = put('twice.cnn.yaml', new TextEncoder().encode(block));
    const given = put('one.npy', npyBytes({ dims: [1, 1, 8, 8], data: noise(64, 1) }));
    const { code, err } = await cli(['run', definition, '--input', `input=${given}`, '--tensors', 'c']);
    assert.equal(code, 2);
    assert.match(err, /several layers are called “c”: “b1\/c”, “b2\/c”/);
    const one = await run(definition, '--input', `input=${given}`, '--tensors', 'b1/c');
    assert.deepEqual(
      one.answer.tensors.map(({ name }) => name),
      ['b1/c'],
    );
  });

  it('tells the preparation of a picture in words', async () => {
    const definition = put('seen.cnn.yaml', new TextEncoder().encode('input: 8x8x3\nlayers:\n  - conv: 4 3x3\n'));
    const image = join(__dirname, '../../samples/images/astronaut.jpg');
    const { out } = await cli(['run', definition, '--image', image]);
    assert.match(out, /pixels ÷ 255; /);
    assert.doesNotMatch(out, /0\.0039|− 0[ ,;)]|÷ 1[ ,;]/);
    const net = put(
      'norm.cnn.yaml',
      new TextEncoder().encode('input:\n  size: 8x8x3\n  values: imagenet\nlayers:\n  - conv: 4 3x3\n'),
    );
    assert.match(
      (await cli(['run', net, '--image', image])).out,
      /pixels ÷ 255, − 0\.485 0\.456 0\.406, ÷ 0\.229 0\.224 0\.225; /,
    );
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
