import { t } from '../l10n/l10n';
import { gemm } from './gemm';
import { dtypeOf, given } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';

/** A, its scale and zero point, B, its scale and zero point, C: where the plain product finds its operands. */
function asPlain(ctx: OpContext): OpContext {
  const [a = null, , , b = null, , , c = null] = ctx.inputs;
  return {
    node: ctx.node,
    attrs: ctx.attrs,
    opset: ctx.opset,
    inputs: [a, b, c],
    subgraph: (graph, inputs) => ctx.subgraph(graph, inputs),
    report: (diagnostic) => {
      ctx.report(diagnostic);
    },
  };
}

const asTyped = (ctx: TypedContext): TypedContext => ({ ...asPlain(ctx), outputs: ctx.outputs });

/** onnxruntime's quantised fully connected layer; without a scale for the result it gives floating point. */
export const qGemm: OpDef = {
  name: 'QGemm',
  domain: 'com.microsoft',
  family: 'dense',
  title: t('Fully connected (quantised)'),
  summary: t('Every output is a weighted sum of all inputs plus a bias, in 8 bits.'),
  inputs: [
    { name: 'A' },
    { name: 'a_scale' },
    { name: 'a_zero_point' },
    { name: 'B', parameter: 'weight' },
    { name: 'b_scale' },
    { name: 'b_zero_point' },
    { name: 'C', parameter: 'bias' },
    { name: 'y_scale' },
    { name: 'y_zero_point' },
  ],
  types(ctx) {
    const [type = null] = gemm.types(asPlain(ctx));
    const dtype = given(ctx, 7) ? (given(ctx, 8) ? dtypeOf(ctx, 8) : dtypeOf(ctx, 0)) : 'float32';
    return [type && { ...type, dtype }];
  },
  dependence(ctx) {
    const [[a = null, b = null] = []] = gemm.dependence?.(asTyped(ctx)) ?? [];
    return [[a, null, null, b, null, null, null, null, null]];
  },
  macs: (ctx) => gemm.macs?.(asTyped(ctx)) ?? null,
  synapses: (ctx) => gemm.synapses?.(asTyped(ctx)) ?? null,
  label: (ctx) => gemm.label?.(asTyped(ctx)) ?? [],
  formula: (ctx) => gemm.formula?.(asTyped(ctx)) ?? null,
};

/** onnxruntime's fusion of Gemm with the activation after it. */
export const fusedGemm: OpDef = {
  ...gemm,
  name: 'FusedGemm',
  domain: 'com.microsoft',
  title: t('Fully connected + activation'),
  label: (ctx) => [...(gemm.label?.(ctx) ?? []), ctx.attrs.string('activation', '')].filter((part) => part !== ''),
};
