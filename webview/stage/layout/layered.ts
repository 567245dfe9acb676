/**
 * A layered layout in linear time, for what other engines would choke on: longest-path layers, short edges through dummies,
 * a few barycentre sweeps, horizontal pieces of edges on tracks between the layers. Never fails.
 */
import type { Region } from './board';
import type { Metrics } from './metrics';
import { edgeKey, routeLong, type RegionEdge, type RegionGraph } from './region';

interface Chain {
  readonly edge: RegionEdge;
  /** Cells from its source to its target, those of the rest of the drawing left out. */
  readonly chain: readonly number[];
}

interface Cell {
  /** Child, or -1 where an edge only passes. */
  readonly child: number;
  readonly before: number;
  readonly after: number;
  readonly layer: number;
  readonly up: number[];
  readonly down: number[];
  order: number;
  x: number;
}

const SWEEPS = 6;

export function layeredRegion(graph: RegionGraph, metrics: Metrics): Region {
  const depth = graph.layer.reduce((a, l) => Math.max(a, l), 0) + 1;
  const cells: Cell[] = graph.shapes.map((s, child) => cell(child, s.before, s.after, graph.layer[child]!));
  const chains = new Map<string, Chain>();
  for (const edge of graph.edges) {
    const { from, to } = edge;
    const first = from < 0 ? -1 : graph.layer[from]!;
    const last = to >= graph.shapes.length ? depth : graph.layer[to]!;
    const chain: number[] = from < 0 ? [] : [from];
    for (let l = first + 1; l < last; l++) {
      chain.push(cells.length);
      cells.push(cell(-1, 6, 6, l));
    }
    if (to < graph.shapes.length) chain.push(to);
    chains.set(edgeKey(edge, graph.shapes.length), { edge, chain });
    for (let i = 1; i < chain.length; i++) {
      cells[chain[i - 1]!]!.down.push(chain[i]!);
      cells[chain[i]!]!.up.push(chain[i - 1]!);
    }
  }
  const layers: number[][] = Array.from({ length: depth }, () => []);
  cells.forEach((c, i) => {
    c.order = layers[c.layer]!.push(i) - 1;
  });
  sortLayers(cells, layers);
  placeAcross(cells, layers, metrics.branch);
  return route(graph, metrics, cells, layers, chains);
}

const cell = (child: number, before: number, after: number, layer: number): Cell => ({
  child,
  before,
  after,
  layer,
  up: [],
  down: [],
  order: 0,
  x: 0,
});

function sortLayers(cells: readonly Cell[], layers: number[][]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const downwards = sweep % 2 === 0;
    const walk = downwards ? layers : [...layers].reverse();
    for (const layer of walk) {
      const weight = new Map<number, number>();
      for (const i of layer) {
        const near = downwards ? cells[i]!.up : cells[i]!.down;
        const mean = near.reduce((a, n) => a + cells[n]!.order / Math.max(1, layers[cells[n]!.layer]!.length), 0);
        weight.set(i, near.length ? mean / near.length : cells[i]!.order / Math.max(1, layer.length));
      }
      layer.sort((a, b) => weight.get(a)! - weight.get(b)! || a - b);
      layer.forEach((i, order) => (cells[i]!.order = order));
    }
  }
}

/** Every cell as near to the mean of its neighbours as its place in the row allows. */
function placeAcross(cells: readonly Cell[], layers: readonly (readonly number[])[], gap: number): void {
  const settle = (layer: readonly number[], wish: (c: Cell) => number): void => {
    let right = -Infinity;
    let moved = 0;
    const wishes = layer.map((i) => wish(cells[i]!));
    layer.forEach((i, n) => {
      const c = cells[i]!;
      c.x = Math.max(wishes[n]!, right + gap + c.before);
      right = c.x + c.after;
      moved += c.x - wishes[n]!;
    });
    // All of the row back by what it was pushed on average keeps it in the middle, without any overlap.
    for (const i of layer) cells[i]!.x -= moved / layer.length;
  };
  const mean = (c: Cell, near: readonly number[]): number =>
    near.length ? near.reduce((a, n) => a + cells[n]!.x, 0) / near.length : c.x;
  for (const layer of layers) settle(layer, (c) => mean(c, c.up));
  for (const layer of [...layers].reverse()) settle(layer, (c) => mean(c, c.down));
  for (const layer of layers) settle(layer, (c) => mean(c, [...c.up, ...c.down]));
}

