import { t } from '../l10n/l10n';
import type { OpDef } from './operator';
import { activation, call, fraction, number, plain, product, sum } from './activation';
import type { TypedContext } from './operator';

/** Activations that squeeze values into a range. */

const sigmoid = activation(
  'Sigmoid',
  'Sigmoid',
  t('Squeezes every value into the range 0 … 1.'),
  () => '1/(1 + exp(−·))',
  { right: (x) => fraction(number(1), sum(number(1), call('exp', product(number(-1), x)))) },
);

const tanh = activation('Tanh', 'Tanh', t('Squeezes every value into the range −1 … 1.'), () => 'tanh(·)', {
  right: (x) => call('tanh', x),
});

const line = (ctx: TypedContext): readonly [number, number] => [
  ctx.attrs.float('alpha', 0.2),
  ctx.attrs.float('beta', 0.5),
];

const hardSigmoid = activation(
  'HardSigmoid',
  'Hard sigmoid',
  t('A sigmoid of three straight pieces: cheap to compute.'),
  (ctx) => `max(0, min(1, ${plain(line(ctx)[0])} × · + ${plain(line(ctx)[1])}))`,
  {
    right: (x, ctx) => {
      const [alpha, beta] = line(ctx);
      return call('max', number(0), call('min', number(1), sum(product(number(alpha), x), number(beta))));
    },
  },
);

const softplus = activation(
  'Softplus',
  'Softplus',
  t('A smooth ReLU: never negative, close to 0 for negative values.'),
  () => 'log(1 + exp(·))',
  { right: (x) => call('log', sum(number(1), call('exp', x))) },
);

const softsign = activation(
  'Softsign',
  'Softsign',
  t('Squeezes every value into the range −1 … 1, more gently than tanh.'),
  () => '·/(1 + |·|)',
  { right: (x) => fraction(x, sum(number(1), call('abs', x))) },
);

/** `alpha·tanh(beta·x)`, removed from ONNX before 1.0. */
const scaledTanh = activation(
  'ScaledTanh',
  'Scaled tanh',
  t('A tanh with its own height and slope.'),
  (ctx) => `${plain(ctx.attrs.float('alpha', 1))} tanh(${plain(ctx.attrs.float('beta', 1))} × ·)`,
);

export const sigmoidLike: readonly OpDef[] = [hardSigmoid, scaledTanh, sigmoid, softplus, softsign, tanh];
