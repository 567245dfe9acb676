import { strict as assert } from 'node:assert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../src/core/analysis';
import { inspector } from '../../../src/core/view/inspector';
import { draw } from '../../../src/core/view/scene';
import type { Inspector } from '../../../src/core/view/types';
import { encodeOnnx, modelOf, type AttrSpec, type ModelSpec } from '../../support/onnxModel';

const inspected = (spec: ModelSpec, node = 0): Inspector => {
  const found = inspector(draw(analyze(modelOf(spec))), node);
  assert.ok(found);
  return found;
};
const textOf = (parts: readonly { readonly text: string }[]): string => parts.map(({ text }) => text).join('');

const conv = (
  attrs: Readonly<Record<string, AttrSpec>>,
  weight: readonly number[],
  image = [1, 4, 20, 20],
): ModelSpec => ({
  opset: 13,
  inputs: { x: image },
  constants: { w: { shape: weight }, b: { shape: [weight[0]!] } },
  nodes: [
    { op: 'MaxPool', inputs: ['x'], outputs: ['p'], attrs: { kernel_shape: [2, 2], strides: [2, 2] } },
    { op: 'Conv', name: 'net/block/conv', inputs: ['p', 'w', 'b'], outputs: ['y'], attrs },
    { op: 'Relu', inputs: ['y'], outputs: ['z'] },
  ],
  outputs: ['z'],
});

describe('the inspector', () => {
  it('explains by how much a field grows', () => {
    const grows = (spec: ModelSpec, node = 1): string | undefined =>
      inspected(spec, node).rows.find(({ key }) => key === 'grows')?.value;
    assert.equal(grows(conv({}, [8, 4, 3, 3])), 'from 2, +4 = (3 − 1) · 2');
    assert.equal(grows(conv({ dilations: [2, 2] }, [8, 4, 3, 3])), 'from 2, +8 = (3 − 1) · 2 · 2');
    assert.equal(grows(conv({}, [8, 4, 3, 1])), 'from 2, +4×0 = (3 − 1) · 2, (1 − 1) · 2');
    assert.equal(grows(conv({}, [8, 4, 3, 3]), 2), undefined);
  });

  it('counts synapses in the three ways of the lecture', () => {
    const { synapses } = inspected(conv({ pads: [1, 1, 1, 1] }, [8, 4, 3, 3]), 1);
    assert.ok(synapses);
    assert.equal(textOf(synapses.product), '296 = 8·4·3·3 + 8');
    // 10×10 outputs after pooling; each of 8·100 fully connected ones would have 4·100 weights and a bias.
    assert.deepEqual(
      synapses.counts.map(({ value }) => value),
      [296, 29_600, 800 * 401],
    );
    assert.equal(
      textOf(synapses.sentence),
      'Sharing one kernel over 10×10 places saves a factor of 100; looking only at 3×3 another 11.',
    );
    const depthwise = inspected(conv({ group: 4, pads: [1, 1, 1, 1] }, [4, 1, 3, 3]), 1).synapses;
    assert.match(textOf(depthwise?.sentence ?? []), /3×3 of one channel another 40\.$/);
  });

  it('says what extents that are left open leave open', () => {
    const found = inspected(conv({ pads: [1, 1, 1, 1] }, [8, 4, 3, 3], ['N', 4, 'H', 'W'] as never), 1);
    const macs = found.rows.find(({ key }) => key === 'macs')?.value ?? '';
    assert.match(macs, /288·N·⌊H\/2⌋·⌊W\/2⌋/);
    assert.deepEqual(
      found.synapses?.counts.map(({ value }) => value),
      [296, null, null],
    );
    assert.match(found.rows.find(({ key }) => key === 'memory')?.value ?? '', /^\? /);
  });

  it('knows neighbours, ports and the fused activation', () => {
    const found = inspected(conv({}, [8, 4, 3, 3]), 1);
    assert.equal(found.card.fused, 'with ReLU');
    assert.equal(found.card.path, 'net/block/conv');
    assert.equal(found.position, 'operator 2 of 3');
    assert.deepEqual(
      found.inputs.map(({ port, name, kind, links }) => [port, name, kind, links]),
      [
        ['X', 'p', 'data', [0]],
        ['W', 'w', 'constant', []],
        ['B', 'b', 'constant', []],
      ],
    );
    assert.deepEqual(
      found.outputs.map(({ name, links }) => [name, links]),
      [['y', [2]]],
    );
    assert.match(
      found.card.formula?.text ?? '',
      /^Y\[b, k, y, x\] = g\(β\[k\] \+ W\[k, c, u, v\]X\[b, c, y \+ u, x \+ v\]\)$/,
    );
  });

  it('describes weights as they lie in the file', () => {
    const [weight, bias] = inspected(conv({}, [8, 4, 3, 3]), 1).weights;
    assert.deepEqual(weight?.kernels, {
      rows: 'output channel',
      columns: 'input channel',
      rowCount: 8,
      columnCount: 4,
      height: 3,
      width: 3,
    });
    assert.equal(weight.stored, 'missing');
    assert.equal(weight.reason, 'made for a test');
    assert.equal(bias?.kernels, null);
    const dense = (transB: number): Inspector =>
      inspected({
        opset: 13,
        inputs: { x: [1, 6] },
        constants: { w: { shape: transB ? [5, 6] : [6, 5] } },
        nodes: [{ op: 'Gemm', inputs: ['x', 'w'], outputs: ['y'], attrs: { transB } }],
        outputs: ['y'],
      });
    assert.equal(dense(1).weights[0]?.kernels?.rows, 'output');
    assert.equal(dense(0).weights[0]?.kernels?.rows, 'input');
  });

  it('draws no kernels of weights that are taken in another order than they are stored in', () => {
    const found = inspected(
      {
        opset: 13,
        inputs: { x: [1, 4, 9, 9] },
        constants: { w: { shape: [4, 4, 3, 3] } },
        nodes: [
          { op: 'Transpose', inputs: ['w'], outputs: ['t'], attrs: { perm: [1, 0, 2, 3] } },
          { op: 'Conv', inputs: ['x', 't'], outputs: ['y'] },
        ],
        outputs: ['y'],
      },
      1,
    );
    assert.deepEqual(
      found.weights.map(({ kernels, count }) => [kernels, count]),
      [[null, 144]],
    );
  });

  it('says so of operators nobody knows', () => {
    const found = inspected({
      opset: 13,
      inputs: { x: [1, 4, 9, 9] },
      nodes: [{ op: 'Frobnicate', domain: 'com.example', inputs: ['x'], outputs: ['y'], attrs: { level: 3 } }],
      outputs: ['y'],
    });
    assert.match(found.card.summary, /does not know/);
    assert.match(found.card.rows.find(({ key }) => key === 'macs')?.value ?? '', /^\? · the operator is not known/);
    assert.match(found.card.rows.find(({ key }) => key === 'sees')?.value ?? '', /^\? /);
    assert.deepEqual(found.attributes, [{ name: 'level', value: '3', isDefault: false }]);
    assert.equal(found.operator, 'Frobnicate of com.example');
  });

  it('has nothing to say of an operator that is not there', () => {
    assert.equal(inspector(draw(analyze(modelOf(conv({}, [8, 4, 3, 3])))), 99), null);
  });
});