function route(
  graph: RegionGraph,
  metrics: Metrics,
  cells: readonly Cell[],
  layers: readonly (readonly number[])[],
  chains: ReadonlyMap<string, Chain>,
): Region {
  const tops: number[] = [];
  const bottoms: number[] = [];
  const tracks = layers.map((_, l) => tracksAbove(cells, layers, l));
  let y = 0;
  layers.forEach((layer, l) => {
    if (l) y += metrics.gap + metrics.pill + Math.min(12, tracks[l]!.count) * 7;
    tops.push(y);
    y += Math.max(0, ...layer.map((i) => (cells[i]!.child >= 0 ? graph.shapes[cells[i]!.child]!.main : 0)));
    bottoms.push(y);
  });
  const entry = cells.length ? (cells[layers[0]?.[0] ?? 0]?.x ?? 0) : 0;
  const x = graph.shapes.map((_, i) => cells[i]!.x - entry);
  const ys = graph.shapes.map((_, i) => tops[cells[i]!.layer]!);
  const routes = new Map<string, readonly number[]>();
  for (const [name, { edge, chain }] of chains) {
    const points: number[] = [];
    chain.forEach((i, n) => {
      const c = cells[i]!;
      const at = c.x - entry;
      const top = tops[c.layer]!;
      const child = c.child < 0 ? null : graph.shapes[c.child]!;
      const [enter, leave] = [at + (child?.inX[edge.toPort] ?? 0), at + (child?.outX[edge.fromPort] ?? 0)];
      const turn = top - 12 - 7 * (tracks[c.layer]!.of.get(n ? chain[n - 1]! : -1) ?? 0);
      if (n && Math.abs(points.at(-2)! - enter) > 0.5) points.push(points.at(-2)!, turn, enter, turn);
      if (n || !child) points.push(enter, top);
      if (n < chain.length - 1 || name.endsWith('>out'))
        points.push(leave, child ? top + child.main : bottoms[c.layer]!);
    });
    // A way that goes straight from above to below has no cells at all when the region has no layers.
    if (points.length) routes.set(name, points);
    if (edge.from < 0 && chain.length === 1) {
      const enter = x[edge.to]! + (graph.shapes[edge.to]!.inX[edge.toPort] ?? 0);
      routes.set(name, [enter, ys[edge.to]!]);
    }
  }
  const before = Math.max(0, ...cells.map((c) => c.before - (c.x - entry)));
  const right = Math.max(0, ...cells.map((c) => c.after + c.x - entry));
  return { x, y: ys, main: y, before, after: routeLong(graph, x, ys, routes, right), exitX: 0, routes };
}

/** Edges of one source share a track; tracks are given in turn so that neighbours do not run into one line. */
function tracksAbove(
  cells: readonly Cell[],
  layers: readonly (readonly number[])[],
  l: number,
): { readonly count: number; readonly of: ReadonlyMap<number, number> } {
  const spans = (layers[l - 1] ?? []).flatMap((i) => {
    const xs = [cells[i]!.x, ...cells[i]!.down.map((d) => cells[d]!.x)];
    const [low, high] = [Math.min(...xs), Math.max(...xs)];
    return high - low > 0.5 ? [{ i, low, high }] : [];
  });
  const ends: number[] = [];
  const of = new Map<number, number>();
  for (const { i, low, high } of spans.sort((a, b) => a.low - b.low)) {
    let track = ends.findIndex((end) => end < low - 8);
    if (track < 0 && ends.length < 12) track = ends.push(-Infinity) - 1;
    if (track < 0) track = i % 12;
    ends[track] = Math.max(ends[track]!, high);
    of.set(i, track);
  }
  return { count: ends.length, of };
}
