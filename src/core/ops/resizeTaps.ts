import { greatestDivisor } from './exact';
import { same, type AxisMap } from './dependence';
import { untouched, type ResizedAxis } from './resizeScales';

/** `half`: of a pixel's width. ONNX, operator Resize, attribute coordinate_transformation_mode. */
export type Coordinates =
  | 'half_pixel'
  | 'half_pixel_symmetric'
  | 'pytorch_half_pixel'
  | 'align_corners'
  | 'asymmetric'
  | 'tf_half_pixel_for_nn'
  | 'tf_crop_and_resize';

export type Rounding = 'round_prefer_floor' | 'round_prefer_ceil' | 'floor' | 'ceil';

export interface Interpolation {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  readonly coordinates: Coordinates;
  readonly rounding: Rounding;
  readonly antialias: boolean;
  readonly cubicA: number;
  /** Taps beyond the border have no weight, instead of reading the border. */
  readonly excludeOutside: boolean;
}

/**
 * Output r lies at the input coordinate `(a·r + b) / c`. Whole numbers, so that a coordinate that falls on a pixel (where the other taps
 * weigh exactly 0) or half-way between two is recognised as such; float32, in which runtimes compute, only approximates these.
 */
export interface Coordinate {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Longer periods say nothing that a list would not. */
const longestPeriod = 65536;

/** Null where the extents are needed and not known, or the region of tf_crop_and_resize decides. */
export function coordinateOf(axis: ResizedAxis, coordinates: Coordinates): Coordinate | null {
  const { input, output, scale } = axis;
  if (coordinates === 'align_corners') return alignCorners(axis);
  if (!scale) return null;
  const { p, q } = scale;
  switch (coordinates) {
    case 'asymmetric':
      return { a: q, b: 0, c: p };
    case 'half_pixel':
      return { a: 2 * q, b: q - p, c: 2 * p };
    case 'pytorch_half_pixel':
      return output === 1 ? { a: 0, b: 0, c: 1 } : { a: 2 * q, b: q - p, c: 2 * p };
    case 'tf_half_pixel_for_nn':
      return { a: 2 * q, b: q, c: 2 * p };
    case 'half_pixel_symmetric': {
      // Centres the part that ⌊input · scale⌋ cuts off; with symbolic extents nothing is taken to be cut off.
      const known = typeof input === 'number' && typeof output === 'number';
      return { a: 2 * q, b: q - p + (known ? input * p - output * q : 0), c: 2 * p };
    }
    case 'tf_crop_and_resize':
      return null;
  }
}

/**
 * The first and last pixels of both pictures coincide. `length_resized` is taken as the whole extent, as torch and onnxruntime do; ONNX's
 * reference takes `input · scale` before rounding, which moves the last pixel inside.
 */
function alignCorners({ input, output, scale }: ResizedAxis): Coordinate | null {
  if (typeof input !== 'number' || typeof output !== 'number') {
    // (H − 1) / (s·H − 1) tends to 1 / s: right for large pictures.
    return scale && { a: scale.q, b: 0, c: scale.p };
  }
  return output <= 1 ? { a: 0, b: 0, c: 1 } : { a: input - 1, b: 0, c: output - 1 };
}

/** Which inputs one axis of a resize reads. */
export function resizeMap(axis: ResizedAxis, how: Interpolation): AxisMap {
  if (axis.input === axis.output && axis.scale?.p === axis.scale?.q && isPlain(how.coordinates)) return same;
  const coordinate = coordinateOf(axis, how.coordinates);
  if (!coordinate) return { kind: 'whole' };
  const { a, b, c } = coordinate;
  const divisor = greatestDivisor(a, c) || 1;
  const outPeriod = c / divisor;
  const inPeriod = a / divisor;
  const support = supportOf(axis, how);
  const clamp = !how.excludeOutside;
  if (support.over / support.under > longestPeriod) return { kind: 'whole' };
  if (outPeriod > longestPeriod) return listed(axis, coordinate, how, support);
  const taps = Array.from({ length: outPeriod }, (_, r) => tapsAt(a * r + b, c, how, support));
  if (outPeriod === 1 && inPeriod === 1 && taps[0]?.length === 1 && taps[0][0] === 0) return same;
  return { kind: 'periodic', outPeriod, inPeriod, taps, clamp };
}

/** Equal extents at scale 1 are the identity in these. */
export const isPlain = (coordinates: Coordinates): boolean =>
  coordinates !== 'tf_crop_and_resize' && coordinates !== 'tf_half_pixel_for_nn';

function listed({ input, output }: ResizedAxis, at: Coordinate, how: Interpolation, support: Support): AxisMap {
  if (typeof input !== 'number' || typeof output !== 'number' || output > longestPeriod) return { kind: 'whole' };
  const inside = (tap: number): number => Math.min(Math.max(tap, 0), input - 1);
  const reads = Array.from({ length: output }, (_, r) => tapsAt(at.a * r + at.b, at.c, how, support));
  return { kind: 'listed', reads: reads.map((taps) => [...new Set(taps.map(inside))]) };
}

/** Half the width of the kernel, in input pixels, as `over / under`; wider than usual when antialiasing a shrinking axis. */
export interface Support {
  readonly over: number;
  readonly under: number;
}

export function supportOf({ scale }: ResizedAxis, how: Interpolation): Support {
  const { p, q } = scale ?? untouched;
  return how.antialias && p < q ? { over: q, under: p } : { over: 1, under: 1 };
}

/** Inputs with a weight other than 0 for the coordinate `n / c`. */
export function tapsAt(n: number, c: number, how: Interpolation, support: Support): readonly number[] {
  // Adding 0 turns −0 into 0.
  if (how.mode === 'nearest') return [nearest(n, c, how.rounding) + 0];
  if (how.mode === 'linear') return strictlyWithin(n, c, support.over, support.under);
  const outer = how.cubicA === 0 ? 1 : 2;
  // The cubic kernel is 0 at the whole distances 1 and 2 (times the support), not only outside.
  return strictlyWithin(n, c, outer * support.over, support.under).filter(
    (tap) => Math.abs(tap * c - n) * support.under !== c * support.over,
  );
}

/** All whole i with |i − n/c| < over/under. */
function strictlyWithin(n: number, c: number, over: number, under: number): readonly number[] {
  const taps: number[] = [];
  const below = Math.floor((n * under - over * c) / (c * under)) + 1;
  for (let i = below; (i * c - n) * under < over * c; i++) taps.push(i);
  return taps;
}

function nearest(n: number, c: number, rounding: Rounding): number {
  switch (rounding) {
    case 'floor':
      return Math.floor(n / c);
    case 'ceil':
      return Math.ceil(n / c);
    case 'round_prefer_floor':
      return Math.ceil((2 * n - c) / (2 * c));
    case 'round_prefer_ceil':
      return Math.floor((2 * n + c) / (2 * c));
  }
}
