import { type Family, ints, node, reals, same3, weight } from './family';
import type { ConstantSpec, ModelSpec, NodeSpec } from '../onnxModel';

const scalar = (value: number, dtype: ConstantSpec['dtype'] = 'float32'): ConstantSpec =>
  dtype === 'float32' ? { shape: [], floats: [value] } : { shape: [], ints: [value], dtype };

/** Boxes and scores of two feature maps, as detectors with dynamic axes export them. */
const detector: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'H', 'W'] },
    constants: {
      w0: weight(4, 1, 3, 3),
      w1: weight(4, 4, 3, 3),
      box: weight(8, 4, 3, 3),
      cls: weight(6, 4, 1, 1),
      zero: scalar(0, 'int64'),
      axis0: ints(0),
      any: ints(-1),
      four: ints(4),
      three: ints(3),
      most: scalar(5, 'int64'),
      overlap: scalar(0.5),
      score: scalar(0.1),
      boxColumn: scalar(2, 'int64'),
      k: ints(3),
      batches: scalar(0, 'int64'),
    },
    nodes: [
      node('Conv', ['x', 'w0'], 'a', { strides: [2, 2], ...same3 }),
      node('LeakyRelu', ['a'], 'ar'),
      node('Conv', ['ar', 'w1'], 'b', { strides: [2, 2], ...same3 }),
      ...['ar', 'b'].flatMap((map) => head(map)),
      node('Concat', ['ar_boxes', 'b_boxes'], 'boxes', { axis: 1 }),
      node('Concat', ['ar_scores', 'b_scores'], 'scores', { axis: 1 }),
      node('Sigmoid', ['scores'], 'likely'),
      node('Transpose', ['likely'], 'perClass', { perm: [0, 2, 1] }),
      node('NonMaxSuppression', ['boxes', 'perClass', 'most', 'overlap', 'score'], 'kept'),
      node('Gather', ['kept', 'boxColumn'], 'which', { axis: 1 }),
      node('Gather', ['boxes', 'batches'], 'ofFirst', { axis: 0 }),
      node('Gather', ['ofFirst', 'which'], 'found', { axis: 0 }),
      node('ReduceMax', ['likely'], 'best', { axes: [2], keepdims: 0 }),
      node('TopK', ['best', 'k'], ['top', 'places'], { axis: 1 }),
    ],
    outputs: ['found', 'top', 'places'],
    outputTypes: { places: 'int64' },
  },
  sizes: { x: [1, 1, 12, 9] },
  unknown: ['kept', 'which', 'found'],
  hidden: Object.fromEntries(
    ['found', 'kept', 'top', 'perClass', 'best', 'ofFirst'].map((name) => [name, 'only the best are passed on']),
  ),
};

function head(map: string): readonly NodeSpec[] {
  return [
    node('Conv', [map, 'box'], `${map}_b`, same3),
    node('Conv', [map, 'cls'], `${map}_c`),
    node('Shape', [map], `${map}_s`),
    node('Gather', [`${map}_s`, 'zero'], `${map}_n`),
    node('Unsqueeze', [`${map}_n`, 'axis0'], `${map}_n1`),
    node('Concat', [`${map}_n1`, 'any', 'four'], `${map}_s4`, { axis: 0 }),
    node('Concat', [`${map}_n1`, 'any', 'three'], `${map}_s3`, { axis: 0 }),
    node('Transpose', [`${map}_b`], `${map}_bt`, { perm: [0, 2, 3, 1] }),
    node('Reshape', [`${map}_bt`, `${map}_s4`], `${map}_boxes`),
    node('Transpose', [`${map}_c`], `${map}_ct`, { perm: [0, 2, 3, 1] }),
    node('Reshape', [`${map}_ct`, `${map}_s3`], `${map}_scores`),
  ];
}

const body = (nodes: readonly NodeSpec[], output: string, constants: ModelSpec['constants'] = {}): ModelSpec => ({
  opset: 13,
  inputs: {},
  constants,
  nodes,
  outputs: [output],
  outputTypes: { [output]: 'unknown' },
});

/** Both branches leave the same size; weights lie inside and outside. */
const branches: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'H', 'W'], flag: [] },
    inputTypes: { flag: 'bool' },
    constants: { outside: weight(2, 1, 3, 3), w: weight(1, 2, 3, 3) },
    nodes: [
      node('If', ['flag'], 'a', {
        then_branch: { graph: body([node('Conv', ['x', 'outside'], 'then_y', same3)], 'then_y') },
        else_branch: {
          graph: body([node('Conv', ['x', 'inside'], 'else_y', { pads: [2, 2, 2, 2] })], 'else_y', {
            inside: weight(2, 1, 5, 5),
          }),
        },
      }),
      node('Conv', ['a', 'w'], 'y', same3),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 6, 7], flag: [] },
  hidden: { a: 'only one branch is taken', y: 'only one branch is taken' },
};

/** The sizes of the branches differ in one extent. */
const unlikeBranches: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'H', 'W'], flag: [] },
    inputTypes: { flag: 'bool' },
    constants: { first: weight(1, 1, 3, 3), outside: weight(2, 1, 3, 3) },
    nodes: [
      node('Conv', ['x', 'first'], 'before', same3),
      node('If', ['flag'], 'a', {
        then_branch: {
          graph: body([node('Conv', ['before', 'outside'], 'then_y', { strides: [2, 1], ...same3 })], 'then_y'),
        },
        else_branch: { graph: body([node('Conv', ['before', 'outside'], 'else_y', same3)], 'else_y') },
      }),
      node('GlobalMaxPool', ['a'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 6, 7], flag: [] },
  unknown: ['a', 'y'],
};

