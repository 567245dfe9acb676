/** Operators picked out while the rest fades: what feeds one, what it feeds, all of a kind. */
import { t } from '../../src/core/l10n/l10n';
import type { Family, Scene, SceneNode } from '../../src/core/view/types';

export interface Lit {
  readonly kind: 'upstream' | 'downstream' | 'op' | 'family';
  /** What it was asked for: the same again ends it. */
  readonly key: string;
  /** `34 of 69 operators feed layer2.0.conv1`. */
  readonly words: string;
  readonly nodes: ReadonlySet<number>;
  /** Inputs and outputs of the net on the way. */
  readonly ports: ReadonlySet<number>;
}

export type Way = 'upstream' | 'downstream';
type Start = { readonly node: number } | { readonly group: number };

/** Everything data reaches the start from, or reaches from there; through closed modules as well. Null for no such start. */
export function trace(scene: Scene, start: Start, way: Way): Lit | null {
  const first = 'node' in start ? [start.node] : (scene.groups[start.group]?.nodes ?? []);
  if (!first.every((n) => scene.nodes[n]) || !first.length) return null;
  const { nodes, ports } = reach(scene, first, way);
  const others = [...nodes].filter((n) => counts(scene.nodes[n])).length;
  for (const n of first) nodes.add(n);
  const name = 'node' in start ? nameOf(scene, start.node) : (scene.groups[start.group]?.name ?? '');
  const all = scene.nodes.filter(counts).length;
  return {
    kind: way,
    key: `${way} ${JSON.stringify(start)}`,
    words:
      way === 'upstream'
        ? t('{0} of {1} operators feed {2}', others, all, name)
        : t('{0} feeds {1} of {2} operators', name, others, all),
    nodes,
    ports,
  };
}

function reach(scene: Scene, first: readonly number[], way: Way): { nodes: Set<number>; ports: Set<number> } {
  const next = neighbours(scene)[way];
  const [nodes, ports] = [new Set<number>(), new Set<number>()];
  const started = new Set(first);
  const stack = [...first];
  for (let at = stack.pop(); at !== undefined; at = stack.pop())
    for (const to of next.get(at) ?? []) {
      if (to < 0) ports.add(-1 - to);
      else if (!nodes.has(to) && !started.has(to)) {
        nodes.add(to);
        stack.push(to);
      }
    }
  return { nodes, ports };
}

/** By node; ports as negative numbers. */
type Links = ReadonlyMap<number, readonly number[]>;
const known = new WeakMap<Scene, Readonly<Record<Way, Links>>>();

function neighbours(scene: Scene): Readonly<Record<Way, Links>> {
  const made = known.get(scene);
  if (made) return made;
  const up = new Map<number, number[]>();
  const down = new Map<number, number[]>();
  const add = (map: typeof up, from: number, to: number): void => {
    const list = map.get(from);
    if (list) list.push(to);
    else map.set(from, [to]);
  };
  for (const { from, to } of scene.edges) {
    const [a, b] = [from, to].map((end) => (end.kind === 'node' ? end.node : -1 - end.port)) as [number, number];
    add(down, a, b);
    add(up, b, a);
  }
  const links = { upstream: up, downstream: down };
  known.set(scene, links);
  return links;
}

/** All operators of one kind, or of one family; null where there are none. */
export function alike(
  scene: Scene,
  what: { readonly op: string } | { readonly family: Family },
  title: string,
): Lit | null {
  const same = (n: SceneNode): boolean => ('op' in what ? n.op === what.op : n.family === what.family) && counts(n);
  const nodes = new Set(scene.nodes.filter(same).map((n) => n.id));
  if (!nodes.size) return null;
  return {
    kind: 'op' in what ? 'op' : 'family',
    key: JSON.stringify(what),
    words: t('{0} of {1} operators: {2}', nodes.size, scene.nodes.filter(counts).length, title),
    nodes,
    ports: new Set(),
  };
}

/** Folded shape plumbing is not spoken of. */
const counts = (node: SceneNode | undefined): boolean => node?.plumbing === false;

function nameOf(scene: Scene, id: number): string {
  const node = scene.nodes[id]!;
  const module = node.group === null ? '' : (scene.groups[node.group]?.name ?? '');
  const own = node.shortName || node.title;
  return module ? `${module}.${own}` : own;
}
