/** Draws the edges of one frame once everything in it has its place. */
import type { Board, LocalWire } from './board';
import { entryY, exitY } from './lanes';
import { FRAME, type LocalEdge } from './local';
import { wayKey } from './region';

/** Distance of a skip's arrow from the middle of the box it ends at, and of further tensors that come in beside the first. */
const BESIDE = 24;
const PORT_STEP = 16;

export interface Routed {
  readonly wires: LocalWire[];
  readonly inX: number[];
  readonly outX: number[];
}

export function routeEdges(board: Board, end: number): Routed {
  const { graph, flow } = board;
  const inX = new Array<number>(graph.inPorts).fill(NaN);
  const outX = new Array<number>(graph.outPorts).fill(NaN);
  placeEntries(board, inX);
  const wires: LocalWire[] = [];
  graph.edges.forEach((edge, local) => {
    const at = board.laneAt.get(edge);
    const points = at
      ? laneRoute(board, edge, board.x[edge.from === FRAME ? flow.source : edge.from]! + at.right, inX, outX, end)
      : directRoute(board, edge, inX, outX, end);
    const clean = at ? tidy(points) : squareAtJunctions(board, edge, tidy(points));
    wires.push({ edge: edge.edge, local, points: clean, lane: at !== undefined, roomy: at?.roomy ?? false });
  });
  return { wires, inX: inX.map((x) => (Number.isNaN(x) ? 0 : x)), outX: outX.map((x) => (Number.isNaN(x) ? 0 : x)) };
}

/** Ports on the upper edge of the frame: the main one on the axis, the others above what they feed. */
function placeEntries(board: Board, inX: number[]): void {
  const { graph } = board;
  const taken = new Map<number, number>();
  const fed = new Map<number, number>();
  for (const edge of graph.edges)
    if (edge.from === FRAME && !board.laneAt.has(edge)) fed.set(edge.fromPort, (fed.get(edge.fromPort) ?? 0) + 1);
  for (const edge of graph.edges) {
    if (edge.from !== FRAME || edge.to === FRAME || board.laneAt.has(edge)) continue;
    if (!Number.isNaN(inX[edge.fromPort]!)) continue;
    const target = board.aside[edge.to] && fed.get(edge.fromPort) !== 1 ? 0 : targetX(board, edge);
    const nth = taken.get(target) ?? 0;
    taken.set(target, nth + 1);
    inX[edge.fromPort] = target + nth * PORT_STEP;
  }
  // The one that feeds several branches stands on the axis between them.
  const widest = [...fed].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  if (widest && widest[1] > 1) inX[widest[0]] = 0;
}

function targetX(board: Board, edge: LocalEdge): number {
  const shape = board.shapes[edge.to];
  const x = board.x[edge.to]!;
  return shape?.kind === 'frame' ? x + (shape.inX[edge.toPort] ?? 0) : x;
}

function sourceOf(board: Board, edge: LocalEdge, inX: readonly number[]): { x: number; y: number } {
  if (edge.from === FRAME) return { x: inX[edge.fromPort]!, y: 0 };
  const shape = board.shapes[edge.from]!;
  const port = shape.kind === 'frame' ? (shape.outX[edge.fromPort] ?? 0) : 0;
  return { x: board.x[edge.from]! + port, y: board.y[edge.from]! + shape.main };
}

function directRoute(board: Board, edge: LocalEdge, inX: readonly number[], outX: number[], end: number): number[] {
  const { flow } = board;
  const start = sourceOf(board, edge, inX);
  const way = wayThrough(board, edge);
  if (way) return regionRoute(board, edge, start, way, outX, end);
  if (edge.to === FRAME) {
    outX[edge.toPort] = start.x;
    return [start.x, start.y, start.x, end];
  }
  const x = targetX(board, edge);
  const top = board.y[edge.to]!;
  if (Math.abs(x - start.x) < 0.5) return [start.x, start.y, start.x, top];
  const shape = board.shapes[edge.to]!;
  const turn = board.aside[edge.to]
    ? exitY(board, edge.from === FRAME ? flow.source : edge.from)
    : top - board.bendAbove[edge.to]!;
  // Beside the main path the edge starts where it forks off it.
  if (board.aside[edge.to] && forks(board, edge)) return [start.x, turn, x, turn, x, top];
  if (shape.kind === 'circle' && !board.aside[edge.to]) return intoCircle(start, x, top + shape.main / 2, shape.main);
  return [start.x, start.y, start.x, Math.max(turn, start.y + 4), x, Math.max(turn, start.y + 4), x, top];
}

