/** Elements of a tensor, all of them or the few that one unit needs. */
export interface Elements {
  /** By flat index; NaN for one that was not fetched. */
  at(index: number): number;
}

/** `times` runs of `count` elements, each `step` after the one before, beginning at `from`. */
export interface Runs {
  readonly from: number;
  readonly count: number;
  readonly times: number;
  readonly step: number;
}

export const oneRun = (from: number, count: number): Runs => ({ from, count, times: 1, step: count });

/** All of a tensor. */
export const wholeOf = (data: ArrayLike<number>): Elements => ({ at: (index) => data[index] ?? NaN });

/** Runs that were fetched one after another. */
export function runsOf({ from, count, times, step }: Runs, data: ArrayLike<number>): Elements {
  return {
    at(index) {
      const run = times === 1 ? 0 : Math.min(times - 1, Math.floor((index - from) / step));
      const within = index - from - run * step;
      return within >= 0 && within < count ? (data[run * count + within] ?? NaN) : NaN;
    },
  };
}

/** A constant without elements of its own: every one is the same. */
export const filledWith = (value: number): Elements => ({ at: () => value });

export const sizeOf = (shape: readonly number[]): number => shape.reduce((size, extent) => size * extent, 1);

/** Distance between neighbours along each axis, row-major. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * shape[axis + 1]!;
  return strides;
}

export const flatIndex = (index: readonly number[], shape: readonly number[]): number =>
  index.reduce((flat, position, axis) => flat * (shape[axis] ?? 1) + position, 0);

/** The place of a flat index: one position per axis. */
export function placeOf(flat: number, shape: readonly number[]): readonly number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(flat / stride) % (shape[axis] ?? 1));
}
