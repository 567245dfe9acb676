import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Gathered } from '../../../src/core/explain/explanation';
import { poolUnits, winnersOf } from '../../../webview/state/winners';

/** The windows of a max pooling over a plane, by plain loops; cells beyond the border hold nothing. */
function windowsOf(plane: readonly (readonly number[])[], kernel: number, stride: number, pad: number): Gathered[] {
  const [height, width] = [plane.length, plane[0]!.length];
  const found: Gathered[] = [];
  for (let y = -pad; y + kernel <= height + pad; y += stride)
    for (let x = -pad; x + kernel <= width + pad; x += stride) {
      const rows = Array.from({ length: kernel }, (_, tap) => y + tap);
      const columns = Array.from({ length: kernel }, (_, tap) => x + tap);
      const cells = rows.flatMap((row) => columns.map((column) => plane[row]?.[column] ?? -Infinity));
      const most = Math.max(...cells);
      found.push({
        kind: 'gathered',
        how: 'max',
        window: {
          extent: [kernel, kernel],
          positions: [rows, columns],
          outside: cells.map((one) => one === -Infinity),
        },
        input: [0, 0],
        values: Float64Array.from(cells),
        winners: cells.flatMap((one, cell) => (one === most && most > -Infinity ? [cell] : [])),
        neutral: null,
        counted: cells.filter((one) => one > -Infinity).length,
      });
    }
  return found;
}

describe('winners of a max pooling', () => {
  it('are the largest of each window, where they lie in the input', () => {
    const plane = [
      [101, 79, 153, 155],
      [95, 100, 156, 153],
      [87, 85, 131, 145],
      [102, 129, 105, 96],
    ];
    const winners = winnersOf(windowsOf(plane, 2, 2, 0))!;
    assert.deepEqual(winners.window, { top: 0, left: 0, rows: 4, columns: 4 });
    assert.deepEqual([...winners.values], plane.flat());
    assert.deepEqual(
      [...winners.won].sort((a, b) => a - b),
      [0, 6, 11, 13],
    );
    assert.deepEqual([winners.windows, winners.ties], [4, 0]);
  });

  it('are all of a tie, and the tie is counted', () => {
    const winners = winnersOf(
      windowsOf(
        [
          [0, 0, 3, 1],
          [0, 0, 3, 2],
        ],
        2,
        2,
        0,
      ),
    )!;
    assert.deepEqual(
      [...winners.won].sort((a, b) => a - b),
      [0, 1, 2, 4, 5, 6],
    );
    assert.deepEqual([winners.windows, winners.ties], [2, 2]);
  });

  it('lie inside of the border, and gaps between windows hold nothing', () => {
    const gaps = winnersOf(
      windowsOf(
        [
          [1, 2, 9],
          [3, 4, 9],
          [9, 9, 9],
        ],
        1,
        2,
        0,
      ),
    )!;
    assert.deepEqual(gaps.values, [1, null, 9, null, null, null, 9, null, 9]);
    const padded = winnersOf(
      windowsOf(
        [
          [5, 1],
          [1, 1],
        ],
        2,
        2,
        1,
      ),
    )!;
    assert.deepEqual(padded.window, { top: 0, left: 0, rows: 2, columns: 2 });
    assert.deepEqual(
      [...padded.won].sort((a, b) => a - b),
      [0, 1, 2, 3],
    );
  });

  it('agree with plain loops for any windows, overlapping ones too', () => {
    const value = fc.integer({ min: -3, max: 3 });
    const plane = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(plane, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), (cells, kernel, stride) => {
        const windows = windowsOf(cells, kernel, stride, 0);
        const { won, window, values, ties } = winnersOf(windows)!;
        const wanted = new Set<number>();
        let shared = 0;
        for (let y = 0; y + kernel <= 5; y += stride)
          for (let x = 0; x + kernel <= 5; x += stride) {
            let [most, at] = [-Infinity, [] as number[]];
            for (let row = y; row < y + kernel; row++)
              for (let column = x; column < x + kernel; column++) {
                const own = cells[row]![column]!;
                assert.equal(values[row * window.columns + column], own);
                if (own > most) [most, at] = [own, []];
                if (own === most) at.push(row * window.columns + column);
              }
            at.forEach((one) => wanted.add(one));
            if (at.length > 1) shared++;
          }
        assert.deepEqual([...won].sort(), [...wanted].sort());
        assert.equal(ties, shared);
      }),
    );
  });

  it('are not told of windows that could not be read, or have another number of axes', () => {
    const wide = Array.from({ length: 9 }, () => Array.from({ length: 9 }, (_, at) => at));
    assert.equal(winnersOf(windowsOf(wide, 9, 9, 0)), null);
    assert.equal(winnersOf([]), null);
  });
});

describe('the units whose windows are shown', () => {
  const at = (top: number, left: number, rows = 1, columns = 1) => ({ top, left, rows, columns });

  it('are those of a small corner, else two by two with the chosen one, inside of the map', () => {
    assert.deepEqual(poolUnits(at(6, 2, 2, 2), at(7, 3), { height: 12, width: 12 }), at(6, 2, 2, 2));
    assert.deepEqual(poolUnits(at(4, 4, 4, 4), at(7, 5), { height: 12, width: 12 }), at(6, 4, 2, 2));
    assert.deepEqual(poolUnits(at(1, 1, 4, 4), at(4, 4), { height: 5, width: 5 }), at(3, 3, 2, 2));
  });
});
