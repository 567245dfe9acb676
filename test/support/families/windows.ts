import type { NodeSpec } from '../onnxModel';
import { type Family, ints, node, same3, weight } from './family';

const picture = ['N', 1, 'H', 'W'] as const;
const every = (names: readonly string[], reason: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, reason]));

const half = { kernel_shape: [2, 2], strides: [2, 2] } as const;

const segNet: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: { w1: weight(2, 1, 3, 3), w2: weight(3, 2, 3, 3), w3: weight(2, 3, 3, 3), w4: weight(1, 2, 3, 3) },
    nodes: [
      node('Conv', ['x', 'w1'], 'a', same3),
      node('MaxPool', ['a'], ['p1', 'i1'], half),
      node('Conv', ['p1', 'w2'], 'b', same3),
      node('MaxPool', ['b'], ['p2', 'i2'], half),
      node('Shape', ['b'], 's'),
      node('MaxUnpool', ['p2', 'i2', 's'], 'u2', half),
      node('Conv', ['u2', 'w3'], 'c', same3),
      node('MaxUnpool', ['c', 'i1'], 'u1', half),
      node('Conv', ['u1', 'w4'], 'y', same3),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 8, 12] },
  step: 2,
  pictures: 3,
  hidden: every(['u2', 'c', 'u1', 'y', 'p2', 'b'], 'only the winner of a window is passed on'),
};

const ceilPools = (opset: number): Family => ({
  spec: {
    opset,
    inputs: { x: picture },
    constants: { w: weight(2, 1, 3, 3) },
    nodes: [
      node('Conv', ['x', 'w'], 'a', { strides: [2, 1] }),
      node('AveragePool', ['a'], 'b', { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 }),
      node('AveragePool', ['b'], 'c', {
        kernel_shape: [2, 3],
        strides: [2, 2],
        pads: [1, 1, 0, 1],
        ceil_mode: 1,
        count_include_pad: 1,
      }),
      node('MaxPool', ['a'], 'm', { kernel_shape: [2, 2], strides: [3, 2], ceil_mode: 1, dilations: [2, 1] }),
      node('LpPool', ['x'], 'l', { kernel_shape: [3, 2], strides: [2, 2], pads: [1, 0, 1, 1] }),
    ],
    outputs: ['c', 'm', 'l'],
  },
  sizes: { x: [1, 1, 17, 13] },
  step: 9,
  pictures: 2,
});

const transposed: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 2, 'H', 'W'] },
    constants: {
      w1: weight(2, 1, 3, 3),
      w2: weight(2, 3, 2, 3),
      w3: weight(2, 1, 3, 3),
      w4: weight(2, 2, 2, 2),
      w5: weight(2, 1, 5, 4),
      w6: weight(2, 1, 1, 1),
    },
    nodes: [
      node('ConvTranspose', ['x', 'w1'], 'padded', { strides: [2, 2], ...same3, output_padding: [1, 1], group: 2 }),
      node('ConvTranspose', ['x', 'w2'], 'holes', { strides: [3, 1], dilations: [2, 2] }),
      node('ConvTranspose', ['x', 'w3'], 'upper', { strides: [2, 2], auto_pad: 'SAME_UPPER' }),
      node('ConvTranspose', ['x', 'w4'], 'lower', { strides: [3, 2], auto_pad: 'SAME_LOWER' }),
      node('ConvTranspose', ['x', 'w5'], 'wanted', { strides: [2, 2], output_shape: [9, 11] }),
      node('ConvTranspose', ['x', 'w6'], 'nails', { strides: [2, 2], output_padding: [1, 1] }),
    ],
    outputs: ['padded', 'holes', 'upper', 'lower', 'wanted', 'nails'],
  },
  sizes: { x: [1, 2, 4, 5] },
};

/** Rows and columns of another tensor, as torch exports `interpolate(x, size=y.shape[-2:])`. */
const sizeLike = (of: string, channels: string, to: string): readonly NodeSpec[] => [
  node('Shape', [of], `${to}_shape`),
  node('Slice', [`${to}_shape`, 'two', 'four', 'zero'], `${to}_rows`),
  node('Shape', [channels], `${to}_own`),
  node('Slice', [`${to}_own`, 'zero', 'two', 'zero'], `${to}_batch`),
  node('Concat', [`${to}_batch`, `${to}_rows`], to, { axis: 0 }),
];

const deepLab: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: {
      zero: ints(0),
      two: ints(2),
      four: ints(4),
      w0: weight(2, 1, 3, 3),
      w1: weight(2, 2, 1, 1),
      w2: weight(2, 2, 3, 3),
      w3: weight(1, 6, 1, 1),
    },
    nodes: [
      node('Conv', ['x', 'w0'], 'a', { strides: [2, 2], ...same3 }),
      node('Conv', ['a', 'w1'], 'b1'),
      node('Conv', ['a', 'w2'], 'b2', { dilations: [3, 3], pads: [3, 3, 3, 3] }),
      node('GlobalAveragePool', ['a'], 'g'),
      node('Conv', ['g', 'w1'], 'h'),
      ...sizeLike('a', 'h', 'gs'),
      node('Resize', ['h', '', '', 'gs'], 'b3', { mode: 'linear', coordinate_transformation_mode: 'align_corners' }),
      node('Concat', ['b1', 'b2', 'b3'], 'c', { axis: 1 }),
      node('Conv', ['c', 'w3'], 'd'),
      ...sizeLike('x', 'd', 'os'),
      node('Resize', ['d', '', '', 'os'], 'y', { mode: 'linear', coordinate_transformation_mode: 'half_pixel' }),
      node('Resize', ['b2', '', '', 'os_big'], 'cubic', { mode: 'cubic' }),
      node('Concat', ['gs_batch', 'os_rows'], 'os_big', { axis: 0 }),
    ],
    outputs: ['y', 'cubic'],
  },
  sizes: { x: [1, 1, 11, 14] },
};

