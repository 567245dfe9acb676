import { t } from '../l10n/l10n';
import { averagePool } from './averagePool';
import { channelsLast } from './channelsLast';
import { concat } from './concat';
import { qLinearConv } from './convQuantised';
import { dtypeOf, given, tensorType } from './operands';
import type { OpContext, OpDef, Port, TypedContext } from './operator';
import { resultType } from './quantisedLayers';
import { viewedAs } from './viewedAs';

/** onnxruntime's 8-bit operators that move along axes; each stands for a plain one with its tensors in other places. */

const microsoft = 'com.microsoft';

const quantised = (name: string): readonly Port[] => [
  { name },
  { name: `${name}_scale` },
  { name: `${name}_zero_point` },
];

const isLast = (ctx: OpContext): boolean => ctx.attrs.int('channels_last', 0) === 1;

function quantisedPool(name: string, title: string, plain: OpDef): OpDef {
  const inputs = [...quantised('X'), { name: 'Y_scale' }, { name: 'Y_zero_point' }];
  const pool = channelsLast(plain, { name, title, domain: microsoft, inputs }, [0], isLast);
  return {
    ...pool,
    types(ctx) {
      const [type = null] = pool.types(ctx);
      return [tensorType(resultType(ctx, 4), type?.shape ?? null)];
    },
    dependence(ctx) {
      const [row = []] = pool.dependence?.(ctx) ?? [];
      return [ctx.inputs.map((_, i) => row[i] ?? null)];
    },
  };
}

export const qLinearAveragePool = quantisedPool('QLinearAveragePool', t('Average pool (quantised)'), averagePool);

/** onnxruntime's own QLinearConv differs from ONNX's by one attribute. */
export const qLinearConvAnywhere = channelsLast(qLinearConv, { domain: microsoft }, [0], isLast);

/** Y_scale, Y_zero_point, then each input with its own scale and zero point. */
const joined = (index: number): boolean => index >= 2 && (index - 2) % 3 === 0;

function asConcat(ctx: OpContext, outputs: TypedContext['outputs'] = []): TypedContext {
  return viewedAs(
    ctx,
    ctx.inputs.filter((_, i) => joined(i)),
    outputs,
  );
}

export const qLinearConcat: OpDef = {
  ...concat,
  name: 'QLinearConcat',
  title: t('Concat (quantised)'),
  domain: microsoft,
  inputs: [{ name: 'Y_scale' }, { name: 'Y_zero_point' }, { name: 'inputs' }],
  types(ctx) {
    const [type = null] = concat.types(asConcat(ctx));
    return [type && tensorType(given(ctx, 1) ? dtypeOf(ctx, 1) : type.dtype, type.shape)];
  },
  evaluate: () => [null],
  dependence(ctx) {
    const [row = []] = concat.dependence?.(asConcat(ctx, ctx.outputs)) ?? [];
    return [ctx.inputs.map((_, i) => (joined(i) ? (row[(i - 2) / 3] ?? null) : null))];
  },
  label: (ctx) => concat.label?.(asConcat(ctx, ctx.outputs)) ?? [],
  formula: (ctx) => concat.formula?.(asConcat(ctx, ctx.outputs)) ?? null,
};
