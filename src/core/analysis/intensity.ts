import { bytesOf } from '../ir/dtype';
import type { NodeId } from '../ir/types';
import type { Facts } from './facts';
import { added, tensorBytes } from './memory';

/**
 * Arithmetic intensity of a layer in floating-point operations per byte moved (Williams, Waterman, Patterson 2009, "Roofline"): two for
 * each multiply-accumulate, over inputs, weights and outputs, each read or written once. Null where the layer does none, or sizes are unknown.
 */
export function arithmeticIntensity(facts: Facts, id: NodeId): number | null {
  const { graph, nodes, types, constant } = facts;
  const [node, found] = [graph.nodes[id], nodes[id]];
  if (!node || !found?.macs) return null;
  const data = new Set(node.inputs.filter((v) => v !== null && !constant[v]));
  const read = [...data].reduce<number | null>((sum, v) => (v === null ? sum : added(sum, tensorBytes(types[v]))), 0);
  const weights = found.parameters.reduce<number | null>(
    (sum, p) => added(sum, bytesOf(types[node.inputs[p.input] ?? -1]?.dtype ?? 'unknown', p.count)),
    0,
  );
  const moved = added(added(read, weights), found.activationBytes);
  return moved ? (2 * found.macs) / moved : null;
}
