import { type Family, ints, node, reals, same3, weight } from './family';
import type { ModelSpec, NodeSpec } from '../onnxModel';

const largest = 2 ** 31;
const picture = ['N', 1, 'H', 'W'] as const;

/** YOLOv5's first layer: every second row and column, four times, one above the other. */
const focus: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: {
      zero: ints(0, 0),
      two: ints(2, 2),
      axes: ints(2, 3),
      ends: ints(largest, largest),
      right: ints(0, 1),
      below: ints(1, 0),
      both: ints(1, 1),
      back: ints(-1, -1),
      first: ints(-largest, -largest),
      minus: ints(-1, -1),
      w: weight(2, 4, 3, 3),
    },
    nodes: [
      node('Slice', ['x', 'zero', 'ends', 'axes', 'two'], 'p00'),
      node('Slice', ['x', 'below', 'ends', 'axes', 'two'], 'p10'),
      node('Slice', ['x', 'right', 'ends', 'axes', 'two'], 'p01'),
      node('Slice', ['x', 'both', 'ends', 'axes', 'two'], 'p11'),
      node('Concat', ['p00', 'p10', 'p01', 'p11'], 'f', { axis: 1 }),
      node('Conv', ['f', 'w'], 'a', same3),
      node('DepthToSpace', ['f'], 'd', { blocksize: 2, mode: 'CRD' }),
      node('SpaceToDepth', ['a'], 's', { blocksize: 2 }),
      node('Slice', ['x', 'minus', 'first', 'axes', 'back'], 'turned'),
    ],
    outputs: ['a', 'd', 's', 'turned'],
  },
  sizes: { x: [1, 1, 8, 12] },
  hidden: { s: 'channels are followed together', d: 'channels are followed together' },
};

/** The encoder's map is cut to the decoder's size, from shapes that are computed. */
const croppingUNet: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: {
      w1: weight(2, 1, 3, 3),
      w2: weight(2, 2, 3, 3),
      up: weight(2, 2, 2, 2),
      w3: weight(1, 4, 3, 3),
      two: ints(2),
      four: ints(4),
      axis: ints(0),
      axes: ints(2, 3),
      halfOf: { shape: [], ints: [2] },
    },
    nodes: [
      node('Conv', ['x', 'w1'], 'a'),
      node('AveragePool', ['a'], 'p', { kernel_shape: [2, 2], strides: [2, 2] }),
      node('Conv', ['p', 'w2'], 'b'),
      node('ConvTranspose', ['b', 'up'], 'u', { strides: [2, 2] }),
      node('Shape', ['a'], 'sa'),
      node('Shape', ['u'], 'su'),
      node('Slice', ['sa', 'two', 'four', 'axis'], 'ra'),
      node('Slice', ['su', 'two', 'four', 'axis'], 'ru'),
      node('Sub', ['ra', 'ru'], 'more'),
      node('Div', ['more', 'halfOf'], 'from'),
      node('Add', ['from', 'ru'], 'to'),
      node('Slice', ['a', 'from', 'to', 'axes'], 'cut'),
      node('Concat', ['cut', 'u'], 'c', { axis: 1 }),
      node('Conv', ['c', 'w3'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 16, 14] },
};

const bordered = (mode: string, opset: number): Family => ({
  spec: {
    opset,
    inputs: { x: picture },
    constants: { pads: ints(0, 0, 2, 1, 0, 0, 1, 3), w: weight(1, 1, 3, 2) },
    nodes: [node('Pad', ['x', 'pads'], 'p', { mode }), node('Conv', ['p', 'w'], 'y', { strides: [2, 1] })],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 6, 5] },
});

const cutting: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: { pads: ints(0, 0, -1, 2, 0, 0, 1, -2), w: weight(1, 1, 3, 3) },
    nodes: [node('Conv', ['x', 'w'], 'a', same3), node('Pad', ['a', 'pads'], 'p'), node('Conv', ['p', 'w'], 'y')],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 7, 8] },
};

/** Sound: gaps before the samples, so that nothing is read from the future. */
const causal: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'T'] },
    constants: { w1: weight(2, 1, 2), w2: weight(2, 2, 2), w3: weight(2, 2, 1), pads: ints(0, 0, 4, 0, 0, 0) },
    nodes: [
      node('Conv', ['x', 'w1'], 'a', { pads: [1, 0] }),
      node('Conv', ['a', 'w2'], 'b', { dilations: [2], pads: [2, 0] }),
      node('Pad', ['b', 'pads'], 'p'),
      node('Conv', ['p', 'w2'], 'c', { dilations: [4] }),
      node('Tanh', ['c'], 't'),
      node('Sigmoid', ['c'], 's'),
      node('Mul', ['t', 's'], 'g'),
      node('Conv', ['g', 'w3'], 'h'),
      node('Add', ['h', 'a'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 17] },
};

