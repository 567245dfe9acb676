import { t } from '../l10n/l10n';
import { activation, call, number, plain, sum, product } from './activation';
import type { TypedContext } from './operator';

export const relu = activation(
  'Relu',
  'ReLU',
  t('Keeps positive values and replaces negative ones by 0.'),
  () => 'max(0, ·)',
  { right: (x) => call('max', number(0), x) },
);

const slope = (ctx: TypedContext): number => ctx.attrs.float('alpha', 0.01);

export const leakyRelu = activation(
  'LeakyRelu',
  'Leaky ReLU',
  t('Keeps positive values and shrinks negative ones, so that their gradient never vanishes.'),
  (ctx) => `max(0, ·) + ${plain(slope(ctx))} min(0, ·)`,
  {
    right: (x, ctx) => sum(call('max', number(0), x), product(number(slope(ctx)), call('min', number(0), x))),
    label: (ctx) => [plain(slope(ctx))],
  },
);

export const prelu = activation(
  'PRelu',
  'PReLU',
  t('A ReLU whose slope for negative values is learned, one per channel or one for all.'),
  () => 'max(0, ·) + a min(0, ·)',
  {
    inputs: [{ name: 'X' }, { name: 'slope', parameter: 'weight' }],
    right: (x) => sum(call('max', number(0), x), product({ kind: 'symbol', text: 'a' }, call('min', number(0), x))),
    notes: () => [t('a is the learned slope, broadcast over the axes it lacks')],
  },
);

const threshold = (ctx: TypedContext): number => ctx.attrs.float('alpha', 1);

export const thresholdedRelu = activation(
  'ThresholdedRelu',
  'Thresholded ReLU',
  t('Keeps values above a threshold and replaces all others by 0.'),
  (ctx) => t('· where · > {0}, else 0', plain(threshold(ctx))),
  { label: (ctx) => [`> ${plain(threshold(ctx))}`] },
);
