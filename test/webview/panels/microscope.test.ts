import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  cellScale,
  cellText,
  commonDecimals,
  decimalsOf,
  indexText,
  lineText,
  placesText,
  powerText,
  ruleText,
  signedText,
} from '../../../webview/panels/microscopeText';
import { placeIn, viewTensor } from '../../../webview/state/tensorView';

const write = (values: readonly number[], width = 64): string[] => {
  const scale = cellScale(values, width);
  return values.map((value) => cellText(value, scale));
};

describe('numbers in the cells of the microscope', () => {
  it('show three digits of the largest, all with the same decimals', () => {
    assert.deepEqual(write([-50.12, 81.9, 3]), ['−50.1', '81.9', '3.0']);
    assert.deepEqual(write([0.104, -0.363]), ['0.104', '−0.363']);
    assert.deepEqual(write([128, -3, 0]), ['128', '−3', '0']);
    assert.deepEqual(write([332.81, 1]), ['332.8', '1.0']);
    assert.deepEqual(write([332.81, 1], 36), ['333', '1']);
  });

  it('are told in powers of ten far from 1', () => {
    const scale = cellScale([0.000031, -0.00001], 64);
    assert.equal(cellText(0.000031, scale), '3.10');
    assert.equal(powerText(scale), 'in units of 10⁻⁵');
    assert.equal(powerText(cellScale([12], 64)), '');
  });

  it('never write a minus before nothing, nor NaN for what is not', () => {
    assert.deepEqual(write([-0.0001, 1]), ['0.00', '1.00']);
    assert.deepEqual(cellText(-Infinity, { power: 0, decimals: 1 }), '−∞');
  });
});

describe('the lines of the sum', () => {
  it('have as many decimals as the type has digits', () => {
    assert.equal(decimalsOf(106.6, 'float32'), 5);
    assert.equal(decimalsOf(106.6, 'float16'), 2);
    assert.equal(decimalsOf(3, 'int64'), 0);
  });

  it('are cut to what is the same here and in the runtime', () => {
    assert.equal(commonDecimals([[1.23456, 1.23458]], 5, 1.2), 4);
    assert.equal(commonDecimals([[1.2, 1.2]], 5, 1.2), 5);
    assert.equal(commonDecimals([[1.2, 1.4]], 5, 1.2), null);
  });

  it('carry their signs as on paper', () => {
    assert.equal(signedText({ sign: '+', value: 69.6 }, 1), '+ 69.6');
    assert.equal(signedText({ sign: '+', value: -3.4 }, 1), '− 3.4');
    assert.equal(signedText({ sign: '−', value: -2 }, 0), '+ 2');
    assert.equal(signedText({ sign: '÷', value: 4 }, 0), '÷ 4');
    assert.equal(signedText({ sign: '×', value: 0.0025 }, 2), '× 0.002500');
    assert.equal(signedText({ sign: '×', value: 12.5 }, 2), '× 12.50');
    assert.equal(signedText({ sign: '+', value: 0.0811 }, 0), '+ 0.0811', 'not nothing');
    assert.equal(signedText({ sign: '+', value: -0.0811 }, 0), '− 0.0811');
    assert.equal(signedText({ sign: '+', value: 0 }, 0), '+ 0');
    assert.equal(signedText({ sign: '', value: -4 }, 0), '−4');
    assert.equal(lineText(0.00000000012, 15), '1.20000·10⁻¹⁰');
  });
});

describe('places and indices', () => {
  const patch = (positions: readonly (readonly number[])[]) => ({
    extent: positions.map(({ length }) => length),
    positions,
    outside: [],
  });

  it('are ranges of rows and columns', () => {
    assert.equal(
      placesText(
        patch([
          [40, 41, 42],
          [72, 73, 74],
        ]),
      ),
      'rows 40…42, columns 72…74',
    );
    assert.equal(placesText(patch([[-1, 1, 3], [5]])), 'rows −1…3 in steps of 2, column 5');
    assert.equal(placesText(patch([[4, 5]])), 'samples 4…5');
    assert.equal(placesText(patch([[], [1]])), 'no rows, column 1');
  });

  it('follow a rule where they lie evenly', () => {
    assert.equal(ruleText([40, 41, 42], 'u'), 'u + 40');
    assert.equal(ruleText([-2, 0, 2], 'v'), '2v − 2');
    assert.equal(ruleText([7], 'u'), '7');
    assert.equal(ruleText([1, 2, 4], 'u'), null);
    assert.equal(indexText('W', [47, 0, 1]), 'W[47, 0, 1]');
  });

  it('of a map lead back to the element it shows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (dims, signal, c, r, x) => {
          const size = dims.reduce((product, extent) => product * extent, 1);
          const data = Float64Array.from({ length: size }, (_, i) => i);
          const spatial = dims.length === 3 && signal ? 1 : Math.max(0, dims.length - 2);
          const view = viewTensor({ dims, data }, spatial);
          const channel = c % view.channels;
          const [row, column] = [r % view.height, x % view.width];
          const unit = view.axes === 0 ? [] : view.axes === 1 ? [column] : [row, column];
          const place = placeIn(dims, spatial, channel, unit);
          assert.equal(place.length, dims.length);
          place.forEach((position, axis) =>
            assert.ok(position >= 0 && position < dims[axis]!, `${place.join()} of ${dims.join()}`),
          );
          const flat = place.reduce((at, position, axis) => at * dims[axis]! + position, 0);
          assert.equal(data[flat], view.data[(channel * view.height + row) * view.width + column]);
        },
      ),
    );
  });
});
