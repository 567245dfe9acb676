/** Two nets drawn as one: the second with its own numbers, and what only the first has put in where it was. */
import { buildScene } from '../view/scene';
import type { DiffMark, EdgeEnd, Scene, SceneEdge, SceneGroup, SceneNode } from '../view/types';
import { changeOf } from './change';
import { entriesOf } from './listing';
import type { Comparison } from './types';

export interface Union {
  readonly scene: Scene;
  /** NodeIds behind each node of the scene; null on the side that has none. */
  readonly origin: readonly { readonly before: number | null; readonly after: number | null }[];
}

/** More of them and modules stay as closed as they are. */
const MOST_OPENED = 20;

export function unionScene(comparison: Comparison, titles: { readonly before: string; readonly after: string }): Union {
  const [before, after] = [buildScene(comparison.before, titles.before), buildScene(comparison.after, titles.after)];
  const count = after.nodes.length;
  const joint = new Int32Array(before.nodes.length).fill(-1);
  const origin: { before: number | null; after: number | null }[] = after.nodes.map(({ id }) => ({
    before: null,
    after: id,
  }));
  const marks: (DiffMark | null)[] = after.nodes.map(() => null);
  for (const { before: a, after: b, status } of comparison.pairs) {
    joint[a] = b;
    origin[b] = { before: a, after: b };
    marks[b] = status === 'same' ? null : status;
  }
  for (const b of comparison.added) marks[b] = 'added';
  comparison.removed.forEach((a, i) => {
    joint[a] = count + i;
    origin.push({ before: a, after: null });
    marks.push('removed');
  });
  const ports = portPairs(before, after);
  const groups = jointGroups(before, after, joint, comparison.removed);
  const removed = comparison.removed.map((a): SceneNode => {
    const node = before.nodes[a]!;
    const group = groups.of(a);
    return { ...node, id: joint[a]!, group, pill: null, pillOf: null, outputs: [] };
  });
  const rewired = new Set(
    comparison.pairs.flatMap((pair) => (pair.differences.some(({ kind }) => kind === 'inputs') ? [pair.after] : [])),
  );
  const edges = [...after.edges, ...lostEdges(before, after, joint, ports.joint, rewired)];
  const nodes = unfused([...after.nodes, ...removed], marks, edges).map((node): SceneNode => {
    const mark = marks[node.id] ?? null;
    const { before: a, after: b } = origin[node.id]!;
    const sides = [a === null ? null : before.nodes[a]!, b === null ? null : after.nodes[b]!] as const;
    const compared = { ...node, change: changeOf(...sides) };
    return mark ? { ...compared, mark } : compared;
  });
  const order = entriesOf(comparison).map((entry) => entry.after ?? joint[entry.before ?? -1]!);
  const scene: Scene = {
    ...after,
    title: `${titles.before} ↔ ${titles.after}`,
    nodes,
    edges,
    groups: opened(groups.list, nodes),
    ports: ports.list,
    problems: [],
    order,
  };
  return { scene, origin };
}

/** One model of a comparison with its own marks, for an editor that shows it alone. */
export function markedScene(scene: Scene, comparison: Comparison, side: 'before' | 'after'): Scene {
  const marks = new Map<number, DiffMark>();
  for (const pair of comparison.pairs) if (pair.status !== 'same') marks.set(pair[side], pair.status);
  for (const id of side === 'before' ? comparison.removed : comparison.added)
    marks.set(id, side === 'before' ? 'removed' : 'added');
  const all = scene.nodes.map(({ id }) => marks.get(id) ?? null);
  const nodes = unfused(scene.nodes, all, scene.edges).map((node): SceneNode => {
    const mark = marks.get(node.id);
    return mark ? { ...node, mark } : node;
  });
  return { ...scene, nodes, groups: opened(scene.groups, nodes) };
}