const bytesOf = (...shape: readonly number[]): ConstantSpec => ({
  shape,
  ints: Array.from({ length: shape.reduce((p, d) => p * d, 1) }, (_, i) => ((i * 37) % 11) - 5),
  dtype: 'int8',
});

const grid = {
  s: scalar(0.05),
  ws: scalar(0.02),
  z: scalar(128, 'uint8'),
  wz: scalar(0, 'int8'),
  w1: bytesOf(4, 1, 3, 3),
  w2: bytesOf(4, 4, 3, 3),
  w3: bytesOf(4, 1, 3, 3),
  b: { shape: [4], ints: [1, 2, 3, 4], dtype: 'int32' },
} as const satisfies ModelSpec['constants'];
const conv = ['s', 'z'] as const;
const target = ['ws', 'wz', 's', 'z', 'b'] as const;
const microsoft = (spec: NodeSpec): NodeSpec => ({ ...spec, domain: 'com.microsoft' });

/** Fixed-point layers as quantisers write them, ONNX's and onnxruntime's. */
const quantised: Family = {
  spec: {
    opset: 13,
    domains: { 'com.microsoft': 1 },
    inputs: { x: ['N', 1, 'H', 'W'] },
    constants: grid,
    nodes: [
      node('QuantizeLinear', ['x', 's', 'z'], 'q'),
      node('QLinearConv', ['q', ...conv, 'w1', ...target], 'a', { strides: [2, 2], ...same3 }),
      node('QLinearConv', ['a', ...conv, 'w2', ...target], 'c', same3),
      node('QLinearConv', ['c', ...conv, 'w3', ...target], 'd', { ...same3, group: 4 }),
      microsoft(node('QLinearAdd', ['a', ...conv, 'd', ...conv, ...conv], 'sum')),
      microsoft(node('QLinearAveragePool', ['sum', ...conv, ...conv], 'p', { kernel_shape: [2, 2] })),
      microsoft(node('QLinearSigmoid', ['p', ...conv, ...conv], 'g')),
      microsoft(node('QLinearMul', ['p', ...conv, 'g', ...conv, ...conv], 'm')),
      microsoft(node('QLinearConcat', [...conv, 'p', ...conv, 'm', ...conv], 'j', { axis: 1 })),
      microsoft(node('QLinearGlobalAveragePool', ['j', ...conv, ...conv], 'pooled')),
      node('DequantizeLinear', ['j', 's', 'z'], 'y'),
      node('ConvInteger', ['q', 'w1', 'z'], 'i'),
      node('Cast', ['i'], 'f', { to: 1 }),
      node('DynamicQuantizeLinear', ['f'], ['dq', 'ds', 'dz']),
    ],
    outputs: ['y', 'pooled', 'dq'],
    outputTypes: { pooled: 'uint8', dq: 'uint8' },
  },
  sizes: { x: [1, 1, 9, 8] },
  hidden: Object.fromEntries(['y', 'f'].map((name) => [name, 'steps of 8 bits swallow small changes'])),
};

/** Weights stored in 8 bits beside floating-point layers. */
const quantiseDequantise: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'H', 'W'] },
    constants: {
      ...grid,
      perChannel: reals(0.01, 0.02, 0.03, 0.04),
      zeros: { shape: [4], ints: [0, 0, 0, 0], dtype: 'int8' },
    },
    nodes: [
      node('DequantizeLinear', ['w1', 'perChannel', 'zeros'], 'w1f', { axis: 0 }),
      node('DequantizeLinear', ['w2', 'ws', 'wz'], 'w2f'),
      node('QuantizeLinear', ['x', 's', 'z'], 'q'),
      node('DequantizeLinear', ['q', 's', 'z'], 'xf'),
      node('Conv', ['xf', 'w1f'], 'a', { strides: [2, 2] }),
      node('Conv', ['a', 'w2f'], 'y', { dilations: [1, 2] }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 9, 13] },
  hidden: Object.fromEntries(['xf', 'a', 'y'].map((name) => [name, 'steps of 8 bits swallow small changes'])),
};

/** TensorFlow's pictures have their channels last; converters transpose at both ends and fold the constants. */
const channelsLast: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 'H', 'W', 3] },
    constants: {
      w: weight(2, 3, 3, 3),
      scale: reals(0.5, 2),
      pads: ints(0, 0, 0, 0, 0, 0, 1, 1),
    },
    nodes: [
      node('Transpose', ['x'], 't', { perm: [0, 3, 1, 2] }),
      node('Pad', ['t', 'pads'], 'padded'),
      node('Conv', ['padded', 'w'], 'a', { strides: [2, 2] }),
      node('Transpose', ['a'], 'b', { perm: [0, 2, 3, 1] }),
      node('Mul', ['b', 'scale'], 'c'),
      node('ReduceMean', ['c'], 'm', { axes: [1, 2], keepdims: 0 }),
    ],
    outputs: ['c', 'm'],
  },
  sizes: { x: [1, 7, 8, 3] },
  imageAxes: [1, 2],
};

export const controlFamilies: Readonly<Record<string, Family>> = {
  detector,
  branches,
  'branches of unlike size': unlikeBranches,
  quantised,
  'quantise and dequantise': quantiseDequantise,
  'channels last': channelsLast,
};
