import assert from 'node:assert/strict';
import type { Preparation, UnitField } from '../../../src/protocol/host';
import { fieldWords, shownSize } from '../../../webview/panels/fieldPicture';
import { gridFor } from '../../../webview/panels/mapsGrid';
import { parseNumbers, preparationLine } from '../../../webview/panels/preparation';
import { shortValue, valueText } from '../../../webview/panels/valueText';

describe('values as text', () => {
  it('have as many digits as can be told apart', () => {
    const texts = [226, 0.03125, -4.2119, 1.2e-7, 193600, 0, NaN, -Infinity, 12.34].map(valueText);
    assert.deepEqual(texts, ['226.0', '0.0313', '−4.21', '1.2·10⁻⁷', '193\u202f600', '0', 'NaN', '−∞', '12.3']);
    assert.deepEqual([72.4, 3.14, 0.042, -0.7, 0, 1e-4].map(shortValue), ['72', '3.1', '0.04', '−0.70', '0', '1·10⁻⁴']);
    assert.deepEqual([193_600, 9.97e8, 9.97e-5].map(shortValue), ['2·10⁵', '1·10⁹', '1·10⁻⁴']);
    assert.deepEqual([9.97e-5, 1.999e11].map(valueText), ['1.0·10⁻⁴', '2.0·10¹¹']);
  });
});

describe('a preparation in one line', () => {
  const base: Preparation = {
    width: 224,
    height: 224,
    channels: 3,
    resize: 'crop',
    order: 'BGR',
    scale: 1,
    mean: [104, 117, 123],
    std: [1, 1, 1],
    layout: 'NCHW',
    dtype: 'float32',
    reason: '',
  };
  it('names what is well known and writes out the rest', () => {
    assert.equal(preparationLine(base), '224² · BGR · −(104, 117, 123)');
    const imagenet = { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], order: 'RGB' } as const;
    assert.equal(preparationLine({ ...base, ...imagenet }), '224² · RGB · ImageNet');
    const face = { width: 320, height: 240, order: 'RGB', mean: [127, 127, 127], std: [128, 128, 128] } as const;
    assert.equal(preparationLine({ ...base, ...face }), '320×240 · RGB · −127 · /128');
    const grey = { width: 28, height: 28, channels: 1, order: 'grey', scale: 1 / 255, mean: [0], std: [1] } as const;
    assert.equal(preparationLine({ ...base, ...grey }), '28² · grey · 0…1');
  });
  it('reads numbers as typed', () => {
    assert.deepEqual(parseNumbers('(1, 2;3)', 3), [1, 2, 3]);
    assert.deepEqual(parseNumbers('−0.5', 3), [-0.5, -0.5, -0.5]);
    assert.deepEqual([parseNumbers('1 2', 3), parseNumbers('x', 1), parseNumbers('', 1)], [null, null, null]);
  });
});

describe('what a unit sees, in words', () => {
  const field: UnitField = {
    ranges: [
      [156, 178],
      [108, 130],
    ],
    pixels: 529,
    padding: 0,
    box: null,
    runs: [],
  };
  it('tells rows, columns, pixels, holes and padding', () => {
    assert.equal(fieldWords(field).join(''), 'sees rows 156…178, columns 108…130: 529 pixels, no padding');
    assert.match(fieldWords({ ...field, pixels: 49, padding: 8 }).join(''), /49 pixels, 91 % holes, 8 of padding/);
    assert.match(fieldWords({ ...field, ranges: [[3, 3]] }).join(''), /samples 3:/);
    assert.equal(fieldWords({ ...field, ranges: null }).join(''), 'sees no pixel of the image');
  });
});

describe('the grid of maps', () => {
  it('has eight in a row in a wide page and six in a narrow one, as designed', () => {
    assert.deepEqual(gridFor(64, 754, 680, 1), { columns: 8, width: 89, height: 89 });
    assert.deepEqual(gridFor(64, 450, 440, 1), { columns: 6, width: 70, height: 70 });
  });
  it('fills the row', () => {
    for (const width of [300, 422, 600, 761, 1200]) {
      const grid = gridFor(512, width, 400, 1);
      const used = grid.columns * (grid.width + 6) - 6;
      assert.ok(used <= width && used > width - grid.columns, `${used} of ${width}`);
    }
  });
  it('shows few maps larger, and all of them at once', () => {
    const grid = gridFor(6, 772, 680, 1);
    assert.ok(grid.width > 89 && grid.width <= 232);
    assert.ok(Math.ceil(6 / grid.columns) * (grid.height + 19) <= 680);
  });
  it('keeps the proportions of a picture in its column', () => {
    const picture = { width: 320, height: 240, data: new Uint8ClampedArray(0) };
    assert.deepEqual(shownSize(picture, 272, 380), { width: 272, height: 204 });
    assert.deepEqual(shownSize({ ...picture, height: 640 }, 272, 380), { width: 190, height: 380 });
  });
});
