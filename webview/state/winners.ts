/** Which inputs of a max pooling went on: windows of a few units put together as they lie over the input. */
import type { Gathered } from '../../src/core/explain/explanation';
import type { Extent, MapWindow } from './beside';

/** More rows or columns than this would not be read as numbers. */
const MOST = 8;

export interface Winners {
  /** Places of the input that the windows reach, inside of its border. */
  readonly window: MapWindow;
  /** By place, row by row; null where none of the windows reads. */
  readonly values: readonly (number | null)[];
  /** Places with the largest value of a window, every one of a tie. */
  readonly won: ReadonlySet<number>;
  readonly windows: number;
  /** Windows in which several places share the largest value. */
  readonly ties: number;
}

/** Null for windows of other than two axes, and for more places than can be read. */
export function winnersOf(windows: readonly Gathered[]): Winners | null {
  if (windows.length === 0 || windows.some(({ window }) => window.positions.length !== 2)) return null;
  const cells = windows.flatMap(({ window, values, winners }) => {
    const [rows, columns] = window.positions as readonly [readonly number[], readonly number[]];
    return rows.flatMap((row, y) =>
      columns.map((column, x) => ({ row, column, cell: y * columns.length + x, window, values, winners })),
    );
  });
  const inside = cells.filter(({ cell, window }) => !window.outside[cell]);
  if (inside.length === 0) return null;
  const [tops, lefts] = [inside.map(({ row }) => row), inside.map(({ column }) => column)];
  const [top, left] = [Math.min(...tops), Math.min(...lefts)];
  const [rows, columns] = [Math.max(...tops) - top + 1, Math.max(...lefts) - left + 1];
  if (rows > MOST || columns > MOST) return null;
  const values = new Array<number | null>(rows * columns).fill(null);
  const won = new Set<number>();
  for (const { row, column, cell, values: own, winners } of inside) {
    const at = (row - top) * columns + column - left;
    values[at] = own[cell]!;
    if (winners.includes(cell)) won.add(at);
  }
  const ties = windows.filter(({ winners }) => winners.length > 1).length;
  return { window: { top, left, rows, columns }, values, won, windows: windows.length, ties };
}

/** Units of a pooled map whose windows are shown: those of the corner where it is small, else two by two with the chosen one. */
export function poolUnits(corner: MapWindow, chosen: MapWindow, { height, width }: Extent): MapWindow {
  const pair = (first: number, from: number, count: number, extent: number): readonly [number, number] => {
    if (count <= 2) return [from, count];
    const start = Math.max(0, Math.min(extent - 2, Math.floor(first / 2) * 2));
    return [start, Math.min(2, extent)];
  };
  const [top, rows] = pair(chosen.top, corner.top, corner.rows, height);
  const [left, columns] = pair(chosen.left, corner.left, corner.columns, width);
  return { top, left, rows, columns };
}
