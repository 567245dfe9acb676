import { t } from '../l10n/l10n';
import { matrixProduct } from './matMul';
import { dtypeOf } from './operands';

const weight = { parameter: 'weight' } as const;

export const matMulInteger = matrixProduct(
  {
    name: 'MatMulInteger',
    title: t('Matrix product (integer)'),
    summary: t('A matrix product of 8-bit integers, added up in 32 bits.'),
  },
  {
    inputs: [{ name: 'A' }, { name: 'B', ...weight }, { name: 'a_zero_point' }, { name: 'b_zero_point' }],
    left: 0,
    right: 1,
    dtype: () => 'int32',
  },
);

export const qLinearMatMul = matrixProduct(
  {
    name: 'QLinearMatMul',
    title: t('Matrix product (quantised)'),
    summary: t('A matrix product of 8-bit integers whose scales turn the sum back into 8 bits.'),
  },
  {
    inputs: [
      { name: 'a' },
      { name: 'a_scale' },
      { name: 'a_zero_point' },
      { name: 'b', ...weight },
      { name: 'b_scale' },
      { name: 'b_zero_point' },
      { name: 'y_scale' },
      { name: 'y_zero_point' },
    ],
    left: 0,
    right: 3,
    dtype: (ctx) => (ctx.inputs[7] ? dtypeOf(ctx, 7) : dtypeOf(ctx, 0)),
  },
);

const floatScaled = [{ name: 'A' }, { name: 'B', ...weight }] as const;

/** onnxruntime's fusion of MatMulInteger with the cast and the scales after it. */
export const matMulIntegerToFloat = matrixProduct(
  {
    name: 'MatMulIntegerToFloat',
    domain: 'com.microsoft',
    title: t('Matrix product (integer)'),
    summary: t('A matrix product of 8-bit integers, scaled to floating point.'),
  },
  {
    inputs: [
      ...floatScaled,
      { name: 'a_scale' },
      { name: 'b_scale' },
      { name: 'a_zero_point' },
      { name: 'b_zero_point' },
      { name: 'bias', parameter: 'bias' },
    ],
    left: 0,
    right: 1,
    dtype: (ctx) => dtypeOf(ctx, 2),
  },
);

export const dynamicQuantizeMatMul = matrixProduct(
  {
    name: 'DynamicQuantizeMatMul',
    domain: 'com.microsoft',
    title: t('Matrix product (quantised)'),
    summary: t('Quantises its input as it comes, multiplies in 8 bits, and gives floating point.'),
  },
  {
    inputs: [...floatScaled, { name: 'b_scale' }, { name: 'b_zero_point' }, { name: 'bias', parameter: 'bias' }],
    left: 0,
    right: 1,
    dtype: () => 'float32',
  },
);
