import { t } from '../l10n/l10n';
import type { OpDef } from './operator';
import { activation, factor, plain } from './activation';

/** Relatives of ReLU that bend into an exponential below 0. */

const elu = activation(
  'Elu',
  'ELU',
  t('Keeps positive values; negative ones approach a lower limit smoothly.'),
  (ctx) => t('· where · > 0, else {0}(exp(·) − 1)', factor(ctx.attrs.float('alpha', 1))),
);

const selu = activation(
  'Selu',
  'SELU',
  t('An ELU scaled so that layers keep mean 0 and variance 1 by themselves.'),
  (ctx) => {
    const alpha = plain(ctx.attrs.float('alpha', 1.6732632));
    return t('{0} (· where · > 0, else {1} (exp(·) − 1))', plain(ctx.attrs.float('gamma', 1.050701)), alpha);
  },
);

const celu = activation('Celu', 'CELU', t('An ELU whose slope has no jump at 0.'), (ctx) => {
  const alpha = ctx.attrs.float('alpha', 1);
  const slowed = alpha === 1 ? '·' : `·/${plain(alpha)}`;
  return `max(0, ·) + min(0, ${factor(alpha)}(exp(${slowed}) − 1))`;
});

export const exponentialUnits: readonly OpDef[] = [celu, elu, selu];
