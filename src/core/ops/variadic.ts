import { dimAdd, dimMax, dimMin, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { elementFormula, fraction, number, sum, call } from './activation';
import { finite } from './arithmetic';
import { broadcastPosition, broadcastShapes } from './broadcast';
import { subscript } from './concat';
import { contentsOf, followedShape, positions } from './contents';
import { tensor, type Expr } from './formula';
import { letters } from './letters';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { Contents, OpContext, OpDef, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { shapeText } from './shapeProblems';

/** The shape any number of operands is broadcast to. */
export function variadicShape(ctx: OpContext): readonly Dim[] | null {
  const shapes = ctx.inputs.map((_, input) => shapeOf(ctx, input));
  if (!shapes.length || !shapes.every((shape) => shape !== null)) return null;
  const misfit = t('the shapes {0} do not fit together', shapes.map(shapeText).join(', '));
  return broadcastShapes(shapes) ?? refuse(ctx, mismatch, misfit);
}

type Fold = (a: Dim, b: Dim) => Dim;

function evaluateFold(ctx: TypedContext, fold: Fold, last: (d: Dim) => Dim): readonly (Contents | null)[] {
  const parts = ctx.inputs.map((input) => input?.contents ?? null);
  const shape = followedShape(ctx);
  if (!shape || !parts.every((part) => part !== null)) return [null];
  const values = positions(shape).map((index) => {
    const elements = parts.map((part) => part.values[broadcastPosition(index, shape, part.shape)] ?? null);
    return finite(last(elements.reduce<Dim>((a, b, i) => (i ? fold(a, b) : b), null)));
  });
  return [contentsOf(dtypeOf(ctx, 0), shape, values)];
}

interface Variadic {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly fold: Fold;
  readonly last?: (d: Dim, count: number) => Dim;
  readonly right: (terms: readonly Expr[]) => Expr;
}

function variadic({ name, title, summary, fold, last, right }: Variadic): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [{ name: 'data' }],
    variadic: true,
    types: (ctx) => [tensorType(dtypeOf(ctx, 0), variadicShape(ctx))],
    evaluate: (ctx) => evaluateFold(ctx, fold, (d) => (last ? last(d, ctx.inputs.length) : d)),
    label: (ctx) => (ctx.inputs.length > 2 ? [`${ctx.inputs.length} inputs`] : []),
    formula(ctx) {
      const rank = ctx.outputs[0]?.shape?.length;
      const fits = ctx.inputs.length <= 4 && ctx.inputs.every((_, i) => shapeOf(ctx, i)?.length === rank);
      if (rank === undefined || !fits) return null;
      const terms = ctx.inputs.map((_, i) => tensor(`X${subscript(i + 1)}`, ...letters(rank)));
      return elementFormula(ctx.outputs[0]?.shape, () => right(terms));
    },
  };
}

const sumOf = variadic({
  name: 'Sum',
  title: t('Sum'),
  summary: t('Adds any number of tensors element by element.'),
  fold: dimAdd,
  right: (terms) => sum(...terms),
});

const meanOf = variadic({
  name: 'Mean',
  title: t('Mean'),
  summary: t('The mean of any number of tensors, element by element.'),
  fold: dimAdd,
  last: (d, count) => (typeof d === 'number' ? d / count : null),
  right: (terms) => fraction(sum(...terms), number(terms.length)),
});

const maxOf = variadic({
  name: 'Max',
  title: t('Maximum'),
  summary: t('The largest of several tensors, element by element.'),
  fold: dimMax,
  right: (terms) => call('max', ...terms),
});

const minOf = variadic({
  name: 'Min',
  title: t('Minimum'),
  summary: t('The smallest of several tensors, element by element.'),
  fold: dimMin,
  right: (terms) => call('min', ...terms),
});

export const variadicOperators: readonly OpDef[] = [maxOf, meanOf, minOf, sumOf];
