import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CELLS, cellPlace, cellsOf, placeOf, type ColourScale } from '../../../webview/ui/colourMaps';

/** Ranges too small to divide by have one colour. */
const ranged = ({ low, high }: ColourScale): boolean => high - low === 0 || high - low > 1e-300;

const scales: fc.Arbitrary<ColourScale> = fc
  .record({
    map: fc.constantFrom('magnitude', 'diverging', 'grey'),
    low: fc.double({ min: -1e4, max: 0, noNaN: true }),
    high: fc.double({ min: 0, max: 1e4, noNaN: true }),
    exponent: fc.constantFrom('root', 'linear', 'log'),
  })
  .filter(ranged);

const STEP = 1 / 255;

describe('colours of many values', () => {
  it('are those of single values to a step of the table, beyond the ends of the scale too', () => {
    fc.assert(
      fc.property(
        scales,
        fc.array(fc.double({ min: -2e4, max: 2e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        (scale, values) => {
          const { factor, offset } = cellsOf(scale);
          for (const value of [...values, scale.low, scale.high, 0]) {
            const cell = Math.trunc(Math.min(CELLS - 1, Math.max(0, value * factor + offset)));
            const place = Math.min(1, Math.max(0, placeOf(value, scale)));
            assert.ok(Math.abs(cellPlace(cell, scale) - place) <= STEP, `${value} in ${cell}`);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('give zero the very middle around zero, and the ends the ends', () => {
    for (const [map, places] of [
      ['diverging', [0, 0.5, 1]],
      ['magnitude', [0, 0, 1]],
    ] as const) {
      const scale: ColourScale = { map, low: -3, high: 3, exponent: 'root' };
      const { factor, offset } = cellsOf(scale);
      const found = [-3, 0, 3].map((value) => cellPlace(Math.trunc(Math.max(0, value * factor + offset)), scale));
      assert.deepEqual(found, places);
    }
  });
});
