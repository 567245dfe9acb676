import type { ModelSpec, NodeSpec } from '../onnxModel';
import { type Family, ints, node, reals, same3, weight } from './family';

/** What exporters make of a few lines of Python: shapes computed in the graph, old spellings, nets with memory. */

const picture = ['N', 1, 'H', 'W'] as const;
const whole = (value: number): { readonly shape: readonly []; readonly ints: readonly [number] } => ({
  shape: [],
  ints: [value],
});

/** Everything that later opsets moved from attributes into inputs. */
const opset7: Family = {
  spec: {
    opset: 7,
    inputs: { x: [1, 1, 'H', 'W'] },
    constants: {
      w: weight(2, 1, 3, 3),
      scale: reals(1, 2),
      shift: reals(0.1, 0.2),
      mean: reals(0.3, -0.1),
      variance: reals(1, 4),
      keep: ints(0, -1),
    },
    nodes: [
      node('Pad', ['x'], 'padded', { pads: [0, 0, 1, 1, 0, 0, 1, 2] }),
      node('Conv', ['padded', 'w'], 'a', { kernel_shape: [3, 3] }),
      node('BatchNormalization', ['a', 'scale', 'shift', 'mean', 'variance'], 'n'),
      node('Dropout', ['n'], 'd'),
      node('Upsample', ['d'], 'u', { scales: { floats: [1, 1, 2, 2] }, mode: 'nearest' }),
      node('Slice', ['u'], 's', { axes: [2, 3], starts: [1, 0], ends: [-1, 2 ** 31 - 1] }),
      node('Split', ['s'], ['l', 'r'], { axis: 1, split: [1, 1] }),
      node('ReduceSum', ['l'], 'sum', { axes: [3], keepdims: 0 }),
      node('Squeeze', ['sum'], 'flat', { axes: [1] }),
      node('Unsqueeze', ['flat'], 'wide', { axes: [0, 3] }),
      node('Clip', ['r'], 'c', { min: { float: -1 }, max: { float: 6 } }),
      node('Reshape', ['c', 'keep'], 'y'),
    ],
    outputs: ['y', 'wide'],
  },
  sizes: { x: [1, 1, 5, 6] },
  hidden: { c: 'values are cut off', y: 'values are cut off' },
};

