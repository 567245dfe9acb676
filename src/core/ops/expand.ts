import { dimMul, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { broadcastPosition, broadcastShapes } from './broadcast';
import { followedShape, positions, contentsOf, rearranged } from './contents';
import { along, pointwise, type AxisLink, type AxisMap } from './dependence';
import { dtypeOf, elementsOf, lengthOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef } from './operator';
import { mismatch, refuse } from './problems';
import { checkedShape, shapeText } from './shapeProblems';
import { spelledShape } from './spelledShape';

function expandedShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  const wanted = spelledShape(ctx, 1);
  if (!shape || !wanted) return null;
  const misfit = t('{0} cannot be spread over {1}', shapeText(shape), shapeText(wanted));
  return broadcastShapes([shape, wanted]) ?? refuse(ctx, mismatch, misfit);
}

export const expand: OpDef = {
  name: 'Expand',
  family: 'shape',
  title: 'Expand',
  summary: t('Repeats axes with a single entry until the tensor has the wanted size.'),
  inputs: [{ name: 'input' }, { name: 'shape' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), expandedShape(ctx))],
  evaluate(ctx) {
    const from = ctx.inputs[0]?.contents;
    const shape = followedShape(ctx);
    if (!from || !shape) return [null];
    const values = positions(shape).map((index) => from.values[broadcastPosition(index, shape, from.shape)] ?? null);
    return [contentsOf(from.dtype, shape, values)];
  },
  dependence(ctx) {
    const [from, to] = [shapeOf(ctx, 0), ctx.outputs[0]?.shape];
    return [firstOnly(ctx, from && to ? pointwise(from.length, to.length) : null)];
  },
};

/** How often each axis is repeated; before opset 6 one axis was named by two inputs. */
function repeatsOf(ctx: OpContext, rank: number): readonly Dim[] | null {
  const elements = elementsOf(ctx, 1);
  if (!ctx.inputs[2]) return elements;
  const [axis] = elementsOf(ctx, 2) ?? [];
  if (typeof axis !== 'number') return null;
  return Array.from({ length: rank }, (_, i) => (i === axis ? (elements?.[0] ?? null) : 1));
}

function tiledShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) {
    const rank = lengthOf(ctx, 1);
    return rank === null ? null : unknownExtents(rank);
  }
  const repeats = repeatsOf(ctx, shape.length);
  if (!repeats) return unknownExtents(shape.length);
  if (repeats.length !== shape.length) {
    return refuse(ctx, mismatch, t('{0} numbers of repeats for a tensor with {1} axes', repeats.length, shape.length));
  }
  const result = shape.map((extent, axis) => dimMul(extent, repeats[axis] ?? null));
  return checkedShape(ctx, result);
}

/** Output i reads input i modulo the extent. */
function repeated(axis: number, extent: Dim, repeats: Dim): readonly AxisLink[] {
  if (repeats === 1) return along(axis);
  const map: AxisMap = { kind: 'border', before: 0, mode: 'wrap' };
  return extent === 1 ? [] : along(axis, map);
}

export const tile: OpDef = {
  name: 'Tile',
  family: 'shape',
  title: 'Tile',
  summary: t('Lays copies of a tensor side by side.'),
  inputs: [{ name: 'input' }, { name: 'repeats' }, { name: 'axis' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), tiledShape(ctx))],
  evaluate: (ctx) => rearranged(ctx, (index, from) => index.map((i, axis) => i % (from[axis] ?? 1))),
  dependence(ctx) {
    const shape = shapeOf(ctx, 0);
    const repeats = shape && repeatsOf(ctx, shape.length);
    const axes = shape?.map((extent, axis) => repeated(axis, extent, repeats?.[axis] ?? null));
    return [firstOnly(ctx, axes && { axes })];
  },
};
