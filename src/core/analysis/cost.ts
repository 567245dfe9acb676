import type { Dim } from '../ir/dim';
import type { NodeId } from '../ir/types';
import { added } from './memory';
import type { Inferred } from './inferred';

/** Exact numbers only: a symbol is no count, and beyond 2⁵³ no double is exact. */
const count = (d: Dim): number | null => (typeof d === 'number' && Number.isSafeInteger(d) && d >= 0 ? d : null);

/** Multiply-accumulates of one run of a node; a function's are those of its body. Unknown operators may do anything. */
export function macsOf(found: Inferred, id: NodeId): number | null {
  const definition = found.definitions[id];
  const context = found.contexts[id];
  if (!context) return null;
  if (definition) return definition.macs ? count(definition.macs(context)) : 0;
  const body = found.bodies.get(id)?.[0];
  return body ? macsOfAll(body) : null;
}

/** Over all nodes of a graph. */
export const macsOfAll = (found: Inferred): number | null =>
  found.graph.nodes.reduce<number | null>((sum, node) => added(sum, macsOf(found, node.id)), 0);

/** Bodies that belong to If, Loop and Scan, at any depth: what they hold is counted apart. */
export function* bodiesOf(found: Inferred): Generator<Inferred> {
  for (const [id, bodies] of found.bodies) {
    for (const body of bodies) {
      if (found.definitions[id]) yield body;
      yield* bodiesOf(body);
    }
  }
}
