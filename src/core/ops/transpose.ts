import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { rearranged } from './contents';
import { along } from './dependence';
import { at, tensor } from './formula';
import { letters, rangesOf } from './letters';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, refuse } from './problems';

/** Output axis i is input axis `order[i]`; reversed where the node does not say. Null where it is no permutation. */
function orderOf(ctx: OpContext, rank: number): readonly number[] | null {
  const order = ctx.attrs.ints('perm');
  if (!order?.length) return Array.from({ length: rank }, (_, i) => rank - 1 - i);
  const sorted = [...order].sort((a, b) => a - b);
  return order.length === rank && sorted.every((axis, i) => axis === i) ? order : null;
}

function transposedShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return ctx.attrs.ints('perm')?.map(() => null) ?? null;
  const order = orderOf(ctx, shape.length);
  if (order) return order.map((axis) => shape[axis] ?? null);
  const what = t(
    'perm [{0}] does not order the {1} axes of its input',
    (ctx.attrs.ints('perm') ?? []).join(', '),
    shape.length,
  );
  return refuse(ctx, badAttribute, what);
}

export const transpose: OpDef = {
  name: 'Transpose',
  family: 'shape',
  title: 'Transpose',
  summary: t('Puts the axes into another order, for example channels last.'),
  inputs: [{ name: 'data' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), transposedShape(ctx))],
  evaluate(ctx) {
    const order = orderOf(ctx, shapeOf(ctx, 0)?.length ?? 0);
    return order ? rearranged(ctx, (index) => order.map((_, axis) => index[order.indexOf(axis)] ?? 0)) : [null];
  },
  dependence(ctx) {
    const order = orderOf(ctx, shapeOf(ctx, 0)?.length ?? 0);
    return [firstOnly(ctx, order && shapeOf(ctx, 0) ? { axes: order.map((axis) => along(axis)) } : null)];
  },
  label(ctx) {
    const rank = shapeOf(ctx, 0)?.length;
    const order = rank === undefined ? ctx.attrs.ints('perm') : orderOf(ctx, rank);
    return order ? [order.join(' ')] : [];
  },
  formula(ctx) {
    const shape = ctx.outputs[0]?.shape;
    const order = shape && orderOf(ctx, shape.length);
    if (!shape || !order) return null;
    const names = letters(shape.length);
    const source = order.map((_, axis) => at(names[order.indexOf(axis)] ?? ''));
    return { left: tensor('Y', ...names), right: tensor('X', ...source), ranges: rangesOf(names, shape), notes: [] };
  },
};
