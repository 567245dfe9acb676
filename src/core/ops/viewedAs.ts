import type { OpContext, Operand, TypedContext } from './operator';

/** The same node with other inputs and outputs: how a fused or quantised operator looks to the plain one it stands for. */
export function viewedAs(
  ctx: OpContext,
  inputs: readonly (Operand | null)[],
  outputs: TypedContext['outputs'] = [],
): TypedContext {
  const { node, attrs, opset } = ctx;
  return {
    node,
    attrs,
    opset,
    inputs,
    outputs,
    subgraph: (graph, given) => ctx.subgraph(graph, given),
    report: (diagnostic) => ctx.report(diagnostic),
  };
}
