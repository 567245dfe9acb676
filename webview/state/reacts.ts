/** Where a channel fires most, and how its units at the border differ from the others: read off one map. */
import type { SceneNode } from '../../src/core/view/types';
import type { TensorView } from './tensorView';

export interface Firing {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

/** Units nearer to a stronger one than this share of the map show the same thing. */
const APART = 1 / 8;

/** At most `count` units of a channel by the size of their values, the strongest first; none that is 0, and of neighbours only the strongest. */
export function strongestUnits(
  { data, height, width, axes }: TensorView,
  channel: number,
  count: number,
): readonly Firing[] {
  if (axes === 0) return [];
  const apart = Math.max(1, Math.round(Math.max(height, width) * APART));
  const from = channel * height * width;
  const taken = new Uint8Array(height * width);
  const found: Firing[] = [];
  while (found.length < count) {
    let [most, at] = [0, -1];
    for (let index = 0; index < taken.length; index++) {
      const size = Math.abs(data[from + index]!);
      if (taken[index] === 0 && size > most && size < Infinity) [most, at] = [size, index];
    }
    if (at < 0) break;
    const [row, column] = [Math.floor(at / width), at % width];
    found.push({ row, column, value: data[from + at]! });
    for (let y = Math.max(0, row - apart); y <= Math.min(height - 1, row + apart); y++)
      for (let x = Math.max(0, column - apart); x <= Math.min(width - 1, column + apart); x++) taken[y * width + x] = 1;
  }
  return found;
}

export interface BorderMeans {
  /** Mean of the outermost units, and of all others. */
  readonly border: number;
  readonly inside: number;
  /** In the middle of the side that differs most from the others. */
  readonly row: number;
  readonly column: number;
}

/** Null for maps too small to have an inside, or with values that are no numbers. */
export function borderMeans({ data, height, width, axes }: TensorView, channel: number): BorderMeans | null {
  if (axes !== 2 || height < 3 || width < 3) return null;
  const from = channel * height * width;
  const at = (row: number, column: number): number => data[from + row * width + column]!;
  let [border, inside] = [0, 0];
  const sides = [0, 0, 0, 0];
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const value = at(row, column);
      const on = [row === 0, row === height - 1, column === 0, column === width - 1];
      if (on.includes(true)) border += value;
      else inside += value;
      on.forEach((yes, side) => (sides[side]! += yes ? value : 0));
    }
  const count = 2 * (height + width) - 4;
  const means = { border: border / count, inside: inside / (height * width - count) };
  if (!Number.isFinite(means.border) || !Number.isFinite(means.inside)) return null;
  const apart = sides.map((sum, side) => Math.abs(sum / (side < 2 ? width : height) - means.inside));
  const side = apart.indexOf(Math.max(...apart));
  const [middle, centre] = [height >> 1, width >> 1];
  const places = [
    [0, centre],
    [height - 1, centre],
    [middle, 0],
    [middle, width - 1],
  ] as const;
  const [row, column] = places[side]!;
  return { ...means, row, column };
}

/** A window of this layer hangs over the border of its input: told by what stands in its box, where usual padding is left out. */
export function padsItself({ op, label }: Pick<SceneNode, 'op' | 'label'>): boolean {
  const [kernel = ''] = label;
  const windowed = /^\d+(×\d+)*$/.test(kernel) && /Conv|Pool/.test(op) && !/Transpose|Unpool|Global/.test(op);
  if (!windowed || label.includes('pad 0')) return false;
  if (label.some((part) => part.startsWith('pad'))) return true;
  // Without a word on it: as much as keeps the size, which is none for windows that do not overlap.
  const strides = (label.find((part) => part.startsWith('/'))?.slice(1) ?? '1').split('×');
  return kernel.split('×').some((taps, axis) => Number(taps) > Number(strides[axis] ?? strides[0]));
}
