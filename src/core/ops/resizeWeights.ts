import type { AxisRule } from './resize';
import { coordinateOf, isPlain, supportOf, tapsAt, type Interpolation } from './resizeTaps';

/** Inputs along one axis that an output reads, in order, with their weights; empty where it lies outside of the cropped region. */
export interface WeighedTaps {
  readonly taps: readonly number[];
  readonly weights: readonly number[];
}

/** Keys, Cubic convolution interpolation, 1981; `a` is its slope at distance 1. */
function cubic(distance: number, a: number): number {
  const t = Math.abs(distance);
  if (t <= 1) return ((a + 2) * t - (a + 3)) * t * t + 1;
  return t < 2 ? (((t - 5) * t + 8) * t - 4) * a : 0;
}

function weightOf(distance: number, how: Interpolation): number {
  if (how.mode === 'nearest') return 1;
  return how.mode === 'linear' ? Math.max(0, 1 - Math.abs(distance)) : cubic(distance, how.cubicA);
}

/** Where output `at` lies on the input, as `n / c`; null where that is not known or, after cropping, outside. */
function coordinateAt({ axis, how, region }: AxisRule, at: number): { readonly n: number; readonly c: number } | null {
  const { input, output } = axis;
  if (how.coordinates !== 'tf_crop_and_resize') {
    const coordinate = coordinateOf(axis, how.coordinates);
    return coordinate && { n: coordinate.a * at + coordinate.b, c: coordinate.c };
  }
  if (!region || typeof input !== 'number' || typeof output !== 'number') return null;
  const { start, end } = region;
  const share = output > 1 ? start + (at * (end - start)) / (output - 1) : (start + end) / 2;
  const x = share * (input - 1);
  return x >= 0 && x <= input - 1 ? { n: x, c: 1 } : null;
}

/** ONNX, operator Resize: the weights along one axis. Reads beyond the border are those of the border, or none where these are left out. */
export function weighedTaps(rule: AxisRule, at: number): WeighedTaps {
  const { axis, how } = rule;
  const { input, output, scale } = axis;
  if (input === output && scale?.p === scale?.q && isPlain(how.coordinates)) return { taps: [at], weights: [1] };
  const place = coordinateAt(rule, at);
  if (!place || typeof input !== 'number') return { taps: [], weights: [] };
  const support = supportOf(axis, how);
  const widened = support.over / support.under;
  const found = new Map<number, number>();
  for (const tap of tapsAt(place.n, place.c, how, support)) {
    const weight = weightOf((tap - place.n / place.c) / widened, how);
    const inside = tap >= 0 && tap < input;
    if (!inside && how.excludeOutside) continue;
    const read = Math.min(Math.max(tap, 0), input - 1);
    found.set(read, (found.get(read) ?? 0) + weight);
  }
  const taps = [...found.keys()].sort((a, b) => a - b);
  const total = how.mode === 'nearest' ? 1 : taps.reduce((sum, tap) => sum + found.get(tap)!, 0);
  return { taps, weights: taps.map((tap) => (how.mode === 'nearest' ? 1 : found.get(tap)! / total)) };
}