/** Ends of the first net that the second has under another number; those it does not have are put behind its own. */
function portPairs(before: Scene, after: Scene): { readonly joint: readonly number[]; readonly list: Scene['ports'] } {
  const list = [...after.ports];
  const sides = (scene: Scene, side: 'input' | 'output'): number[] =>
    scene.ports.flatMap((port, i) => (port.side === side ? [i] : []));
  const joint = before.ports.map(() => -1);
  for (const side of ['input', 'output'] as const) {
    const [one, other] = [sides(before, side), sides(after, side)];
    const left = new Set(other);
    const take = (from: number, to: number | undefined): void => {
      if (to === undefined || !left.delete(to)) return;
      joint[from] = to;
    };
    for (const at of one)
      take(
        at,
        other.find((to) => after.ports[to]!.name === before.ports[at]!.name),
      );
    one.forEach((at, i) => {
      if (joint[at]! < 0) take(at, other[i]);
    });
    for (const at of one)
      if (joint[at]! < 0) {
        joint[at] = list.length;
        list.push(before.ports[at]!);
      }
  }
  return { joint, list };
}

interface JointGroups {
  readonly list: readonly SceneGroup[];
  /** Group of a removed operator. */
  readonly of: (a: number) => number | null;
}

/** Modules of the first net in those of the second that hold most of the same operators; what has none there comes along. */
function jointGroups(before: Scene, after: Scene, joint: Int32Array, removed: readonly number[]): JointGroups {
  const list: SceneGroup[] = [...after.groups];
  const more = new Map<number, number[]>();
  const votes = before.groups.map(() => new Map<number, number>());
  const count = after.nodes.length;
  before.nodes.forEach((node, a) => {
    const b = joint[a]!;
    if (b < 0 || b >= count) return;
    const [from, to] = [pathOf(before.groups, node.group), pathOf(after.groups, after.nodes[b]!.group)];
    // Outermost with outermost.
    from.forEach((g, depth) => {
      const there = to[depth];
      if (there !== undefined) votes[g]!.set(there, (votes[g]!.get(there) ?? 0) + 1);
    });
  });
  const known = new Map<number, number>();
  const taken = new Set<number>();
  const byPath = new Map(after.groups.map((group, g) => [group.path, g]));
  const groupOf = (g: number | null): number | null => {
    if (g === null) return null;
    const there = known.get(g);
    if (there !== undefined) return there;
    const named = byPath.get(before.groups[g]!.path);
    const [likely] = [...votes[g]!].sort((x, y) => y[1] - x[1]).filter(([to]) => !taken.has(to));
    // What is in both says more than a name, which may be a number.
    let to = likely?.[0] ?? (votes[g]!.size || taken.has(named ?? -1) ? undefined : named);
    if (to === undefined) {
      to = list.length;
      list.push({ ...before.groups[g]!, parent: groupOf(before.groups[g]!.parent), nodes: [], twin: null, open: true });
    }
    taken.add(to);
    known.set(g, to);
    return to;
  };
  const home = new Map<number, number | null>();
  for (const a of removed) {
    const group = groupOf(before.nodes[a]!.group);
    home.set(a, group);
    for (const g of pathOf(list, group)) {
      const own = more.get(g);
      if (own) own.push(joint[a]!);
      else more.set(g, [joint[a]!]);
    }
  }
  const whole = list.map((group, g) => (more.has(g) ? { ...group, nodes: [...group.nodes, ...more.get(g)!] } : group));
  return { list: whole, of: (a) => home.get(a) ?? null };
}

function pathOf(groups: readonly SceneGroup[], group: number | null): readonly number[] {
  const path: number[] = [];
  for (let g = group; g !== null && path.length < 100; g = groups[g]?.parent ?? null) path.unshift(g);
  return path;
}

/**
 * Edges that only the first net has: to and from what is gone, and those that led elsewhere. Not those past an operator that was put
 * in between, which tell nothing more.
 */
