import { allPositions } from './reads';

/**
 * Operators that only move elements, as source positions: for each output position (row-major) the flat input position it comes from, or null
 * for padding. Written as plainly as ONNX's text, apart from the product.
 */
export interface Moved {
  readonly shape: readonly number[];
  readonly sources: readonly (number | null)[];
}

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

const flat = (index: readonly number[], shape: readonly number[]): number =>
  index.reduce((p, i, axis) => p * (shape[axis] ?? 1) + i, 0);

export function moved(
  input: readonly number[],
  shape: readonly number[],
  source: (index: readonly number[]) => readonly (number | null)[],
): Moved {
  const sources = allPositions(shape).map((index) => {
    const from = source(index);
    const inside = from.every((i, axis) => i !== null && i >= 0 && i < (input[axis] ?? 0));
    return inside ? flat(from.map(Number), input) : null;
  });
  return { shape, sources };
}

/** numpy's `x[start:end:step]` as the list of positions it keeps. */
export function sliceList(extent: number, start: number, end: number, step: number): readonly number[] {
  let from = start < 0 ? start + extent : start;
  let to = end < 0 ? end + extent : end;
  if (step > 0) {
    from = Math.min(Math.max(from, 0), extent);
    to = Math.min(Math.max(to, 0), extent);
  } else {
    from = Math.min(Math.max(from, 0), extent - 1);
    to = Math.min(Math.max(to, -1), extent - 1);
  }
  const list: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) list.push(i);
  return list;
}

/** The same elements in the same order. */
export const reshaped = (input: readonly number[], shape: readonly number[]): Moved => ({
  shape,
  sources: Array.from({ length: count(input) }, (_, i) => i),
});

/** Where numpy.pad looks for position i of an axis padded by `before`. */
export function paddedSource(i: number, before: number, extent: number, mode: string): number | null {
  let j = i - before;
  if (mode === 'edge') return Math.min(Math.max(j, 0), extent - 1);
  if (mode === 'wrap') return ((j % extent) + extent) % extent;
  if (mode !== 'reflect') return j >= 0 && j < extent ? j : null;
  if (extent === 1) return 0;
  while (j < 0 || j >= extent) j = j < 0 ? -j : 2 * (extent - 1) - j;
  return j;
}
