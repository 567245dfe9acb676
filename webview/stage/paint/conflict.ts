/** Branches that meet in different sizes: which edges say so, and what cannot be known behind them. */
import type { Scene } from '../../../src/core/view/types';
import type { Geometry } from '../layout/types';

export interface Conflicts {
  /** Wires into a join that cannot be, drawn in the colour of errors. */
  readonly wires: ReadonlySet<number>;
  /** Item numbers of what follows from an error: it steps back. */
  readonly behind: ReadonlySet<number>;
  /** `28×28 ≠ 26×26`, on wires that leave such a join. */
  readonly words: ReadonlyMap<number, string>;
}

const NONE: Conflicts = { wires: new Set(), behind: new Set(), words: new Map() };

export function conflictsOf(scene: Scene, { wires }: Geometry): Conflicts {
  const bad = new Map<number, string>();
  for (const { id, problem } of scene.nodes) {
    if (problem !== 'error') continue;
    const sizes = new Set(scene.edges.filter(({ to }) => to.kind === 'node' && to.node === id).map(({ size }) => size));
    if (sizes.size > 1) bad.set(id, unequal([...sizes]));
  }
  if (bad.size === 0) return NONE;
  const words = new Map<number, string>();
  const into = new Set<number>();
  for (let wire = 0; wire < wires.count; wire++) {
    if (bad.has(wires.to[wire]!)) into.add(wire);
    const said = bad.get(wires.from[wire]!);
    if (said !== undefined) words.set(wire, said);
  }
  return { wires: into, behind: behindOf(scene, [...bad.keys()]), words };
}

/** Only what differs: equal channels are no part of the trouble. */
function unequal(sizes: readonly string[]): string {
  const parts = sizes.map((size) => size.split('×'));
  const [first = []] = parts;
  const sameChannels = first.length === 3 && parts.every((own) => own.length === 3 && own[0] === first[0]);
  return (sameChannels ? parts.map((own) => own.slice(1).join('×')) : sizes).join(' ≠ ');
}

function behindOf({ nodes, groups, edges }: Scene, bad: readonly number[]): Set<number> {
  const behind = new Set<number>();
  const next = new Map<number, number[]>();
  const first = nodes.length + groups.length;
  for (const { from, to } of edges) {
    if (from.kind !== 'node') continue;
    const item = to.kind === 'node' ? to.node : first + to.port;
    const list = next.get(from.node);
    if (list) list.push(item);
    else next.set(from.node, [item]);
  }
  const queue = [...bad];
  // The list is its own queue: it grows while it is walked.
  for (const node of queue) {
    for (const item of next.get(node) ?? []) {
      if (behind.has(item)) continue;
      behind.add(item);
      if (item < nodes.length) queue.push(item);
    }
  }
  groups.forEach((group, i) => {
    if (group.nodes.length && group.nodes.every((node) => behind.has(node))) behind.add(nodes.length + i);
  });
  for (const node of bad) behind.delete(node);
  return behind;
}
