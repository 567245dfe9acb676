import { t } from '../l10n/l10n';
import { activation, plain } from './activation';
import { broadcastShapes } from './broadcast';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpDef } from './operator';
import { mismatch, refuse } from './problems';
import { shapeText } from './shapeProblems';

/** Activations that multiply a value by how much of it they let through. */

const geluSummary = t('Lets a value through by the probability that a normal variable is smaller.');
const exactGelu = '½ · (1 + erf(·/√2))';
const tanhGelu = '½ · (1 + tanh(√(2/π) (· + 0.044715 ·³)))';

const gelu = activation('Gelu', 'GELU', geluSummary, (ctx) =>
  ctx.attrs.string('approximate', 'none') === 'tanh' ? tanhGelu : exactGelu,
);

const microsoftGelu = activation('Gelu', 'GELU', geluSummary, () => exactGelu, { domain: 'com.microsoft' });

const fastGelu = activation('FastGelu', 'GELU', geluSummary, () => tanhGelu, {
  domain: 'com.microsoft',
  inputs: [{ name: 'X' }, { name: 'bias', parameter: 'bias' }],
});

const quickGelu = activation(
  'QuickGelu',
  'Quick GELU',
  t('A GELU approximated by a sigmoid.'),
  (ctx) => `· sigmoid(${plain(ctx.attrs.float('alpha', 1.702))} × ·)`,
  { domain: 'com.microsoft' },
);

const hardSwish = activation(
  'HardSwish',
  'Hard swish',
  t('A swish of straight pieces and a parabola: cheap to compute.'),
  () => '· max(0, min(1, ·/6 + ½))',
);

const swish = activation(
  'Swish',
  'Swish',
  t('A value times its own sigmoid (SiLU): smooth, slightly negative below 0.'),
  (ctx) => {
    const alpha = ctx.attrs.float('alpha', 1);
    return alpha === 1 ? '· sigmoid(·)' : `· sigmoid(${plain(alpha)} × ·)`;
  },
);

const mish = activation(
  'Mish',
  'Mish',
  t('A smooth activation without upper limit, slightly negative below 0.'),
  () => '· tanh(log(1 + exp(·)))',
);

/** A bias added to the last axis, then a GELU: a transformer's fused pair. */
const biasGelu: OpDef = {
  name: 'BiasGelu',
  domain: 'com.microsoft',
  family: 'activation',
  title: t('Bias + GELU'),
  summary: t('Adds a bias and applies a GELU.'),
  inputs: [{ name: 'A' }, { name: 'B', parameter: 'bias' }],
  types(ctx) {
    const [a, b] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
    if (!a || !b) return [tensorType(dtypeOf(ctx, 0), a)];
    const misfit = t('a bias {0} does not fit {1}', shapeText(b), shapeText(a));
    return [tensorType(dtypeOf(ctx, 0), broadcastShapes([a, b]) ?? refuse(ctx, mismatch, misfit))];
  },
};

export const gatedUnits: readonly OpDef[] = [
  biasGelu,
  fastGelu,
  gelu,
  hardSwish,
  microsoftGelu,
  mish,
  quickGelu,
  swish,
];
