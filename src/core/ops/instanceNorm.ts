import { t } from '../l10n/l10n';
import { tensor } from './formula';
import { firstInputPointwise, normalised } from './normalisation';
import { shapeOf, typeOf } from './operands';
import type { OpDef } from './operator';
import { badChannels, refuse } from './problems';

export const instanceNorm: OpDef = {
  name: 'InstanceNormalization',
  family: 'normalisation',
  title: 'Instance norm',
  summary: t('Brings each channel of each picture to mean 0 and variance 1, then scales and shifts it.'),
  inputs: [{ name: 'input' }, { name: 'scale', parameter: 'scale' }, { name: 'B', parameter: 'bias' }],
  types(ctx) {
    const type = typeOf(ctx, 0);
    const [channels, gains] = [type?.shape?.[1], shapeOf(ctx, 1)?.[0]];
    if (typeof channels === 'number' && typeof gains === 'number' && channels !== gains) {
      refuse(ctx, badChannels, t('the input has {0} channels, the scale {1}', channels, gains));
      return [null];
    }
    return [type];
  },
  dependence: (ctx) => firstInputPointwise(ctx, 3),
  formula: (ctx) =>
    normalised(ctx, {
      x: (names) => tensor('X', ...names),
      mean: (names) => tensor('μ', ...names.slice(0, 2)),
      variance: (names) => tensor('σ²', ...names.slice(0, 2)),
      gain: (names) => tensor('γ', names[1] ?? 'k'),
      bias: (names) => tensor('β', names[1] ?? 'k'),
      biasInput: 2,
      epsilon: 1e-5,
      notes: [t('μ and σ² are taken over each picture and channel')],
    }),
};
