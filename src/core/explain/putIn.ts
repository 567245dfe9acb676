/** A layer's formula with the indices of one unit in the place of its letters. */
import { dimEquals, type Dim } from '../ir/dim';
import type { Expr, Formula, Index, TensorTerm } from '../ops/formula';

type Letters = ReadonlyMap<string, number>;

/** The letters of one index whose value is known: `k` alone, or `4g + k` of a grouped channel, largest factor first. */
function solve({ terms, constant, divisor }: Index, value: number, found: Map<string, number>): boolean {
  if (divisor !== 1 || terms.some(({ factor }) => factor < 1)) return false;
  let rest = value - constant;
  for (const { letter, factor } of [...terms].sort((a, b) => b.factor - a.factor)) {
    const share = Math.floor(rest / factor);
    found.set(letter, share);
    rest -= share * factor;
  }
  return rest === 0;
}

/** What each letter of the left-hand side stands for at this place; null where the formula has axes of its own. */
function lettersAt({ left }: Formula, place: readonly number[]): Letters | null {
  const letters = new Map<string, number>();
  // Poolings of the whole picture leave out the axes that have become 1.
  if (place.slice(left.indices.length).some((position) => position !== 0)) return null;
  if (left.indices.length > place.length) return null;
  return left.indices.every((index, axis) => solve(index, place[axis] ?? 0, letters)) ? letters : null;
}

function indexAt(index: Index, letters: Letters): Index {
  const open = index.terms.filter(({ letter }) => !letters.has(letter));
  const known = index.terms.filter(({ letter }) => letters.has(letter));
  const constant = known.reduce((sum, { letter, factor }) => sum + factor * letters.get(letter)!, index.constant);
  if (open.length > 0) return { terms: open, constant, divisor: index.divisor };
  return { terms: [], constant: Math.floor(constant / index.divisor), divisor: 1 };
}

const tensorAt = (term: TensorTerm, letters: Letters): TensorTerm => ({
  ...term,
  indices: term.indices.map((index) => indexAt(index, letters)),
});

function exprAt(expr: Expr, letters: Letters): Expr {
  const inside = (part: Expr): Expr => exprAt(part, letters);
  switch (expr.kind) {
    case 'tensor':
      return tensorAt(expr, letters);
    case 'sum':
      return { ...expr, terms: expr.terms.map(inside) };
    case 'difference':
    case 'relation':
      return { ...expr, left: inside(expr.left), right: inside(expr.right) };
    case 'product':
      return { ...expr, factors: expr.factors.map(inside) };
    case 'fraction':
      return { ...expr, above: inside(expr.above), below: inside(expr.below) };
    case 'power':
      return { ...expr, base: inside(expr.base), exponent: inside(expr.exponent) };
    case 'root':
      return { ...expr, of: inside(expr.of) };
    case 'call':
      return { ...expr, args: expr.args.map(inside) };
    case 'over':
      return { ...expr, of: inside(expr.of) };
    default:
      return expr;
  }
}

/** Null where the formula's left-hand side does not say which axis is which. */
export function putIn(formula: Formula, place: readonly number[]): Formula | null {
  const letters = lettersAt(formula, place);
  if (!letters) return null;
  const ranges: { letters: string[]; count: Dim; summed: boolean }[] = [];
  for (const { letters: named, count, summed } of formula.ranges) {
    const open = named.filter((letter) => !letters.has(letter));
    const last = ranges.at(-1);
    if (last?.summed === summed && dimEquals(last.count, count)) last.letters.push(...open);
    else if (open.length > 0) ranges.push({ letters: open, count, summed });
  }
  return {
    left: tensorAt(formula.left, letters),
    right: exprAt(formula.right, letters),
    ranges,
    notes: formula.notes,
  };
}
