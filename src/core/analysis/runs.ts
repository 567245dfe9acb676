/**
 * A finite set of whole numbers as sorted runs that neither overlap nor touch, flat: `[first, last, first, last, …]`, both ends
 * included. A dense receptive field of 491 pixels is two numbers, a dilated one as many pairs as it has islands.
 */
export type Runs = readonly number[];

export const noRuns: Runs = [];

export const runOf = (first: number, last: number): Runs => (first <= last ? [first, last] : noRuns);

/** Last − first + 1; 0 for the empty set. */
export const spanOf = (a: Runs): number => (a.length ? a[a.length - 1]! - a[0]! + 1 : 0);

export function countOf(a: Runs): number {
  let count = 0;
  for (let i = 0; i < a.length; i += 2) count += a[i + 1]! - a[i]! + 1;
  return count;
}

export function sameRuns(a: Runs, b: Runs): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export const shifted = (a: Runs, by: number): Runs => (by === 0 || !a.length ? a : a.map((x) => x + by));

/** Every run of `b` lies inside a run of `a`. */
export function containsRuns(a: Runs, b: Runs): boolean {
  if (a === b) return true;
  let i = 0;
  for (let j = 0; j < b.length; j += 2) {
    while (i < a.length && a[i + 1]! < b[j]!) i += 2;
    if (i >= a.length || a[i]! > b[j]! || a[i + 1]! < b[j + 1]!) return false;
  }
  return true;
}

export function unionRuns(a: Runs, b: Runs): Runs {
  if (!b.length || a === b) return a;
  if (!a.length) return b;
  const out: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const fromA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    if (fromA) {
      append(out, a[i]!, a[i + 1]!);
      i += 2;
    } else {
      append(out, b[j]!, b[j + 1]!);
      j += 2;
    }
  }
  return out;
}

/** Adds a run that starts no earlier than the last one did. */
function append(out: number[], first: number, last: number): void {
  const end = out.length - 1;
  if (end > 0 && first <= out[end]! + 1) out[end] = Math.max(out[end]!, last);
  else out.push(first, last);
}

export function intersectRuns(a: Runs, b: Runs): Runs {
  if (a === b) return a;
  const out: number[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [first, last] = [Math.max(a[i]!, b[j]!), Math.min(a[i + 1]!, b[j + 1]!)];
    if (first <= last) out.push(first, last);
    if (a[i + 1]! < b[j + 1]!) i += 2;
    else j += 2;
  }
  return out;
}

/** The part inside `[first, last]`; the same object when nothing lies outside. */
export function clipRuns(a: Runs, first: number, last: number): Runs {
  if (!a.length || (a[0]! >= first && a[a.length - 1]! <= last)) return a;
  return first <= last ? intersectRuns(a, [first, last]) : noRuns;
}

/** From runs in any order, overlapping as they like; `pairs` is used up. */
export function collectRuns(pairs: number[]): Runs {
  if (pairs.length <= 2) return pairs;
  let sorted = true;
  for (let i = 2; sorted && i < pairs.length; i += 2) sorted = pairs[i]! >= pairs[i - 2]!;
  const order = Array.from({ length: pairs.length / 2 }, (_, i) => 2 * i);
  if (!sorted) order.sort((i, j) => pairs[i]! - pairs[j]!);
  const out: number[] = [];
  for (const i of order) append(out, pairs[i]!, pairs[i + 1]!);
  return out;
}

export function holdsNumber(a: Runs, x: number): boolean {
  for (let i = 0; i < a.length; i += 2) if (a[i]! <= x && x <= a[i + 1]!) return true;
  return false;
}
