import type { Node, NodeId, ValueId } from '../ir/types';
import type { Facts } from './facts';

type Known = Pick<Facts, 'graph' | 'nodes'>;

export interface WayOptions {
  /** The gradient comes from these outputs; default: all of the net. */
  readonly outputs?: readonly ValueId[];
  /** Edges it may not take: into this node by this value. */
  readonly closed?: (node: Node, value: ValueId) => boolean;
}

/** An operator whose weights are learned: what a gradient is for, and what it fades in. */
export const isLayer = ({ nodes }: Pick<Facts, 'nodes'>, node: NodeId): boolean =>
  nodes[node]?.parameters.some(({ role }) => role === 'weight') ?? false;

/**
 * Layers a gradient passes on the shortest way from the nearest output back to each operator, its own counted; by NodeId, null where
 * no way leads. One pass over the order backwards: the graph has no cycles, and nodes caught in one have no way.
 */
export function waysBack(facts: Known, { outputs = facts.graph.outputs, closed }: WayOptions = {}): (number | null)[] {
  const { graph } = facts;
  const ends = new Set<ValueId>(outputs);
  const ways: (number | null)[] = graph.nodes.map(() => null);
  for (const id of [...graph.order].reverse()) {
    const node = graph.nodes[id]!;
    let nearest = Infinity;
    for (const value of node.outputs) {
      if (value === null) continue;
      if (ends.has(value)) nearest = 0;
      for (const consumer of graph.consumers[value] ?? []) {
        const way = ways[consumer] ?? null;
        if (way !== null && !closed?.(graph.nodes[consumer]!, value)) nearest = Math.min(nearest, way);
      }
    }
    if (nearest < Infinity) ways[id] = nearest + (isLayer(facts, id) ? 1 : 0);
  }
  return ways;
}

/** Layers on the longest way from an input to each value; by ValueId. */
function longestWays(facts: Known): readonly number[] {
  const { graph } = facts;
  const depth = graph.values.map(() => 0);
  for (const id of graph.order) {
    const node = graph.nodes[id]!;
    const before = node.inputs.reduce<number>((most, value) => Math.max(most, value === null ? 0 : depth[value]!), 0);
    for (const value of node.outputs) if (value !== null) depth[value] = before + (isLayer(facts, id) ? 1 : 0);
  }
  return depth;
}

/** Closes every short way round: of what a sum adds up, only that behind the most layers stays open. */
export function withoutSkips(facts: Known): NonNullable<WayOptions['closed']> {
  const depth = longestWays(facts);
  return ({ op, inputs }, value) =>
    (op === 'Add' || op === 'Sum') &&
    depth[value]! < inputs.reduce<number>((most, input) => Math.max(most, input === null ? 0 : depth[input]!), 0);
}
