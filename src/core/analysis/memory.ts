import { dimProduct } from '../ir/dim';
import { bytesOf } from '../ir/dtype';
import type { Steps } from '../steps';
import type { Node, TensorType, ValueId } from '../ir/types';
import type { Inferred } from './inferred';

/** Bytes of a tensor, null where its extents are not all numbers. */
export function tensorBytes(type: TensorType | null | undefined): number | null {
  if (!type?.shape || type.container) return null;
  const elements = dimProduct(type.shape);
  const bytes = typeof elements === 'number' ? bytesOf(type.dtype, elements) : null;
  return bytes !== null && Number.isSafeInteger(bytes) ? bytes : null;
}

export const added = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b);

/** Bytes of all outputs of a node. */
export const outputBytes = (found: Inferred, node: Node): number | null =>
  node.outputs.reduce<number | null>((sum, id) => (id === null ? sum : added(sum, tensorBytes(found.types[id]))), 0);

/** Values of this graph that a node needs, those its bodies take from around them included. */
function needsOf(found: Inferred, node: Node): readonly ValueId[] {
  const needs = node.inputs.filter((id): id is ValueId => id !== null);
  const bodies = found.bodies.get(node.id);
  if (!bodies) return needs;
  for (const body of bodies) {
    for (const value of body.graph.values) {
      const id = value.captured ? found.graph.valueByName.get(value.name) : undefined;
      if (id !== undefined) needs.push(id);
    }
  }
  return needs;
}

/**
 * The most bytes alive at once while the nodes run in order: a tensor lives from its node to its last reader, outputs to the end.
 * Weights are stored, not activations, and are left out.
 */
export function* peakBytes(found: Inferred): Steps<number | null> {
  const { graph, constant } = found;
  const readers = Array<number>(graph.values.length).fill(0);
  const needs = graph.nodes.map((node) => needsOf(found, node));
  yield;
  for (const ids of needs) for (const id of ids) readers[id] = (readers[id] ?? 0) + 1;
  for (const id of graph.outputs) readers[id] = Infinity;
  const sizes = graph.values.map((v) => (constant[v.id] ? 0 : tensorBytes(found.types[v.id])));
  yield;
  if (graph.values.some((v) => v.producer !== null && sizes[v.id] === null)) return null;
  if (graph.inputs.some((id) => sizes[id] === null)) return null;
  const sizeOf = (id: ValueId): number => sizes[id] ?? 0;
  let live = graph.inputs.reduce((sum, id) => sum + sizeOf(id), 0);
  let peak = live;
  for (const nodeId of graph.order) {
    const outputs = (graph.nodes[nodeId]?.outputs ?? []).filter((id): id is ValueId => id !== null);
    for (const id of outputs) live += sizeOf(id);
    peak = Math.max(peak, live);
    // What nobody reads is free again at once; what was read for the last time as well.
    for (const id of outputs) if (!readers[id]) live -= sizeOf(id);
    for (const id of needs[nodeId] ?? []) {
      const left = (readers[id] ?? 0) - 1;
      readers[id] = left;
      if (left === 0) live -= sizeOf(id);
    }
  }
  return peak;
}
