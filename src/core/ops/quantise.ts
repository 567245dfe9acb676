import type { DType } from '../ir/types';
import { t } from '../l10n/l10n';
import { elementFormula } from './activation';
import { elementType } from './elementType';
import { type Expr, tensor } from './formula';
import { firstInputPointwise } from './normalisation';
import { dtypeOf, given, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';

/** The zero point's type, else what the attribute says, else the default of the specification. */
function quantisedType(ctx: OpContext): DType {
  if (given(ctx, 2)) return dtypeOf(ctx, 2);
  const said = elementType(ctx.attrs.int('output_dtype', 0));
  return said === 'unknown' ? 'uint8' : said;
}

function restoredType(ctx: OpContext): DType {
  const said = elementType(ctx.attrs.int('output_dtype', 0));
  return said === 'unknown' ? dtypeOf(ctx, 1) : said;
}

const scale: Expr = { kind: 'symbol', text: 's' };
const zero: Expr = { kind: 'symbol', text: 'z' };

export const quantizeLinear: OpDef = {
  name: 'QuantizeLinear',
  family: 'shape',
  title: t('Quantise'),
  summary: t('Rounds numbers to a coarse grid of small integers: scale s, zero point z.'),
  inputs: [{ name: 'x' }, { name: 'y_scale' }, { name: 'y_zero_point' }],
  types: (ctx) => [tensorType(quantisedType(ctx), shapeOf(ctx, 0))],
  dependence: (ctx) => firstInputPointwise(ctx, 3),
  label: (ctx) => [quantisedType(ctx)],
  formula: (ctx) =>
    elementFormula(
      ctx.outputs[0]?.shape,
      (names) => {
        const x = tensor('X', ...names);
        const steps: Expr = { kind: 'call', fn: 'round', args: [{ kind: 'fraction', above: x, below: scale }] };
        return given(ctx, 2) ? { kind: 'sum', terms: [steps, zero] } : steps;
      },
      [t('limited to what {0} can hold', quantisedType(ctx))],
    ),
};

export const dequantizeLinear: OpDef = {
  name: 'DequantizeLinear',
  family: 'shape',
  title: t('Dequantise'),
  summary: t('Turns small integers back into the numbers they stand for: scale s, zero point z.'),
  inputs: [{ name: 'x' }, { name: 'x_scale' }, { name: 'x_zero_point' }],
  types: (ctx) => [tensorType(restoredType(ctx), shapeOf(ctx, 0))],
  dependence: (ctx) => firstInputPointwise(ctx, 3),
  formula: (ctx) =>
    elementFormula(ctx.outputs[0]?.shape, (names) => {
      const x = tensor('X', ...names);
      const steps: Expr = given(ctx, 2) ? { kind: 'difference', left: x, right: zero } : x;
      return { kind: 'product', factors: [scale, steps] };
    }),
};

export const dynamicQuantizeLinear: OpDef = {
  name: 'DynamicQuantizeLinear',
  family: 'shape',
  title: t('Quantise as it comes'),
  summary: t('Rounds numbers to 8 bits with a scale and zero point taken from their own range.'),
  inputs: [{ name: 'x' }],
  types: (ctx) => [tensorType('uint8', shapeOf(ctx, 0)), tensorType('float32', []), tensorType('uint8', [])],
  dependence: (ctx) => firstInputPointwise(ctx, 1, 3),
};
