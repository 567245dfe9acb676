/** The tree of modules a person would draw, from module paths. */
import type { Graph } from '../ir/types';
import { modulePaths, type Path } from './scopes';

export interface Group {
  readonly name: string;
  readonly path: string;
  readonly parent: number | null;
  /** All nodes directly or indirectly inside, in flow order. */
  readonly nodes: readonly number[];
}

export interface Grouping {
  readonly groups: readonly Group[];
  /** Innermost group by NodeId. */
  readonly groupOf: readonly (number | null)[];
  /** The module's own last name by NodeId: `conv1`; '' where it has none. */
  readonly ownName: readonly string[];
}

interface Branch {
  readonly name: string;
  readonly children: Map<string, Branch>;
  readonly own: number[];
}

const branch = (name: string): Branch => ({ name, children: new Map(), own: [] });

function grow(graph: Graph, paths: readonly Path[]): Branch {
  const root = branch('');
  for (const id of graph.order) {
    let at = root;
    for (const part of paths[id] ?? []) {
      if (part === '') continue;
      let next = at.children.get(part);
      if (!next) at.children.set(part, (next = branch(part)));
      at = next;
    }
    at.own.push(id);
  }
  return root;
}

/** Operators that would be boxes: a module of one box is that box. `counts` says which nodes are. */
function boxes(b: Branch, counts: (node: number) => boolean): number {
  let n = b.own.filter(counts).length;
  for (const child of b.children.values()) n += boxes(child, counts);
  return n;
}

function everything(b: Branch): number[] {
  return [...b.own, ...[...b.children.values()].flatMap(everything)];
}

/**
 * Modules whose collapsed box would lie on a cycle (a path leaves and comes back) can't be drawn as one box: found by Kahn's algorithm
 * on the quotient graph of each level.
 */
function cyclic(graph: Graph, units: readonly (readonly number[])[]): Set<number> {
  const unitOf = new Map<number, number>();
  units.forEach((nodes, u) => {
    for (const n of nodes) unitOf.set(n, u);
  });
  const next = units.map(() => new Set<number>());
  const degree = units.map(() => 0);
  units.forEach((nodes, u) => {
    for (const n of nodes)
      for (const out of graph.nodes[n]?.outputs ?? [])
        for (const consumer of out === null ? [] : (graph.consumers[out] ?? [])) {
          const v = unitOf.get(consumer);
          if (v === undefined || v === u || next[u]?.has(v)) continue;
          next[u]?.add(v);
          degree[v] = (degree[v] ?? 0) + 1;
        }
  });
  const ready = degree.flatMap((d, u) => (d === 0 ? [u] : []));
  const left = new Set(units.keys());
  for (let u = ready.pop(); u !== undefined; u = ready.pop()) {
    left.delete(u);
    for (const v of next[u] ?? []) {
      degree[v] = (degree[v] ?? 0) - 1;
      if (degree[v] === 0) ready.push(v);
    }
  }
  return left;
}

/** `counts(node)`: whether the node is drawn as a box of its own (not plumbing, not a fused activation). */
export function groupByScopes(graph: Graph, counts: (node: number) => boolean): Grouping {
  const paths = modulePaths(graph);
  const groups: { name: string; path: string; parent: number | null; nodes: number[] }[] = [];
  const groupOf: (number | null)[] = graph.nodes.map(() => null);
  const rank = new Map(graph.order.map((id, i) => [id as number, i]));
  const byFlow = (a: number, b: number): number => (rank.get(a) ?? 0) - (rank.get(b) ?? 0);

  const place = (at: Branch, parent: number | null, prefix: string): void => {
    for (const id of at.own) groupOf[id] = parent;
    const children = [...at.children.values()];
    const units = [...at.own.map((id) => [id]), ...children.map(everything)];
    const broken = cyclic(graph, units);
    children.forEach((child, i) => {
      const nodes = units[at.own.length + i] ?? [];
      const path = prefix ? `${prefix}/${child.name}` : child.name;
      const single = boxes(child, counts) < 2;
      if (single || broken.has(at.own.length + i)) {
        place(child, parent, path);
        return;
      }
      const index = groups.push({ name: child.name, path, parent, nodes: [...nodes].sort(byFlow) }) - 1;
      place(child, index, path);
    });
  };
  place(grow(graph, paths), null, '');
  return { groups: groups.map((g) => ({ ...g })), groupOf, ownName: paths.map((p) => p.at(-1) ?? '') };
}
