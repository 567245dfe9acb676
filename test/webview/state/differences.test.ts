import assert from 'node:assert/strict';
import fc from 'fast-check';
import { byDifference, comparable, differencesOf, differs, firstToDiffer } from '../../../webview/state/differences';

describe('differences of two runs', () => {
  it('are those of plain sums', () => {
    const value = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }), (pairs) => {
        const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
        const found = differencesOf(a, b)!;
        const apart = pairs.map(([x, y]) => Math.abs(x - y));
        assert.equal(found.largest, Math.max(...apart));
        assert.ok(Math.abs(found.mean - apart.reduce((sum, one) => sum + one, 0) / pairs.length) < 1e-9);
        const most = Math.max(...b.map(Math.abs));
        assert.equal(found.relative, most > 0 ? found.largest / most : null);
        const norm = Math.hypot(...a) * Math.hypot(...b);
        if (norm > 1e-100) {
          const dot = pairs.reduce((sum, [x, y]) => sum + x * y, 0);
          assert.ok(Math.abs(found.cosine! - dot / norm) < 1e-9);
        }
      }),
    );
  });

  it('leave out what is no number, and count where only one is none', () => {
    const found = differencesOf([1, NaN, Infinity, NaN, 2], [1.5, NaN, -Infinity, 4, 2])!;
    assert.deepEqual([found.unlike, found.largest, found.count], [2, 0.5, 5]);
    assert.equal(found.mean, 0.5 / 2);
  });

  it('know nothing of a direction where all is zero, and nothing at all of other sizes', () => {
    assert.deepEqual(differencesOf([0, 0], [0, 0]), {
      count: 2,
      largest: 0,
      mean: 0,
      relative: null,
      cosine: null,
      unlike: 0,
    });
    assert.equal(differencesOf([1], [1, 2]), null);
  });

  it('have no angle where squares are more than a double holds', () => {
    const { cosine, largest, relative } = differencesOf([1e200, 2], [1e200, 1])!;
    assert.deepEqual([cosine, largest, relative], [null, 1, 1e-200]);
  });

  it('are none at all where no layer has values in the same places', () => {
    const at = (node: number, own: readonly number[], other: readonly number[]) => ({
      node,
      numbers: differencesOf(own, other),
    });
    assert.equal(comparable([]), false);
    assert.equal(comparable([at(0, [1], [1, 2]), at(1, [], [])]), false);
    assert.equal(comparable([at(0, [1], [1, 2]), at(1, [3], [3])]), true);
  });

  it('begin at the first layer beyond rounding, and are sorted by their share', () => {
    const at = (node: number, own: readonly number[], other: readonly number[]) => ({
      node,
      numbers: differencesOf(own, other),
    });
    const layers = [at(4, [100.001], [100]), at(7, [1.01], [1]), at(8, [1], [1, 2]), at(9, [3], [2]), at(10, [1], [0])];
    assert.equal(differs(layers[0]!.numbers!), false);
    assert.equal(firstToDiffer(layers), 7);
    assert.deepEqual(
      byDifference(layers).map(({ node }) => node),
      [10, 9, 7, 4, 8],
    );
    assert.equal(firstToDiffer(layers.slice(0, 1)), null);
  });
});
