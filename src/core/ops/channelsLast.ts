import type { Dim } from '../ir/dim';
import { along, type Dependence } from './dependence';
import type { Expr, Formula, TensorTerm } from './formula';
import { tensorType } from './operands';
import type { OpContext, OpDef, Operand, TypedContext } from './operator';
import { through } from './through';
import { viewedAs } from './viewedAs';

/** Pictures with their channels last: the same operator seen through two transpositions. */

function toSecond<T>(items: readonly T[]): readonly T[] {
  return items.length > 2 ? [...items.slice(0, 1), ...items.slice(-1), ...items.slice(1, -1)] : items;
}

function toLast<T>(items: readonly T[]): readonly T[] {
  return items.length > 2 ? [...items.slice(0, 1), ...items.slice(2), ...items.slice(1, 2)] : items;
}

const seen = (shape: readonly Dim[] | null | undefined): readonly Dim[] | null => (shape ? toSecond(shape) : null);

const turned = (input: Operand | null): Operand | null =>
  input && { ...input, contents: null, type: input.type && tensorType(input.type.dtype, seen(input.type.shape)) };

/** Axes of input and output as the node has them. */
function linksLast({ axes, ...rest }: Dependence): Dependence {
  const own = toLast(Array.from({ length: axes.length }, (_, i) => i));
  const moved = axes.map((links) => links.flatMap((link) => along(own.indexOf(link.from), link.map)));
  return { ...rest, axes: toLast(moved) };
}

const PICTURES: ReadonlySet<string> = new Set(['X', 'Y', 'Z']);

const termLast = (term: TensorTerm): TensorTerm =>
  PICTURES.has(term.name) ? { ...term, indices: toLast(term.indices) } : term;

function expressionLast(e: Expr): Expr {
  switch (e.kind) {
    case 'tensor':
      return termLast(e);
    case 'sum':
      return { ...e, terms: e.terms.map(expressionLast) };
    case 'product':
      return { ...e, factors: e.factors.map(expressionLast) };
    case 'difference':
    case 'relation':
      return { ...e, left: expressionLast(e.left), right: expressionLast(e.right) };
    case 'fraction':
      return { ...e, above: expressionLast(e.above), below: expressionLast(e.below) };
    case 'call':
      return { ...e, args: e.args.map(expressionLast) };
    case 'over':
    case 'root':
      return { ...e, of: expressionLast(e.of) };
    case 'power':
      return { ...e, base: expressionLast(e.base), exponent: expressionLast(e.exponent) };
    default:
      return e;
  }
}

const formulaLast = (formula: Formula): Formula => ({
  ...formula,
  left: termLast(formula.left),
  right: expressionLast(formula.right),
});

type Names = Partial<Pick<OpDef, 'name' | 'domain' | 'title' | 'summary' | 'inputs'>>;

/** `pictures`: inputs that have channels; `isLast`: whether this node has them last. */
export function channelsLast(
  plain: OpDef,
  names: Names,
  pictures: readonly number[] = [0],
  isLast: (ctx: OpContext) => boolean = () => true,
): OpDef {
  const view = (ctx: OpContext, outputs: TypedContext['outputs']): TypedContext =>
    viewedAs(
      ctx,
      ctx.inputs.map((input, i) => (isLast(ctx) && pictures.includes(i) ? turned(input) : input)),
      outputs.map((type) => (type && isLast(ctx) ? tensorType(type.dtype, seen(type.shape)) : type)),
    );
  const inner = through(plain, names, view);
  return {
    ...inner,
    types(ctx) {
      const types = inner.types(ctx);
      return isLast(ctx) ? types.map((t) => t && tensorType(t.dtype, t.shape && toLast(t.shape))) : types;
    },
    dependence(ctx) {
      const rows = inner.dependence?.(ctx) ?? [];
      if (!isLast(ctx)) return rows;
      return rows.map((row) => row.map((link, i) => (link && pictures.includes(i) ? linksLast(link) : link)));
    },
    formula(ctx) {
      const formula = inner.formula?.(ctx) ?? null;
      return formula && isLast(ctx) ? formulaLast(formula) : formula;
    },
  };
}
