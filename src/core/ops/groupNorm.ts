import { t } from '../l10n/l10n';
import { tensor } from './formula';
import { firstInputPointwise, normalised } from './normalisation';
import { typeOf } from './operands';
import type { OpDef } from './operator';
import { badAttribute, refuse } from './problems';

export const groupNorm: OpDef = {
  name: 'GroupNormalization',
  family: 'normalisation',
  title: 'Group norm',
  summary: t('Brings each group of channels to mean 0 and variance 1, then scales and shifts it.'),
  inputs: [{ name: 'X' }, { name: 'scale', parameter: 'scale' }, { name: 'bias', parameter: 'bias' }],
  types(ctx) {
    const groups = ctx.attrs.int('num_groups');
    const type = typeOf(ctx, 0);
    const channels = type?.shape?.[1];
    if (groups === undefined || groups < 1) {
      refuse(ctx, badAttribute, groups === undefined ? t('num_groups is missing') : t('num_groups is {0}', groups));
      return [null];
    }
    if (typeof channels === 'number' && channels % groups !== 0) {
      refuse(ctx, badAttribute, t('{0} channels cannot be parted into {1} groups', channels, groups));
      return [null];
    }
    return [type];
  },
  dependence: (ctx) => firstInputPointwise(ctx, 3),
  label: (ctx) => [`g ${ctx.attrs.int('num_groups', 1)}`],
  formula(ctx) {
    // Opset 18 had one gain per group, opset 21 has one per channel.
    const gainIndex = ctx.opset < 21 ? 'g' : 'k';
    return normalised(ctx, {
      x: (names) => tensor('X', ...names),
      mean: (names) => tensor('μ', names[0] ?? 'b', 'g'),
      variance: (names) => tensor('σ²', names[0] ?? 'b', 'g'),
      gain: () => tensor('γ', gainIndex),
      bias: () => tensor('β', gainIndex),
      biasInput: 2,
      epsilon: 1e-5,
      notes: [
        t('g is the group of channel k, of {0}', ctx.attrs.int('num_groups', 1)),
        t('μ and σ² are taken over each group'),
      ],
    });
  },
};
