import { t } from '../l10n/l10n';
import { elementFormula, number } from './activation';
import { type Expr, tensor } from './formula';
import { firstInputPointwise } from './normalisation';
import { typeOf } from './operands';
import type { OpDef } from './operator';
import { badAttribute, refuse } from './problems';

export const lrn: OpDef = {
  name: 'LRN',
  family: 'normalisation',
  title: 'Local response norm',
  summary: t('Divides each unit by the strength of its neighbours in the channels beside it.'),
  inputs: [{ name: 'X' }],
  types(ctx) {
    const size = ctx.attrs.int('size');
    if (size === undefined || size < 1) {
      refuse(ctx, badAttribute, size === undefined ? t('size is missing') : t('size is {0}', size));
      return [null];
    }
    return [typeOf(ctx, 0)];
  },
  dependence: (ctx) => firstInputPointwise(ctx, 1),
  label: (ctx) => [`${ctx.attrs.int('size', 1)} channels`],
  formula(ctx) {
    const size = ctx.attrs.int('size', 1);
    const before = Math.floor((size - 1) / 2);
    return elementFormula(
      ctx.outputs[0]?.shape,
      (names) => {
        const around = names.map((name, i) => (i === 1 ? 'c' : name));
        const squares: Expr = { kind: 'power', base: tensor('X', ...around), exponent: number(2) };
        const scale = number(ctx.attrs.float('alpha', 1e-4) / size);
        const sum: Expr = { kind: 'over', fn: 'Σ', letters: ['c'], of: squares };
        const base: Expr = {
          kind: 'sum',
          terms: [number(ctx.attrs.float('bias', 1)), { kind: 'product', factors: [scale, sum] }],
        };
        const below: Expr = { kind: 'power', base, exponent: number(ctx.attrs.float('beta', 0.75)) };
        return { kind: 'fraction', above: tensor('X', ...names), below };
      },
      [t('c runs over the {0} channels from k − {1} to k + {2}', size, before, size - 1 - before)],
    );
  },
};
