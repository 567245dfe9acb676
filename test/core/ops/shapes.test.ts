import { strict as assert } from 'node:assert';
import { symbol } from '../../../src/core/ir/dim';
import { runOperator, shapeOfType, type Given, type Setting } from '../../support/operatorRun';

/** Shapes from ONNX's operator texts and examples (docs/Operators.md), then symbolic ones. */

const [B, C, H, W] = [symbol('B'), symbol('C'), symbol('H'), symbol('W')];
const of = (...shape: Exclude<Given['shape'], null>): Given => ({ shape });
const ints = (...values: Exclude<Given['values'], undefined>): Given => ({ shape: [values.length], values });
const one = (value: number): Given => ({ shape: [], values: [value] });
const floats = (...values: readonly number[]): Given => ({ shape: [values.length], dtype: 'float32', values });
const unknown: Given = { shape: null };

type Row = readonly [title: string, op: string, setting: Setting, shapes: string];

const rows: readonly Row[] = [
  ['broadcast to the larger rank', 'Add', { inputs: [of(2, 3, 4, 5), of(5)] }, '[2,3,4,5]'],
  ['broadcast both ways', 'Mul', { inputs: [of(3, 1, 5), of(4, 1)] }, '[3,4,5]'],
  ['a symbol beside a number is the number', 'Add', { inputs: [of(B, 3), of(1, 3)] }, '[B,3]'],
  ['two symbols', 'Add', { inputs: [of(H), of(W)] }, '[?]'],
  [
    'laid along an axis, opset 6',
    'Add',
    { opset: 6, inputs: [of(2, 3, 4, 5), of(3, 4)], attrs: { axis: 1, broadcast: 1 } },
    '[2,3,4,5]',
  ],
  ['comparison', 'Less', { inputs: [of(2, 3), of(3)] }, '[2,3]'],
  ['Where', 'Where', { inputs: [of(2, 1), of(3), of(1, 1)] }, '[2,3]'],
  ['Sum of many', 'Sum', { inputs: [of(3, 1), of(1, 4), of(1)] }, '[3,4]'],

  ['Concat', 'Concat', { inputs: [of(1, 64, H, W), of(1, 32, H, W)], attrs: { axis: 1 } }, '[1,96,H,W]'],
  ['Concat of different rows', 'Concat', { inputs: [of(B, H), of(B, W)], attrs: { axis: -1 } }, '[B,H+W]'],
  [
    'Concat fills in from the one that knows',
    'Concat',
    { inputs: [of(1, 2, H), of(1, 3, 7)], attrs: { axis: 1 } },
    '[1,5,7]',
  ],
  ['Split by default, old', 'Split', { opset: 11, inputs: [of(6)], outputs: 3 }, '[2] [2] [2]'],
  [
    'Split with num_outputs, uneven',
    'Split',
    { inputs: [of(7)], attrs: { num_outputs: 3 }, outputs: 3 },
    '[3] [3] [1]',
  ],
  [
    'Split by attribute',
    'Split',
    { opset: 11, inputs: [of(2, 6)], attrs: { axis: 1, split: [2, 4] }, outputs: 2 },
    '[2,2] [2,4]',
  ],
  ['Split by unknown input', 'Split', { inputs: [of(2, 6), of(2)], attrs: { axis: 1 }, outputs: 2 }, '[2,?] [2,?]'],
  [
    'Split a symbol',
    'Split',
    { inputs: [of(B, C)], attrs: { axis: 1, num_outputs: 2 }, outputs: 2 },
    '[B,⌊C/2⌋] [B,⌊C/2⌋]',
  ],

  ['Slice to the end', 'Slice', { inputs: [of(20, 10, 5), ints(0, 0), ints(3, 10), ints(0, 1)] }, '[3,10,5]'],
  ['Slice beyond the end', 'Slice', { inputs: [of(20, 10, 5), ints(1), ints(1000), ints(1)] }, '[20,9,5]'],
  ['Slice from beyond the end', 'Slice', { inputs: [of(20, 10, 5), ints(1000), ints(1000), ints(1)] }, '[20,0,5]'],
  [
    'Slice backwards',
    'Slice',
    { inputs: [of(20, 10, 5), ints(20, 10, 4), ints(0, 0, 1), ints(0, 1, 2), ints(-1, -3, -2)] },
    '[19,3,2]',
  ],
  ['Slice all backwards', 'Slice', { inputs: [of(W), ints(-1), ints(-(2 ** 63)), ints(0), ints(-1)] }, '[W]'],
  ['Slice a symbol to its end', 'Slice', { inputs: [of(1, H), ints(2), ints(2 ** 63), ints(1)] }, '[1,H−2]'],
  ['Slice off a symbol', 'Slice', { inputs: [of(1, H), ints(0), ints(-1), ints(1)] }, '[1,H−1]'],
  ['Slice every other row', 'Slice', { inputs: [of(1, H), ints(0), ints(2 ** 63), ints(1), ints(2)] }, '[1,⌊(H+1)/2⌋]'],
  ['Slice unknown', 'Slice', { inputs: [of(2, 3), of(1), of(1), ints(1)] }, '[2,?]'],
  ['Slice, opset 9', 'Slice', { opset: 9, inputs: [of(4, 6)], attrs: { starts: [1], ends: [-1], axes: [1] } }, '[4,4]'],

  ['Gather rows', 'Gather', { inputs: [of(5, 4, 3, 2), of(3)], attrs: { axis: 1 } }, '[5,3,3,2]'],
  ['Gather one', 'Gather', { inputs: [of(5, 4), one(2)], attrs: { axis: -1 } }, '[5]'],
  ['GatherND, pieces', 'GatherND', { inputs: [of(2, 2, 3), of(4, 1, 2)] }, '[4,1,3]'],
  ['GatherND, batch', 'GatherND', { inputs: [of(2, 2, 3), of(2, 1)], attrs: { batch_dims: 1 } }, '[2,3]'],
  ['GatherElements', 'GatherElements', { inputs: [of(3, 3), of(2, 3)], attrs: { axis: 0 } }, '[2,3]'],
  ['ScatterND', 'ScatterND', { inputs: [of(4, 4, 4), of(2, 1), of(2, 4, 4)] }, '[4,4,4]'],
  ['OneHot in front', 'OneHot', { inputs: [of(2, 3), one(10), of(2)], attrs: { axis: 0 } }, '[10,2,3]'],
  [
    'Compress',
    'Compress',
    { inputs: [of(3, 2), { shape: [3], dtype: 'bool', values: [0, 1, 1] }], attrs: { axis: 0 } },
    '[2,2]',
  ],
  ['NonZero', 'NonZero', { inputs: [of(2, 3)] }, '[2,?]'],

  ['Reshape', 'Reshape', { inputs: [of(2, 3, 4), ints(2, -1, 2)] }, '[2,6,2]'],
  ['Reshape, 0 copies', 'Reshape', { inputs: [of(2, 3, 4), ints(2, 0, 4, 1)] }, '[2,3,4,1]'],
  ['Reshape, 0 and −1', 'Reshape', { inputs: [of(2, 3, 4), ints(2, 0, 1, -1)] }, '[2,3,1,4]'],
  ['Reshape, 0 is 0', 'Reshape', { inputs: [of(0, 3, 4), ints(3, 4, 0)], attrs: { allowzero: 1 } }, '[3,4,0]'],
  ['Reshape by attribute', 'Reshape', { opset: 1, inputs: [of(2, 6)], attrs: { shape: [3, 4] } }, '[3,4]'],
  ['Reshape symbols: batch cancels', 'Reshape', { inputs: [of(B, C, H, W), ints(B, -1)] }, '[B,C·H·W]'],
  ['Reshape symbols: channels split', 'Reshape', { inputs: [of(B, 64, H, W), ints(0, 2, 32, -1)] }, '[B,2,32,H·W]'],
  ['Reshape, unknown', 'Reshape', { inputs: [of(2, 3), of(3)] }, '[?,?,?]'],
  ['Flatten', 'Flatten', { inputs: [of(2, 3, 4, 5)] }, '[2,60]'],
  ['Flatten from the end', 'Flatten', { inputs: [of(2, 3, 4, 5)], attrs: { axis: -1 } }, '[24,5]'],
  ['Flatten everything', 'Flatten', { inputs: [of(2, 3)], attrs: { axis: 2 } }, '[6,1]'],
  ['Flatten symbols', 'Flatten', { inputs: [of(B, 512, 7, 7)] }, '[B,25088]'],
  ['Transpose', 'Transpose', { inputs: [of(1, 2, 3)], attrs: { perm: [1, 0, 2] } }, '[2,1,3]'],
  ['Transpose by default', 'Transpose', { inputs: [of(1, 2, 3)] }, '[3,2,1]'],
  ['Squeeze all', 'Squeeze', { inputs: [of(1, 3, 1, 5)] }, '[3,5]'],
  ['Squeeze by input', 'Squeeze', { inputs: [of(1, 3, 1, 5), ints(-2)] }, '[1,3,5]'],
  ['Squeeze by attribute', 'Squeeze', { opset: 11, inputs: [of(1, 3, 1, 5)], attrs: { axes: [0] } }, '[3,1,5]'],
  ['Unsqueeze, unsorted', 'Unsqueeze', { inputs: [of(3, 4, 5), ints(5, 4, 2)] }, '[3,4,1,5,1,1]'],
  ['Unsqueeze, negative', 'Unsqueeze', { opset: 11, inputs: [of(1, 3)], attrs: { axes: [-2] } }, '[1,1,3]'],
  ['Expand', 'Expand', { inputs: [of(3, 1), ints(2, 1, 6)] }, '[2,3,6]'],
  ['Tile', 'Tile', { inputs: [of(2, 3), ints(2, 1)] }, '[4,3]'],

  ['Pad', 'Pad', { inputs: [of(1, 3, 4, 5), ints(0, 0, 1, 3, 0, 0, 2, 4)] }, '[1,3,7,12]'],
  ['Pad some axes', 'Pad', { inputs: [of(1, 3, 4, 5), ints(0, 3, 0, 4), null, ints(1, -1)] }, '[1,3,4,12]'],
  ['Pad, opset 2', 'Pad', { opset: 2, inputs: [of(H, W)], attrs: { pads: [1, 0, 1, -1] } }, '[H+2,W−1]'],
  ['DepthToSpace', 'DepthToSpace', { inputs: [of(1, 8, 2, 3)], attrs: { blocksize: 2 } }, '[1,2,4,6]'],
  ['SpaceToDepth', 'SpaceToDepth', { inputs: [of(1, 2, H, 6)], attrs: { blocksize: 2 } }, '[1,8,⌊H/2⌋,3]'],

  [
    'Upsample, opset 7',
    'Upsample',
    { opset: 7, inputs: [of(1, 1, 2, 2)], attrs: { scales: { floats: [1, 1, 2, 3] } } },
    '[1,1,4,6]',
  ],
  ['Upsample, opset 9', 'Upsample', { opset: 9, inputs: [of(B, 3, H, W), floats(1, 1, 2, 2)] }, '[B,3,2·H,2·W]'],
  [
    'Upsample, opset 1',
    'Upsample',
    { opset: 1, inputs: [of(1, 1, 2, 2)], attrs: { height_scale: { float: 2 }, width_scale: { float: 1.5 } } },
    '[1,1,4,3]',
  ],
  ['Resize, opset 10', 'Resize', { opset: 10, inputs: [of(1, 1, 2, 4), floats(1, 1, 0.6, 0.6)] }, '[1,1,1,2]'],
  ['Resize by scales', 'Resize', { inputs: [of(1, 1, 2, 4), null, floats(1, 1, 0.6, 0.6)] }, '[1,1,1,2]'],
  ['Resize by scales in float32', 'Resize', { inputs: [of(10), null, floats(0.7)] }, '[7]'],
  ['Resize by sizes', 'Resize', { inputs: [of(1, 1, 4, 4), null, null, ints(1, 1, 3, H)] }, '[1,1,3,H]'],
  ['Resize, an empty scales', 'Resize', { opset: 11, inputs: [of(4), of(0), of(0), ints(7)] }, '[7]'],
  [
    'Resize some axes',
    'Resize',
    { inputs: [of(1, 1, 2, 4), null, null, ints(8, 6)], attrs: { axes: [3, 2] } },
    '[1,1,6,8]',
  ],
  [
    'Resize, not larger',
    'Resize',
    {
      inputs: [of(1, 1, 2, 4), null, null, ints(7, 8)],
      attrs: { axes: [2, 3], keep_aspect_ratio_policy: 'not_larger' },
    },
    '[1,1,4,8]',
  ],
  [
    'Resize, not smaller',
    'Resize',
    {
      inputs: [of(1, 1, 2, 4), null, null, ints(7, 8)],
      attrs: { axes: [2, 3], keep_aspect_ratio_policy: 'not_smaller' },
    },
    '[1,1,7,14]',
  ],
  ['Resize, nobody knows', 'Resize', { inputs: [of(1, 1, 2, 4), null, of(4)] }, '[?,?,?,?]'],
  ['GridSample', 'GridSample', { inputs: [of(1, 3, 4, 4), of(1, 6, 5, 2)] }, '[1,3,6,5]'],
  ['AffineGrid', 'AffineGrid', { inputs: [of(2, 2, 3), ints(2, 3, 5, 6)] }, '[2,5,6,2]'],
  ['CenterCropPad', 'CenterCropPad', { inputs: [of(20, 8, 3), ints(10, 9)], attrs: { axes: [0, 1] } }, '[10,9,3]'],
  ['Crop by a border', 'Crop', { opset: 1, inputs: [of(1, 3, 10, 20)], attrs: { border: [1, 2, 3, 4] } }, '[1,3,4,16]'],
  [
    'Crop to a size',
    'Crop',
    { opset: 1, inputs: [of(1, 3, 10, 20)], attrs: { border: [1, 2, 3, 4], scale: [5, 6] } },
    '[1,3,5,6]',
  ],
  ['Col2Im', 'Col2Im', { inputs: [of(1, 5, 5), ints(5, 5), ints(1, 5)] }, '[1,1,5,5]'],

  ['ReduceMean', 'ReduceMean', { opset: 13, inputs: [of(B, C, H, W)], attrs: { axes: [2, 3] } }, '[B,C,1,1]'],
  [
    'ReduceMean by input, axes gone',
    'ReduceMean',
    { inputs: [of(B, C, H, W), ints(-1, -2)], attrs: { keepdims: 0 } },
    '[B,C]',
  ],
  ['ReduceSum of everything', 'ReduceSum', { inputs: [of(2, 3)], attrs: { keepdims: 0 } }, '[]'],
  ['ReduceSum of nothing', 'ReduceSum', { inputs: [of(2, 3)], attrs: { noop_with_empty_axes: 1 } }, '[2,3]'],
  ['ArgMax', 'ArgMax', { inputs: [of(2, 10)], attrs: { axis: 1, keepdims: 0 } }, '[2]'],
  ['TopK', 'TopK', { inputs: [of(3, 4), ints(3)], outputs: 2 }, '[3,3] [3,3]'],
  [
    'Einsum, product',
    'Einsum',
    { inputs: [of(B, 2, 3), of(B, 3, W)], attrs: { equation: 'bij, bjk -> bik' } },
    '[B,2,W]',
  ],
  ['Einsum, ellipsis', 'Einsum', { inputs: [of(5, 6, 3, 3)], attrs: { equation: '...ii->...i' } }, '[5,6,3]'],
  ['Einsum, no arrow', 'Einsum', { inputs: [of(3, 4)], attrs: { equation: 'ji' } }, '[4,3]'],

  ['Range', 'Range', { inputs: [one(10), one(4), one(-2)] }, '[3]'],
  ['Range of a symbol', 'Range', { inputs: [one(0), { shape: [], values: [H] }, one(1)] }, '[H]'],
  ['ConstantOfShape', 'ConstantOfShape', { inputs: [ints(B, 4)] }, '[B,4]'],
  ['Shape, clipped', 'Shape', { inputs: [of(3, 4, 5)], attrs: { start: -10, end: 2 } }, '[2]'],
  ['EyeLike', 'EyeLike', { inputs: [of(4, 5)] }, '[4,5]'],

  [
    'LSTM',
    'LSTM',
    { inputs: [of(7, B, 3), of(1, 20, 3), of(1, 20, 5)], attrs: { hidden_size: 5 }, outputs: 3 },
    '[7,1,B,5] [1,B,5] [1,B,5]',
  ],
  [
    'GRU, both directions, batch first',
    'GRU',
    { inputs: [of(B, 7, 3), of(2, 15, 3), of(2, 15, 5)], attrs: { direction: 'bidirectional', layout: 1 }, outputs: 2 },
    '[B,7,2,5] [B,2,5]',
  ],
  [
    'Attention',
    'Attention',
    { domain: 'com.microsoft', opset: 1, inputs: [of(B, 7, 12), of(12, 36), of(36)] },
    '[B,7,12]',
  ],
  [
    'FusedMatMul',
    'FusedMatMul',
    { domain: 'com.microsoft', opset: 1, inputs: [of(3, 2), of(3, 5)], attrs: { transA: 1 } },
    '[2,5]',
  ],
  [
    'QLinearConcat',
    'QLinearConcat',
    {
      domain: 'com.microsoft',
      opset: 1,
      inputs: [of(), of(), of(1, 2, 3), of(), of(), of(1, 4, 3), of(), of()],
      attrs: { axis: 1 },
    },
    '[1,6,3]',
  ],
  ['an unknown rank stays unknown', 'Transpose', { inputs: [unknown] }, '…'],
];