/** Patches, one attention and a head. Softmax is read as running along its row. */
const transformer: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 1, 'H', 'W'] },
    constants: {
      patch: weight(4, 1, 4, 4),
      q: weight(4, 4),
      k: weight(4, 4),
      v: weight(4, 4),
      flat: ints(1, 4, -1),
      w: weight(4, 3),
    },
    nodes: [
      node('Conv', ['x', 'patch'], 'p', { strides: [4, 4] }),
      node('Reshape', ['p', 'flat'], 'r'),
      node('Transpose', ['r'], 't', { perm: [0, 2, 1] }),
      node('MatMul', ['t', 'q'], 'tq'),
      node('MatMul', ['t', 'k'], 'tk'),
      node('MatMul', ['t', 'v'], 'tv'),
      node('Transpose', ['tk'], 'tkt', { perm: [0, 2, 1] }),
      node('MatMul', ['tq', 'tkt'], 'likeness'),
      node('MatMul', ['likeness', 'tv'], 'o'),
      node('Add', ['o', 't'], 'z'),
      node('ReduceMean', ['z'], 'm', { axes: [1], keepdims: 0 }),
      node('MatMul', ['m', 'w'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 8, 12] },
};

/** Another tensor says where to look. */
const regions: Family = {
  spec: {
    opset: 16,
    inputs: { x: [1, 1, 'H', 'W'] },
    constants: {
      w: weight(2, 1, 3, 3),
      rois: { shape: [2, 4], floats: [0, 0, 4, 4, 1, 2, 6, 5] },
      of: ints(0, 0),
      theta: { shape: [1, 5, 4, 2], floats: Array.from({ length: 40 }, (_, i) => ((i * 7) % 19) / 10 - 0.9) },
    },
    nodes: [
      node('Conv', ['x', 'w'], 'a', same3),
      node('RoiAlign', ['a', 'rois', 'of'], 'r', { output_height: 2, output_width: 3 }),
      node('GridSample', ['a', 'theta'], 'g'),
    ],
    outputs: ['r', 'g'],
  },
  sizes: { x: [1, 1, 8, 9] },
  hidden: { r: 'the regions are here, they could be anywhere', g: 'the places are here, they could be anywhere' },
};

const loopBody: ModelSpec = {
  opset: 13,
  inputs: { i: [], go: [], state: [1, 2, 6, 7] },
  inputTypes: { i: 'int64', go: 'bool' },
  nodes: [node('Identity', ['go'], 'goes'), node('Conv', ['state', 'shared'], 'next', same3)],
  outputs: ['goes', 'next'],
  outputTypes: { goes: 'bool', next: 'unknown' },
};

/** The same layer three times. */
const looped: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 1, 6, 7] },
    constants: {
      first: weight(2, 1, 3, 3),
      shared: weight(2, 2, 3, 3),
      times: { shape: [], ints: [3] },
      yes: { shape: [], ints: [1], dtype: 'bool' },
    },
    nodes: [
      node('Conv', ['x', 'first'], 'a', same3),
      node('Loop', ['times', 'yes', 'a'], 'b', { body: { graph: loopBody } }),
      node('GlobalAveragePool', ['b'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 6, 7] },
  hidden: { b: 'how often the layer runs is not followed' },
};

const resized = (attrs: NodeSpec['attrs'], scales: readonly number[], opset = 13): Family => ({
  spec: {
    opset,
    inputs: { x: picture },
    constants: { w: weight(1, 1, 3, 3), by: reals(1, 1, ...scales) },
    nodes: [
      node('Conv', ['x', 'w'], 'a'),
      node('Resize', opset < 11 ? ['a', 'by'] : ['a', '', 'by'], 'r', attrs),
      node('Conv', ['r', 'w'], 'y', { strides: [1, 2], ...same3 }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 7, 9] },
  step: 30,
});

/** Long and narrow kernels, and a mean that counts the border. */
const inception: Family = {
  spec: {
    opset: 13,
    inputs: { x: picture },
    constants: {
      axis: ints(1),
      a: weight(1, 1, 1, 7),
      b: weight(1, 1, 7, 1),
      c: weight(1, 1, 1, 1),
      d: weight(1, 1, 3, 3),
    },
    nodes: [
      node('Conv', ['x', 'a'], 'x1', { pads: [0, 3, 0, 3] }),
      node('Conv', ['x1', 'b'], 'x2', { pads: [3, 0, 3, 0] }),
      node('AveragePool', ['x'], 'x3', { kernel_shape: [3, 3], ...same3, count_include_pad: 1 }),
      node('Conv', ['x3', 'c'], 'x4'),
      node('Concat', ['x2', 'x4', 'x'], 'j', { axis: 1 }),
      node('ReduceSum', ['j', 'axis'], 's', { keepdims: 1 }),
      node('Conv', ['s', 'd'], 'y', { strides: [2, 2] }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 9, 10] },
};

export const arrangedFamilies: Readonly<Record<string, Family>> = {
  focus,
  'cropping U-Net': croppingUNet,
  'reflected border': bordered('reflect', 13),
  'repeated border': bordered('edge', 13),
  'border from the other side': bordered('wrap', 19),
  'cut border': cutting,
  causal,
  transformer,
  regions,
  looped,
  inception,
  'resized, old': resized({ mode: 'linear' }, [2, 1.5], 10),
  'resized by nearest neighbour': resized({ mode: 'nearest', nearest_mode: 'ceil' }, [1.5, 2]),
  'resized, half pixels, symmetric': resized(
    { mode: 'linear', coordinate_transformation_mode: 'half_pixel_symmetric' },
    [0.6, 1.7],
    19,
  ),
  'shrunk with antialias': resized({ mode: 'linear', antialias: 1 }, [0.5, 0.75], 18),
  'resized by cubics': resized({ mode: 'cubic', coordinate_transformation_mode: 'align_corners' }, [2, 3]),
};
