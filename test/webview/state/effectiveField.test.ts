import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectOf, patchesOver } from '../../../webview/state/effectiveField';

describe('patches over a field', () => {
  it('cover every pixel of it once, and nothing else', () => {
    const range = fc.tuple(fc.nat(30), fc.nat(40)).map(([first, more]) => [first, first + more] as const);
    fc.assert(
      fc.property(range, range, fc.integer({ min: 1, max: 40 }), (rows, columns, across) => {
        const grid = patchesOver([rows, columns], across);
        assert.equal(grid.patches.length, grid.rows * grid.columns);
        assert.ok(Math.max(grid.rows, grid.columns) <= across);
        const seen = new Map<string, number>();
        for (const [top, left, bottom, right] of grid.patches)
          for (let y = top; y <= bottom; y++)
            for (let x = left; x <= right; x++) seen.set(`${y},${x}`, (seen.get(`${y},${x}`) ?? 0) + 1);
        assert.equal(seen.size, (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1));
        assert.ok([...seen.values()].every((times) => times === 1));
      }),
    );
  });
});

describe('what covering does', () => {
  it('is counted from the strongest patch on', () => {
    const effect = effectOf(10, [10, 6, 13, NaN, 9], 6);
    assert.deepEqual([...effect.sizes], [0, 4, 3, 0, 1, 0]);
    assert.deepEqual([effect.largest, effect.total, effect.half, effect.most], [4, 8, 1, 3]);
  });
  it('is nothing where nothing changes', () => {
    const effect = effectOf(0, [0, 0], 2);
    assert.deepEqual([effect.largest, effect.total, effect.half, effect.most], [0, 0, 0, 0]);
  });
});
