import { dimEquals, dimFloorDiv, dimMul, type Dim, type SymDim } from '../ir/dim';

const isSymbol = (d: Dim): d is SymDim => typeof d === 'object' && d !== null;

/** `a / b` where it is the same number whatever the symbols stand for: `(2·H) / H = 2`. Null where it is not. */
export function exactRatio(a: Dim, b: Dim): number | null {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? null : a / b;
  if (!isSymbol(a) || !isSymbol(b) || a.terms.length !== b.terms.length) return null;
  const [first, other] = [a.terms[0], b.terms[0]];
  if (!first || !other) return null;
  const ratio = first.factor / other.factor;
  const proportional = a.terms.every((term, i) => {
    const beside = b.terms[i];
    return beside?.atom.text === term.atom.text && term.factor === ratio * beside.factor;
  });
  return proportional && a.constant === ratio * b.constant ? ratio : null;
}

/** A positive number as the fraction of small whole numbers that a float32 of this value stands for; null where there is none. */
export function smallFraction(value: number, largest = 65536): { readonly p: number; readonly q: number } | null {
  if (!Number.isFinite(value) || value <= 0) return null;
  const wanted = Math.fround(value);
  // Continued fraction: each convergent is the best fraction with so small a denominator.
  let [p0, q0, p1, q1, rest] = [0, 1, 1, 0, value];
  for (let step = 0; step < 32; step++) {
    const whole = Math.floor(rest);
    const [p, q] = [whole * p1 + p0, whole * q1 + q0];
    if (p > largest || q > largest) return null;
    [p0, q0, p1, q1] = [p1, q1, p, q];
    if (Math.fround(p / q) === wanted) return { p, q };
    if (rest === whole) return null;
    rest = 1 / (rest - whole);
  }
  return null;
}

export function greatestDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y) [x, y] = [y, x % y];
  return x;
}

/** `a / b` where it comes out even whatever the symbols stand for, or is known to be a whole multiple: `(64·H) / 64 = H`. */
export function exactQuotient(a: Dim, b: Dim): Dim {
  const ratio = exactRatio(a, b);
  if (ratio !== null && Number.isInteger(ratio)) return ratio;
  const quotient = dimFloorDiv(a, b);
  return dimEquals(dimMul(quotient, b), a) ? quotient : null;
}
