import { dimMin, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { dtypeOf, frontAxis, elementsOf, rankOf, shapeOf, tensorType } from './operands';
import { pointwise, type AxisLink } from './dependence';
import type { OpContext, OpDef } from './operator';
import { keepsAxes, reducing, shapeWithout } from './reduce';
import { checkedAxis, checkedShape } from './shapeProblems';

function arg(name: string, title: string, summary: string): OpDef {
  const axisOf = (ctx: OpContext): number => ctx.attrs.int('axis', 0);
  return {
    name,
    family: 'pooling',
    title,
    summary,
    inputs: [{ name: 'data' }],
    types(ctx) {
      const shape = shapeOf(ctx, 0);
      const axis = shape && checkedAxis(ctx, axisOf(ctx), shape.length);
      return [tensorType('int64', shape && axis !== null ? shapeWithout(shape, [axis], keepsAxes(ctx)) : null)];
    },
    dependence(ctx) {
      const rank = rankOf(ctx, 0);
      const axis = rank === null ? null : frontAxis(axisOf(ctx), rank);
      return [firstOnly(ctx, rank === null || axis === null ? null : reducing(rank, [axis], keepsAxes(ctx)))];
    },
    label: (ctx) => [`axis ${axisOf(ctx)}`],
  };
}

export const argMax = arg('ArgMax', 'Arg max', t('The position of the largest value along one axis.'));
export const argMin = arg('ArgMin', 'Arg min', t('The position of the smallest value along one axis.'));

const topKAxis = (ctx: OpContext): number => ctx.attrs.int('axis', -1);

/** An attribute before opset 10, an input since. */
const countOf = (ctx: OpContext): Dim => ctx.attrs.int('k') ?? elementsOf(ctx, 1)?.[0] ?? null;

function topKShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  const axis = shape && checkedAxis(ctx, topKAxis(ctx), shape.length);
  if (!shape || axis === null) return null;
  const extent = shape[axis] ?? null;
  const count = typeof extent === 'number' ? dimMin(countOf(ctx), extent) : countOf(ctx);
  return checkedShape(
    ctx,
    shape.map((d, i) => (i === axis ? count : d)),
  );
}

export const topK: OpDef = {
  name: 'TopK',
  family: 'pooling',
  title: 'Top k',
  summary: t('The largest (or smallest) values along one axis and where they stand.'),
  inputs: [{ name: 'X' }, { name: 'K' }],
  types(ctx) {
    const shape = topKShape(ctx);
    return [tensorType(dtypeOf(ctx, 0), shape), tensorType('int64', shape)];
  },
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    const axis = rank === null ? null : frontAxis(topKAxis(ctx), rank);
    if (rank === null || axis === null) return ctx.outputs.map((_, output) => firstOnly(ctx, null, output));
    const nothing: readonly AxisLink[] = [];
    const axes = pointwise(rank, rank).axes.map((links, i) => (i === axis ? nothing : links));
    return ctx.outputs.map(() => firstOnly(ctx, { axes }));
  },
  label: (ctx) => [`k = ${dimText(countOf(ctx))}`],
};
