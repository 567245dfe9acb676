import type { OpDef, TypedContext, OpContext } from './operator';

/** How a node looks to the operator it stands for; `outputs` are the node's own, once known. */
export type View = (ctx: OpContext, outputs: TypedContext['outputs']) => TypedContext;

type Names = Partial<Pick<OpDef, 'name' | 'domain' | 'title' | 'summary' | 'inputs'>>;

/**
 * An operator that is another one seen from elsewhere: under another name, with another opset, with its inputs in other places. Rules that
 * speak of the node's own inputs (`dependence`) are the caller's to translate back where the view moves them.
 */
export function through(plain: OpDef, names: Names, view: View): OpDef {
  const typed = (ctx: TypedContext): TypedContext => view(ctx, ctx.outputs);
  return {
    ...plain,
    ...names,
    types: (ctx) => plain.types(view(ctx, [])),
    ...(plain.evaluate && { evaluate: (ctx) => plain.evaluate!(typed(ctx)) }),
    ...(plain.dependence && { dependence: (ctx) => plain.dependence!(typed(ctx)) }),
    ...(plain.windows && { windows: (ctx) => plain.windows!(typed(ctx)) }),
    ...(plain.macs && { macs: (ctx) => plain.macs!(typed(ctx)) }),
    ...(plain.synapses && { synapses: (ctx) => plain.synapses!(typed(ctx)) }),
    ...(plain.label && { label: (ctx) => plain.label!(typed(ctx)) }),
    ...(plain.formula && { formula: (ctx) => plain.formula!(typed(ctx)) }),
    ...(plain.activation && { activation: (ctx) => plain.activation!(typed(ctx)) }),
  };
}
