import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indexer, placeOf, type ColourScale } from '../../../webview/ui/colourMaps';

const scales: fc.Arbitrary<ColourScale> = fc.record({
  map: fc.constantFrom('magnitude', 'diverging', 'grey'),
  low: fc.double({ min: -1e4, max: 0, noNaN: true }),
  high: fc.double({ min: 0, max: 1e4, noNaN: true }),
  exponent: fc.constantFrom('root', 'linear', 'log'),
});

describe('colours of many values', () => {
  it('are those of single values, beyond the ends of the scale too', () => {
    fc.assert(
      fc.property(
        scales,
        fc.array(fc.double({ min: -2e4, max: 2e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (scale, values) => {
          const index = indexer(scale);
          for (const value of [...values, scale.low, scale.high, 0])
            assert.equal(index(value), Math.round(placeOf(value, scale) * 255), `${value}`);
        },
      ),
      { numRuns: 500 },
    );
  });
});