interface Case {
  readonly op: string;
  readonly opset?: number;
  readonly inputs: readonly (readonly number[])[];
  readonly attrs?: Readonly<Record<string, AttrSpec>>;
  /** Another value than the default makes a difference: the comparison could fail. */
  readonly other: Readonly<Record<string, AttrSpec>>;
}

const REAL = new Set([
  'alpha',
  'beta',
  'gamma',
  'bias',
  'epsilon',
  'momentum',
  'lambd',
  'ratio',
  'cubic_coeff_a',
  'extrapolation_value',
]);

/** An attribute's text back as a value. */
const specOf = (name: string, value: string): AttrSpec => {
  if (REAL.has(name)) return { float: Number(value) };
  if (value.includes(',')) return value.split(',').map(Number);
  return /^-?\d+$/.test(value) ? Number(value) : value;
};

const picture = [1, 2, 6, 6];
const cases: readonly Case[] = [
  { op: 'Conv', inputs: [picture, [3, 2, 3, 3]], other: { strides: [2, 2] } },
  { op: 'Conv', inputs: [picture, [3, 2, 3, 3]], other: { dilations: [2, 2] } },
  {
    op: 'ConvTranspose',
    inputs: [picture, [2, 3, 3, 3]],
    other: { output_padding: [1, 1] },
    attrs: { strides: [2, 2] },
  },
  { op: 'MaxPool', inputs: [picture], attrs: { kernel_shape: [3, 3] }, other: { strides: [3, 3] } },
  { op: 'MaxPool', inputs: [[1, 2, 7, 7]], attrs: { kernel_shape: [2, 2], strides: [2, 2] }, other: { ceil_mode: 1 } },
  {
    op: 'AveragePool',
    inputs: [picture],
    attrs: { kernel_shape: [3, 3], pads: [1, 1, 1, 1] },
    other: { count_include_pad: 1 },
  },
  { op: 'LpPool', opset: 18, inputs: [picture], attrs: { kernel_shape: [2, 2] }, other: { p: 1 } },
  { op: 'BatchNormalization', inputs: [picture, [2], [2], [2], [2]], other: { epsilon: { float: 0.5 } } },
  { op: 'InstanceNormalization', inputs: [picture, [2], [2]], other: { epsilon: { float: 0.5 } } },
  { op: 'LayerNormalization', opset: 17, inputs: [[3, 4], [4]], other: { epsilon: { float: 0.5 } } },
  { op: 'LRN', inputs: [picture], attrs: { size: 3 }, other: { alpha: { float: 2 } } },
  { op: 'LRN', inputs: [picture], attrs: { size: 3 }, other: { beta: { float: 2 } } },
  { op: 'LpNormalization', inputs: [[3, 4]], other: { axis: 0 } },
  { op: 'GlobalLpPool', inputs: [picture], other: { p: 1 } },
  { op: 'Elu', inputs: [[9]], other: { alpha: { float: 2 } } },
  { op: 'Celu', inputs: [[9]], other: { alpha: { float: 2 } } },
  { op: 'LeakyRelu', inputs: [[9]], other: { alpha: { float: 0.5 } } },
  { op: 'Selu', inputs: [[9]], other: { gamma: { float: 2 } } },
  { op: 'HardSigmoid', inputs: [[9]], other: { alpha: { float: 0.7 } } },
  { op: 'ThresholdedRelu', inputs: [[9]], other: { alpha: { float: 0.1 } } },
  { op: 'Shrink', inputs: [[9]], other: { lambd: { float: 0.1 } } },
  { op: 'Gemm', inputs: [[3, 3], [3, 3], [3]], other: { transB: 1 } },
  { op: 'Gemm', inputs: [[3, 3], [3, 3], [3]], other: { beta: { float: 3 } } },
  { op: 'Softmax', inputs: [[2, 3, 4]], other: { axis: 1 } },
  { op: 'Softmax', opset: 12, inputs: [[2, 3, 4]], other: { axis: 2 } },
  { op: 'LogSoftmax', opset: 11, inputs: [[2, 3, 4]], other: { axis: 2 } },
  { op: 'Flatten', inputs: [picture], other: { axis: 2 } },
  { op: 'DepthToSpace', inputs: [[1, 8, 2, 2]], attrs: { blocksize: 2 }, other: { mode: 'CRD' } },
  { op: 'ReduceMean', inputs: [picture], attrs: { axes: [2, 3] }, other: { keepdims: 0 } },
  { op: 'MeanVarianceNormalization', inputs: [[2, 2, 3, 3]], other: { axes: [2, 3] } },
  { op: 'GridSample', opset: 16, inputs: [picture, [1, 3, 3, 2]], other: { align_corners: 1 } },
  { op: 'GridSample', opset: 16, inputs: [picture, [1, 3, 3, 2]], other: { padding_mode: 'border' } },
  { op: 'Trilu', opset: 14, inputs: [[4, 4]], other: { upper: 0 } },
];

