/** Places a chain downwards; branches side by side, or one on the main path and the others beside it. */
import { clearRight, moved, shift, type Block, type Board, type Rect, type Region } from './board';
import type { Element, Series } from './decompose';
import { placeLanes } from './lanes';

export type Regions = ReadonlyMap<Element, Region>;

/** From the arrow's tip up to where branches turn, and to where a skip turns. */
const BEND = 14;
const FORK = 10;

/** Two operators this deep still make a column; beyond, short branches stand beside the long one. */
const COLUMN = 0.4;
const ALWAYS_COLUMNS = 4;

interface Gap {
  readonly length: number;
  readonly bend: number;
  readonly entry: number;
  readonly exit: number;
}

/** Room above an element: for the label, then a skip that leaves, one that comes in, and the bend of branches. */
function gapAbove(
  board: Board,
  base: number,
  needs: { pill: number; exit: boolean; entry: boolean; bend: boolean },
): Gap {
  const { metrics } = board;
  let above = FORK;
  let bend = BEND;
  let entry = BEND;
  if (needs.bend) {
    bend = BEND;
    above = BEND + FORK;
  }
  if (needs.entry) {
    entry = needs.bend ? above : BEND;
    above = entry + FORK;
  }
  const length =
    base +
    needs.pill +
    (needs.bend ? metrics.bus : 0) +
    (needs.entry ? metrics.slot : 0) +
    (needs.exit ? metrics.slot : 0);
  return { length, bend, entry, exit: above };
}

/** First and last vertices of an element: where its edges come in and leave. */
function heads(element: Element): readonly number[] {
  if (element.kind === 'child') return [element.child];
  if (element.kind === 'region') return element.children;
  return element.branches.flatMap((b) => (b.elements[0] ? heads(b.elements[0]) : []));
}
export function tails(element: Element): readonly number[] {
  if (element.kind === 'child') return [element.child];
  if (element.kind === 'region') return element.children;
  return element.branches.flatMap((b) => {
    const last = b.elements.at(-1);
    return last ? tails(last) : [];
  });
}

const isCircle = (board: Board, vertex: number): boolean => board.shapes[vertex]?.kind === 'circle';

/** Main path and branches beside it, rather than columns. */
function standsAside(board: Board, blocks: readonly Block[], branches: readonly Series[], join: number): boolean {
  const longest = Math.max(...branches.map((b) => b.size));
  const shortest = Math.min(...branches.map((b) => b.size));
  if (join === board.flow.sink) return longest > 1 && shortest < longest;
  if (branches.length === 2 && isCircle(board, join) && longest > shortest) return true;
  // Cropped or reordered on its way round: a skip, whatever it is made of.
  const light = blocks.filter((b) => b.children.every((child) => board.shapes[child]!.light));
  if (branches.length === 2 && light.length === 1) return true;
  if (longest <= ALWAYS_COLUMNS) return false;
  const tall = Math.max(...blocks.map((b) => b.main));
  return Math.min(...blocks.map((b) => b.main)) < COLUMN * tall;
}

interface Placed {
  readonly block: Block;
  /** Branches start away from the axis: the edges to them bend. */
  readonly bends: boolean;
  readonly asides: boolean;
}

function placeElement(board: Board, element: Element, join: number, regions: Regions): Placed {
  if (element.kind === 'child') return { block: childBlock(board, element.child), bends: false, asides: false };
  if (element.kind === 'region') return { block: regionBlock(board, element, regions), bends: false, asides: false };
  const blocks = element.branches.map((branch) => placeSeries(board, branch, regions, join));
  if (standsAside(board, blocks, element.branches, join)) return asideBlock(board, element.branches, blocks, join);
  return columnsBlock(board, alignedRows(board, element.branches, blocks));
}

function childBlock(board: Board, child: number): Block {
  const shape = board.shapes[child]!;
  const rect = { left: -board.before[child]!, right: board.after[child]!, top: 0, bottom: shape.main, lane: false };
  return { children: [child], rects: [rect], main: shape.main, exitX: 0 };
}

