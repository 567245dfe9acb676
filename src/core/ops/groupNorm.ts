import { tensor } from './formula';
import { firstInputPointwise, normalised } from './normalisation';
import { typeOf } from './operands';
import type { OpDef } from './operator';
import { badAttribute, refuse } from './problems';

export const groupNorm: OpDef = {
  name: 'GroupNormalization',
  family: 'normalisation',
  title: 'Group norm',
  summary: 'Brings each group of channels to mean 0 and variance 1, then scales and shifts it.',
  inputs: [{ name: 'X' }, { name: 'scale', parameter: 'scale' }, { name: 'bias', parameter: 'bias' }],
  types(ctx) {
    const groups = ctx.attrs.int('num_groups');
    const type = typeOf(ctx, 0);
    const channels = type?.shape?.[1];
    if (groups === undefined || groups < 1) {
      refuse(ctx, badAttribute, groups === undefined ? 'num_groups is missing' : `num_groups is ${groups}`);
      return [null];
    }
    if (typeof channels === 'number' && channels % groups !== 0) {
      refuse(ctx, badAttribute, `${channels} channels cannot be parted into ${groups} groups`);
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
        `g is the group of channel k, of ${ctx.attrs.int('num_groups', 1)}`,
        'μ and σ² are taken over each group',
      ],
    });
  },
};
