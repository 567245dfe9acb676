import type { Dim } from '../ir/dim';
import { averagePool } from './averagePool';
import { concat } from './concat';
import { along, type Dependence } from './dependence';
import { dtypeOf, given, tensorType } from './operands';
import type { OpContext, OpDef, Port, TypedContext } from './operator';
import { resultType } from './quantisedLayers';
import { viewedAs } from './viewedAs';

/** onnxruntime's 8-bit operators that move along axes; each stands for a plain one with its tensors in other places. */

const microsoft = 'com.microsoft';

const quantised = (name: string): readonly Port[] => [
  { name },
  { name: `${name}_scale` },
  { name: `${name}_zero_point` },
];

const isLast = (ctx: OpContext): boolean => ctx.attrs.int('channels_last', 0) === 1;

/** Channels last: the same operator seen through two transpositions. */
function toSecond<T>(items: readonly T[]): readonly T[] {
  return items.length > 2 ? [...items.slice(0, 1), ...items.slice(-1), ...items.slice(1, -1)] : items;
}

function toLast<T>(items: readonly T[]): readonly T[] {
  return items.length > 2 ? [...items.slice(0, 1), ...items.slice(2), ...items.slice(1, 2)] : items;
}

function channelsSecond(ctx: OpContext, outputs: TypedContext['outputs'] = []): TypedContext {
  const seen = (shape: readonly Dim[] | null | undefined): readonly Dim[] | null =>
    shape ? (isLast(ctx) ? toSecond(shape) : shape) : null;
  const inputs = ctx.inputs
    .slice(0, 1)
    .map((input) => input && { ...input, type: input.type && tensorType(input.type.dtype, seen(input.type.shape)) });
  return viewedAs(
    ctx,
    inputs,
    outputs.map((type) => type && tensorType(type.dtype, seen(type.shape))),
  );
}

/** Input axes as the node has them. */
function linksLast({ axes, ...rest }: Dependence): Dependence {
  const rank = axes.length;
  const own = toLast(Array.from({ length: rank }, (_, i) => i));
  const moved = axes.map((links) => links.flatMap((link) => along(own.indexOf(link.from), link.map)));
  return { ...rest, axes: toLast(moved) };
}

function quantisedPool(name: string, title: string, plain: OpDef): OpDef {
  return {
    ...plain,
    name,
    title,
    domain: microsoft,
    inputs: [...quantised('X'), { name: 'Y_scale' }, { name: 'Y_zero_point' }],
    types(ctx) {
      const [type = null] = plain.types(channelsSecond(ctx));
      const shape = type?.shape && (isLast(ctx) ? toLast(type.shape) : type.shape);
      return [tensorType(resultType(ctx, 4), shape ?? null)];
    },
    dependence(ctx) {
      const [row = []] = plain.dependence?.(channelsSecond(ctx, ctx.outputs)) ?? [];
      const first = row[0] ?? null;
      return [[first && isLast(ctx) ? linksLast(first) : first, ...ctx.inputs.slice(1).map(() => null)]];
    },
    windows: (ctx) => plain.windows?.(channelsSecond(ctx, ctx.outputs)) ?? null,
    label: (ctx) => plain.label?.(channelsSecond(ctx, ctx.outputs)) ?? [],
    formula: (ctx) => (isLast(ctx) ? null : (plain.formula?.(channelsSecond(ctx, ctx.outputs)) ?? null)),
  };
}

export const qLinearAveragePool = quantisedPool('QLinearAveragePool', 'Average pool (quantised)', averagePool);

/** Y_scale, Y_zero_point, then each input with its own scale and zero point. */
const joined = (index: number): boolean => index >= 2 && (index - 2) % 3 === 0;

function asConcat(ctx: OpContext, outputs: TypedContext['outputs'] = []): TypedContext {
  return viewedAs(
    ctx,
    ctx.inputs.filter((_, i) => joined(i)),
    outputs,
  );
}

export const qLinearConcat: OpDef = {
  ...concat,
  name: 'QLinearConcat',
  title: 'Concat (quantised)',
  domain: microsoft,
  inputs: [{ name: 'Y_scale' }, { name: 'Y_zero_point' }, { name: 'inputs' }],
  types(ctx) {
    const [type = null] = concat.types(asConcat(ctx));
    return [type && tensorType(given(ctx, 1) ? dtypeOf(ctx, 1) : type.dtype, type.shape)];
  },
  evaluate: () => [null],
  dependence(ctx) {
    const [row = []] = concat.dependence?.(asConcat(ctx, ctx.outputs)) ?? [];
    return [ctx.inputs.map((_, i) => (joined(i) ? (row[(i - 2) / 3] ?? null) : null))];
  },
  label: (ctx) => concat.label?.(asConcat(ctx, ctx.outputs)) ?? [],
  formula: (ctx) => concat.formula?.(asConcat(ctx, ctx.outputs)) ?? null,
};
