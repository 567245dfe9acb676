/** Structure that repeats along the flow: a piece of the order that comes again and again is a block, whatever it is made of. */
import type { Block } from './blocks';
import { boxesOf } from './blocks';
import { kindOf } from './kinds';
import type { Level, Sketch } from './sketch';

const LONGEST = 24;
const FEWEST = 3;

interface Run {
  readonly start: number;
  readonly period: number;
  readonly count: number;
}

/** Blocks of equal operators one after the other; channels that grow from block to block (dense layers) do not matter. */
export function findRepeats(sketch: Sketch, level: Level): readonly Block[] {
  const signs = level.units.map((_, u) => sign(sketch, level, u));
  const alike = Array.from({ length: LONGEST + 1 }, (_, period) => alikeFrom(signs, period));
  const blocks: Block[] = [];
  for (let from = 0; from < signs.length;) {
    const run = longestFrom(signs, alike, from);
    if (!run) {
      from++;
      continue;
    }
    const start = bestStart(level, run);
    const count = Math.floor((run.start + run.period * run.count - start) / run.period);
    for (let i = 0; i < count; i++) {
      const units = Array.from({ length: run.period }, (_, k) => start + i * run.period + k);
      if (isConnected(level, units)) blocks.push({ units, kind: kindOf(sketch, boxesOf(level, units)) });
    }
    from = start + count * run.period;
  }
  return blocks;
}

function sign(sketch: Sketch, level: Level, unit: number): string {
  return (level.units[unit] ?? [])
    .map((b) => {
      const box = sketch.boxes[b];
      return [box?.op, box?.kernel?.join('×'), box?.kernel ? box.channelsOut : '', box?.fused.length].join(',');
    })
    .join(';');
}

/** From each unit on, how many are like the one `period` later: all of them in one pass, or a row of equal ones costs its square. */
function alikeFrom(signs: readonly string[], period: number): Int32Array {
  const same = new Int32Array(signs.length + 1);
  for (let i = signs.length - period - 1; i >= 0; i--) {
    same[i] = signs[i] === signs[i + period] ? same[i + 1]! + 1 : 0;
  }
  return same;
}

/** The run that starts here and takes most units; of equal ones the shortest period. */
function longestFrom(signs: readonly string[], alike: readonly Int32Array[], start: number): Run | null {
  let best: Run | null = null;
  for (let period = 2; period <= LONGEST && start + period * FEWEST <= signs.length; period++) {
    const count = 1 + Math.floor(alike[period]![start]! / period);
    if (count < FEWEST || new Set(signs.slice(start, start + period)).size < 2) continue;
    if (!best || count * period > best.count * best.period + best.period) best = { start, period, count };
  }
  return best;
}

/** Where the fewest edges run from block to block, so that a join ends its block. */
function bestStart(level: Level, { start, period, count }: Run): number {
  const crossing = (shift: number): number => {
    let edges = 0;
    const at = start + shift + period;
    for (let u = start + shift; u < at; u++) for (const v of level.next[u] ?? []) if (v >= at) edges++;
    return edges + (shift > 0 ? 0.5 * (count > FEWEST ? 1 : 4) : 0);
  };
  let best = 0;
  for (let shift = 1; shift < period; shift++) if (crossing(shift) < crossing(best)) best = shift;
  return start + best;
}

export function isConnected(level: Level, units: readonly number[]): boolean {
  const inside = new Set(units);
  const seen = new Set<number>();
  const stack = [units[0] ?? -1];
  for (let u = stack.pop(); u !== undefined; u = stack.pop()) {
    if (seen.has(u) || !inside.has(u)) continue;
    seen.add(u);
    for (const v of level.next[u] ?? []) stack.push(v);
    for (const v of level.previous[u] ?? []) stack.push(v);
  }
  return seen.size === inside.size;
}
