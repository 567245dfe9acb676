import type { ModelSpec } from '../onnxModel';
import { type Family, ints, node, reals, same3, weight } from './family';

/** Nets written to find what the other families leave out: odd sizes, sizes made from sizes, several of a kind in one. */

const whole = (value: number): { readonly shape: readonly []; readonly ints: readonly [number] } => ({
  shape: [],
  ints: [value],
});
const most = Number.MAX_SAFE_INTEGER;

/** Every way to say how large the output of a transposed convolution shall be. */
const transposedZoo: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 4, 5, 6] },
    constants: { w: weight(4, 2, 3, 4), g: weight(4, 1, 3, 3), h: weight(2, 2, 5, 5) },
    nodes: [
      node('ConvTranspose', ['x', 'w'], 'lower', { strides: [2, 3], output_shape: [9, 18], auto_pad: 'SAME_LOWER' }),
      node('ConvTranspose', ['x', 'w'], 'upper', { strides: [2, 3], auto_pad: 'SAME_UPPER' }),
      node('ConvTranspose', ['x', 'w'], 'widened', { strides: [2, 3], output_padding: [1, 2], auto_pad: 'SAME_UPPER' }),
      node('ConvTranspose', ['x', 'w'], 'shaped', { strides: [2, 3], output_shape: [10, 17] }),
      node('ConvTranspose', ['x', 'g'], 'groups', {
        strides: [3, 2],
        output_padding: [2, 1],
        dilations: [2, 1],
        group: 2,
        pads: [1, 0, 2, 1],
      }),
      node('ConvTranspose', ['groups', 'h'], 'after', { pads: [2, 2, 2, 2] }),
      node('ConvTranspose', ['x', 'w'], 'valid', { auto_pad: 'VALID', strides: [2, 2] }),
    ],
    outputs: ['lower', 'upper', 'widened', 'shaped', 'after', 'valid'],
  },
  sizes: { x: [1, 4, 5, 6] },
};

/** A decoder in three dimensions that crops its skip to the size it has, and a resize by three unlike factors. */
const volumeDecoder: Family = {
  spec: {
    opset: 13,
    inputs: { x: ['N', 1, 'D', 'H', 'W'] },
    constants: {
      w: weight(2, 1, 3, 3, 3),
      v: weight(2, 2, 2, 2, 2),
      k: weight(1, 4, 1, 1, 1),
      zeros: ints(0, 0, 0, 0, 0),
      scales: reals(1, 1, 2, 1.5, 3),
    },
    nodes: [
      node('Conv', ['x', 'w'], 'c', { pads: [1, 1, 1, 1, 1, 1] }),
      node('AveragePool', ['c'], 'p', { kernel_shape: [2, 2, 2], strides: [2, 2, 2] }),
      node('ConvTranspose', ['p', 'v'], 'u', { strides: [2, 2, 2] }),
      node('Shape', ['u'], 'size'),
      node('Slice', ['c', 'zeros', 'size'], 'cropped'),
      node('Concat', ['u', 'cropped'], 'joined', { axis: 1 }),
      node('Conv', ['joined', 'k'], 'y'),
      node('Resize', ['p', '', 'scales'], 'z', {
        mode: 'linear',
        coordinate_transformation_mode: 'align_corners',
      }),
    ],
    outputs: ['y', 'z'],
  },
  sizes: { x: [1, 1, 4, 5, 6] },
};

/** The picture filled up to a multiple of four, cut at one side and widened at the other. */
const filledUp: Family = {
  spec: {
    opset: 18,
    inputs: { x: [1, 1, 'H', 'W'] },
    constants: {
      four: whole(4),
      second: whole(2),
      third: whole(3),
      w: weight(1, 1, 4, 4),
      zeros: ints(0, 0),
      picture: ints(2, 3),
      front: ints(0),
      shift: ints(-1, 1, -1, -2),
    },
    nodes: [
      node('Shape', ['x'], 'size'),
      ...['second', 'third'].flatMap((axis, i) => [
        node('Gather', ['size', axis], `extent${i}`),
        node('Mod', [`extent${i}`, 'four'], `over${i}`),
        node('Sub', ['four', `over${i}`], `under${i}`),
        node('Mod', [`under${i}`, 'four'], `missing${i}`),
        node('Unsqueeze', [`missing${i}`, 'front'], `pad${i}`),
      ]),
      node('Concat', ['zeros', 'pad0', 'pad1'], 'pads', { axis: 0 }),
      node('Pad', ['x', 'pads', '', 'picture'], 'filled', { mode: 'reflect' }),
      node('Conv', ['filled', 'w'], 'c', { strides: [4, 4] }),
      node('Pad', ['filled', 'shift', '', 'picture'], 'y'),
    ],
    outputs: ['c', 'y'],
  },
  sizes: { x: [1, 1, 6, 9] },
};

