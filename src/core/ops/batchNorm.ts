import type { Dim } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { tensor } from './formula';
import { firstInputPointwise, normalised } from './normalisation';
import { dtypeOf, shapeOf, typeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { badChannels, problemOf } from './problems';

const parameterNames = ['scale', 'bias', 'mean', 'variance'];

/** Opset 7 and 8 could normalise every unit by itself (`spatial` 0): then the statistics have the picture's shape. */
const isSpatial = (ctx: OpContext): boolean => ctx.opset >= 9 || ctx.attrs.int('spatial', 1) !== 0;

function checkChannels(ctx: OpContext, channels: Dim | undefined): boolean {
  if (typeof channels !== 'number' || !isSpatial(ctx)) return true;
  const wrong = parameterNames.filter((_, i) => {
    const [length] = shapeOf(ctx, i + 1) ?? [];
    return typeof length === 'number' && length !== channels;
  });
  if (wrong.length) {
    const what = t('the input has {0} channels, {1} has another length', channels, wrong.join(', '));
    ctx.report(problemOf(ctx, badChannels, what));
  }
  return !wrong.length;
}

/** Running statistics come out in training mode only: opset 14 says so by an attribute, older ones by their presence. */
function statistics(ctx: OpContext): readonly (TensorType | null)[] {
  const extra = Math.max(0, ctx.node.outputs.length - 1);
  const shape = shapeOf(ctx, 3) ?? shapeOf(ctx, 1) ?? [shapeOf(ctx, 0)?.[1] ?? null];
  return Array.from({ length: extra }, () => ({ dtype: dtypeOf(ctx, 3), shape }));
}

export const batchNorm: OpDef = {
  name: 'BatchNormalization',
  family: 'normalisation',
  title: 'Batch norm',
  summary: t('Brings each channel to mean 0 and variance 1 with stored statistics, then scales and shifts it.'),
  inputs: [
    { name: 'X' },
    { name: 'scale', parameter: 'bn_scale' },
    { name: 'B', parameter: 'bn_bias' },
    { name: 'mean', parameter: 'bn_mean' },
    { name: 'var', parameter: 'bn_var' },
  ],
  types(ctx) {
    const type = typeOf(ctx, 0);
    const fits = checkChannels(ctx, type?.shape?.[1]);
    return [type && !fits ? { dtype: type.dtype, shape: null } : type, ...statistics(ctx)];
  },
  dependence: (ctx) => firstInputPointwise(ctx, 5, Math.max(1, ctx.node.outputs.length)),
  formula: (ctx) =>
    normalised(ctx, {
      x: (names) => tensor('X', ...names),
      mean: (names) => tensor('μ', names[1] ?? 'k'),
      variance: (names) => tensor('σ²', names[1] ?? 'k'),
      gain: (names) => tensor('γ', names[1] ?? 'k'),
      bias: (names) => tensor('β', names[1] ?? 'k'),
      biasInput: 2,
      epsilon: 1e-5,
      notes: [
        ctx.attrs.int('training_mode', 0)
          ? t('μ and σ² are those of the batch (training mode)')
          : t('μ and σ² are stored: the layer can be folded into a convolution before it'),
      ],
    }),
};