/** `x.view(x.size(0), -1)` and a fully connected layer behind a pooling of fixed size. */
const flattened: Family = {
  spec: {
    opset: 11,
    inputs: { x: ['N', 1, 8, 8] },
    constants: { w: weight(2, 1, 3, 3), dense: weight(5, 8), b: reals(1, 2, 3, 4, 5), zero: whole(0), rest: ints(-1) },
    nodes: [
      node('Conv', ['x', 'w'], 'a', same3),
      node('AveragePool', ['a'], 'p', { kernel_shape: [4, 4], strides: [4, 4] }),
      node('Shape', ['p'], 's'),
      node('Gather', ['s', 'zero'], 'n', { axis: 0 }),
      node('Unsqueeze', ['n'], 'n1', { axes: [0] }),
      node('Concat', ['n1', 'rest'], 'to', { axis: 0 }),
      node('Reshape', ['p', 'to'], 'f'),
      node('Gemm', ['f', 'dense', 'b'], 'y', { transB: 1 }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 8, 8] },
};

const extent = (of: string, axis: string, name: string): readonly NodeSpec[] => [
  node('Shape', [of], `${name}_shape`),
  node('Gather', [`${name}_shape`, axis], name),
];

/** YOLO's grid of places, made from the size of its map. */
const anchors: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'H', 'W'] },
    constants: {
      w: weight(2, 1, 3, 3),
      zero: whole(0),
      one: whole(1),
      two: whole(2),
      three: whole(3),
      last: ints(-1),
      first: ints(0),
      pair: ints(2),
      stride: { shape: [], floats: [8] },
    },
    nodes: [
      node('Conv', ['x', 'w'], 'a', { strides: [2, 2], ...same3 }),
      ...extent('a', 'two', 'rows'),
      ...extent('a', 'three', 'columns'),
      node('Range', ['zero', 'rows', 'one'], 'ys'),
      node('Range', ['zero', 'columns', 'one'], 'xs'),
      node('Unsqueeze', ['rows', 'first'], 'rows1'),
      node('Unsqueeze', ['columns', 'first'], 'columns1'),
      node('Concat', ['rows1', 'columns1'], 'size', { axis: 0 }),
      node('Unsqueeze', ['ys', 'last'], 'ysDown'),
      node('Expand', ['ysDown', 'size'], 'ysAll'),
      node('Expand', ['xs', 'size'], 'xsAll'),
      node('Unsqueeze', ['ysAll', 'last'], 'ysEnd'),
      node('Unsqueeze', ['xsAll', 'last'], 'xsEnd'),
      node('Concat', ['xsEnd', 'ysEnd'], 'grid', { axis: -1 }),
      node('Cast', ['grid'], 'gridF', { to: 1 }),
      node('Transpose', ['a'], 'at', { perm: [0, 2, 3, 1] }),
      node('Add', ['at', 'gridF'], 'moved'),
      node('Mul', ['moved', 'stride'], 'boxes'),
      node('Mul', ['rows', 'columns'], 'places'),
      ...extent('a', 'zero', 'batch'),
      node('Unsqueeze', ['batch', 'first'], 'batch1'),
      node('Unsqueeze', ['places', 'first'], 'places1'),
      node('Concat', ['batch1', 'places1', 'pair'], 'to', { axis: 0 }),
      node('Reshape', ['boxes', 'to'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 9, 7] },
};

/** Text recognition: columns of the picture become steps of a recurrent net. */
const recognition: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 1, 8, 'W'] },
    constants: {
      c: weight(4, 1, 3, 3),
      rows: ints(2),
      w: weight(2, 12, 4),
      r: weight(2, 12, 3),
      b: weight(2, 24),
      out: weight(6, 5),
      keep: ints(0, 0, -1),
    },
    nodes: [
      node('Conv', ['x', 'c'], 'a', same3),
      node('MaxPool', ['a'], 'p', { kernel_shape: [8, 1] }),
      node('Squeeze', ['p', 'rows'], 's'),
      node('Transpose', ['s'], 't', { perm: [2, 0, 1] }),
      node('LSTM', ['t', 'w', 'r', 'b'], ['h', 'hn', 'cn'], { hidden_size: 3, direction: 'bidirectional' }),
      node('Transpose', ['h'], 'ht', { perm: [0, 2, 1, 3] }),
      node('Reshape', ['ht', 'keep'], 'hr'),
      node('MatMul', ['hr', 'out'], 'y'),
      node('LogSoftmax', ['y'], 'likely', { axis: 2 }),
      node('ArgMax', ['likely'], 'letters', { axis: 2, keepdims: 0 }),
    ],
    outputs: ['letters', 'hn', 'cn'],
    outputTypes: { letters: 'int64' },
  },
  sizes: { x: [1, 1, 8, 10] },
  typesOnly: true,
};

/** torch's GroupNorm before ONNX had one, and layer norm in its parts. */
const norms: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 4, 'H', 'W'] },
    constants: {
      to: ints(0, 2, -1),
      one: reals(1, 1),
      none: reals(0, 0),
      gain: { shape: [4, 1, 1], floats: [1, 2, 3, 4] },
      square: { shape: [], floats: [2] },
      tiny: { shape: [], floats: [1e-5] },
    },
    nodes: [
      node('Reshape', ['x', 'to'], 'g'),
      node('InstanceNormalization', ['g', 'one', 'none'], 'i'),
      node('Shape', ['x'], 's'),
      node('Reshape', ['i', 's'], 'back'),
      node('Mul', ['back', 'gain'], 'y'),
      node('ReduceMean', ['x'], 'm', { axes: [-1], keepdims: 1 }),
      node('Sub', ['x', 'm'], 'd'),
      node('Pow', ['d', 'square'], 'd2'),
      node('ReduceMean', ['d2'], 'v', { axes: [-1], keepdims: 1 }),
      node('Add', ['v', 'tiny'], 've'),
      node('Sqrt', ['ve'], 'sd'),
      node('Div', ['d', 'sd'], 'z'),
      node('LRN', ['x'], 'l', { size: 3 }),
    ],
    outputs: ['y', 'z', 'l'],
  },
  sizes: { x: [2, 4, 5, 6] },
  typesOnly: true,
};

