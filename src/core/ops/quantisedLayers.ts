import type { DType, TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { broadcastShapes } from './broadcast';
import { along, type Dependence, pointwise } from './dependence';
import { firstInputPointwise } from './normalisation';
import { dtypeOf, given, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, Port } from './operator';
import { badRank, mismatch, refuse } from './problems';

/** onnxruntime's 8-bit counterparts of float operators: the same arithmetic, with a scale and a zero point beside each operand. */
const domain = 'com.microsoft';

/** The type of the zero point of the result, which may be left out. */
export const resultType = (ctx: OpContext, zeroPoint: number): DType =>
  given(ctx, zeroPoint) ? dtypeOf(ctx, zeroPoint) : dtypeOf(ctx, 0);

const scaled = (name: string): readonly Port[] => [{ name }, { name: `${name}_scale` }, { name: `${name}_zero_point` }];
const target: readonly Port[] = [{ name: 'Y_scale' }, { name: 'Y_zero_point' }];

function quantisedBinary(name: string, title: string, summary: string): OpDef {
  return {
    name,
    domain,
    family: 'join',
    title,
    summary,
    inputs: [
      { name: 'A', parameter: 'elementwise_const' },
      ...scaled('A').slice(1),
      { name: 'B', parameter: 'elementwise_const' },
      ...scaled('B').slice(1),
      ...target,
    ],
    types(ctx): readonly TensorType[] {
      const [a, b] = [shapeOf(ctx, 0), shapeOf(ctx, 3)];
      const shape = a && b && (broadcastShapes([a, b]) ?? refuse(ctx, mismatch, t('the operands do not broadcast')));
      return [tensorType(resultType(ctx, 7), shape)];
    },
    dependence(ctx) {
      const rank = ctx.outputs[0]?.shape?.length ?? 0;
      const of = (input: number): Dependence | null =>
        ctx.inputs[input]?.constant ? null : pointwise(shapeOf(ctx, input)?.length ?? 0, rank);
      return [[of(0), null, null, of(3), null, null, null, null]];
    },
  };
}

export const qLinearAdd = quantisedBinary(
  'QLinearAdd',
  t('Add (quantised)'),
  t('Adds 8-bit numbers element by element.'),
);
export const qLinearMul = quantisedBinary(
  'QLinearMul',
  t('Multiply (quantised)'),
  t('Multiplies 8-bit numbers element by element.'),
);

function quantisedUnary(name: string, title: string, summary: string): OpDef {
  return {
    name,
    domain,
    family: 'activation',
    title,
    summary,
    inputs: [...scaled('X'), ...target],
    types: (ctx) => [tensorType(resultType(ctx, 4), shapeOf(ctx, 0))],
    dependence: (ctx) => firstInputPointwise(ctx, 5),
  };
}

export const qLinearSigmoid = quantisedUnary(
  'QLinearSigmoid',
  t('Sigmoid (quantised)'),
  t('The logistic curve in 8 bits.'),
);
export const qLinearLeakyRelu = quantisedUnary(
  'QLinearLeakyRelu',
  t('Leaky ReLU (quantised)'),
  t('Keeps positive values and shrinks negative ones, in 8 bits.'),
);
export const qLinearSoftmax = quantisedUnary(
  'QLinearSoftmax',
  t('Softmax (quantised)'),
  t('Turns scores into shares that add up to 1, in 8 bits.'),
);

/** `channels_last` moves the axes. */
const isChannelsLast = (ctx: OpContext): boolean => ctx.attrs.int('channels_last', 0) !== 0;

export const qLinearGlobalAveragePool: OpDef = {
  name: 'QLinearGlobalAveragePool',
  domain,
  family: 'pooling',
  title: t('Global average pool (quantised)'),
  summary: t('Averages each channel over the whole picture, in 8 bits.'),
  inputs: [...scaled('X'), ...target],
  types(ctx) {
    const shape = shapeOf(ctx, 0);
    const channel = isChannelsLast(ctx) ? (shape?.length ?? 0) - 1 : 1;
    if (shape && shape.length < 2) return [refuse(ctx, badRank, t('an input of {0} axes', shape.length))];
    const pooled = shape?.map((d, i) => (i === 0 || i === channel ? d : 1)) ?? null;
    return [tensorType(resultType(ctx, 4), pooled)];
  },
  dependence(ctx) {
    const rank = shapeOf(ctx, 0)?.length ?? 2;
    const channel = isChannelsLast(ctx) ? rank - 1 : 1;
    const axes = Array.from({ length: rank }, (_, i) =>
      i === 0 || i === channel ? along(i) : along(i, { kind: 'whole' }),
    );
    return [[{ axes, global: true }, null, null, null, null]];
  },
};