const efficientNet: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: {
      w0: weight(4, 1, 3, 3),
      dw: weight(4, 1, 5, 5),
      s1: weight(1, 4, 1, 1),
      s2: weight(4, 1, 1, 1),
      p: weight(4, 4, 1, 1),
    },
    nodes: [
      node('Conv', ['x', 'w0'], 'a', { strides: [2, 2], auto_pad: 'SAME_UPPER' }),
      node('Sigmoid', ['a'], 'as'),
      node('Mul', ['a', 'as'], 'silu'),
      node('Conv', ['silu', 'dw'], 'b', { group: 4, auto_pad: 'SAME_LOWER' }),
      node('ReduceMean', ['b'], 'g', { axes: [2, 3], keepdims: 1 }),
      node('Conv', ['g', 's1'], 'g1'),
      node('Conv', ['g1', 's2'], 'g2'),
      node('Sigmoid', ['g2'], 'gate'),
      node('Mul', ['b', 'gate'], 'c'),
      node('Conv', ['c', 'p'], 'd'),
      node('Add', ['d', 'silu'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 10, 9] },
};

const shuffleNet: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 2, 'H', 'W'] },
    constants: {
      w: weight(4, 2, 1, 1),
      dw: weight(2, 1, 3, 3),
      halves: ints(2, 2),
      first: { shape: [], ints: [0] },
      rows: { shape: [], ints: [2] },
      columns: { shape: [], ints: [3] },
      axis0: ints(0),
      groups: ints(2, 2),
      joined: ints(4),
    },
    nodes: [
      node('Conv', ['x', 'w'], 'a'),
      node('Split', ['a', 'halves'], ['l', 'r'], { axis: 1 }),
      node('Conv', ['r', 'dw'], 'rd', { ...same3, group: 2 }),
      node('Concat', ['l', 'rd'], 'c', { axis: 1 }),
      node('Shape', ['c'], 's'),
      ...['first', 'rows', 'columns'].map((at) => node('Gather', ['s', at], `n_${at}`)),
      ...['first', 'rows', 'columns'].map((at) => node('Unsqueeze', [`n_${at}`, 'axis0'], `u_${at}`)),
      node('Concat', ['u_first', 'groups', 'u_rows', 'u_columns'], 's5', { axis: 0 }),
      node('Reshape', ['c', 's5'], 'c5'),
      node('Transpose', ['c5'], 't5', { perm: [0, 2, 1, 3, 4] }),
      node('Concat', ['u_first', 'joined', 'u_rows', 'u_columns'], 's4', { axis: 0 }),
      node('Reshape', ['t5', 's4'], 'shuffled'),
      node('AveragePool', ['shuffled'], 'y', { kernel_shape: [3, 3], strides: [2, 2], ...same3 }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 2, 7, 8] },
  hidden: every(['l', 'y', 'c', 'c5', 't5', 'shuffled', 'rd', 'r'], 'channels are followed together: some see less'),
};

const volume: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'D', 'H', 'W'] },
    constants: {
      w1: weight(2, 1, 3, 3, 3),
      w2: weight(2, 1, 2, 2, 2),
      twice: { shape: [5], floats: [1, 1, 2, 2, 2] },
    },
    nodes: [
      node('Conv', ['x', 'w1'], 'a', { strides: [1, 2, 1], pads: [1, 1, 1, 1, 1, 1] }),
      node('AveragePool', ['a'], 'b', { kernel_shape: [2, 1, 2], strides: [2, 1, 2] }),
      node('ConvTranspose', ['b', 'w2'], 'c', { strides: [2, 2, 2] }),
      node('Resize', ['b', '', 'twice'], 'd', { mode: 'linear', coordinate_transformation_mode: 'pytorch_half_pixel' }),
    ],
    outputs: ['c', 'd'],
  },
  sizes: { x: [1, 1, 4, 5, 6] },
};

/** Padding that fits by itself, where one side gets the pixel that is left over. */
const sameLower: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 1, 9, 8] },
    constants: { w: weight(2, 1, 4, 3), v: weight(1, 2, 2, 4) },
    nodes: [
      node('Conv', ['x', 'w'], 'lower', { strides: [2, 2], auto_pad: 'SAME_LOWER' }),
      node('Conv', ['x', 'w'], 'upper', { strides: [2, 2], auto_pad: 'SAME_UPPER' }),
      node('Conv', ['lower', 'v'], 'c', { auto_pad: 'SAME_LOWER' }),
      node('AveragePool', ['upper'], 'p', { kernel_shape: [2, 2], auto_pad: 'SAME_LOWER' }),
    ],
    outputs: ['c', 'p'],
  },
  sizes: { x: [1, 1, 9, 8] },
};

export const windowFamilies: Readonly<Record<string, Family>> = {
  segNet,
  'ceil pools, opset 13': ceilPools(13),
  'ceil pools, opset 22': ceilPools(22),
  'same padding, lower and upper': sameLower,
  transposed,
  deepLab,
  efficientNet,
  shuffleNet,
  volume,
};