function regionBlock(board: Board, element: Element & { kind: 'region' }, regions: Regions): Block {
  const region = regions.get(element)!;
  element.children.forEach((child, i) => {
    board.x[child] = region.x[i]!;
    board.y[child] = region.y[i]!;
  });
  const anchor = element.children[0]!;
  for (const child of element.children) board.regionOf[child] = anchor;
  // Ways are kept from the first child, which every later shift moves along.
  const [ax, ay] = [board.x[anchor]!, board.y[anchor]!];
  const named = (end: string): string => {
    const [child = '', port] = end.split('.');
    return port === undefined ? end : `${element.children[Number(child)]}.${port}`;
  };
  for (const [key, points] of region.routes) {
    const [from = '', to = ''] = key.split('>');
    const way = points.map((p, i) => p - (i % 2 ? ay : ax));
    board.regionWays.set(`${named(from)}>${named(to)}`, { points: way, anchor });
  }
  const rect = { left: -region.before, right: region.after, top: 0, bottom: region.main, lane: false };
  return { children: [...element.children], rects: [rect], main: region.main, exitX: region.exitX };
}

const leftOf = (block: Block): number => block.rects.reduce((a, r) => Math.max(a, -r.left), 0);
const rightOf = (block: Block): number => block.rects.reduce((a, r) => Math.max(a, r.right), 0);

/** Plain chains side by side have their operators on common rows, though pills make some of their gaps longer. */
function alignedRows(board: Board, branches: readonly Series[], blocks: readonly Block[]): readonly Block[] {
  const chains = branches.map((b) => b.elements.flatMap((e) => (e.kind === 'child' ? [e.child] : [])));
  if (chains.some((chain, i) => chain.length < branches[i]!.elements.length)) return blocks;
  // A lane beside a chain is bound to its places.
  if (blocks.some((block, i) => block.rects.length !== chains[i]!.length)) return blocks;
  const rows = Math.max(...chains.map((chain) => chain.length));
  for (let row = 1; row < rows; row++) {
    const top = Math.max(...chains.flatMap((chain) => (chain.length > row ? [board.y[chain[row]!]!] : [])));
    for (const chain of chains) {
      const lower = chain.length > row ? top - board.y[chain[row]!]! : 0;
      for (const child of chain.slice(row)) board.y[child]! += lower;
    }
  }
  return blocks.map((block, i) => {
    const rects = block.rects.map((rect, k) => moved(rect, 0, board.y[chains[i]![k]!]! - rect.top));
    return { ...block, rects, main: Math.max(0, ...rects.map((r) => r.bottom)) };
  });
}

function columnsBlock(board: Board, blocks: readonly Block[]): Placed {
  const widths = blocks.map((b) => leftOf(b) + rightOf(b));
  const total = widths.reduce((a, w) => a + w, 0) + (blocks.length - 1) * board.metrics.branch;
  const rects: Rect[] = [];
  const main = Math.max(...blocks.map((b) => b.main));
  let x = -total / 2;
  blocks.forEach((block, i) => {
    const axis = x + leftOf(block);
    shift(board, block, axis, 0);
    for (const r of block.rects) rects.push(moved(r, axis, 0));
    // Nothing may stand under a branch that ends early: its edge runs down there.
    rects.push({ left: axis - 4, right: axis + 4, top: block.main, bottom: main, lane: true });
    x += widths[i]! + board.metrics.branch;
  });
  const block = { children: blocks.flatMap((b) => b.children), rects, main, exitX: 0 };
  return { block, bends: true, asides: false };
}