function wayThrough(board: Board, edge: LocalEdge) {
  const from = edge.from === FRAME ? -1 : board.regionOf[edge.from]!;
  const to = edge.to === FRAME ? -1 : board.regionOf[edge.to]!;
  if (from < 0 && to < 0) return undefined;
  const inside = from === to;
  const start = inside || to < 0 ? edge.from : 'in';
  const end = inside || to >= 0 ? edge.to : 'out';
  return board.regionWays.get(wayKey(start, edge.fromPort, end, edge.toPort));
}

const intoCircle = (start: { x: number; y: number }, x: number, y: number, size: number): number[] => [
  start.x,
  start.y,
  start.x,
  y,
  x + (start.x > x ? size / 2 + 1 : -size / 2 - 1),
  y,
];

/** Through a region laid out by another engine: from its source down to it, its own way, and on to what follows. */
function regionRoute(
  board: Board,
  edge: LocalEdge,
  start: { x: number; y: number },
  way: { readonly points: readonly number[]; readonly anchor: number },
  outX: number[],
  end: number,
): number[] {
  const inner = way.points.map((p, i) => p + (i % 2 ? board.y[way.anchor]! : board.x[way.anchor]!));
  const [ix, iy] = [inner[0]!, inner[1]!];
  const points = [start.x, start.y];
  if (Math.abs(ix - start.x) > 0.5) {
    const turn = Math.max(start.y + 4, Math.min(iy, iy - 8));
    points.push(start.x, turn, ix, turn);
  }
  points.push(...inner);
  const [lx, ly] = [inner.at(-2)!, inner.at(-1)!];
  if (edge.to === FRAME) {
    outX[edge.toPort] = lx;
    points.push(lx, end);
    return points;
  }
  const x = targetX(board, edge);
  const top = board.y[edge.to]!;
  const shape = board.shapes[edge.to]!;
  // Ends of edges within the region are at their boxes already.
  if (Math.abs(lx - x) < 0.5 && Math.abs(ly - top) < 0.5) return points;
  if (Math.abs(lx - x) < 0.5) points.push(x, top);
  else if (shape.kind === 'circle')
    points.push(lx, top + shape.main / 2, x + (lx > x ? 1 : -1) * (shape.main / 2 + 1), top + shape.main / 2);
  else {
    const turn = top - board.bendAbove[edge.to]!;
    points.push(lx, turn, x, turn, x, top);
  }
  return points;
}

function laneRoute(board: Board, edge: LocalEdge, lane: number, inX: number[], outX: number[], end: number): number[] {
  const { flow } = board;
  const points: number[] = [];
  if (edge.from === FRAME && Number.isNaN(inX[edge.fromPort]!)) {
    // A tensor only this lane needs comes in right above it.
    inX[edge.fromPort] = lane;
    points.push(lane, 0);
  } else {
    const start = sourceOf(board, edge, inX);
    const turn = exitY(board, edge.from === FRAME ? flow.source : edge.from);
    if (!hasTrunk(board, edge)) points.push(start.x, start.y);
    points.push(start.x, turn, lane, turn);
  }
  if (edge.to === FRAME) {
    if (Number.isNaN(outX[edge.toPort]!)) outX[edge.toPort] = lane;
    points.push(lane, end);
    return points;
  }
  const turn = entryY(board, edge.to);
  const shape = board.shapes[edge.to]!;
  points.push(lane, turn);
  if (shape.kind === 'circle') points.push(board.x[edge.to]! + shape.main / 2 + 1, turn);
  else {
    const x = shape.kind === 'frame' ? targetX(board, edge) : board.x[edge.to]! + Math.min(BESIDE, shape.after / 2);
    points.push(x, turn, x, board.y[edge.to]!);
  }
  return points;
}

