import assert from 'node:assert/strict';
import fc from 'fast-check';
import { loupeWindow } from '../../../webview/panels/mapLoupe';

describe('the enlarged neighbourhood of a unit', () => {
  it('lies inside of the map, holds the unit, and is as large as can be', () => {
    const extent = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(extent, extent, fc.nat(), fc.nat(), (height, width, a, b) => {
        const unit = [a % height, b % width] as const;
        const { top, left, rows, columns } = loupeWindow(height, width, unit);
        assert.ok(top >= 0 && left >= 0 && top + rows <= height && left + columns <= width);
        assert.ok(unit[0] >= top && unit[0] < top + rows && unit[1] >= left && unit[1] < left + columns);
        assert.deepEqual([rows, columns], [Math.min(7, height), Math.min(7, width)]);
      }),
    );
  });
  it('has the unit in the middle where no border is near', () => {
    assert.deepEqual(loupeWindow(55, 55, [20, 30]), { top: 17, left: 27, rows: 7, columns: 7 });
  });
});
