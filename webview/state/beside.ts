/** Layers of one run side by side: which they are, and which places of maps of unequal size lie over the same place. */
import type { TensorView } from './tensorView';

/** More would be too small to be compared. */
export const MOST_BESIDE = 4;
/** Units along each side of the corner whose values are written out. */
const CORNER = 4;

export interface Extent {
  readonly height: number;
  readonly width: number;
}

/** Some units of a map, row by row. */
export interface MapWindow {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/** A unit of a map of this extent: the same place of any other map can be told from it. */
export interface Place extends Extent {
  readonly row: number;
  readonly column: number;
}

/** A unit by its indices; null where it is none of this tensor, or the tensor has no places. */
export const placeIn = ({ height, width, axes }: TensorView, unit: readonly number[]): Place | null =>
  axes === 0 || unit.length !== axes ? null : { height, width, row: axes === 2 ? unit[0]! : 0, column: unit.at(-1)! };

export const samePlace = (a: Place, b: Place): boolean =>
  a.row === b.row && a.column === b.column && a.height === b.height && a.width === b.width;

export interface Beside {
  readonly open: boolean;
  /** By node, in the order they stand. */
  readonly layers: readonly number[];
  /** One scale of colours for all of them, or one for each. */
  readonly common: boolean;
  /** What is pointed at in all of them; null before anything was. */
  readonly place: Place | null;
}

export const nothingBeside: Beside = { open: false, layers: [], common: true, place: null };

/** Takes a layer out, or puts it behind the others while there is room. */
export function toggled(layers: readonly number[], node: number): readonly number[] {
  if (layers.includes(node)) return layers.filter((one) => one !== node);
  return layers.length < MOST_BESIDE ? [...layers, node] : layers;
}

/** Units along one axis whose middle lies in unit `at` of `own` units, or else the one that has the middle of that; ends included. */
function along(at: number, own: number, other: number): readonly [number, number] {
  // In halves of a unit all numbers are whole.
  const first = Math.ceil((2 * at * other - own) / (2 * own));
  const last = Math.ceil((2 * (at + 1) * other - own) / (2 * own)) - 1;
  if (first <= last) return [Math.max(0, first), Math.min(other - 1, last)];
  const middle = Math.floor(((2 * at + 1) * other) / (2 * own));
  return [middle, middle];
}

const windowOf = (rows: readonly [number, number], columns: readonly [number, number]): MapWindow => ({
  top: rows[0],
  left: columns[0],
  rows: rows[1] - rows[0] + 1,
  columns: columns[1] - columns[0] + 1,
});

/** Units of another map of the same picture that lie where this one does: a square of them in a finer map, one in a coarser. */
export const linked = ({ row, column, height, width }: Place, to: Extent): MapWindow =>
  windowOf(along(row, height, to.height), along(column, width, to.width));

/** The same for a window. */
export const linkedWindow = ({ top, left, rows, columns }: MapWindow, of: Extent, to: Extent): MapWindow =>
  windowOf(
    [along(top, of.height, to.height)[0], along(top + rows - 1, of.height, to.height)[1]],
    [along(left, of.width, to.width)[0], along(left + columns - 1, of.width, to.width)[1]],
  );

export const isInside = ({ top, left, rows, columns }: MapWindow, row: number, column: number): boolean =>
  row >= top && row < top + rows && column >= left && column < left + columns;

/** The finest of the maps: the corner is chosen in it. */
export const finest = (extents: readonly Extent[]): Extent | null =>
  extents.reduce<Extent | null>((best, one) => (best && size(best) >= size(one) ? best : one), null);

const size = ({ height, width }: Extent): number => height * width;

/** By how much the coarsest of the maps is coarser along an axis, where the corner can begin and end with its units; else 1. */
function blockOf(own: number, others: readonly number[]): number {
  return others.reduce((most, other) => {
    const times = own / other;
    return (times === 2 || times === 4) && times > most ? times : most;
  }, 1);
}

/** Units of the finest map that one unit of a coarser one stands for, `[rows, columns]`: 1 where there is no such map. */
export const blocks = (base: Extent, extents: readonly Extent[]): readonly [number, number] => [
  blockOf(
    base.height,
    extents.map(({ height }) => height),
  ),
  blockOf(
    base.width,
    extents.map(({ width }) => width),
  ),
];

/**
 * The corner whose values are written out: 4×4 units with the chosen one, or as many as there are. It begins at whole units of the
 * coarser map (at every second without one), so that it stands still while one points inside of it.
 */
export function cornerAt(
  base: Extent,
  [row, column]: readonly [number, number],
  [high, wide]: readonly [number, number],
): MapWindow {
  const first = (at: number, extent: number, block: number): number => {
    const step = block === 1 ? 2 : block;
    const begin = Math.floor((at - (CORNER - step) / 2) / step) * step;
    return Math.max(0, Math.min(extent - CORNER, begin));
  };
  return {
    top: first(row, base.height, high),
    left: first(column, base.width, wide),
    rows: Math.min(CORNER, base.height),
    columns: Math.min(CORNER, base.width),
  };
}

/** Least and largest finite value of a channel in all these maps; a map with fewer channels shows its last. Null without any. */
export function rangeOf(
  views: readonly Pick<TensorView, 'channels' | 'height' | 'width' | 'data'>[],
  channel: number,
): readonly [number, number] | null {
  let [min, max] = [Infinity, -Infinity];
  for (const { channels, height, width, data } of views) {
    const from = Math.min(channel, channels - 1) * height * width;
    for (let at = from; at < from + height * width; at++) {
      const value = data[at]!;
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return min <= max ? [min, max] : null;
}
