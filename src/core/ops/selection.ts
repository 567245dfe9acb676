import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type AxisLink, type Dependence } from './dependence';
import { everywhere, firstOnly } from './firstOnly';
import { contentsOf, countOf, positions } from './contents';
import { allNumbers, dtypeOf, elementsOf, frontAxis, given, numbersOf, rankOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { checkedAxis, checkedShape } from './shapeProblems';

/** Operators whose result has a size that only the data decides: the rank is known, the extents are not. */

function selectedShape(ctx: OpContext): readonly Dim[] | null {
  const axis = ctx.attrs.int('axis');
  const shape = shapeOf(ctx, 0);
  const picked = numbersOf(ctx, 1);
  const count = picked ? picked.filter((p) => p !== 0).length : null;
  if (axis === undefined) return [count];
  const front = shape && checkedAxis(ctx, axis, shape.length);
  return shape && front !== null ? shape.map((d, i) => (i === front ? count : d)) : null;
}

/** One axis anywhere, the others at their own position. */
function anywhereAlong(rank: number, axis: number): Dependence {
  const nothing: readonly AxisLink[] = [];
  return { axes: Array.from({ length: rank }, (_, i) => (i === axis ? nothing : along(i))) };
}

const compress: OpDef = {
  name: 'Compress',
  family: 'join',
  title: 'Compress',
  summary: t('Keeps the entries along one axis for which a condition is true.'),
  inputs: [{ name: 'input' }, { name: 'condition' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), selectedShape(ctx))],
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    const axis = rank === null ? null : frontAxis(ctx.attrs.int('axis', rank), rank);
    const links = rank === null || axis === null ? { axes: [[]] } : anywhereAlong(rank, axis);
    return [firstOnly(ctx, rank === null ? null : links)];
  },
};

/** The positions of a known tensor's non-zero elements, axis by axis. */
function nonZeroPositions(ctx: OpContext): readonly (readonly number[])[] | null {
  const from = ctx.inputs[0]?.contents;
  if (!from?.values.every((v) => typeof v === 'number')) return null;
  return positions(from.shape).filter((_, i) => from.values[i] !== 0);
}

const nonZero: OpDef = {
  name: 'NonZero',
  family: 'join',
  title: t('Non-zero'),
  summary: t('The positions of all elements that are not 0.'),
  inputs: [{ name: 'X' }],
  types: (ctx) => [tensorType('int64', [rankOf(ctx, 0), nonZeroPositions(ctx)?.length ?? null])],
  evaluate(ctx) {
    const found = nonZeroPositions(ctx);
    const rank = rankOf(ctx, 0);
    if (!found || rank === null) return [null];
    const values = Array.from({ length: rank }, (_, axis) => found.map((index) => index[axis] ?? 0)).flat();
    return [contentsOf('int64', [rank, found.length], values)];
  },
  dependence: () => [[{ axes: [[], []] }]],
};

const unique: OpDef = {
  name: 'Unique',
  family: 'join',
  title: 'Unique',
  summary: t('Every value once, and where it first stood.'),
  inputs: [{ name: 'X' }],
  types(ctx) {
    const axis = ctx.attrs.int('axis');
    const shape = shapeOf(ctx, 0);
    const front = axis === undefined || !shape ? null : checkedAxis(ctx, axis, shape.length);
    const kept =
      axis === undefined ? [null] : shape && front !== null ? shape.map((d, i) => (i === front ? null : d)) : null;
    const all = typeof front === 'number' ? (shape?.[front] ?? null) : flatCount(shape);
    const indices = [tensorType('int64', [null]), tensorType('int64', [all]), tensorType('int64', [null])];
    return [tensorType(dtypeOf(ctx, 0), kept), ...indices].slice(0, ctx.node.outputs.length);
  },
  dependence: (ctx) => ctx.outputs.map((type) => [everywhere(type?.shape?.length)]),
};

const flatCount = (shape: readonly Dim[] | null): Dim => (shape && allNumbers(shape) ? countOf(shape) : null);

