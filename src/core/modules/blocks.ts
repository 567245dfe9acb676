/** Known blocks in a net whose names say nothing: parts with one way in and one way out around a join, and chains around depthwise convolutions. */
import { immediateDominators, immediatePostDominators } from './dominators';
import { kindOf, type Kind } from './kinds';
import type { Level, Sketch } from './sketch';

export interface Block {
  /** Units of the level, in their order. */
  readonly units: readonly number[];
  readonly kind: Kind;
}

/** A part with more units than this is an architecture, not a block; of a known kind it may be larger. */
const LARGEST_UNKNOWN = 24;
const LARGEST = 64;

/** Blocks that do not overlap, the outermost first found. */
export function findBlocks(sketch: Sketch, level: Level): readonly Block[] {
  const taken = level.units.map(() => false);
  const blocks: Block[] = [];
  const take = (units: readonly number[]): void => {
    if (units.length < 2 || units.some((u) => taken[u])) return;
    for (const u of units) taken[u] = true;
    blocks.push({ units, kind: kindOf(sketch, boxesOf(level, units)) });
  };
  for (const head of auxiliaryHeads(sketch, level)) take(head);
  const regions = joinedRegions(sketch, level);
  for (const region of regions.sort((a, b) => b.length - a.length)) take(region);
  for (const chain of depthwiseChains(sketch, level)) take(chain);
  return blocks;
}

export const boxesOf = (level: Level, units: readonly number[]): number[] =>
  units.flatMap((u) => level.units[u] ?? []).sort((a, b) => a - b);

const isAuxiliary = (sketch: Sketch, level: Level, unit: number): boolean =>
  level.units[unit]?.every((b) => sketch.boxes[b]?.auxiliary) ?? false;

/** What leads to one auxiliary output, in connected pieces. */
function auxiliaryHeads(sketch: Sketch, level: Level): number[][] {
  const seen = new Set<number>();
  const heads: number[][] = [];
  for (let u = 0; u < level.units.length; u++) {
    if (seen.has(u) || !isAuxiliary(sketch, level, u)) continue;
    const head: number[] = [];
    const stack = [u];
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      if (seen.has(v) || !isAuxiliary(sketch, level, v)) continue;
      seen.add(v);
      head.push(v);
      for (const w of level.next[v] ?? []) stack.push(w);
      for (const w of level.previous[v] ?? []) stack.push(w);
    }
    heads.push(head.sort((a, b) => a - b));
  }
  return heads;
}

/** For each join the part between it and the fork its ways come from, when all that forks there meets there again. */
function joinedRegions(sketch: Sketch, level: Level): number[][] {
  const main = level.units.map((_, u) => !isAuxiliary(sketch, level, u));
  const next = level.next.map((list) => list.filter((v) => main[v]));
  const dominator = immediateDominators(level.previous, level.enters);
  const postDominator = immediatePostDominators(next, level.leaves);
  const regions: number[][] = [];
  for (let join = 0; join < level.units.length; join++) {
    if ((level.previous[join]?.length ?? 0) < 2) continue;
    const fork = dominator[join] ?? -1;
    if (fork < 0 || postDominator[fork] !== join) continue;
    const inside = between(level, fork, join);
    if (inside && isBlock(sketch, level, fork, join, inside)) regions.push(withSqueeze(sketch, level, fork, inside));
  }
  return regions;
}

function between(level: Level, fork: number, join: number): number[] | null {
  const inside = new Set([join]);
  const stack = [join];
  for (let v = stack.pop(); v !== undefined; v = stack.pop())
    for (const p of level.previous[v] ?? []) {
      if (p === fork || inside.has(p)) continue;
      inside.add(p);
      if (inside.size > LARGEST) return null;
      stack.push(p);
    }
  return [...inside].sort((a, b) => a - b);
}

function isBlock(sketch: Sketch, level: Level, fork: number, join: number, inside: readonly number[]): boolean {
  const boxes = boxesOf(level, inside).flatMap((b) => sketch.boxes[b] ?? []);
  if (!boxes.some((b) => b.weighs) && boxes.filter((b) => b.family === 'pooling').length < 2) return false;
  const end = sketch.boxes[level.units[join]?.at(-1) ?? -1];
  const start = sketch.boxes[level.units[fork]?.at(-1) ?? -1];
  if (inside.length > LARGEST_UNKNOWN && !kindOf(sketch, boxesOf(level, inside))) return false;
  if (end?.op === 'Mul') return true;
  // Down and up again: a whole U, whose levels are groups of their own.
  const least = boxes.reduce((a, b) => Math.min(a, b.areaOut ?? Infinity), Infinity);
  return !(start?.areaOut && end?.areaOut && least < Math.min(start.areaOut, end.areaOut));
}

/** A fire module begins with the 1×1 convolution from which both of its ways come. */
function withSqueeze(sketch: Sketch, level: Level, fork: number, inside: number[]): number[] {
  if (level.units[fork]?.length !== 1 || inside.length !== 3) return inside;
  const extended = [fork, ...inside];
  return kindOf(sketch, boxesOf(level, extended)) === 'fire' ? extended : inside;
}

/** 1×1 · depthwise · 1×1, or depthwise · 1×1, one after the other. */
function depthwiseChains(sketch: Sketch, level: Level): number[][] {
  const boxOf = (u: number | undefined) =>
    u !== undefined && level.units[u]?.length === 1 ? sketch.boxes[level.units[u][0] ?? -1] : undefined;
  const sole = (list: readonly number[] | undefined): number | undefined => (list?.length === 1 ? list[0] : undefined);
  const pointwise = (u: number | undefined): boolean => boxOf(u)?.kernel?.every((k) => k === 1) ?? false;
  const chains: number[][] = [];
  // What ends one block expands no other.
  const used = new Set<number>();
  for (let u = 0; u < level.units.length; u++) {
    if (!boxOf(u)?.depthwise || level.leaves[u]) continue;
    const after = sole(level.next[u]);
    if (after === undefined || !pointwise(after) || sole(level.previous[after]) !== u) continue;
    const before = sole(level.previous[u]);
    const expands =
      before !== undefined &&
      pointwise(before) &&
      !used.has(before) &&
      sole(level.next[before]) === u &&
      !level.leaves[before] &&
      (boxOf(before)?.channelsOut ?? 0) > (boxOf(before)?.channelsIn ?? Infinity);
    used.add(after);
    chains.push(expands ? [before, u, after] : [u, after]);
  }
  return chains;
}
