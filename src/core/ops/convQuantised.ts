import { t } from '../l10n/l10n';
import { convolution } from './conv';
import { dtypeOf } from './operands';

export const convInteger = convolution(
  {
    name: 'ConvInteger',
    title: t('Conv (integer)'),
    summary: t('A convolution of 8-bit integers, added up in 32 bits.'),
  },
  {
    inputs: [{ name: 'x' }, { name: 'w', parameter: 'weight' }, { name: 'x_zero_point' }, { name: 'w_zero_point' }],
    data: 0,
    weight: 1,
    bias: null,
    dtype: () => 'int32',
  },
);

const quantisedInputs = [
  { name: 'x' },
  { name: 'x_scale' },
  { name: 'x_zero_point' },
  { name: 'w', parameter: 'weight' },
  { name: 'w_scale' },
  { name: 'w_zero_point' },
  { name: 'y_scale' },
  { name: 'y_zero_point' },
  { name: 'B', parameter: 'bias' },
] as const;

export const qLinearConv = convolution(
  {
    name: 'QLinearConv',
    title: t('Conv (quantised)'),
    summary: t('A convolution of 8-bit integers whose scales turn the sum back into 8 bits.'),
  },
  {
    inputs: quantisedInputs,
    data: 0,
    weight: 3,
    bias: 8,
    // The result has the type of its zero point.
    dtype: (ctx) => (ctx.inputs[7] ? dtypeOf(ctx, 7) : dtypeOf(ctx, 0)),
  },
);
