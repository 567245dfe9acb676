/** What a module gives out. */
import type { Scene } from '../../../src/core/view/types';

const known = new WeakMap<Scene, ReadonlyMap<number, number>>();

/**
 * The last operator inside a module whose data go on to what is outside of it; of one that hangs on another as a pill, that other.
 * Null where nothing does.
 */
export function outletOf(scene: Scene, group: number): number | null {
  let outlets = known.get(scene);
  if (!outlets) known.set(scene, (outlets = outletsOf(scene)));
  return outlets.get(group) ?? null;
}

function outletsOf(scene: Scene): ReadonlyMap<number, number> {
  const { nodes, groups, edges } = scene;
  const around = (node: number): number[] => {
    const found: number[] = [];
    for (let g = nodes[node]?.group ?? null; g !== null; g = groups[g]?.parent ?? null) found.push(g);
    return found;
  };
  const places = new Map<number, readonly [place: number, node: number]>();
  const order = new Map<number, ReadonlyMap<number, number>>();
  const placeIn = (group: number, node: number): number => {
    let own = order.get(group);
    if (!own) order.set(group, (own = new Map(groups[group]!.nodes.map((inside, at) => [inside, at]))));
    return own.get(node) ?? -1;
  };
  for (const { from, to, kind } of edges) {
    if (from.kind !== 'node' || kind === 'plumbing' || kind === 'auxiliary') continue;
    const into = new Set(to.kind === 'node' ? around(to.node) : []);
    for (const group of around(from.node)) {
      if (into.has(group)) continue;
      const place = placeIn(group, from.node);
      if (place >= (places.get(group)?.[0] ?? -1)) places.set(group, [place, from.node]);
    }
  }
  return new Map([...places].map(([group, [, node]]) => [group, nodes[node]?.pillOf ?? node]));
}