const branch = (kernel: string, pad: number): ModelSpec => ({
  opset: 13,
  inputs: {},
  nodes: [node('Conv', ['x', kernel], `by_${kernel}`, { pads: [pad, pad, pad, pad] })],
  outputs: [`by_${kernel}`],
});

/** Which branch runs follows from the size: what the other one sees is seen by nobody. */
const decidedBySize: Family = {
  spec: {
    opset: 13,
    inputs: { x: [1, 1, 'H', 'W'] },
    constants: { second: whole(2), third: whole(3), w: weight(1, 1, 3, 3), v: weight(1, 1, 5, 5) },
    nodes: [
      node('Shape', ['x'], 'size'),
      node('Gather', ['size', 'second'], 'high'),
      node('Gather', ['size', 'third'], 'wide'),
      node('Less', ['high', 'wide'], 'lying'),
      node('If', ['lying'], 'y', {
        then_branch: { graph: branch('w', 1) },
        else_branch: { graph: branch('v', 2) },
      }),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 6, 9] },
};

/** Neighbouring scales weighed and added, one resized to the size of the other, and a gate over channels. */
const weighedScales: Family = {
  spec: {
    opset: 14,
    inputs: { x: ['N', 1, 'H', 'W'] },
    constants: {
      w: weight(1, 1, 3, 3),
      fine: reals(0.7),
      coarse: reals(0.3),
      from: ints(2),
      end: ints(most),
      front: ints(0),
    },
    nodes: [
      node('Conv', ['x', 'w'], 'large', same3),
      node('AveragePool', ['large'], 'small', { kernel_shape: [3, 3], strides: [2, 2], ...same3 }),
      node('Shape', ['large'], 'size'),
      node('Slice', ['size', 'from', 'end', 'front'], 'picture'),
      node('Shape', ['small'], 'other'),
      node('Slice', ['other', 'front', 'from', 'front'], 'channels'),
      node('Concat', ['channels', 'picture'], 'wanted', { axis: 0 }),
      node('Resize', ['small', '', '', 'wanted'], 'up', {
        mode: 'nearest',
        coordinate_transformation_mode: 'asymmetric',
        nearest_mode: 'floor',
      }),
      node('Mul', ['large', 'fine'], 'a'),
      node('Mul', ['up', 'coarse'], 'b'),
      node('Add', ['a', 'b'], 'sum'),
      node('HardSwish', ['sum'], 'y'),
    ],
    outputs: ['y'],
  },
  sizes: { x: [1, 1, 7, 10] },
  hidden: { y: 'flat below −3 and above 3' },
};

/** Taken at places that the file stores: which pixels those are is not looked up, so all may be. */
const warped: Family = {
  spec: {
    opset: 16,
    inputs: { x: [1, 2, 6, 7] },
    constants: { grid: weight(1, 4, 5, 2), w: weight(2, 2, 3, 3) },
    nodes: [
      node('Conv', ['x', 'w'], 'c', same3),
      node('GridSample', ['c', 'grid'], 'y'),
      node('GridSample', ['c', 'grid'], 'z', { mode: 'nearest', padding_mode: 'border', align_corners: 1 }),
    ],
    outputs: ['y', 'z'],
  },
  sizes: { x: [1, 2, 6, 7] },
  hidden: { y: 'each place reads a few of all', z: 'each place reads one of all' },
};

export const mixedFamilies: Readonly<Record<string, Family>> = {
  'transposed, all ways': transposedZoo,
  'decoder of a volume': volumeDecoder,
  'filled up to a multiple': filledUp,
  'branch decided by the size': decidedBySize,
  'weighed scales': weighedScales,
  warped,
};