describe('Shapes of operators that arrange, join and compute', () => {
  for (const [title, op, setting, shapes] of rows) {
    it(`${op}: ${title}`, () => {
      const { types, diagnostics } = runOperator(op, setting);
      assert.equal(types.map(shapeOfType).join(' '), shapes);
      assert.deepEqual(diagnostics, []);
    });
  }
});

const impossible: readonly Row[] = [
  ['sizes that do not broadcast', 'Add', { inputs: [of(2, 3), of(4)] }, 'shape/mismatch'],
  ['rows that differ', 'Concat', { inputs: [of(1, 2), of(2, 2)], attrs: { axis: 1 } }, 'shape/mismatch'],
  ['ranks that differ', 'Concat', { inputs: [of(1, 2), of(2)], attrs: { axis: 0 } }, 'shape/mismatch'],
  ['an axis too many', 'Concat', { inputs: [of(1, 2)], attrs: { axis: 2 } }, 'shape/axis'],
  ['parts that do not fill', 'Split', { inputs: [of(6), ints(2, 3)], outputs: 2 }, 'shape/mismatch'],
  ['a step of 0', 'Slice', { inputs: [of(6), ints(0), ints(3), ints(0), ints(0)] }, 'op/attribute'],
  ['elements left over', 'Reshape', { inputs: [of(2, 3), ints(4, 2)] }, 'shape/impossible'],
  ['no whole remainder', 'Reshape', { inputs: [of(2, 3), ints(4, -1)] }, 'shape/impossible'],
  ['two open extents', 'Reshape', { inputs: [of(2, 3), ints(-1, -1)] }, 'shape/impossible'],
  ['no permutation', 'Transpose', { inputs: [of(2, 3)], attrs: { perm: [0, 0] } }, 'op/attribute'],
  ['a wide axis squeezed', 'Squeeze', { inputs: [of(2, 3), ints(0)] }, 'shape/impossible'],
  ['an axis twice', 'Unsqueeze', { inputs: [of(2), ints(0, 0)] }, 'shape/axis'],
  ['pads for other axes', 'Pad', { inputs: [of(2, 3), ints(1, 1)] }, 'op/attribute'],
  ['more cropped than there is', 'Pad', { inputs: [of(2), ints(-2, -1)] }, 'shape/impossible'],
  [
    'a block that does not divide',
    'DepthToSpace',
    { inputs: [of(1, 3, 2, 2)], attrs: { blocksize: 2 } },
    'op/attribute',
  ],
  ['scales for other axes', 'Resize', { inputs: [of(1, 1, 2, 2), null, floats(2, 2)] }, 'op/attribute'],
  ['a mode nobody knows', 'Resize', { inputs: [of(2), null, floats(2)], attrs: { mode: 'magic' } }, 'op/attribute'],
  ['negative sizes', 'ConstantOfShape', { inputs: [ints(-1, 2)] }, 'shape/impossible'],
  ['an equation for other inputs', 'Einsum', { inputs: [of(2, 3)], attrs: { equation: 'ijk->i' } }, 'op/attribute'],
];

describe('Impossible sizes and attributes are named, never thrown', () => {
  for (const [title, op, setting, code] of impossible) {
    it(`${op}: ${title}`, () => {
      const outcome = runOperator(op, setting);
      assert.deepEqual([...new Set(outcome.diagnostics.map((d) => d.code))], [code]);
      assert.ok(outcome.types.every((t) => !t?.shape || t.shape.every((d) => typeof d !== 'number' || d >= 0)));
      outcome.def.dependence?.(outcome.context);
      outcome.def.label?.(outcome.context);
      outcome.def.formula?.(outcome.context);
    });
  }
});
