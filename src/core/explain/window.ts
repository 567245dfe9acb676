import type { Window } from '../ops/dependence';
import type { Patch } from './explanation';
import { stridesOf } from './elements';

/** Calls back for every cell of a box, row by row, with its coordinates. */
function eachCell(extent: readonly number[], visit: (at: readonly number[]) => void): void {
  const size = extent.reduce((product, count) => product * count, 1);
  const at = extent.map(() => 0);
  for (let cell = 0; cell < size; cell++) {
    visit(at);
    for (let axis = extent.length - 1; axis >= 0; axis--) {
      at[axis]!++;
      if (at[axis]! < extent[axis]!) break;
      at[axis] = 0;
    }
  }
}

export interface Placed extends Patch {
  /** By cell: the flat index within one channel of the tensor; −1 beyond the border. */
  readonly offsets: readonly number[];
}

/** A window whose cells lie at these positions of a tensor with these spatial extents. */
export function placed(positions: readonly (readonly number[])[], spatial: readonly number[]): Placed {
  const strides = stridesOf(spatial);
  const extent = positions.map((axis) => axis.length);
  const offsets: number[] = [];
  eachCell(extent, (at) => {
    let offset = 0;
    for (let axis = 0; axis < at.length; axis++) {
      const position = positions[axis]![at[axis]!]!;
      if (position < 0 || position >= spatial[axis]!) {
        offset = -1;
        break;
      }
      offset += position * strides[axis]!;
    }
    offsets.push(offset);
  });
  return { extent, positions, outside: offsets.map((offset) => offset < 0), offsets };
}

/** Positions that the window of output `at` reads, per axis. */
export const slidePositions = (windows: readonly Window[], at: readonly number[]): readonly (readonly number[])[] =>
  windows.map(({ kernel, stride, dilation, padBegin }, axis) =>
    Array.from({ length: kernel }, (_, tap) => at[axis]! * stride - padBegin + tap * dilation),
  );

/** By cell: the flat index of these taps within one kernel. */
export const tapOffsets = (taps: readonly (readonly number[])[], kernel: readonly number[]): readonly number[] =>
  placed(taps, kernel).offsets;
