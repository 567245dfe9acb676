import type { Node, NodeId, Value, ValueId } from './types';

export interface Ordering {
  /** Producers before consumers; nodes that a cycle holds back come last, in file order. */
  readonly order: readonly NodeId[];
  /** The nodes of one cycle, in the direction of the data; empty when there is none. */
  readonly cycle: readonly NodeId[];
}

/**
 * Kahn's algorithm, linear and without recursion: files with 100,000 nodes in a row exist.
 * `captures` lists what the bodies of a node read from this graph; it orders like an input.
 */
export function orderNodes(
  nodes: readonly Node[],
  values: readonly Value[],
  captures: ReadonlyMap<NodeId, readonly ValueId[]>,
): Ordering {
  if (isOrdered(nodes, values, captures)) return { order: nodes.map((node) => node.id), cycle: [] };
  const waiting = new Int32Array(nodes.length);
  const followers: NodeId[][] = nodes.map(() => []);
  for (const node of nodes) {
    for (const producer of producersOf(node, values, captures)) {
      followers[producer]!.push(node.id);
      waiting[node.id]!++;
    }
  }
  const order: NodeId[] = nodes.filter((node) => waiting[node.id] === 0).map((node) => node.id);
  // `order` is its own queue: the loop also visits what is appended while it runs.
  for (const done of order) {
    for (const follower of followers[done]!) {
      if (--waiting[follower]! === 0) order.push(follower);
    }
  }
  const held = nodes.filter((node) => waiting[node.id]! > 0).map((node) => node.id);
  const cycle = held.length ? findCycle(nodes, values, captures, waiting, held[0]!) : [];
  return { order: [...order, ...held], cycle };
}

/** Exporters write nodes in order nearly always: one look spares the bookkeeping. */
function isOrdered(
  nodes: readonly Node[],
  values: readonly Value[],
  captures: ReadonlyMap<NodeId, readonly ValueId[]>,
): boolean {
  for (const node of nodes) {
    for (const id of node.inputs) {
      const producer = id === null ? null : values[id]!.producer;
      if (producer !== null && producer >= node.id) return false;
    }
    for (const id of captures.get(node.id) ?? []) {
      const producer = values[id]!.producer;
      if (producer !== null && producer >= node.id) return false;
    }
  }
  return true;
}

function* producersOf(
  node: Node,
  values: readonly Value[],
  captures: ReadonlyMap<NodeId, readonly ValueId[]>,
): Generator<NodeId> {
  for (const id of [...node.inputs, ...(captures.get(node.id) ?? [])]) {
    const producer = id === null ? null : values[id]!.producer;
    if (producer !== null) yield producer;
  }
}

/** Every held node has a held producer: walking up must meet itself, and the loop between is a cycle. */
function findCycle(
  nodes: readonly Node[],
  values: readonly Value[],
  captures: ReadonlyMap<NodeId, readonly ValueId[]>,
  waiting: Int32Array,
  first: NodeId,
): readonly NodeId[] {
  const seenAt = new Map<NodeId, number>();
  const walk: NodeId[] = [];
  let at = first;
  while (!seenAt.has(at)) {
    seenAt.set(at, walk.length);
    walk.push(at);
    for (const producer of producersOf(nodes[at]!, values, captures)) {
      if (waiting[producer]! > 0) {
        at = producer;
        break;
      }
    }
  }
  return walk.slice(seenAt.get(at)).reverse();
}