function lostEdges(
  before: Scene,
  after: Scene,
  joint: Int32Array,
  ports: readonly number[],
  rewired: ReadonlySet<number>,
): readonly SceneEdge[] {
  const count = after.nodes.length;
  const end = (at: EdgeEnd): EdgeEnd =>
    at.kind === 'node' ? { kind: 'node', node: joint[at.node]! } : { kind: 'port', port: ports[at.port]! };
  const key = (edge: { readonly from: EdgeEnd; readonly to: EdgeEnd }): string =>
    [edge.from, edge.to].map((at) => (at.kind === 'node' ? `n${at.node}` : `p${at.port}`)).join('>');
  const there = new Set(after.edges.map(key));
  return before.edges.flatMap((edge): SceneEdge[] => {
    const moved = { from: end(edge.from), to: end(edge.to) };
    if (there.has(key(moved))) return [];
    // Bodies of what only the first net has are not drawn.
    if ([moved.from, moved.to].some((at) => at.kind === 'node' && at.node < 0)) return [];
    const gone = (at: EdgeEnd): boolean => (at.kind === 'node' ? at.node >= count : at.port >= after.ports.length);
    if (gone(moved.from) || gone(moved.to)) return [{ ...edge, ...moved, value: -1 }];
    const elsewhere = moved.to.kind === 'node' && rewired.has(moved.to.node);
    return elsewhere
      ? [{ ...edge, ...moved, value: -1, kind: edge.kind === 'plumbing' ? 'plumbing' : 'auxiliary' }]
      : [];
  });
}

/** What is marked has a box of its own: pills hold only what is the same, and nothing else leads into them. */
function unfused(
  nodes: readonly SceneNode[],
  marks: readonly (DiffMark | null)[],
  edges: readonly SceneEdge[],
): readonly SceneNode[] {
  const feeders = new Map<number, number[]>();
  for (const { from, to, kind } of edges) {
    if (to.kind !== 'node' || kind === 'plumbing') continue;
    const list = feeders.get(to.node) ?? [];
    list.push(from.kind === 'node' ? from.node : -1);
    feeders.set(to.node, list);
  }
  const pills = new Map<number, SceneNode['pill']>();
  const free = new Set<number>();
  for (const { id, pill } of nodes) {
    if (!pill) continue;
    const inside = new Set([id, ...pill.parts.flatMap((part) => part.nodes)]);
    const plain = (node: number): boolean =>
      (marks[node] === null || marks[node] === 'follows') &&
      (feeders.get(node) ?? []).every((from) => inside.has(from) && !free.has(from));
    let whole = 0;
    while (whole < pill.parts.length && pill.parts[whole]!.nodes.every(plain)) whole++;
    if (whole === pill.parts.length) continue;
    const parts = pill.parts.slice(0, whole);
    for (const part of pill.parts.slice(whole)) for (const node of part.nodes) free.add(node);
    const last = parts.at(-1)?.nodes.at(-1);
    const title = parts.map((part) => part.title).join(' · ');
    pills.set(id, last === undefined ? null : { node: last, title, parts });
  }
  if (!free.size) return nodes;
  return nodes.map((node) => {
    const pill = pills.has(node.id) ? (pills.get(node.id) ?? null) : node.pill;
    return { ...node, pill, pillOf: free.has(node.id) ? null : node.pillOf };
  });
}

/** Modules with differences in them are no longer like others; a few of them are open at first. */
function opened(groups: readonly SceneGroup[], nodes: readonly SceneNode[]): readonly SceneGroup[] {
  const different = new Set<number>();
  const marked = nodes.filter(({ mark, plumbing }) => mark && mark !== 'follows' && !plumbing);
  for (const { group } of marked) for (const g of pathOf(groups, group)) different.add(g);
  const few = marked.length <= MOST_OPENED;
  return groups.map((group, g) => (different.has(g) ? { ...group, twin: null, open: few || group.open } : group));
}
