import { dimProduct, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { contentsOf } from './contents';
import { rankOf, shapeOf, tensorType } from './operands';
import type { OpDef, OpContext } from './operator';

/** `start` and `end` (opset 15) as a range of axes, counted from the front and clamped as ONNX says. */
function axisRange(ctx: OpContext, rank: number): readonly [number, number] {
  const clamped = (axis: number): number => Math.min(Math.max(axis < 0 ? axis + rank : axis, 0), rank);
  const [start, end] = [clamped(ctx.attrs.int('start', 0)), clamped(ctx.attrs.int('end', rank))];
  return [start, Math.max(start, end)];
}

export const shape: OpDef = {
  name: 'Shape',
  family: 'shape',
  title: t('Shape'),
  summary: t('The size of a tensor, as numbers the graph can compute with.'),
  inputs: [{ name: 'data' }],
  plumbing: true,
  types(ctx) {
    const rank = rankOf(ctx, 0);
    if (rank === null) return [tensorType('int64', [null])];
    const [start, end] = axisRange(ctx, rank);
    return [tensorType('int64', [end - start])];
  },
  evaluate(ctx) {
    const extents = shapeOf(ctx, 0);
    if (!extents) return [null];
    const [start, end] = axisRange(ctx, extents.length);
    return [contentsOf('int64', [end - start], extents.slice(start, end))];
  },
  // It reads the size, not the picture.
  dependence: () => [[null]],
};

export const size: OpDef = {
  name: 'Size',
  family: 'shape',
  title: t('Size'),
  summary: t('The number of elements of a tensor.'),
  inputs: [{ name: 'data' }],
  plumbing: true,
  types: () => [tensorType('int64', [])],
  evaluate(ctx) {
    const extents: readonly Dim[] | null = shapeOf(ctx, 0);
    return [extents ? contentsOf('int64', [], [dimProduct(extents)]) : null];
  },
  dependence: () => [[null]],
};
