/** Rows of equal modules that follow one another: drawn once, the one drawn stands for all. */
import type { Plan } from '../../src/core/plan';
import type { Scene, SceneGroup } from '../../src/core/view/types';
import { planFor } from './plans';

/** Shorter rows are as easily drawn out. */
const SHORTEST = 3;

export interface Repeats {
  /** First module of the row each group belongs to, -1 for none. */
  readonly run: Int32Array;
  readonly stands: Int32Array;
  /** Members of each row, in order, by its first module. */
  readonly members: ReadonlyMap<number, readonly number[]>;
}

const known = new WeakMap<Plan, Repeats>();

export const repeatsOf = (scene: Scene): Repeats => repeatsIn(planFor(scene));

export function repeatsIn(plan: Plan): Repeats {
  let repeats = known.get(plan);
  if (!repeats) known.set(plan, (repeats = findRepeats(plan)));
  return repeats;
}

const isCopy = ({ run }: Repeats, group: number): boolean => (run[group] ?? -1) >= 0 && run[group] !== group;

/** Modules that may be opened without drawing a row out: its first stands for the others. */
export const opensRow = (scene: Scene, group: number): boolean => isCopy(repeatsOf(scene), group);

/** Modules that stand open when a drawing is first seen. `fold`: rows are drawn once. */
export function openAtFirst(plan: Plan, fold: boolean): ReadonlySet<number> {
  const repeats = repeatsIn(plan);
  return new Set(plan.groups.flatMap(({ open }, g) => (open && !(fold && isCopy(repeats, g)) ? [g] : [])));
}

function findRepeats(plan: Plan): Repeats {
  const { groups } = plan;
  const run = new Int32Array(groups.length).fill(-1);
  const stands = Int32Array.from(plan.groupOf, (_, n) => n);
  const members = new Map<number, readonly number[]>();
  const follows = successions(plan);
  let row: number[] = [];
  const close = (): void => {
    if (row.length >= SHORTEST && !insideRow(plan, row[0]!, run)) {
      const first = row[0]!;
      members.set(first, row);
      for (const group of row) {
        run[group] = first;
        groups[group]!.nodes.forEach((node, i) => (stands[node] = groups[first]!.nodes[i] ?? node));
      }
    }
    row = [];
  };
  for (const group of siblingsInOrder(plan)) {
    const last = row.at(-1);
    const [a, b] = [last === undefined ? undefined : groups[last], groups[group]];
    const same = a && b && a.twin !== null && a.twin === b.twin && a.parent === b.parent;
    if (!same || a.nodes.length !== b.nodes.length || !follows.has(pair(plan, last!, group))) close();
    row.push(group);
  }
  close();
  return { run, stands, members };
}

/** A row in a module that is itself one of a row is drawn out: one alias for each node is enough to understand. */
function insideRow({ groups }: Plan, group: number, run: Int32Array): boolean {
  for (let g = groups[group]?.parent ?? null; g !== null; g = groups[g]?.parent ?? null) if (run[g]! >= 0) return true;
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
function siblingsInOrder({ groups }: Plan): number[] {
  const parent = (g: number): number => groups[g]?.parent ?? -1;
  const first = (g: number): number => groups[g]?.nodes[0] ?? 0;
  return groups.map((_, g) => g).sort((a, b) => parent(a) - parent(b) || first(a) - first(b));
}

const pair = ({ groups }: Plan, a: number, b: number): number => a * groups.length + b;

/** Pairs a, b where something of module a goes directly into its sibling b: branches side by side are no row. */
function successions(plan: Plan): Set<number> {
  const { groupOf, groups, edgeFrom, edgeTo } = plan;
  const parent = (g: number): number => groups[g]?.parent ?? -1;
  const depth = groups.map((_, g) => {
    let d = 0;
    for (let at = g; at >= 0; at = parent(at)) d++;
    return d;
  });
  const depthOf = (g: number): number => depth[g] ?? 0;
  const follows = new Set<number>();
  edgeFrom.forEach((from, edge) => {
    let [a, b] = [groupOf[from] ?? -1, groupOf[edgeTo[edge]!] ?? -1];
    // The modules below the one around both ends, on the way to each.
    let [source, target] = [-1, -1];
    while (a !== b) {
      const [da, db] = [depthOf(a), depthOf(b)];
      if (da >= db) [source, a] = [a, parent(a)];
      if (db >= da) [target, b] = [b, parent(b)];
    }
    if (source >= 0 && target >= 0) follows.add(pair(plan, source, target));
  });
  return follows;
}
