import { at, tensor, type Expr, type Formula, type TensorTerm } from '../ops/formula';
import type { OpDef } from '../ops/operator';
import type { Explanation, Products } from './explanation';
import { putIn } from './putIn';
import type { UnitContext } from './unitContext';

const numbered = (name: string, index: readonly number[]): TensorTerm =>
  tensor(name, ...index.map((position) => ({ ...at('', 1, position), terms: [] })));

/** Weights as a person would write them. */
const short = (value: number): number => Number(value.toPrecision(4));

/** Neighbours with their weights; a picture grown by a factor has one to four of them. */
function weighted({ channels: [channel], window }: Products): Expr | null {
  if (!channel || channel.kernel.length > 4) return null;
  const terms: Expr[] = [];
  channel.kernel.forEach((weight, cell) => {
    const index: number[] = [];
    let rest = cell;
    for (let axis = window.extent.length - 1; axis >= 0; axis--) {
      index.unshift(window.positions[axis]![rest % window.extent[axis]!]!);
      rest = Math.floor(rest / window.extent[axis]!);
    }
    const x = numbered('X', [...channel.input, ...index]);
    terms.push(weight === 1 ? x : { kind: 'product', factors: [{ kind: 'number', value: short(weight) }, x] });
  });
  return terms.length === 1 ? terms[0]! : { kind: 'sum', terms };
}

/** The formula of one unit: what moved a value says from where, everything else is the operator's formula with the indices put in. */
export function unitFormula(def: OpDef, ctx: UnitContext, { place, middle }: Explanation): Formula | null {
  const own = (right: Expr | null): Formula | null =>
    right && { left: numbered('Y', place), right, ranges: [], notes: [] };
  if (middle.kind === 'copied' || middle.kind === 'kept') {
    const value: Expr = { kind: 'number', value: 0 };
    if (middle.from) return own(numbered(middle.from.name, middle.from.index));
    return middle.kind === 'kept' ? own(value) : null;
  }
  if (middle.kind === 'products' && middle.weights === 'interpolation') return own(weighted(middle));
  const formula = def.formula?.(ctx);
  return formula ? putIn(formula, place) : null;
}
