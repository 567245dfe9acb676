import type { NodeId } from '../ir/types';
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
 * Batch normalisations that could be folded into the layer before them: at inference they scale and shift each channel by constants, and
 * that layer's weights and bias, if nobody else reads its output, can do the same (y = γ(Wx + b − μ)/√(σ² + ε) + β). Gives that layer by
 * the normalisation's NodeId.
 */
export function foldableNorms(facts: Facts): ReadonlyMap<NodeId, NodeId> {
  const { graph, nodes, constant } = facts;
  const outputs = new Set(graph.outputs);
  const folds = new Map<NodeId, NodeId>();
  for (const node of graph.nodes) {
    const isNorm = nodes[node.id]?.parameters.some((p) => p.role === 'bn_mean') ?? false;
    // In training mode statistics come out, and are those of the batch.
    if (!isNorm || node.outputs.slice(1).some((v) => v !== null)) continue;
    const [value = null, ...statistics] = node.inputs;
    const producer = value === null ? null : (graph.values[value]?.producer ?? null);
    if (value === null || producer === null || statistics.some((v) => v === null || !constant[v])) continue;
    const readByOthers = outputs.has(value) || graph.consumers[value]?.length !== 1;
    if (!readByOthers && takesFactors(nodes[producer])) folds.set(node.id, producer);
  }
  return folds;
}
