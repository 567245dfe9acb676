import type { AxisMap } from './dependence';
import type { ResizedAxis } from './resizeScales';
import { tapsAt, type Interpolation } from './resizeTaps';

/** Region of one axis in the coordinates of tf_crop_and_resize: 0 is the first pixel, 1 the last. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

/** Beyond 2²⁴ steps a pixel float32 has no fractions left to tell apart. */
const steps = 2 ** 24;

/** Outputs that fall outside the picture get the extrapolation value and read nothing. */
export function cropMap({ input, output }: ResizedAxis, region: Region | null, how: Interpolation): AxisMap {
  if (typeof input !== 'number' || typeof output !== 'number' || !region || output > 65536) return { kind: 'whole' };
  const { start, end } = region;
  const reads = Array.from({ length: output }, (_, r) => {
    const share = output > 1 ? start + (r * (end - start)) / (output - 1) : (start + end) / 2;
    const x = share * (input - 1);
    if (!(x >= 0 && x <= input - 1)) return [];
    const taps = tapsAt(Math.round(x * steps), steps, how, { over: 1, under: 1 });
    return [...new Set(taps.map((tap) => Math.min(Math.max(tap, 0), input - 1)))];
  });
  return { kind: 'listed', reads };
}
