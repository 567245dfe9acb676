/** A part of the graph that is neither a chain nor branches, as the general layouts get it. */
import type { ChildShape } from './board';
import type { Element } from './decompose';
import type { Flow } from './order';

export interface RegionGraph {
  readonly shapes: readonly ChildShape[];
  /** -1 stands for the rest of the drawing above, the number of shapes for the rest below. */
  readonly edges: readonly { readonly from: number; readonly to: number }[];
  /** Longest way from above, in layers. */
  readonly layer: readonly number[];
  /** Edges past more layers than `LONG`: every engine's running time explodes with them, so they go round the side. */
  readonly long: readonly { readonly from: number; readonly to: number }[];
}

const LONG = 6;

export function regionGraph(
  element: Element & { kind: 'region' },
  flow: Flow,
  skipped: ReadonlySet<number>,
  shapes: readonly ChildShape[],
): RegionGraph {
  const { children } = element;
  const at = new Map(children.map((child, i) => [child, i]));
  const edges: { from: number; to: number }[] = [];
  const inside = new Set(children);
  const end = children.length;
  flow.next.forEach((list, v) => {
    const from = at.get(v);
    for (const w of list) {
      if (skipped.has(v * flow.size + w)) continue;
      const to = at.get(w);
      if (from !== undefined) edges.push({ from, to: to ?? end });
      else if (to !== undefined && !inside.has(v)) edges.push({ from: -1, to });
    }
  });
  const layer = new Array<number>(end).fill(0);
  const outs = Array.from({ length: end }, (): number[] => []);
  for (const { from, to } of edges) if (from >= 0 && to < end) outs[from]!.push(to);
  // Children come in flow order.
  outs.forEach((list, from) => {
    for (const to of list) layer[to] = Math.max(layer[to]!, layer[from]! + 1);
  });
  return { shapes: children.map((c) => shapes[c]!), layer, ...splitLong(edges, layer, end) };
}

function splitLong(
  all: readonly { from: number; to: number }[],
  layer: readonly number[],
  end: number,
): Pick<RegionGraph, 'edges' | 'long'> {
  const ins = new Array<number>(end).fill(0);
  const outs = new Array<number>(end).fill(0);
  for (const { from, to } of all) {
    if (from >= 0) outs[from]!++;
    if (to < end) ins[to]!++;
  }
  const edges: { from: number; to: number }[] = [];
  const long: { from: number; to: number }[] = [];
  for (const edge of all) {
    const { from, to } = edge;
    const isLong = from >= 0 && to < end && layer[to]! - layer[from]! > LONG;
    // The last edge of a vertex stays: without it the vertex would float.
    if (isLong && ins[to]! > 1 && outs[from]! > 1) {
      ins[to]!--;
      outs[from]!--;
      long.push(edge);
    } else edges.push(edge);
  }
  return { edges, long };
}

/** Ways of the long edges: down the right side of what has been placed. */
export function routeLong(
  graph: RegionGraph,
  x: readonly number[],
  y: readonly number[],
  routes: Map<string, readonly number[]>,
  right: number,
): number {
  let lane = right + 20;
  const lanes = new Map<number, number>();
  for (const { from, to } of graph.long) {
    const known = lanes.get(from);
    const at = known ?? lane;
    if (known === undefined) {
      lanes.set(from, at);
      lane += 8;
    }
    const [a, b] = [graph.shapes[from]!, graph.shapes[to]!];
    const start = x[from]! + (a.outX[0] ?? 0);
    const end = x[to]! + (b.inX[0] ?? 0);
    const bottom = y[from]! + a.main;
    const top = y[to]!;
    routes.set(`${from}>${to}`, [
      start,
      bottom,
      start,
      bottom + 9,
      at,
      bottom + 9,
      at,
      top - 9,
      end,
      top - 9,
      end,
      top,
    ]);
  }
  return graph.long.length ? lane : right;
}
