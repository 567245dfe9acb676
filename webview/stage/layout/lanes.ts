/** Side lanes: edges that go round others run down the right side, the short ones inside, all edges of one tensor on one lane. */
import { clearRight, type Block, type Board, type Rect } from './board';
import type { Series } from './decompose';
import { FRAME, type LocalEdge } from './local';

interface Lane {
  readonly from: number;
  readonly edges: readonly LocalEdge[];
  readonly top: number;
  readonly bottom: number;
}

/** More lanes than this beside one chain are drawn close together and without words. */
const MANY = 7;

/** Lanes between the children of one chain, once these have their places. */
export function placeLanes(board: Board, series: Series, block: Block, isWhole: boolean): Block {
  if (!board.lanes.size) return block;
  const direct = new Set(series.elements.flatMap((e) => (e.kind === 'child' ? [e.child] : [])));
  if (isWhole) {
    direct.add(board.flow.source);
    direct.add(board.flow.sink);
  }
  const lanes: Lane[] = [];
  for (const from of direct) {
    const edges = (board.lanesFrom.get(from) ?? []).filter((e) => isWhole || direct.has(e.to));
    // At the end of the whole, those nobody could take are taken too, wherever they start.
    for (const some of byPort(edges)) lanes.push(laneOf(board, from, some, block.main));
  }
  if (isWhole)
    for (const [from, all] of board.lanesFrom) {
      const left = direct.has(from) ? [] : all.filter((e) => !board.laneAt.has(e));
      for (const some of byPort(left)) lanes.push(laneOf(board, from, some, block.main));
    }
  if (!lanes.length) return block;
  return { ...block, rects: assign(board, lanes, block.rects) };
}

/** Several tensors may leave one module: each has a lane of its own. */
function byPort(edges: readonly LocalEdge[]): Iterable<LocalEdge[]> {
  const ports = new Map<number, LocalEdge[]>();
  for (const edge of edges) {
    const known = ports.get(edge.fromPort);
    if (known) known.push(edge);
    else ports.set(edge.fromPort, [edge]);
  }
  return ports.values();
}

function laneOf(board: Board, from: number, edges: readonly LocalEdge[], end: number): Lane {
  const ys = [exitY(board, from), ...edges.map((e) => (e.to === FRAME ? end + 40 : entryY(board, e.to)))];
  return { from, edges, top: Math.min(...ys), bottom: Math.max(...ys) };
}

function assign(board: Board, lanes: Lane[], rects: readonly Rect[]): Rect[] {
  const { metrics } = board;
  const all = [...rects];
  const dense = lanes.length > MANY;
  lanes.sort((a, b) => a.bottom - a.top - (b.bottom - b.top) || a.top - b.top);
  const step = dense ? metrics.laneDense : metrics.laneStep;
  const room = (r: Rect): number => (r.lane ? step : metrics.lane);
  for (const { from, edges, top, bottom } of lanes) {
    const nearest = clearRight(all, top - 2, bottom + 2, room, metrics.lane);
    const port = edges.length === 1 ? portX(board, edges[0]!) : NaN;
    // Right above where it comes in, rather than a small step beside it.
    const x = port > nearest && port < nearest + metrics.lane ? port : nearest;
    all.push({ left: x, right: x, top, bottom, lane: true });
    for (const edge of edges) board.laneAt.set(edge, { right: x - board.x[from]!, roomy: !dense });
  }
  // Room for the words beside the outermost lane.
  if (!dense) {
    const outer = all.filter((r) => r.lane && r.left === r.right).reduce((a, r) => (r.right > a.right ? r : a));
    all.push({ ...outer, right: outer.right + 14 });
  }
  return all;
}

/** Where an edge comes into an opened module; NaN at anything else. */
function portX(board: Board, { to, toPort }: LocalEdge): number {
  const shape = to === FRAME ? undefined : board.shapes[to];
  return shape?.kind === 'frame' ? board.x[to]! + (shape.inX[toPort] ?? 0) : NaN;
}

export function exitY(board: Board, vertex: number): number {
  const { source } = board.flow;
  if (vertex === source) return board.exitBelow[source]!;
  return board.y[vertex]! + (board.shapes[vertex]?.main ?? 0) + board.exitBelow[vertex]!;
}

/** Where a lane turns in: beside a circle, above anything else. */
export function entryY(board: Board, vertex: number): number {
  const shape = board.shapes[vertex];
  const y = board.y[vertex]!;
  return shape?.kind === 'circle' ? y + shape.main / 2 : y - board.entryAbove[vertex]!;
}
