/** A part of the graph that is neither a chain nor branches, as the general layouts get it. */
import type { ChildShape } from './board';
import type { Element } from './decompose';
import { FRAME, type LocalGraph } from './local';
import type { Flow } from './order';

export interface RegionEdge {
  /** -1 stands for the rest of the drawing above. */
  readonly from: number;
  readonly fromPort: number;
  /** The number of shapes stands for the rest below. */
  readonly to: number;
  readonly toPort: number;
}

export interface RegionGraph {
  readonly shapes: readonly ChildShape[];
  readonly edges: readonly RegionEdge[];
  /** Longest way from above, in layers. */
  readonly layer: readonly number[];
  /** Edges past more layers than `LONG`: every engine's running time explodes with them, so they go round the side. */
  readonly long: readonly RegionEdge[];
}

const LONG = 6;

/** Names the way of an edge; -1 and 'out' as numbers of shapes mean the rest of the drawing, whose ports do not matter. */
export function wayKey(from: number | 'in', fromPort: number, to: number | 'out', toPort: number): string {
  return `${from === 'in' ? from : `${from}.${fromPort}`}>${to === 'out' ? to : `${to}.${toPort}`}`;
}

export const edgeKey = ({ from, fromPort, to, toPort }: RegionEdge, end: number): string =>
  wayKey(from < 0 ? 'in' : from, fromPort, to >= end ? 'out' : to, toPort);

export function regionGraph(
  element: Element & { kind: 'region' },
  flow: Flow,
  local: LocalGraph,
  skipped: ReadonlySet<number>,
  shapes: readonly ChildShape[],
): RegionGraph {
  const { children } = element;
  const at = new Map(children.map((child, i) => [child, i]));
  const end = children.length;
  const edges = new Map<string, RegionEdge>();
  const joined = new Set<number>();
  const add = (v: number, fromPort: number, w: number, toPort: number): void => {
    const [from, to] = [at.get(v), at.get(w)];
    if (from === undefined && to === undefined) return;
    joined.add(v * flow.size + w);
    const edge = { from: from ?? -1, fromPort, to: to ?? end, toPort };
    edges.set(edgeKey(edge, end), edge);
  };
  for (const e of local.edges) {
    const [v, w] = [e.from === FRAME ? flow.source : e.from, e.to === FRAME ? flow.sink : e.to];
    if (flow.back.has(e) || v === w || skipped.has(v * flow.size + w)) continue;
    add(v, e.fromPort, w, e.toPort);
  }
  // What no edge holds in its place hangs between the ends.
  flow.next.forEach((list, v) => {
    for (const w of list) if (!joined.has(v * flow.size + w) && !skipped.has(v * flow.size + w)) add(v, 0, w, 0);
  });
  const all = [...edges.values()];
  const layer = new Array<number>(end).fill(0);
  const outs = Array.from({ length: end }, (): number[] => []);
  for (const { from, to } of all) if (from >= 0 && to < end) outs[from]!.push(to);
  // Children come in flow order.
  outs.forEach((list, from) => {
    for (const to of list) layer[to] = Math.max(layer[to]!, layer[from]! + 1);
  });
  return { shapes: children.map((c) => shapes[c]!), layer, ...splitLong(all, layer, end) };
}

function splitLong(
  all: readonly RegionEdge[],
  layer: readonly number[],
  end: number,
): Pick<RegionGraph, 'edges' | 'long'> {
  const ins = new Array<number>(end).fill(0);
  const outs = new Array<number>(end).fill(0);
  for (const { from, to } of all) {
    if (from >= 0) outs[from]!++;
    if (to < end) ins[to]!++;
  }
  const edges: RegionEdge[] = [];
  const long: RegionEdge[] = [];
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
  const lanes = new Map<string, number>();
  for (const edge of graph.long) {
    const { from, fromPort, to, toPort } = edge;
    const source = `${from}.${fromPort}`;
    const known = lanes.get(source);
    const at = known ?? lane;
    if (known === undefined) {
      lanes.set(source, at);
      lane += 8;
    }
    const [a, b] = [graph.shapes[from]!, graph.shapes[to]!];
    const start = x[from]! + (a.outX[fromPort] ?? 0);
    const end = x[to]! + (b.inX[toPort] ?? 0);
    const bottom = y[from]! + a.main;
    const top = y[to]!;
    const [leave, enter] = [bottom + 9, top - 9];
    routes.set(edgeKey(edge, graph.shapes.length), [
      start,
      bottom,
      start,
      leave,
      at,
      leave,
      at,
      enter,
      end,
      enter,
      end,
      top,
    ]);
  }
  return graph.long.length ? lane : right;
}