/** The same step for each entry along an axis. */
const scanBody: ModelSpec = {
  opset: 13,
  inputs: { state: [3], row: [3] },
  nodes: [node('Add', ['state', 'row'], 'next'), node('Relu', ['next'], 'seen')],
  outputs: ['next', 'seen'],
};

const scanned: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['T', 3] },
    constants: { start: reals(0, 0, 0) },
    nodes: [node('Scan', ['start', 'x'], ['last', 'all'], { body: { graph: scanBody }, num_scan_inputs: 1 })],
    outputs: ['last', 'all'],
  },
  sizes: { x: [5, 3] },
  typesOnly: true,
};

/** Spectra of sound as pictures. */
const sound: Family = {
  spec: {
    opset: 17,
    inputs: { x: [1, 'L', 1] },
    constants: {
      step: whole(4),
      window: weight(16),
      length: whole(16),
      mel: whole(5),
      rate: whole(8000),
      low: { shape: [], floats: [0] },
      high: { shape: [], floats: [4000] },
      w: weight(2, 2, 3, 3),
    },
    nodes: [
      node('STFT', ['x', 'step', 'window', 'length'], 'f', { onesided: 1 }),
      node('DFT', ['x'], 'd', { onesided: 1 }),
      node('MelWeightMatrix', ['mel', 'length', 'rate', 'low', 'high'], 'm'),
      node('Transpose', ['f'], 't', { perm: [0, 3, 1, 2] }),
      node('Conv', ['t', 'w'], 'a', { strides: [2, 1] }),
      node('MatMul', ['t', 'm'], 'bands'),
    ],
    outputs: ['a', 'd', 'bands'],
  },
  sizes: { x: [1, 60, 1] },
  imageAxes: [1],
};

/** What trains a net. */
const losses: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 3, 'H', 'W'] },
    constants: {
      w: weight(4, 3, 1, 1),
      target: { shape: [2, 3, 4], ints: Array.from({ length: 24 }, (_, i) => i % 4) },
    },
    nodes: [
      node('Conv', ['x', 'w'], 'a'),
      node('SoftmaxCrossEntropyLoss', ['a', 'target'], ['each', 'logs'], { reduction: 'none' }),
      node('SoftmaxCrossEntropyLoss', ['a', 'target'], 'mean'),
      node('LogSoftmax', ['a'], 'l', { axis: 1 }),
      node('NegativeLogLikelihoodLoss', ['l', 'target'], 'sum', { reduction: 'sum' }),
      node('NegativeLogLikelihoodLoss', ['l', 'target'], 'every', { reduction: 'none' }),
    ],
    outputs: ['each', 'mean', 'sum', 'every'],
  },
  sizes: { x: [2, 3, 3, 4] },
  typesOnly: true,
};

export const exportedFamilies: Readonly<Record<string, Family>> = {
  'opset 7': opset7,
  flattened,
  anchors,
  recognition,
  norms,
  scanned,
  sound,
  losses,
  'picture by name only': {
    spec: { opset: 13, inputs: { x: picture }, nodes: [node('Relu', ['x'], 'y')], outputs: ['y'] },
    sizes: { x: [1, 1, 3, 3] },
    hidden: { y: 'negative values are cut off' },
  },
};
