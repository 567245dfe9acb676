/** The drawing of one frame while it is being laid out. Everything flows downwards; x = 0 is the main path. */
import { FRAME, type LocalEdge, type LocalGraph } from './local';
import type { Metrics } from './metrics';
import type { Flow } from './order';

/** Extent of a child about its own axis, the x where the data enters and leaves. */
export interface ChildShape {
  readonly before: number;
  readonly after: number;
  readonly main: number;
  readonly kind: 'box' | 'circle' | 'frame';
  /** Neither weights nor windows. */
  readonly light: boolean;
  /** Room along the flow for the pill that hangs below it; 0 for none. */
  readonly pill: number;
  /** Where each port of a frame lies, from its axis. */
  readonly inX: readonly number[];
  readonly outX: readonly number[];
}

export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly lane: boolean;
}

/** A part of the drawing, placed about its own axis from y = 0 on; shifting it shifts its children. */
export interface Block {
  readonly children: number[];
  readonly rects: Rect[];
  readonly main: number;
  /** x where the data leaves at the lower end, unless several branches do. */
  readonly exitX: number;
}

/** What a general layout made of a part that is neither chain nor branches; data enters at (0, 0). */
export interface Region {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly main: number;
  readonly before: number;
  readonly after: number;
  readonly exitX: number;
  /** By `from>to` in the region's own numbering; `in` and `out` stand for the rest of the drawing. */
  readonly routes: ReadonlyMap<string, readonly number[]>;
}

export interface LocalWire {
  readonly edge: number;
  readonly local: number;
  readonly points: number[];
  readonly lane: boolean;
  /** A label has room beside the lane. */
  readonly roomy: boolean;
}

export interface Board {
  readonly graph: LocalGraph;
  readonly flow: Flow;
  readonly shapes: readonly ChildShape[];
  readonly metrics: Metrics;
  /** In a module rather than on the sheet itself. */
  readonly inFrame: boolean;
  /** Edges left to side lanes. */
  readonly lanes: ReadonlySet<LocalEdge>;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Frames are widened to their brothers' width. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Distances: skip leaves below a vertex, skip enters above one, branches part or meet above one. */
  readonly exitBelow: Float64Array;
  readonly entryAbove: Float64Array;
  readonly bendAbove: Float64Array;
  /** First operator of a branch that stands on the side lane: its edge turns where it leaves the main path. */
  readonly aside: Uint8Array;
  /** Everything that does not stand on the main path. */
  readonly beside: Uint8Array;
  readonly hasExit: Uint8Array;
  readonly hasEntry: Uint8Array;
  /** Lanes by the vertex they leave from, and where each runs: its distance to the right of that vertex's axis. */
  readonly lanesFrom: ReadonlyMap<number, readonly LocalEdge[]>;
  readonly laneAt: Map<LocalEdge, { readonly right: number; readonly roomy: boolean }>;
  /** Number of the region a vertex lies in, -1 for none. */
  readonly regionOf: Int32Array;
  /** Ways through regions by `from>to`, measured from the anchor's place. */
  readonly regionWays: Map<string, { readonly points: readonly number[]; readonly anchor: number }>;
}

export function createBoard(
  graph: LocalGraph,
  flow: Flow,
  shapes: readonly ChildShape[],
  metrics: Metrics,
  lanes: ReadonlySet<LocalEdge>,
  inFrame: boolean,
): Board {
  const { size, source, sink } = flow;
  const hasExit = new Uint8Array(size);
  const hasEntry = new Uint8Array(size);
  const lanesFrom = new Map<number, LocalEdge[]>();
  for (const edge of lanes) {
    const from = edge.from === FRAME ? source : edge.from;
    hasExit[from] = 1;
    const list = lanesFrom.get(from);
    if (list) list.push(edge);
    else lanesFrom.set(from, [edge]);
    const to = edge.to === FRAME ? sink : edge.to;
    if (to === sink || shapes[to]?.kind !== 'circle') hasEntry[to] = 1;
  }
  return {
    graph,
    flow,
    shapes,
    metrics,
    inFrame,
    lanes,
    x: new Float64Array(size),
    y: new Float64Array(size),
    before: Float64Array.from(shapes, (s) => s.before),
    after: Float64Array.from(shapes, (s) => s.after),
    exitBelow: new Float64Array(size).fill(10),
    entryAbove: new Float64Array(size).fill(14),
    bendAbove: new Float64Array(size).fill(14),
    aside: new Uint8Array(size),
    beside: new Uint8Array(size),
    hasExit,
    hasEntry,
    lanesFrom,
    laneAt: new Map(),
    regionOf: new Int32Array(size).fill(-1),
    regionWays: new Map(),
  };
}

export function shift(board: Board, block: Block, dx: number, dy: number): void {
  if (!dx && !dy) return;
  for (const child of block.children) {
    board.x[child]! += dx;
    board.y[child]! += dy;
  }
}

export const moved = (rect: Rect, dx: number, dy: number): Rect => ({
  left: rect.left + dx,
  right: rect.right + dx,
  top: rect.top + dy,
  bottom: rect.bottom + dy,
  lane: rect.lane,
});

/** Furthest right of anything between two heights, with room kept to it; `fallback` where there is nothing. */
export function clearRight(
  rects: readonly Rect[],
  top: number,
  bottom: number,
  room: (rect: Rect) => number,
  fallback: number,
): number {
  let right = fallback;
  for (const rect of rects)
    if (rect.top < bottom && rect.bottom > top) {
      const edge = rect.right + room(rect);
      if (edge > right) right = edge;
    }
  return right;
}
