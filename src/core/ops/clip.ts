import { t } from '../l10n/l10n';
import { activation, call, number, plain } from './activation';
import type { Expr } from './formula';
import { numbersOf } from './operands';
import type { TypedContext } from './operator';

/** Limits: attributes up to opset 10, inputs since. Null: open, or not known while the model stands still. */
function limits(ctx: TypedContext): readonly [number | null, number | null] {
  const limit = (name: 'min' | 'max', input: number): number | null => {
    const value = ctx.attrs.float(name) ?? numbersOf(ctx, input)?.[0];
    // Exporters write the largest float for "no limit".
    return value === undefined || Math.abs(value) > 1e37 || !Number.isFinite(value) ? null : value;
  };
  return [limit('min', 1), limit('max', 2)];
}

function text(ctx: TypedContext): string {
  const [low, high] = limits(ctx);
  if (low !== null && high !== null) return `min(${plain(high)}, max(${plain(low)}, ·))`;
  if (low !== null) return `max(${plain(low)}, ·)`;
  if (high !== null) return `min(${plain(high)}, ·)`;
  return '·';
}

export const clip = activation(
  'Clip',
  'Clip',
  t('Limits every value to the range between two bounds; 0 … 6 is called ReLU6.'),
  text,
  {
    inputs: [{ name: 'X' }, { name: 'min' }, { name: 'max' }],
    right: (x, ctx) => {
      const [low, high] = limits(ctx);
      const above: Expr = low === null ? x : call('max', number(low), x);
      return high === null ? above : call('min', number(high), above);
    },
    label: (ctx) => {
      const [low, high] = limits(ctx);
      return low === null && high === null
        ? []
        : [`${low === null ? '' : plain(low)} … ${high === null ? '' : plain(high)}`.trim()];
    },
  },
);