function asideBlock(board: Board, branches: readonly Series[], blocks: readonly Block[], join: number): Placed {
  const { metrics, flow } = board;
  const isLight = (i: number): boolean => blocks[i]!.children.every((child) => board.shapes[child]!.light);
  const isMain = (i: number, j: number): boolean => {
    if (isLight(i) !== isLight(j)) return isLight(j);
    return branches[i]!.size !== branches[j]!.size ? branches[i]!.size > branches[j]!.size : i < j;
  };
  const mainIndex = branches.reduce((best, _, i) => (isMain(i, best) ? i : best), 0);
  const spine = blocks[mainIndex]!;
  const rects = [...spine.rects];
  const children = [...spine.children];
  const ends = join !== flow.sink;
  let main = spine.main;
  for (const b of blocks) main = Math.max(main, b.main);
  blocks.forEach((block, i) => {
    if (i === mainIndex) return;
    // A downsampling operator stands in the middle of its lane; a head with its own output starts where it leaves.
    const top = ends && isCircle(board, join) ? (main - block.main) / 2 : 0;
    const room = (r: Rect): number => (r.lane ? metrics.branch : metrics.aside);
    // Its boxes need room where they stand, its line all the way: lines of outer branches pass close by inner boxes.
    const boxes = clearRight(rects, top - metrics.gap, top + block.main + metrics.gap, room, 0) + leftOf(block);
    const lineEnd = ends ? main + metrics.gap : top;
    const axis = Math.max(
      boxes,
      clearRight(rects, -metrics.gap, lineEnd, () => metrics.branch, 0),
    );
    shift(board, block, axis, top);
    for (const r of block.rects) rects.push(moved(r, axis, top));
    rects.push({ left: axis - 4, right: axis + 4, top: -FORK, bottom: ends ? main : top, lane: true });
    children.push(...block.children);
    for (const child of block.children) board.beside[child] = 1;
    const first = branches[i]!.elements[0];
    if (first) for (const head of heads(first)) board.aside[head] = 1;
  });
  return { block: { children, rects, main, exitX: 0 }, bends: false, asides: true };
}

/** Blocks one under the other in a module are drawn equally wide, unless that would blow one up beyond recognition. */
function stretchFrames(board: Board, series: Series): void {
  if (!board.inFrame) return;
  const frames = series.elements.flatMap((e) =>
    e.kind === 'child' && board.shapes[e.child]!.kind === 'frame' ? [e.child] : [],
  );
  if (frames.length < 2) return;
  const before = Math.max(...frames.map((f) => board.before[f]!));
  const after = Math.max(...frames.map((f) => board.after[f]!));
  for (const f of frames) {
    if (before + after > 2.2 * (board.before[f]! + board.after[f]!)) continue;
    board.before[f] = before;
    board.after[f] = after;
  }
}

/** `join`: the vertex where this series ends (or the frame's end). */
export function placeSeries(
  board: Board,
  series: Series,
  regions: Regions,
  join: number,
  isWhole = false,
  startPad = 0,
): Block {
  stretchFrames(board, series);
  const { metrics, flow } = board;
  const rects: Rect[] = [];
  const children: number[] = [];
  let y = 0;
  let exitX = 0;
  let before: { element: Element; bends: boolean } | null = null;
  series.elements.forEach((element, i) => {
    const after = series.elements[i + 1];
    const next = after === undefined ? join : after.kind === 'child' ? after.child : flow.sink;
    const placed = placeElement(board, element, next, regions);
    const from = before ? tails(before.element) : isWhole ? [flow.source] : [];
    const target = element.kind === 'child' ? element.child : -1;
    const gap = gapAbove(board, before ? metrics.gap : 0, {
      pill: before === null ? 0 : Math.max(0, ...from.map((v) => board.shapes[v]?.pill ?? 0)),
      exit: (placed.asides || (from.length === 1 && board.hasExit[from[0]!] === 1)) && before !== null,
      entry: target >= 0 && board.hasEntry[target] === 1,
      bend: placed.bends || (before?.bends === true && !(target >= 0 && isCircle(board, target))) || exitX !== 0,
    });
    y += before || isWhole ? gap.length + (before ? 0 : startPad) : 0;
    shift(board, placed.block, 0, y);
    for (const r of placed.block.rects) rects.push(moved(r, 0, y));
    for (const head of heads(element)) board.bendAbove[head] = gap.bend;
    if (target >= 0) board.entryAbove[target] = gap.entry;
    for (const tail of from)
      board.exitBelow[tail] = tail === flow.source ? y - gap.exit : y - gap.exit - bottomOf(board, tail);
    children.push(...placed.block.children);
    y += placed.block.main;
    exitX = placed.block.exitX;
    before = { element, bends: placed.bends || placed.asides };
  });
  const block: Block = { children, rects, main: y, exitX };
  return placeLanes(board, series, block, isWhole);
}

const bottomOf = (board: Board, child: number): number => board.y[child]! + (board.shapes[child]?.main ?? 0);
