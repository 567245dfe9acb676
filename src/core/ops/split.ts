import { dimAdd, dimCeilDiv, dimFloorDiv, dimMul, dimSub, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { contentsOf, countOf } from './contents';
import { along, pointwise, sliced } from './dependence';
import { dtypeOf, elementsOf, frontAxis, shapeOf, tensorType } from './operands';
import type { Contents, OpContext, OpDef, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { checkedAxis } from './shapeProblems';

const axisAttribute = (ctx: OpContext): number => ctx.attrs.int('axis', 0);

/** Equal parts; the last one is smaller when the extent does not divide (`num_outputs`, opset 18). */
function equalParts(extent: Dim, count: number): readonly Dim[] {
  if (count <= 1) return [extent];
  const exact = typeof extent !== 'number' || extent % count === 0;
  const part = exact ? dimFloorDiv(extent, count) : dimCeilDiv(extent, count);
  const last = exact ? part : dimSub(extent, dimMul(part, count - 1));
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? last : part));
}

/** Extents of the parts along the axis. */
function partsOf(ctx: OpContext, extent: Dim): readonly Dim[] {
  const count = ctx.node.outputs.length;
  const listed = ctx.attrs.ints('split') ?? (ctx.inputs[1] ? elementsOf(ctx, 1) : undefined);
  if (listed === null) return Array<Dim>(count).fill(null);
  return listed ?? equalParts(extent, Math.min(ctx.attrs.int('num_outputs', count), count));
}

/** Parts must fill the axis exactly. */
function checkParts(ctx: OpContext, parts: readonly Dim[], extent: Dim): boolean {
  const total = parts.reduce<Dim>(dimAdd, 0);
  const impossible = parts.some((part) => typeof part === 'number' && (part < 0 || !Number.isInteger(part)));
  const differs = typeof total === 'number' && typeof extent === 'number' && total !== extent;
  if (!impossible && !differs) return true;
  refuse(ctx, mismatch, t('parts of {0} do not fill an axis of {1}', parts.map(dimText).join(' + '), dimText(extent)));
  return false;
}

function types(ctx: OpContext): ReturnType<OpDef['types']> {
  const shape = shapeOf(ctx, 0);
  const dtype = dtypeOf(ctx, 0);
  const unknown = ctx.node.outputs.map(() => tensorType(dtype, null));
  const axis = shape && checkedAxis(ctx, axisAttribute(ctx), shape.length);
  if (!shape || axis === null) return unknown;
  const extent = shape[axis] ?? null;
  const parts = partsOf(ctx, extent);
  if (!checkParts(ctx, parts, extent)) return unknown;
  return ctx.node.outputs.map((_, output) =>
    tensorType(
      dtype,
      shape.map((d, i) => (i === axis ? (parts[output] ?? null) : d)),
    ),
  );
}

/** Where each part begins. */
function starts(ctx: TypedContext, axis: number): readonly Dim[] {
  let start: Dim = 0;
  return partsOf(ctx, shapeOf(ctx, 0)?.[axis] ?? null).map((part) => {
    const here: Dim = start;
    start = dimAdd(start, part);
    return here;
  });
}

function evaluate(ctx: TypedContext): readonly (Contents | null)[] {
  const from = ctx.inputs[0]?.contents;
  const axis = from ? frontAxis(axisAttribute(ctx), from.shape.length) : null;
  if (!from || axis === null) return ctx.outputs.map(() => null);
  const first = starts(ctx, axis);
  const [outer, inner] = [countOf(from.shape.slice(0, axis)), countOf(from.shape.slice(axis + 1))];
  const row = (from.shape[axis] ?? 0) * inner;
  return ctx.outputs.map((type, output) => {
    const [start, extent] = [first[output], type?.shape?.[axis]];
    if (typeof start !== 'number' || typeof extent !== 'number') return null;
    const values = Array.from({ length: outer }, (_, i) =>
      from.values.slice(i * row + start * inner, i * row + (start + extent) * inner),
    );
    return contentsOf(from.dtype, type?.shape ?? null, values.flat());
  });
}

export const split: OpDef = {
  name: 'Split',
  family: 'join',
  title: 'Split',
  summary: t('Cuts a tensor into pieces along one axis.'),
  inputs: [{ name: 'input' }, { name: 'split' }],
  types,
  evaluate,
  dependence(ctx) {
    const rank = shapeOf(ctx, 0)?.length;
    const axis = rank === undefined ? null : frontAxis(axisAttribute(ctx), rank);
    if (rank === undefined || axis === null) return ctx.outputs.map((_, output) => firstOnly(ctx, null, output));
    const first = starts(ctx, axis);
    const plain = pointwise(rank, rank).axes;
    return ctx.outputs.map((_, output) => {
      const start = first[output];
      const map = typeof start === 'number' ? sliced(start, 1) : ({ kind: 'whole' } as const);
      return firstOnly(ctx, { axes: plain.map((links, i) => (i === axis ? along(axis, map) : links)) }, output);
    });
  },
  label(ctx) {
    const rank = shapeOf(ctx, 0)?.length ?? 0;
    const axis = frontAxis(axisAttribute(ctx), rank);
    const extents = axis === null ? [] : ctx.outputs.map((type) => dimText(type?.shape?.[axis] ?? null));
    const sizes = extents.length <= 4 ? extents.join(' + ') : `${extents.length} parts`;
    return axis === null || axis === 1 ? [sizes] : [sizes, `axis ${axis}`];
  },
};