/** One row [batch, class, box] for each box that is kept. */
const nonMaxSuppression: OpDef = {
  name: 'NonMaxSuppression',
  family: 'join',
  title: t('Non-maximum suppression'),
  summary: t('Keeps the boxes with the best scores and drops those that overlap them too much.'),
  inputs: [
    { name: 'boxes' },
    { name: 'scores' },
    { name: 'max_output_boxes_per_class' },
    { name: 'iou_threshold' },
    { name: 'score_threshold' },
  ],
  types: () => [tensorType('int64', [null, 3])],
  dependence(ctx) {
    const everything: Dependence = { axes: [[], []], global: true };
    return [ctx.inputs.map((input, i) => (i < 2 && input && !input.constant ? everything : null))];
  },
};

const oneHot: OpDef = {
  name: 'OneHot',
  family: 'join',
  title: 'One-hot',
  summary: t('Turns class numbers into vectors with a single 1.'),
  inputs: [{ name: 'indices' }, { name: 'depth' }, { name: 'values' }],
  types(ctx) {
    const shape = shapeOf(ctx, 0);
    if (!shape) return [tensorType(dtypeOf(ctx, 2), null)];
    const axis = checkedAxis(ctx, ctx.attrs.int('axis', -1), shape.length + 1);
    const depth = elementsOf(ctx, 1)?.[0] ?? null;
    const result = axis === null ? null : [...shape.slice(0, axis), depth, ...shape.slice(axis)];
    return [tensorType(dtypeOf(ctx, 2), checkedShape(ctx, result))];
  },
  dependence(ctx: TypedContext) {
    const rank = rankOf(ctx, 0);
    const axis = rank === null ? null : frontAxis(ctx.attrs.int('axis', -1), rank + 1);
    if (rank === null || axis === null) return [firstOnly(ctx, null)];
    const axes = Array.from({ length: rank + 1 }, (_, i) => (i === axis ? [] : along(i > axis ? i - 1 : i)));
    return [firstOnly(ctx, { axes })];
  },
};

/** The result is square in the last two axes; what is dropped becomes 0. */
const trilu: OpDef = {
  name: 'Trilu',
  family: 'join',
  title: t('Triangle'),
  summary: t('Keeps the upper or lower triangle of a matrix.'),
  inputs: [{ name: 'input' }, { name: 'k' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))],
  label: (ctx) => [ctx.attrs.int('upper', 1) ? 'upper' : 'lower'],
};

const reverseSequence: OpDef = {
  name: 'ReverseSequence',
  family: 'join',
  title: t('Reverse'),
  summary: t('Reverses the beginning of each sequence, as long as it is.'),
  inputs: [{ name: 'input' }, { name: 'sequence_lens' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))],
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    return [firstOnly(ctx, rank === null ? null : anywhereAlong(rank, ctx.attrs.int('time_axis', 0)))];
  },
};

const cumSum: OpDef = {
  name: 'CumSum',
  family: 'join',
  title: t('Running sum'),
  summary: t('Each element is the sum of all before it along one axis.'),
  inputs: [{ name: 'x' }, { name: 'axis' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))],
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    const named = given(ctx, 1) ? numbersOf(ctx, 1)?.[0] : undefined;
    const axis = rank === null || named === undefined ? null : frontAxis(named, rank);
    const links =
      rank === null
        ? null
        : axis === null
          ? { axes: Array.from({ length: rank }, () => []) }
          : anywhereAlong(rank, axis);
    return [firstOnly(ctx, links)];
  },
};

const cumProd: OpDef = {
  ...cumSum,
  name: 'CumProd',
  title: t('Running product'),
  summary: t('Each element is the product of all before it along one axis.'),
};

export const selections: readonly OpDef[] = [
  compress,
  cumProd,
  cumSum,
  nonMaxSuppression,
  nonZero,
  oneHot,
  reverseSequence,
  trilu,
  unique,
];
