import type { Dim } from '../ir/dim';
import type { DType, TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { tensor } from './formula';
import { firstInputPointwise, normalised } from './normalisation';
import { dtypeOf, frontAxis, shapeOf, typeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, refuse } from './problems';

/** Statistics have the input's shape with the normalised axes shrunk to 1. */
function statisticsShape(shape: readonly Dim[], axis: number): readonly Dim[] {
  const front = frontAxis(axis, shape.length);
  return shape.map((d, i) => (front !== null && i >= front ? 1 : d));
}

function layerTypes(ctx: OpContext, statisticsType: DType | null): readonly (TensorType | null)[] {
  const type = typeOf(ctx, 0);
  const axis = ctx.attrs.int('axis', -1);
  const shape = shapeOf(ctx, 0);
  if (shape && frontAxis(axis, shape.length) === null) {
    refuse(ctx, badAttribute, t('there is no axis {0} in an input of {1} axes', axis, shape.length));
    return [null];
  }
  const statistics = statisticsType && {
    dtype: statisticsType,
    shape: shape && statisticsShape(shape, axis),
  };
  return [type, statistics, statistics];
}

export const layerNorm: OpDef = {
  name: 'LayerNormalization',
  family: 'normalisation',
  title: 'Layer norm',
  summary: t('Brings the last axes of each position to mean 0 and variance 1, then scales and shifts them.'),
  inputs: [{ name: 'X' }, { name: 'Scale', parameter: 'scale' }, { name: 'B', parameter: 'bias' }],
  types: (ctx) => layerTypes(ctx, 'float32'),
  dependence: (ctx) => firstInputPointwise(ctx, 3, 3),
  formula: (ctx) =>
    normalised(ctx, {
      x: (names) => tensor('X', ...names),
      mean: (names) => tensor('μ', ...names.slice(0, -1)),
      variance: (names) => tensor('σ²', ...names.slice(0, -1)),
      gain: (names) => tensor('γ', names.at(-1) ?? 'k'),
      bias: (names) => tensor('β', names.at(-1) ?? 'k'),
      biasInput: 2,
      epsilon: 1e-5,
      notes: [t('μ and σ² are taken over the normalised axes')],
    }),
};

const rms: Omit<OpDef, 'name'> = {
  family: 'normalisation',
  title: 'RMS norm',
  summary: t('Divides the last axes of each position by their root mean square, then scales them.'),
  inputs: [{ name: 'X' }, { name: 'scale', parameter: 'scale' }],
  types: (ctx) => layerTypes(ctx, dtypeOf(ctx, 0)),
  dependence: (ctx) => firstInputPointwise(ctx, 2, 2),
  formula: (ctx) =>
    normalised(ctx, {
      x: (names) => tensor('X', ...names),
      mean: null,
      variance: (names) => tensor('q', ...names.slice(0, -1)),
      gain: (names) => tensor('γ', names.at(-1) ?? 'k'),
      bias: null,
      biasInput: -1,
      epsilon: 1e-5,
      notes: [t('q is the mean of X² over the normalised axes')],
    }),
};

export const rmsNorm: OpDef = { ...rms, name: 'RMSNormalization' };
/** onnxruntime's name from before ONNX had it. */
export const simplifiedLayerNorm: OpDef = { ...rms, name: 'SimplifiedLayerNormalization' };