/** Another edge of the same tensor already runs down from the source: the lane starts where it forks off. */
function hasTrunk(board: Board, edge: LocalEdge): boolean {
  const { flow } = board;
  const from = edge.from === FRAME ? flow.source : edge.from;
  return trunks(board).has(portKey(from, edge.fromPort));
}

/** The same tensor also goes straight on. */
const forks = (board: Board, edge: LocalEdge): boolean =>
  board.graph.edges.some(
    (e) => e !== edge && e.from === edge.from && e.fromPort === edge.fromPort && !(e.to >= 0 && board.aside[e.to]),
  );

const trunkSets = new WeakMap<Board, Set<number>>();
function trunks(board: Board): Set<number> {
  let set = trunkSets.get(board);
  if (!set) {
    set = new Set();
    for (const e of board.graph.edges)
      if (!board.laneAt.has(e)) set.add(portKey(e.from === FRAME ? board.flow.source : e.from, e.fromPort));
    trunkSets.set(board, set);
  }
  return set;
}

/**
 * Where several edges part from one trunk or meet above one box the line is a T, not a bundle of curves. A corner given twice has
 * no room for a curve.
 */
function squareAtJunctions(board: Board, edge: LocalEdge, points: number[]): number[] {
  if (points.length < 8) return points;
  const { parting, meeting } = junctions(board);
  const from = portKey(edge.from === FRAME ? board.flow.source : edge.from, edge.fromPort);
  const out = [...points];
  const isBox = edge.to !== FRAME && board.shapes[edge.to]!.kind !== 'circle';
  if (isBox && (meeting.get(portKey(edge.to, edge.toPort)) ?? 0) > 1) {
    const at = out.length - 4;
    out.splice(at, 0, out[at]!, out[at + 1]!);
  }
  if ((parting.get(from) ?? 0) > 1) out.splice(2, 0, out[2]!, out[3]!);
  return out;
}

const portKey = (vertex: number, port: number): number => vertex * 4096 + Math.min(4095, port);

interface Junctions {
  readonly parting: ReadonlyMap<number, number>;
  readonly meeting: ReadonlyMap<number, number>;
}
const junctionMaps = new WeakMap<Board, Junctions>();
function junctions(board: Board): Junctions {
  const known = junctionMaps.get(board);
  if (known) return known;
  const parting = new Map<number, number>();
  const meeting = new Map<number, number>();
  for (const e of board.graph.edges) {
    if (board.laneAt.has(e)) continue;
    const from = portKey(e.from === FRAME ? board.flow.source : e.from, e.fromPort);
    parting.set(from, (parting.get(from) ?? 0) + 1);
    if (e.to !== FRAME) meeting.set(portKey(e.to, e.toPort), (meeting.get(portKey(e.to, e.toPort)) ?? 0) + 1);
  }
  const made = { parting, meeting };
  junctionMaps.set(board, made);
  return made;
}

/** Drops corners that are none. */
function tidy(points: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    const n = out.length;
    if (n >= 2 && Math.abs(out[n - 2]! - x) < 0.01 && Math.abs(out[n - 1]! - y) < 0.01) continue;
    if (n >= 4) {
      const straightX = Math.abs(out[n - 4]! - x) < 0.01 && Math.abs(out[n - 2]! - x) < 0.01;
      const straightY = Math.abs(out[n - 3]! - y) < 0.01 && Math.abs(out[n - 1]! - y) < 0.01;
      const onwards = straightX
        ? (out[n - 1]! - out[n - 3]!) * (y - out[n - 1]!) >= 0
        : straightY && (out[n - 2]! - out[n - 4]!) * (x - out[n - 2]!) >= 0;
      if ((straightX || straightY) && onwards) out.length = n - 2;
    }
    out.push(x, y);
  }
  return out;
}
