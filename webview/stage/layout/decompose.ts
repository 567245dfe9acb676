/** Reads a graph the way a person does: a chain, with branches that part and meet again, and what is neither. */
import type { Flow } from './order';

export type Element =
  | { readonly kind: 'child'; readonly child: number }
  | { readonly kind: 'parallel'; readonly branches: readonly Series[] }
  /** No chain and no branches: left to a general layout. */
  | { readonly kind: 'region'; readonly children: readonly number[] };

export interface Series {
  readonly elements: readonly Element[];
  /** Operators and modules in it. */
  readonly size: number;
}

export class TooDeep extends Error {}
const DEEPEST = 300;

/** `skipped`: edges (`from * size + to`) left to the side lanes. */
export function decompose(flow: Flow, skipped: ReadonlySet<number>): Series {
  const next = flow.next.map((list, v) => list.filter((w) => !skipped.has(v * flow.size + w)));
  const inside = Array.from(flow.byRank.subarray(1, flow.size - 1));
  return series({ ...flow, next }, inside, flow.source, flow.sink, 0);
}

/** `vertices` in flow order; all their edges stay among them or go to `exit`; `entry` reaches them all. */
function series(flow: Flow, vertices: readonly number[], entry: number, exit: number, depth: number): Series {
  if (depth > DEEPEST) throw new TooDeep('branches in branches without end');
  const place = new Map(vertices.map((v, i) => [v, i]));
  const end = vertices.length;
  const placeOf = (w: number): number | undefined => (w === exit ? end : place.get(w));
  const furthest = (v: number, so: number): number => {
    let far = so;
    for (const w of flow.next[v]!) {
      const p = placeOf(w);
      if (p !== undefined && p > far) far = p;
    }
    return far;
  };
  const elements: Element[] = [];
  let far = furthest(entry, 0);
  let from = 0;
  let before = entry;
  const between = (to: number, after: number): void => {
    if (to > from) elements.push(...parallel(flow, vertices.slice(from, to), before, after, end, depth));
  };
  for (let i = 0; i < end; i++) {
    const v = vertices[i]!;
    // No edge jumps over v: every way goes through it.
    if (far <= i) {
      between(i, v);
      elements.push({ kind: 'child', child: v });
      from = i + 1;
      before = v;
    }
    far = furthest(v, far);
  }
  between(end, exit);
  return { elements, size: end };
}

function parallel(
  flow: Flow,
  vertices: readonly number[],
  entry: number,
  exit: number,
  around: number,
  depth: number,
): Element[] {
  const parts = connected(flow, vertices);
  if (parts.length > 1) {
    const branches = parts.map((part) => series(flow, part, entry, exit, depth + 1));
    return [{ kind: 'parallel', branches }];
  }
  if (vertices.length < around) {
    const inner = series(flow, vertices, entry, exit, depth + 1);
    return [...inner.elements];
  }
  return [{ kind: 'region', children: vertices }];
}

/** Weakly connected parts, in flow order of their first vertices. */
function connected(flow: Flow, vertices: readonly number[]): number[][] {
  const leader = new Map(vertices.map((v) => [v, v]));
  const find = (v: number): number => {
    let root = v;
    while (leader.get(root) !== root) root = leader.get(root)!;
    for (let at = v; at !== root;) {
      const up = leader.get(at)!;
      leader.set(at, root);
      at = up;
    }
    return root;
  };
  for (const v of vertices) for (const w of flow.next[v]!) if (leader.has(w)) leader.set(find(v), find(w));
  const parts = new Map<number, number[]>();
  for (const v of vertices) {
    const root = find(v);
    const part = parts.get(root);
    if (part) part.push(v);
    else parts.set(root, [v]);
  }
  return [...parts.values()];
}

/** Children that stand directly in the same series share its number; those in regions have none. */
export function seriesOf(root: Series, size: number): Int32Array {
  const number = new Int32Array(size).fill(-1);
  let count = 0;
  const visit = (s: Series): void => {
    const own = count++;
    for (const e of s.elements) {
      if (e.kind === 'child') number[e.child] = own;
      else if (e.kind === 'parallel') e.branches.forEach(visit);
    }
  };
  visit(root);
  return number;
}
