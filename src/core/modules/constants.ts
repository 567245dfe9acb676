import type { Graph } from '../ir/types';

/** By NodeId: computes from constants alone. Such nodes are parts of those that use them, not layers. */
export function constantNodes(graph: Graph): readonly boolean[] {
  const constant = graph.nodes.map(() => false);
  for (const id of graph.order)
    constant[id] = (graph.nodes[id]?.inputs ?? []).every((v) => {
      const value = v === null ? undefined : graph.values[v];
      return constant[value?.producer ?? -1] === true || value?.constant !== null;
    });
  return constant;
}
