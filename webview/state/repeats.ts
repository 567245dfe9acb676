/** Rows of equal modules that follow one another: drawn once, the one drawn stands for all. */
import type { Scene, SceneGroup } from '../../src/core/view/types';

/** Shorter rows are as easily drawn out. */
const SHORTEST = 3;

export interface Repeats {
  /** First module of the row each group belongs to, -1 for none. */
  readonly run: Int32Array;
  readonly stands: Int32Array;
  /** Members of each row, in order, by its first module. */
  readonly members: ReadonlyMap<number, readonly number[]>;
}

const known = new WeakMap<Scene, Repeats>();

export function repeatsOf(scene: Scene): Repeats {
  let repeats = known.get(scene);
  if (!repeats) known.set(scene, (repeats = findRepeats(scene)));
  return repeats;
}

/** Modules that may be opened without drawing a row out: its first stands for the others. */
export const opensRow = (scene: Scene, group: number): boolean => {
  const first = repeatsOf(scene).run[group] ?? -1;
  return first >= 0 && first !== group;
};

function findRepeats(scene: Scene): Repeats {
  const run = new Int32Array(scene.groups.length).fill(-1);
  const stands = Int32Array.from(scene.nodes, (_, n) => n);
  const members = new Map<number, readonly number[]>();
  const follows = successions(scene);
  let row: number[] = [];
  const close = (): void => {
    if (row.length >= SHORTEST && !insideRow(scene, row[0]!, run)) {
      const first = row[0]!;
      members.set(first, row);
      for (const group of row) {
        run[group] = first;
        scene.groups[group]!.nodes.forEach((node, i) => (stands[node] = scene.groups[first]!.nodes[i] ?? node));
      }
    }
    row = [];
  };
  for (const group of siblingsInOrder(scene)) {
    const last = row.at(-1);
    const [a, b] = [last === undefined ? undefined : scene.groups[last], scene.groups[group]];
    const same = a && b && a.twin !== null && a.twin === b.twin && a.parent === b.parent;
    if (!same || a.nodes.length !== b.nodes.length || !follows.has(`${last}>${group}`)) close();
    row.push(group);
  }
  close();
  return { run, stands, members };
}

/** A row in a module that is itself one of a row is drawn out: one alias for each node is enough to understand. */
function insideRow(scene: Scene, group: number, run: Int32Array): boolean {
  for (let g = scene.groups[group]?.parent ?? null; g !== null; g = scene.groups[g]?.parent ?? null)
    if (run[g]! >= 0) return true;
  return false;
}

/** What one module says that stands for a row: `layer3.1 … layer3.35`, the sum of its costs, its growth from first to last. */
export function rowGroup(scene: Scene, members: readonly number[]): SceneGroup {
  const groups = members.map((g) => scene.groups[g]!);
  const [first, last] = [groups[0]!, groups.at(-1)!];
  return {
    ...first,
    name: `${first.name} … ${ending(first.name, last.name)}`,
    parameters: groups.reduce((sum, g) => sum + g.parameters, 0),
    macs: groups.some((g) => g.macs === null) ? null : groups.reduce((sum, g) => sum + (g.macs ?? 0), 0),
    seesAfter: last.seesAfter,
    sizeOut: last.sizeOut,
  };
}

/** `layer3.35` after `layer3.1` is `35`: what is the same need not be read twice. */
function ending(first: string, last: string): string {
  const cut = last.search(/[^./_]*$/);
  return first.slice(0, cut) === last.slice(0, cut) ? last.slice(cut) : last;
}

/** Groups of one parent after the other, each in the order of the flow. */
function siblingsInOrder(scene: Scene): number[] {
  const order = scene.groups.map((_, g) => g);
  const parent = (g: number): number => scene.groups[g]?.parent ?? -1;
  const first = (g: number): number => scene.groups[g]?.nodes[0] ?? 0;
  return order.sort((a, b) => parent(a) - parent(b) || first(a) - first(b));
}

/** `a>b` where something of module a goes directly into its sibling b: branches side by side are no row. */
function successions(scene: Scene): Set<string> {
  const follows = new Set<string>();
  const chain = (node: number): number[] => {
    const groups: number[] = [];
    for (let g = scene.nodes[node]?.group ?? null; g !== null; g = scene.groups[g]?.parent ?? null) groups.push(g);
    return groups;
  };
  for (const { from, to } of scene.edges) {
    if (from.kind !== 'node' || to.kind !== 'node') continue;
    const [a, b] = [chain(from.node), chain(to.node)];
    while (a.length && b.length && a.at(-1) === b.at(-1)) {
      a.pop();
      b.pop();
    }
    if (a.length && b.length) follows.add(`${a.at(-1)}>${b.at(-1)}`);
  }
  return follows;
}
