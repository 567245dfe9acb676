import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type AxisLink, type Dependence } from './dependence';
import { everywhere, firstOnly } from './firstOnly';
import { dtypeOf, frontAxis, rankOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { checkedAxis, shapeText } from './shapeProblems';

/** Operators that pick elements one by one, by tensors of indices as large as the result. */

/** One axis is read anywhere, the others at their own position. */
function pickedAlong(ctx: TypedContext, axisAttribute: number): readonly (Dependence | null)[] {
  const rank = rankOf(ctx, 0);
  const axis = rank === null ? null : frontAxis(axisAttribute, rank);
  const nothing: readonly AxisLink[] = [];
  const links = Array.from({ length: rank ?? 0 }, (_, i) => (i === axis ? nothing : along(i)));
  return firstOnly(ctx, rank !== null && axis !== null ? { axes: links } : null);
}

/** Indices and updates have as many axes as the data; says so where they have not. */
function sameRank(ctx: OpContext, input: number): boolean {
  const [data, other] = [shapeOf(ctx, 0), shapeOf(ctx, input)];
  if (!data || !other || data.length === other.length) return true;
  refuse(ctx, mismatch, t('{0} does not have the {1} axes of the data', shapeText(other), data.length));
  return false;
}

const gatherElements: OpDef = {
  name: 'GatherElements',
  family: 'join',
  title: t('Gather elements'),
  summary: t('Picks elements along one axis, each by its own index.'),
  inputs: [{ name: 'data' }, { name: 'indices' }],
  types(ctx) {
    const rank = rankOf(ctx, 0);
    if (rank !== null) checkedAxis(ctx, ctx.attrs.int('axis', 0), rank);
    return [tensorType(dtypeOf(ctx, 0), sameRank(ctx, 1) ? shapeOf(ctx, 1) : null)];
  },
  dependence: (ctx) => [pickedAlong(ctx, ctx.attrs.int('axis', 0))],
  label: (ctx) => [`axis ${ctx.attrs.int('axis', 0)}`],
};

function gatheredShape(ctx: OpContext): readonly Dim[] | null {
  const [data, indices] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  const length = indices?.at(-1);
  if (!data || !indices || typeof length !== 'number') return null;
  const batch = ctx.attrs.int('batch_dims', 0);
  if (batch < 0 || batch + length > data.length) {
    return refuse(ctx, mismatch, t('indices {0} do not fit data {1}', shapeText(indices), shapeText(data)));
  }
  return [...indices.slice(0, -1), ...data.slice(batch + length)];
}

const gatherNd: OpDef = {
  name: 'GatherND',
  family: 'join',
  title: 'Gather',
  summary: t('Picks elements or whole pieces by positions along several axes.'),
  inputs: [{ name: 'data' }, { name: 'indices' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), gatheredShape(ctx))],
  dependence(ctx) {
    const [rank, to] = [rankOf(ctx, 0), ctx.outputs[0]?.shape?.length];
    const indices = shapeOf(ctx, 1);
    if (rank === null || to === undefined || !indices) return [firstOnly(ctx, null)];
    // What lies behind the indexed axes is read at its own position; so are the batch axes in front.
    const behind = to - (indices.length - 1);
    const batch = ctx.attrs.int('batch_dims', 0);
    const links = Array.from({ length: to }, (_, i) => {
      if (i < batch) return along(i);
      return i >= to - behind ? along(i - to + rank) : [];
    });
    return [firstOnly(ctx, { axes: links })];
  },
};

/** The result has the first input's shape; every position may come from it or from the updates. */
function scatter(name: string, title: string, summary: string): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [{ name: 'data' }, { name: 'indices' }, { name: 'updates' }],
    types: (ctx) => [tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))],
    dependence(ctx) {
      const rank = rankOf(ctx, 0);
      if (rank === null) return [[everywhere(undefined), null, everywhere(undefined)]];
      const own: Dependence = { axes: Array.from({ length: rank }, (_, i) => along(i)) };
      const anywhere: Dependence = { axes: Array.from({ length: rank }, () => []) };
      return [[own, null, ctx.inputs[2]?.constant ? null : anywhere]];
    },
  };
}

const elementwise = t('Replaces single elements along one axis, each at its own index.');

const scatterElements: OpDef = {
  ...scatter('ScatterElements', t('Scatter elements'), elementwise),
  types(ctx) {
    const rank = rankOf(ctx, 0);
    if (rank !== null) checkedAxis(ctx, ctx.attrs.int('axis', 0), rank);
    return [tensorType(dtypeOf(ctx, 0), sameRank(ctx, 1) && sameRank(ctx, 2) ? shapeOf(ctx, 0) : null)];
  },
  dependence: (ctx) => {
    const links = pickedAlong(ctx, ctx.attrs.int('axis', 0))[0] ?? null;
    const rank = rankOf(ctx, 0);
    const own = rank === null ? everywhere(undefined) : { axes: Array.from({ length: rank }, (_, i) => along(i)) };
    return [[own, null, ctx.inputs[2]?.constant ? null : links]];
  },
  label: (ctx) => [`axis ${ctx.attrs.int('axis', 0)}`],
};

/** Its name until opset 11. */
const scatterOld: OpDef = { ...scatterElements, name: 'Scatter', title: 'Scatter' };

const tensorScatter = scatter(
  'TensorScatter',
  'Scatter',
  t('Writes a piece into a cache at positions that another tensor gives.'),
);

export const scatterNdBase = scatter(
  'ScatterND',
  'Scatter',
  t('Replaces elements or whole pieces at positions along several axes.'),
);

export const elementPicking: readonly OpDef[] = [gatherElements, gatherNd, scatterElements, scatterOld, tensorScatter];
