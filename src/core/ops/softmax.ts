import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { call, fraction, sameType } from './activation';
import { pointwise } from './dependence';
import { firstOnly } from './firstOnly';
import { tensor, type Expr, type Formula } from './formula';
import { letters, rangesOf } from './letters';
import { frontAxis } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { checkedAxis } from './shapeProblems';

/** Before opset 13 the tensor was flattened to two axes at `axis` and the operator ran over the whole second one. */
const flattens = (ctx: OpContext): boolean => ctx.opset < 13;

const axisAttribute = (ctx: OpContext): number => ctx.attrs.int('axis', flattens(ctx) ? 1 : -1);

/** The axes that are normalised together; empty where the axis is out of range. */
function normalised(ctx: TypedContext, shape: readonly Dim[]): readonly number[] {
  const axis = frontAxis(axisAttribute(ctx), shape.length);
  if (axis === null) return [];
  if (!flattens(ctx)) return [axis];
  // Axes of extent 1 change nothing; naming them would only frighten.
  return shape.flatMap((extent, i) => (i >= axis && (i === axis || extent !== 1) ? [i] : []));
}

function formula(ctx: TypedContext, right: (x: Expr, summed: Expr, over: readonly string[]) => Expr): Formula | null {
  const shape = ctx.outputs[0]?.shape;
  if (!shape) return null;
  const names = letters(shape.length);
  const axes = normalised(ctx, shape);
  const other = names.map((name, axis) => (axes.includes(axis) ? `${name}′` : name));
  const over = axes.map((axis) => other[axis] ?? '');
  return {
    left: tensor('Y', ...names),
    right: right(tensor('X', ...names), tensor('X', ...other), over),
    ranges: [
      ...rangesOf(names, shape),
      ...axes.map((axis) => ({ letters: [other[axis] ?? ''], count: shape[axis] ?? null, summed: true })),
    ],
    notes: [],
  };
}

interface Kind {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly right: (x: Expr, other: Expr, over: readonly string[]) => Expr;
}

const exponentials = (x: Expr, other: Expr, over: readonly string[]): Expr =>
  fraction(call('exp', x), { kind: 'over', fn: 'Σ', letters: over, of: call('exp', other) });

function softmaxLike({ name, title, summary, right }: Kind): OpDef {
  return {
    name,
    family: 'activation',
    title,
    summary,
    inputs: [{ name: 'X' }],
    types(ctx) {
      const [type] = sameType(ctx);
      // An axis equal to the rank was allowed while the operator still flattened.
      const rank = type?.shape?.length;
      if (rank && !(flattens(ctx) && axisAttribute(ctx) === rank)) checkedAxis(ctx, axisAttribute(ctx), rank);
      return [type];
    },
    // It normalises over classes, not over the picture: drawn and folded as pointwise.
    dependence(ctx) {
      const rank = ctx.outputs[0]?.shape?.length;
      return [firstOnly(ctx, rank === undefined ? null : pointwise(rank, rank))];
    },
    label(ctx) {
      const shape = ctx.outputs[0]?.shape;
      if (!shape) return [];
      const axes = normalised(ctx, shape);
      return axes.length === 1 && axes[0] === Math.min(1, shape.length - 1) ? [] : [`axis ${axes.join(', ')}`];
    },
    formula: (ctx) => formula(ctx, right),
  };
}

export const softmax = softmaxLike({
  name: 'Softmax',
  title: 'Softmax',
  summary: t('Turns scores into probabilities: positive and with the sum 1.'),
  right: exponentials,
});

export const logSoftmax = softmaxLike({
  name: 'LogSoftmax',
  title: 'Log softmax',
  summary: t('The logarithm of softmax: better behaved in training losses.'),
  right: (x, other, over) => call('log', exponentials(x, other, over)),
});

export const hardmax = softmaxLike({
  name: 'Hardmax',
  title: 'Hardmax',
  summary: t('1 at the largest score (the first of equals), 0 elsewhere.'),
  right: (x, other, over) => call('first maximum', x, { kind: 'over', fn: 'max', letters: over, of: other }),
});
