/** Lays out what stands directly in one frame (or on the whole sheet), its opened modules being boxes of known size. */
import { createBoard, type ChildShape, type LocalWire, type Region } from './board';
import { decompose, seriesOf, TooDeep, type Element, type Series } from './decompose';
import { elkRegion, ELK_CHILDREN, ELK_EDGES } from './elk';
import { layeredRegion } from './layered';
import { FRAME, type LocalEdge, type LocalGraph } from './local';
import type { FramePads, Metrics } from './metrics';
import { flowOf, repeatedWays, type Flow } from './order';
import { regionGraph } from './region';
import { routeEdges } from './route';
import { placeSeries, tails } from './series';

/** Places in a frame, counted from the axis and the upper edge. */
export interface FrameLayout {
  readonly shape: ChildShape;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly beside: Uint8Array;
  readonly wires: readonly LocalWire[];
}

export interface Counter {
  own: number;
  elk: number;
  linear: number;
  memo: number;
}

const NO_PADS: FramePads = { start: 0, end: 0, before: 0, after: 0, least: 0, leastAfter: 0 };

export async function layoutFrame(
  graph: LocalGraph,
  shapes: readonly ChildShape[],
  metrics: Metrics,
  pads: FramePads | null,
  counter: Counter,
  general: 'elk' | 'linear' = 'elk',
): Promise<FrameLayout> {
  const flow = flowOf(graph.children.length, graph.edges);
  const { plan, lanes, skipped } = planOf(flow, graph);
  const regions = await placeRegions(plan, flow, graph, skipped, shapes, metrics, counter, general);
  const board = createBoard(graph, flow, shapes, metrics, lanes, pads !== null);
  const own = pads ?? NO_PADS;
  const block = placeSeries(board, plan, regions, flow.sink, true, own.start);
  // A pill below the last operator stays inside the frame.
  const pill = plan.elements.at(-1);
  const hangs = pads !== null && pill !== undefined ? tails(pill).map((v) => shapes[v]?.pill ?? 0) : [];
  const end = block.main + own.end + Math.max(0, ...hangs);
  board.y[flow.sink] = end;
  const routed = routeEdges(board, end);
  counter.own++;
  let left = 0;
  let right = 0;
  for (const rect of block.rects) {
    left = Math.max(left, -rect.left);
    right = Math.max(right, rect.right);
  }
  for (const x of [...routed.inX, ...routed.outX]) right = Math.max(right, x);
  left += own.before;
  right += own.after;
  right = Math.max(right, own.leastAfter);
  if (left + right < own.least) right = own.least - left;
  const shape: ChildShape = {
    before: left,
    after: right,
    main: end,
    kind: 'frame',
    pill: 0,
    light: false,
    inX: routed.inX,
    outX: routed.outX,
  };
  const { x, y, before, after, beside } = board;
  return { shape, x, y, before, after, beside, wires: routed.wires };
}

interface Plan {
  readonly plan: Series;
  readonly lanes: ReadonlySet<LocalEdge>;
  readonly skipped: ReadonlySet<number>;
}

/**
 * A repeated way becomes a lane when both its ends stand in the same chain. Those from inside one branch to somewhere else stay
 * part of the structure, which is then no longer made of branches there: a general layout takes that region.
 */
function planOf(flow: Flow, graph: LocalGraph): Plan {
  const skipped = repeatedWays(flow);
  const from = (e: LocalEdge): number => (e.from === FRAME ? flow.source : e.from);
  const to = (e: LocalEdge): number => (e.to === FRAME ? flow.sink : e.to);
  try {
    for (let round = 0; ; round++) {
      const plan = decompose(flow, skipped);
      const chain = seriesOf(plan, flow.size);
      chain[flow.source] = chain[flow.sink] = 0;
      const kept = [...skipped].filter((edge) => {
        const [a, b] = [chain[Math.floor(edge / flow.size)]!, chain[edge % flow.size]!];
        return a < 0 || a !== b;
      });
      // A second look may free more ends; what is left after that runs down the outside.
      if (!kept.length || round === 3) {
        const lanes = graph.edges.filter((e) => flow.back.has(e) || skipped.has(from(e) * flow.size + to(e)));
        return { plan, lanes: new Set(lanes), skipped };
      }
      for (const edge of kept) skipped.delete(edge);
    }
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const children = Array.from(flow.byRank.subarray(1, flow.size - 1));
    const plan: Series = { elements: [{ kind: 'region', children }], size: children.length };
    return { plan, lanes: flow.back, skipped: new Set() };
  }
}

async function placeRegions(
  plan: Series,
  flow: Flow,
  local: LocalGraph,
  skipped: ReadonlySet<number>,
  shapes: readonly ChildShape[],
  metrics: Metrics,
  counter: Counter,
  general: 'elk' | 'linear',
): Promise<Map<Element, Region>> {
  const regions = new Map<Element, Region>();
  const found: (Element & { kind: 'region' })[] = [];
  const visit = (series: Series): void => {
    for (const e of series.elements) {
      if (e.kind === 'region') found.push(e);
      else if (e.kind === 'parallel') e.branches.forEach(visit);
    }
  };
  visit(plan);
  for (const element of found) {
    const graph = regionGraph(element, flow, local, skipped, shapes);
    const small = graph.shapes.length <= ELK_CHILDREN && graph.edges.length <= ELK_EDGES;
    let region: Region | null = null;
    if (general === 'elk' && small) {
      try {
        region = await elkRegion(graph, metrics);
        counter.elk++;
      } catch {
        // Stack overflows and the like: any legal graph still gets a drawing.
        region = null;
      }
    }
    if (!region) counter.linear++;
    regions.set(element, region ?? layeredRegion(graph, metrics));
  }
  return regions;
}
