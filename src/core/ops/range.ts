import { dimAdd, dimCeilDiv, dimMax, dimMul, dimSub, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { contentsOf, mostElements } from './contents';
import { dtypeAttribute } from './cast';
import { dtypeOf, elementsOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, refuse } from './problems';
import { checkedShape } from './shapeProblems';

/** Tensors made from nothing but numbers: counting, random, identity matrices. */

/** ⌈(limit − start) / delta⌉, at least 0. */
function rangeLength(ctx: OpContext): Dim {
  const [start = null, limit = null, delta = null] = [0, 1, 2].map((i) => elementsOf(ctx, i)?.[0] ?? null);
  if (delta === 0) return refuse(ctx, badAttribute, t('a step of 0 leads nowhere'));
  const distance = dimSub(limit, start);
  if (typeof distance === 'number' && typeof delta === 'number') return Math.max(0, Math.ceil(distance / delta));
  const count = dimCeilDiv(distance, delta);
  return typeof count === 'number' ? dimMax(count, 0) : count;
}

const range: OpDef = {
  name: 'Range',
  family: 'shape',
  title: t('Range'),
  summary: t('Numbers from a start to a limit in equal steps.'),
  inputs: [{ name: 'start' }, { name: 'limit' }, { name: 'delta' }],
  plumbing: true,
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), [rangeLength(ctx)])],
  evaluate(ctx) {
    const [length] = ctx.outputs[0]?.shape ?? [];
    const [start = null, , delta = null] = [0, 1, 2].map((i) => elementsOf(ctx, i)?.[0] ?? null);
    if (typeof length !== 'number' || length > mostElements) return [null];
    const values = Array.from({ length }, (_, i) => dimAdd(start, dimMul(delta, i)));
    return [contentsOf(dtypeOf(ctx, 0), [length], values)];
  },
  dependence: (ctx) => [ctx.inputs.map(() => null)],
};

function randomFrom(name: string, title: string, summary: string): OpDef {
  return {
    name,
    family: 'shape',
    title,
    summary,
    inputs: [],
    types: (ctx) => [
      tensorType(dtypeAttribute(ctx, 'dtype') ?? 'float32', checkedShape(ctx, ctx.attrs.ints('shape') ?? null)),
    ],
  };
}

/** The size of another tensor, none of its values. */
function randomLike(name: string, title: string, summary: string): OpDef {
  return {
    name,
    family: 'shape',
    title,
    summary,
    inputs: [{ name: 'input' }],
    types: (ctx) => [tensorType(dtypeAttribute(ctx, 'dtype') ?? dtypeOf(ctx, 0), shapeOf(ctx, 0))],
    dependence: () => [[null]],
  };
}

const normal = t('Random numbers from a normal distribution.');
const uniform = t('Random numbers, all of a range equally likely.');
const randomNormal = randomFrom('RandomNormal', t('Random normal'), normal);
const randomUniform = randomFrom('RandomUniform', t('Random uniform'), uniform);
const randomNormalLike = randomLike('RandomNormalLike', t('Random normal'), normal);
const randomUniformLike = randomLike('RandomUniformLike', t('Random uniform'), uniform);
const eyeLike = randomLike('EyeLike', t('Identity matrix'), t('1 on a diagonal, 0 elsewhere.'));

const bernoulli: OpDef = {
  name: 'Bernoulli',
  family: 'join',
  title: 'Bernoulli',
  summary: t('Throws a coin for every element, with the element as its probability.'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeAttribute(ctx, 'dtype') ?? dtypeOf(ctx, 0), shapeOf(ctx, 0))],
};

const multinomial: OpDef = {
  name: 'Multinomial',
  family: 'join',
  title: 'Multinomial',
  summary: t('Draws class numbers by their log probabilities.'),
  inputs: [{ name: 'input' }],
  types(ctx) {
    const count = ctx.attrs.int('sample_size', 1);
    const shape = checkedShape(ctx, [shapeOf(ctx, 0)?.[0] ?? null, count]);
    return [tensorType(dtypeAttribute(ctx, 'dtype') ?? 'int32', shape)];
  },
  dependence: (ctx) => [[{ axes: (ctx.outputs[0]?.shape ?? []).map(() => []) }]],
};

/** HannWindow, HammingWindow, BlackmanWindow: filters for sound. */
const windowed = (name: string): OpDef => ({
  name,
  family: 'shape',
  title: t('{0} window', name.replace('Window', '')),
  summary: t('A bell that fades a piece of sound in and out.'),
  inputs: [{ name: 'size' }],
  types(ctx) {
    const shape = checkedShape(ctx, [elementsOf(ctx, 0)?.[0] ?? null]);
    return [tensorType(dtypeAttribute(ctx, 'output_datatype') ?? 'float32', shape)];
  },
  dependence: () => [[null]],
});

const soundWindows: readonly OpDef[] = ['HannWindow', 'HammingWindow', 'BlackmanWindow'].map(windowed);

export const generators: readonly OpDef[] = [
  bernoulli,
  eyeLike,
  multinomial,
  randomNormal,
  randomNormalLike,
  randomUniform,
  randomUniformLike,
  range,
  ...soundWindows,
];
