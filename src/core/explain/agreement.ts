import type { DType } from '../ir/types';

/** How the value worked out here and the one the runtime computed compare. */
export interface Agreement {
  /**
   * `equal`: rounded to the runtime's type, they are the same. `rounding`: as far apart as sums of that type's precision in another
   * order may be. `different`: farther than that.
   */
  readonly kind: 'equal' | 'rounding' | 'different';
  readonly difference: number;
}

/** Half the distance to the next number, relative: the most that one rounding can err. */
const ROUNDING: ReadonlyMap<string, number> = new Map<DType, number>([
  ['float64', 2 ** -53],
  ['float32', 2 ** -24],
  ['float16', 2 ** -11],
  ['bfloat16', 2 ** -8],
]);

/** The nearest half-precision number; its smallest step is 2⁻²⁴. */
function roundToHalf(value: number): number {
  const size = Math.abs(value);
  if (!(size > 0) || !Number.isFinite(size)) return value;
  const step = 2 ** Math.max(Math.floor(Math.log2(size)) - 10, -24);
  const rounded = Math.round(size / step);
  // Half-way cases go to the even neighbour.
  const even = size / step - Math.floor(size / step) === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
  return Math.sign(value) * even * step;
}

function rounded(value: number, dtype: string): number {
  if (dtype === 'float32') return Math.fround(value);
  return dtype === 'float16' ? roundToHalf(value) : value;
}

/**
 * As far apart as two sums of the same terms may lie. `scale` is the sum of the sizes of all terms. Errors of a sum of n terms grow
 * like √n as a rule (Higham, Accuracy and Stability, §4.2), and runtimes also round the operands of fused and of half-precision
 * steps: eight times that is still rounding. On a grid of whole numbers half-way means one step.
 */
export const roundingOf = (
  { scale, terms, halfWay }: { readonly scale: number; readonly terms: number; readonly halfWay?: boolean },
  dtype: string,
): number => (halfWay ? 1 : 8 * (ROUNDING.get(dtype) ?? 0) * scale * Math.sqrt(Math.max(1, terms)));

/** `bound` is what rounding on the way may have made of it, beside that of the value itself. */
export function agreementOf(value: number, bound: number, runtime: number, dtype: string): Agreement {
  if (Object.is(rounded(value, dtype), runtime) || value === runtime) return { kind: 'equal', difference: 0 };
  if (Number.isNaN(value) && Number.isNaN(runtime)) return { kind: 'equal', difference: 0 };
  const difference = Math.abs(value - runtime);
  const own = 8 * (ROUNDING.get(dtype) ?? 0) * Math.abs(value);
  // Below the normal numbers half precision has steps of one size.
  const least = dtype === 'float16' ? 2 ** -24 : 0;
  return { kind: difference <= Math.max(bound, own, least) ? 'rounding' : 'different', difference };
}
