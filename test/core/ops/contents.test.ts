import { strict as assert } from 'node:assert';
import { dimText, symbol, type Dim } from '../../../src/core/ir/dim';
import { runOperator, type Given, type Setting } from '../../support/operatorRun';

/** Contents of shape subgraphs: what exporters compute sizes with. */

const [H, W] = [symbol('H'), symbol('W')];
const of = (...shape: readonly Dim[]): Given => ({ shape });
const ints = (...values: readonly Dim[]): Given => ({ shape: [values.length], values });
const floats = (...values: readonly Dim[]): Given => ({ shape: [values.length], dtype: 'float32', values });
const one = (value: Dim): Given => ({ shape: [], values: [value] });
const real = (value: Dim): Given => ({ shape: [], dtype: 'float32', values: [value] });
const bools = (...values: readonly Dim[]): Given => ({ shape: [values.length], dtype: 'bool', values });

type Row = readonly [title: string, op: string, setting: Setting, contents: string];

const rows: readonly Row[] = [
  ['of a picture', 'Shape', { inputs: [of(1, 3, H, W)] }, '1 3 H W'],
  ['from an axis on', 'Shape', { inputs: [of(1, 3, H, W)], attrs: { start: 2 } }, 'H W'],
  ['of a product', 'Size', { inputs: [of(2, H)] }, '2·H'],
  ['one extent', 'Gather', { inputs: [ints(1, 3, H, W), one(-1)], attrs: { axis: 0 } }, 'W'],
  ['several extents', 'Gather', { inputs: [ints(1, 3, H, W), ints(2, 3)], attrs: { axis: 0 } }, 'H W'],
  ['the last two', 'Slice', { inputs: [ints(1, 3, H, W), ints(-2), ints(2 ** 63), ints(0)] }, 'H W'],
  ['backwards', 'Slice', { inputs: [ints(1, 3, H, W), ints(-1), ints(-(2 ** 63)), ints(0), ints(-1)] }, 'W H 3 1'],
  ['beside each other', 'Concat', { inputs: [ints(1), ints(H), ints(-1)], attrs: { axis: 0 } }, '1 H -1'],
  [
    'an unknown part leaves the others',
    'Concat',
    { inputs: [ints(1), { shape: [1], dtype: 'int64' }], attrs: { axis: 0 } },
    '1 ?',
  ],
  ['doubled', 'Mul', { inputs: [ints(H, W), one(2)] }, '2·H 2·W'],
  ['halved', 'Div', { inputs: [ints(H, 7), one(2)] }, '⌊H/2⌋ 3'],
  ['towards zero', 'Div', { inputs: [ints(-7), one(2)] }, '-3'],
  ['in floating point', 'Div', { inputs: [floats(7), real(2)] }, '3.5'],
  ['a ratio of symbols', 'Div', { inputs: [{ ...floats({ ...symbol('H') }) }, floats(H)] }, '1'],
  ['by zero', 'Div', { inputs: [floats(1), real(0)] }, '?'],
  ['less one', 'Sub', { inputs: [ints(H), one(1)] }, 'H−1'],
  ['broadcast', 'Add', { inputs: [{ shape: [2, 1], values: [1, 2] }, ints(10, 20)] }, '11 21 12 22'],
  ['Python’s', 'Mod', { inputs: [ints(-7, 7), one(3)] }, '2 1'],
  ['C’s', 'Mod', { inputs: [ints(-7, 7), one(3)], attrs: { fmod: 1 } }, '-1 1'],
  ['rounded down', 'Floor', { inputs: [floats(2.7, -2.1, H)] }, '2 -3 H'],
  ['half to even', 'Round', { inputs: [floats(0.5, 1.5, 2.5, -0.5)] }, '0 2 2 0'],
  ['to whole numbers', 'Cast', { inputs: [floats(2.9, -2.9, H)], attrs: { to: 7 } }, '2 -2 H'],
  ['to bool', 'Cast', { inputs: [ints(2, 0, H)], attrs: { to: 9 } }, '1 0 ?'],
  ['a symbol is never −1', 'Equal', { inputs: [ints(H, -1, 3), one(-1)] }, '0 1 0'],
  ['the same symbol', 'Equal', { inputs: [ints(H, W), one(H)] }, '1 ?'],
  ['by a constant distance', 'Greater', { inputs: [{ shape: [1], values: [H] }, one(H)] }, '0'],
  ['chosen', 'Where', { inputs: [bools(1, 0), ints(H, 1), ints(W, 2)] }, 'H 2'],
  ['chosen by nobody knows', 'Where', { inputs: [bools(null, 0), ints(H, 1), ints(W, 2)] }, '? 2'],
  ['filled', 'ConstantOfShape', { inputs: [ints(3)] }, '0 0 0'],
  ['spread', 'Expand', { inputs: [one(7), ints(3)] }, '7 7 7'],
  ['repeated', 'Tile', { inputs: [ints(1, H), ints(2)] }, '1 H 1 H'],
  ['counted', 'Range', { inputs: [one(2), one(9), one(3)] }, '2 5 8'],
  ['turned', 'Transpose', { inputs: [{ shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }] }, '1 4 2 5 3 6'],
  ['regrouped', 'Reshape', { inputs: [{ shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }, ints(-1)] }, '1 2 3 4 5 6'],
  ['wrapped', 'Unsqueeze', { inputs: [one(H), ints(0)] }, 'H'],
  ['unwrapped', 'Squeeze', { inputs: [ints(H), ints(0)] }, 'H'],
  ['multiplied up', 'ReduceProd', { inputs: [ints(2, H, 3)], attrs: { keepdims: 0 } }, '6·H'],
  [
    'added up per row',
    'ReduceSum',
    { inputs: [{ shape: [2, 2], values: [1, 2, 3, H] }, ints(1)], attrs: { keepdims: 0 } },
    '3 H+3',
  ],
  ['the larger', 'Max', { inputs: [ints(1, 5), ints(3, 2)] }, '3 5'],
  ['the smaller, with a symbol', 'Min', { inputs: [ints(5), ints(H)] }, 'min(5, H)'],
  ['the second part', 'Split', { inputs: [ints(1, 3, H, W), ints(2, 2)], outputs: 2 }, '1 3 | H W'],
  ['written into', 'ScatterND', { inputs: [ints(1, 3, 0, W), { shape: [1, 1], values: [2] }, ints(H)] }, '1 3 H W'],
  ['found', 'NonZero', { inputs: [ints(0, 5, 0, 7)] }, '1 3'],
  ['handed on', 'Identity', { inputs: [ints(1, H)] }, '1 H'],
  ['by value_ints', 'Constant', { inputs: [], attrs: { value_ints: [4, 5] } }, '4 5'],
  ['by value_float', 'Constant', { inputs: [], attrs: { value_float: { float: 0.5 } } }, '0.5'],
  ['negated', 'Neg', { inputs: [ints(3, H)] }, '-3 −H'],
];

describe('Contents of shape subgraphs', () => {
  for (const [title, op, setting, expected] of rows) {
    it(`${op}: ${title}`, () => {
      const { contents, types } = runOperator(op, setting);
      const text = contents.map((c) => c?.values.map(dimText).join(' ')).join(' | ');
      assert.equal(text, expected);
      contents.forEach((c, i) => {
        assert.deepEqual(c?.shape, types[i]?.shape);
        assert.equal(c?.dtype, types[i]?.dtype);
      });
    });
  }

  it('are not followed when they are large', () => {
    const { contents, types } = runOperator('ConstantOfShape', { inputs: [ints(100, 100)] });
    assert.deepEqual(contents, [null]);
    assert.deepEqual(types[0]?.shape, [100, 100]);
  });
});
