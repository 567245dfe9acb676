import { dimAdd, dimMax, dimMin, dimMul, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { call, number } from './activation';
import { firstOnly } from './firstOnly';
import { contentsOf, countOf, flatPosition, followedShape, positions } from './contents';
import { along, type Dependence } from './dependence';
import { tensor, type Expr, type Formula, type Index } from './formula';
import { letters, rangesOf } from './letters';
import { axesOf, dtypeOf, frontAxis, given, rankOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { Contents, OpContext, OpDef, TypedContext } from './operator';
import { checkedAxes } from './shapeProblems';

export const keepsAxes = (ctx: OpContext): boolean => ctx.attrs.int('keepdims', 1) !== 0;

/** Axes that are reduced, counted from the front; all of them where the node names none. Null: unknown or out of range. */
export function reducedAxes(ctx: OpContext, rank: number, complain = false): readonly number[] | null {
  const axes = axesOf(ctx, 1);
  if (axes === null) return null;
  if (!axes?.length) {
    return ctx.attrs.int('noop_with_empty_axes', 0) === 1 ? [] : Array.from({ length: rank }, (_, i) => i);
  }
  if (complain) return checkedAxes(ctx, axes, rank);
  const front = axes.map((axis) => frontAxis(axis, rank));
  return front.every((axis): axis is number => axis !== null) ? front : null;
}

/** The shape after these axes are gone or of extent 1. */
export function shapeWithout(shape: readonly Dim[], axes: readonly number[], keep: boolean): readonly Dim[] {
  return shape.flatMap((extent, axis) => (axes.includes(axis) ? (keep ? [1] : []) : [extent]));
}

function types(ctx: OpContext): ReturnType<OpDef['types']> {
  if (!given(ctx, 0)) return [null];
  const [dtype, shape, keep] = [dtypeOf(ctx, 0), shapeOf(ctx, 0), keepsAxes(ctx)];
  if (!shape) return [tensorType(dtype, null)];
  const axes = reducedAxes(ctx, shape.length, true);
  return [tensorType(dtype, axes ? shapeWithout(shape, axes, keep) : keep ? unknownExtents(shape.length) : null)];
}

/** Other axes run along each other; a reduced axis is read as a whole. */
export function reducing(rank: number, axes: readonly number[], keep: boolean): Dependence {
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const links = all.flatMap((axis) => (axes.includes(axis) ? (keep ? [[]] : []) : [along(axis)]));
  const [channelsSecond, channelsLast] = [all.slice(2), all.slice(1, -1)];
  const covers = (wanted: readonly number[]): boolean => rank >= 4 && wanted.every((axis) => axes.includes(axis));
  // The whole picture, channels before or after it: global pooling by another name.
  const global = rank > 0 && (axes.length === rank || covers(channelsSecond) || covers(channelsLast));
  return global ? { axes: links, global } : { axes: links };
}

type Fold = (a: Dim, b: Dim) => Dim;

function evaluate(ctx: TypedContext, fold: Fold): readonly (Contents | null)[] {
  const from = ctx.inputs[0]?.contents;
  const shape = followedShape(ctx);
  const axes = from && reducedAxes(ctx, from.shape.length);
  if (!from || !shape || !axes || countOf(from.shape) === 0) return [null];
  const values: Dim[] = Array<Dim>(countOf(shape)).fill(null);
  const started = new Set<number>();
  positions(from.shape).forEach((index, i) => {
    const kept = index.flatMap((at, axis) => (axes.includes(axis) ? (keepsAxes(ctx) ? [0] : []) : [at]));
    const at = flatPosition(kept, shape);
    const value = from.values[i] ?? null;
    values[at] = started.has(at) ? fold(values[at] ?? null, value) : value;
    started.add(at);
  });
  return [contentsOf(from.dtype, shape, values)];
}

interface Reduction {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly fold?: Fold;
  /** With X as it is summed over and the letters to sum over. */
  readonly right: (x: Expr, over: readonly string[]) => Expr;
}

function formula(ctx: TypedContext, right: Reduction['right']): Formula | null {
  const [from, to] = [shapeOf(ctx, 0), ctx.outputs[0]?.shape];
  const axes = from && reducedAxes(ctx, from.length);
  if (!from || !to || !axes) return null;
  const names = letters(from.length);
  const kept = names.filter((_, axis) => !axes.includes(axis));
  const over = axes.map((axis) => names[axis] ?? '');
  const left = names.flatMap((name, axis): readonly (Index | string)[] =>
    axes.includes(axis) ? (keepsAxes(ctx) ? [{ terms: [], constant: 0, divisor: 1 }] : []) : [name],
  );
  const counts = from.filter((_, axis) => !axes.includes(axis));
  const summed = axes.map((axis) => ({ letters: [names[axis] ?? ''], count: from[axis] ?? null, summed: true }));
  return {
    left: tensor('Y', ...left),
    right: right(tensor('X', ...names), over),
    ranges: [...rangesOf(kept, counts), ...summed],
    notes: [],
  };
}

function reduction({ name, title, summary, fold, right }: Reduction): OpDef {
  return {
    name,
    family: 'pooling',
    title,
    summary,
    inputs: [{ name: 'data' }, { name: 'axes' }],
    types,
    ...(fold && { evaluate: (ctx: TypedContext) => evaluate(ctx, fold) }),
    dependence(ctx) {
      const rank = rankOf(ctx, 0);
      const axes = rank === null ? null : reducedAxes(ctx, rank);
      return [firstOnly(ctx, rank === null || !axes ? null : reducing(rank, axes, keepsAxes(ctx)))];
    },
    label(ctx) {
      const shape = shapeOf(ctx, 0);
      const axes = shape && reducedAxes(ctx, shape.length);
      if (!shape || !axes || axes.length === shape.length) return [];
      return [axes.map((axis) => dimText(shape[axis] ?? null)).join('×'), `axis ${axes.join(', ')}`];
    },
    formula: (ctx) => formula(ctx, right),
  };
}

const over =
  (fn: 'max' | 'min' | 'mean' | 'Σ' | '∏') =>
  (x: Expr, names: readonly string[]): Expr =>
    names.length ? { kind: 'over', fn, letters: names, of: x } : x;
const total = over('Σ');
const squared = (x: Expr): Expr => ({ kind: 'power', base: x, exponent: number(2) });

const reduceMean = reduction({
  name: 'ReduceMean',
  title: t('Mean'),
  summary: t('The mean over some axes; over rows and columns it is global average pooling.'),
  right: over('mean'),
});

const reduceSum = reduction({
  name: 'ReduceSum',
  title: t('Sum'),
  summary: t('The sum over some axes.'),
  fold: dimAdd,
  right: total,
});

const reduceMax = reduction({
  name: 'ReduceMax',
  title: t('Maximum'),
  summary: t('The largest value over some axes.'),
  fold: dimMax,
  right: over('max'),
});

const reduceMin = reduction({
  name: 'ReduceMin',
  title: t('Minimum'),
  summary: t('The smallest value over some axes.'),
  fold: dimMin,
  right: over('min'),
});

const reduceProd = reduction({
  name: 'ReduceProd',
  title: t('Product'),
  summary: t('The product over some axes.'),
  fold: dimMul,
  right: over('∏'),
});

const reduceL1 = reduction({
  name: 'ReduceL1',
  title: t('L1 norm'),
  summary: t('The sum of sizes over some axes.'),
  right: (x, names) => total(call('abs', x), names),
});

const reduceL2 = reduction({
  name: 'ReduceL2',
  title: t('L2 norm'),
  summary: t('The Euclidean length over some axes.'),
  right: (x, names) => ({ kind: 'root', of: total(squared(x), names) }),
});

const reduceSumSquare = reduction({
  name: 'ReduceSumSquare',
  title: t('Sum of squares'),
  summary: t('The sum of squares over some axes.'),
  right: (x, names) => total(squared(x), names),
});

const reduceLogSum = reduction({
  name: 'ReduceLogSum',
  title: t('Log of sum'),
  summary: t('The logarithm of the sum over some axes.'),
  right: (x, names) => call('log', total(x, names)),
});

const reduceLogSumExp = reduction({
  name: 'ReduceLogSumExp',
  title: 'Log-sum-exp',
  summary: t('A smooth maximum over some axes.'),
  right: (x, names) => call('log', total(call('exp', x), names)),
});

export const reductions: readonly OpDef[] = [
  reduceL1,
  reduceL2,
  reduceLogSum,
  reduceLogSumExp,
  reduceMax,
  reduceMean,
  reduceMin,
  reduceProd,
  reduceSum,
  reduceSumSquare,
];
