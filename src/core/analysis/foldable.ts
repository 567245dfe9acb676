import type { Node, NodeId } from '../ir/types';
import type { Facts, NodeFacts } from './facts';

/** Families of layers whose output is a weighted sum: a factor for each channel can go into the weights. */
const LINEAR: ReadonlySet<string> = new Set(['convolution', 'dense', 'upsampling']);

/** Operators of other domains may have an activation fused into them; a matrix product has its channels where the norm looks for them at rank 2 only. */
function takesFactors(layer: NodeFacts | undefined): boolean {
  const weight = layer?.parameters.find((p) => p.role === 'weight');
  // Weights that another layer uses too would be changed for both.
  if (!layer?.def || !weight || weight.shared || layer.def.domain || !LINEAR.has(layer.def.family)) return false;
  return layer.def.family !== 'dense' || layer.context?.outputs[0]?.shape?.length === 2;
}

/**
 * The layer that a batch normalisation could be folded into: at inference it scales and shifts each channel by constants, and the layer
 * before it, if nobody else reads that layer's output, can do the same with its weights and bias (y = γ(Wx + b − μ)/√(σ² + ε) + β).
 * Null for what is no batch normalisation, or cannot be folded.
 */
export function foldsInto({ graph, nodes, constant }: Facts, node: Node): NodeId | null {
  const isNorm = nodes[node.id]?.parameters.some((p) => p.role === 'bn_mean') ?? false;
  // In training mode statistics come out, and are those of the batch.
  if (!isNorm || node.outputs.slice(1).some((v) => v !== null)) return null;
  const [value = null, ...statistics] = node.inputs;
  const producer = value === null ? null : (graph.values[value]?.producer ?? null);
  if (value === null || producer === null || statistics.some((v) => v === null || !constant[v])) return null;
  if (!takesFactors(nodes[producer])) return null;
  return graph.consumers[value]?.length === 1 && !graph.outputs.includes(value) ? producer : null;
}

/** All batch normalisations that could be folded, each with its layer. */
export function foldableNorms(facts: Facts): ReadonlyMap<NodeId, NodeId> {
  const folds = new Map<NodeId, NodeId>();
  for (const node of facts.graph.nodes) {
    const layer = foldsInto(facts, node);
    if (layer !== null) folds.set(node.id, layer);
  }
  return folds;
}