const values = (size: number, seed: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => ((((i + seed) * 7919) % 101) - 50) / 30);

async function run(spec: ModelSpec): Promise<string> {
  const session = await InferenceSession.create(encodeOnnx(spec), {
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
  });
  const feeds = Object.entries(spec.inputs).map(([name, shape], i) => {
    const extents = shape.map(Number);
    const size = extents.reduce((a, b) => a * b, 1);
    // A variance is not negative.
    const data = i === 4 ? values(size, i).map(Math.abs) : values(size, i);
    return [name, new Tensor('float32', data, extents)] as const;
  });
  const { y } = await session.run(Object.fromEntries(feeds));
  await session.release();
  return JSON.stringify([y!.dims, Array.from(y!.data as Float32Array)]);
}

describe('defaults of attributes, as onnxruntime takes them', () => {
  for (const { op, opset = 13, inputs, attrs = {}, other } of cases) {
    it(`${op} ${Object.keys(other).join()} (opset ${opset})`, async () => {
      const spec = (all: Readonly<Record<string, AttrSpec>>): ModelSpec => ({
        opset,
        inputs: Object.fromEntries(inputs.map((shape, i) => [`x${i}`, shape])),
        nodes: [{ op, inputs: inputs.map((_, i) => `x${i}`), outputs: ['y'], attrs: all }],
        outputs: ['y'],
      });
      const rows = inspected(spec(attrs)).attributes;
      const left = rows
        .filter(({ isDefault }) => isDefault)
        .map(({ name, value }) => [name, specOf(name, value)] as const);
      assert.deepEqual(
        rows.filter(({ isDefault }) => !isDefault).map(({ name }) => name),
        Object.keys(attrs),
      );
      for (const name of Object.keys(other))
        assert.ok(
          left.some(([own]) => own === name),
          `no default of ${name}`,
        );
      const plain = await run(spec(attrs));
      // onnxruntime has no spellings for what only the schema's newest version names.
      assert.equal(await run(spec({ ...attrs, ...Object.fromEntries(left) })), plain);
      assert.notEqual(await run(spec({ ...attrs, ...other })), plain);
    });
  }
});
