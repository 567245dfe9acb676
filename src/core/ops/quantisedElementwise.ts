import type { Dim } from '../ir/dim';
import { averagePool } from './averagePool';
import { broadcastShapes } from './broadcast';
import { concat } from './concat';
import { along, pointwise, type Dependence } from './dependence';
import { globalAveragePool } from './globalPool';
import { leakyRelu } from './relu';
import { sigmoid } from './sigmoids';
import { softmax } from './softmax';
import { dtypeOf, shapeOf, tensorType, typeOf } from './operands';
import type { OpContext, OpDef, Port, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { shapeText } from './shapeProblems';
import { viewedAs } from './viewedAs';

/** onnxruntime's operators on 8-bit numbers: every tensor is followed by its scale and zero point, which are no parameters. */

const microsoft = 'com.microsoft';

const quantised = (name: string): readonly Port[] => [
  { name },
  { name: `${name}_scale` },
  { name: `${name}_zero_point` },
];

/** Only these inputs carry the picture. */
function only(ctx: TypedContext, data: readonly number[]): readonly (Dependence | null)[] {
  const rank = ctx.outputs[0]?.shape?.length;
  return ctx.inputs.map((input, i) => {
    const from = input?.type?.shape?.length;
    const carries = data.includes(i) && !input?.constant && rank !== undefined && from !== undefined;
    return carries ? pointwise(from, rank) : null;
  });
}

function quantisedBinary(name: string, title: string, summary: string): OpDef {
  const operand = (port: string): readonly Port[] =>
    quantised(port).map((p, i) => (i ? p : { ...p, parameter: 'elementwise_const' }));
  return {
    name,
    domain: microsoft,
    family: 'join',
    title,
    summary,
    inputs: [...operand('A'), ...operand('B'), { name: 'C_scale' }, { name: 'C_zero_point' }],
    types(ctx) {
      const [a, b] = [shapeOf(ctx, 0), shapeOf(ctx, 3)];
      if (!a || !b) return [tensorType(dtypeOf(ctx, 0), null)];
      const misfit = `the shapes ${shapeText(a)} and ${shapeText(b)} do not fit together`;
      return [tensorType(dtypeOf(ctx, 0), broadcastShapes([a, b]) ?? refuse(ctx, mismatch, misfit))];
    },
    dependence: (ctx) => [only(ctx, [0, 3])],
  };
}

export const qLinearAdd = quantisedBinary('QLinearAdd', 'Add (8 bit)', 'Adds two 8-bit tensors element by element.');
export const qLinearMul = quantisedBinary(
  'QLinearMul',
  'Multiply (8 bit)',
  'Multiplies two 8-bit tensors element by element.',
);

/** An activation on 8-bit numbers, written as the one it stands for. */
function quantisedActivation(name: string, title: string, plain: OpDef): OpDef {
  return {
    ...plain,
    name,
    title,
    domain: microsoft,
    inputs: [...quantised('X'), { name: 'Y_scale' }, { name: 'Y_zero_point' }],
    types: (ctx) => [typeOf(ctx, 0)],
    dependence: (ctx) => [only(ctx, [0])],
  };
}

export const qLinearLeakyRelu = quantisedActivation('QLinearLeakyRelu', 'Leaky ReLU (8 bit)', leakyRelu);
export const qLinearSigmoid = quantisedActivation('QLinearSigmoid', 'Sigmoid (8 bit)', sigmoid);
export const qLinearSoftmax = quantisedActivation('QLinearSoftmax', 'Softmax (8 bit)', softmax);

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
      const types = plain.types(channelsSecond(ctx));
      return isLast(ctx) ? types.map((t) => t && tensorType(t.dtype, t.shape && toLast(t.shape))) : types;
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

export const qLinearAveragePool = quantisedPool('QLinearAveragePool', 'Average pool (8 bit)', averagePool);
export const qLinearGlobalAveragePool = quantisedPool(
  'QLinearGlobalAveragePool',
  'Global average pool (8 bit)',
  globalAveragePool,
);

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
  title: 'Concat (8 bit)',
  domain: microsoft,
  inputs: [{ name: 'Y_scale' }, { name: 'Y_zero_point' }, { name: 'inputs' }],
  types: (ctx) => concat.types(asConcat(ctx)),
  evaluate: () => [null],
  dependence(ctx) {
    const [row = []] = concat.dependence?.(asConcat(ctx, ctx.outputs)) ?? [];
    return [ctx.inputs.map((_, i) => (joined(i) ? (row[(i - 2) / 3] ?? null) : null))];
  },
  label: (ctx) => concat.label?.(asConcat(ctx, ctx.outputs)) ?? [],
  formula: (ctx) => concat.formula?.(asConcat(ctx, ctx.outputs)) ?? null,
};
