import { t } from '../l10n/l10n';
import type { Expr } from './formula';
import type { OpContext } from './operator';
import { globalPooling, pooling, poolingFormula } from './pooling';

const number = (value: number): Expr => ({ kind: 'number', value });

/** ᵖ√Σ|x|ᵖ. */
function norm(of: Expr, letters: readonly string[], p: number): Expr {
  const power: Expr = { kind: 'power', base: { kind: 'call', fn: '|·|', args: [of] }, exponent: number(p) };
  const sum: Expr = letters.length ? { kind: 'over', fn: 'Σ', letters, of: power } : power;
  if (p === 2) return { kind: 'root', of: sum };
  return { kind: 'power', base: sum, exponent: { kind: 'fraction', above: number(1), below: number(p) } };
}

/** A float until opset 2, an integer since. */
const exponentOf = (ctx: OpContext): number => ctx.attrs.int('p', 2);

export const lpPool = pooling({
  name: 'LpPool',
  title: 'Lp pool',
  summary: t('Takes the p-norm of every window, channel by channel.'),
  inputs: [{ name: 'X' }],
  formula: (ctx) =>
    poolingFormula(ctx, (x, letters) => norm(x, letters, exponentOf(ctx)), true, [t('outside the border X is 0')]),
});

export const globalLpPool = globalPooling({
  name: 'GlobalLpPool',
  title: t('Global Lp pool'),
  summary: t('Takes the 2-norm of each whole channel.'),
  summed: true,
  gather: (x, letters) => norm(x, letters, 2),
});
