import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { reshaped } from './contents';
import { along, type Dependence } from './dependence';
import { axesOf, dtypeOf, given, lengthOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef } from './operator';
import { refuse } from './problems';
import { checkedAxes, impossibleShape, shapeText } from './shapeProblems';

/** Axes that stay. Null where it is not known which. */
function kept(ctx: OpContext): readonly number[] | null {
  const shape = shapeOf(ctx, 0);
  const axes = axesOf(ctx, 1);
  if (!shape || axes === null) return null;
  const all = shape.map((_, axis) => axis);
  if (axes === undefined) {
    // Without axes every axis of extent 1 goes; an unknown extent may be one.
    return shape.every((d) => d !== null) ? all.filter((axis) => shape[axis] !== 1) : null;
  }
  const gone = checkedAxes(ctx, axes, shape.length);
  if (!gone) return null;
  const wide = gone.find((axis) => typeof shape[axis] === 'number' && shape[axis] !== 1);
  if (wide !== undefined) {
    return refuse(
      ctx,
      impossibleShape,
      t('axis {0} of {1} has more than one entry and cannot go', wide, shapeText(shape)),
    );
  }
  return all.filter((axis) => !gone.includes(axis));
}

function squeezedShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  const axes = kept(ctx);
  if (shape && axes) return axes.map((axis) => shape[axis] ?? null);
  const count = given(ctx, 1) ? lengthOf(ctx, 1) : null;
  return shape && count !== null ? unknownExtents(shape.length - count) : null;
}

export const squeeze: OpDef = {
  name: 'Squeeze',
  family: 'shape',
  title: 'Squeeze',
  summary: t('Removes axes with a single entry.'),
  inputs: [{ name: 'data' }, { name: 'axes' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), squeezedShape(ctx))],
  evaluate: reshaped,
  dependence(ctx) {
    const axes = kept(ctx);
    const links: Dependence | null = axes && { axes: axes.map((axis) => along(axis)) };
    return [firstOnly(ctx, links)];
  },
};

/** For each output axis the input axis it was, or null for a new one. Null where it is not known which are new. */
function origins(ctx: OpContext): readonly (number | null)[] | null {
  const shape = shapeOf(ctx, 0);
  const axes = axesOf(ctx, 1);
  if (!shape || !axes) return null;
  const rank = shape.length + axes.length;
  const fresh = checkedAxes(ctx, axes, rank);
  if (!fresh) return null;
  let next = 0;
  return Array.from({ length: rank }, (_, axis) => (fresh.includes(axis) ? null : next++));
}

export const unsqueeze: OpDef = {
  name: 'Unsqueeze',
  family: 'shape',
  title: 'Unsqueeze',
  summary: t('Adds axes with a single entry.'),
  inputs: [{ name: 'data' }, { name: 'axes' }],
  types(ctx) {
    const shape = shapeOf(ctx, 0);
    const from = origins(ctx);
    if (shape && from)
      return [
        tensorType(
          dtypeOf(ctx, 0),
          from.map((axis) => (axis === null ? 1 : (shape[axis] ?? null))),
        ),
      ];
    const count = given(ctx, 1) ? lengthOf(ctx, 1) : null;
    return [tensorType(dtypeOf(ctx, 0), shape && count !== null ? unknownExtents(shape.length + count) : null)];
  },
  evaluate: reshaped,
  dependence(ctx) {
    const from = origins(ctx);
    const links: Dependence | null = from && { axes: from.map((axis) => (axis === null ? [] : along(axis))) };
    return [firstOnly(ctx, links)];
  },
};
