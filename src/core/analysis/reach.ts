import type { AxisMap, Window } from '../ops/dependence';
import { collectRuns, containsRuns, noRuns, type Runs, runOf, sameRuns, shifted, unionRuns } from './runs';

/**
 * What the units along one axis see of one axis of the image, as if both went on for ever: unit `q·period + r` sees the pixels
 * `q·advance + sets[r]`. Without upsampling the period is 1 and this is the (size, stride, start) of Araujo, Norris and Sim 2019;
 * the period carries what their three numbers cannot: units that differ by phase after an upsampling. Closed under every periodic
 * relation and under union, so no step of the fold rounds.
 */
export interface Reach {
  readonly period: number;
  /** Pixels per period; negative after a flip, 0 where all units see the same. */
  readonly advance: number;
  readonly sets: readonly Runs[];
}

/** Output `q·outPeriod + r` reads inputs `q·inPeriod + taps[r]`: every axis map away from the border is of this form. */
export interface Relation {
  readonly outPeriod: number;
  readonly inPeriod: number;
  readonly taps: readonly Runs[];
}

/** A pixel of the image sees itself. */
export const ownPixel: Reach = { period: 1, advance: 1, sets: [[0, 0]] };

/** Beyond this the numbers are given up (null): a resize of 1009 to 2003 pixels has no useful period. */
const longestPeriod = 4096;
/** Islands in one set; a stack of widely dilated kernels can make 3ⁿ of them. */
const mostRuns = 4096;

/** Stays exact up to 2⁵³ − 1; a hostile file's strides multiply beyond. */
const exactlyWhole = (x: number): boolean => Number.isSafeInteger(x);

export function greatestDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y) [x, y] = [y, x % y];
  return x;
}

const usable = (w: Window): boolean =>
  [w.kernel, w.stride, w.dilation, w.padBegin].every((x) => exactlyWhole(x)) && w.kernel >= 1 && w.stride !== 0;

function windowRelation(w: Window): Relation | null {
  if (!usable(w)) return null;
  const step = Math.abs(w.dilation);
  const first = 0 - w.padBegin + Math.min(0, (w.kernel - 1) * w.dilation);
  if (step === 1) return { outPeriod: 1, inPeriod: w.stride, taps: [runOf(first, first + w.kernel - 1)] };
  if (w.kernel > mostRuns) return null;
  const taps = Array.from({ length: w.kernel }, (_, k) => first + k * step).flatMap((t) => [t, t]);
  return { outPeriod: 1, inPeriod: w.stride, taps: [collectRuns(taps)] };
}

/** `i = j·stride − padBegin + k·dilation`, so for `i = q·stride + r` the taps k of the right remainder read `j = q + (r + padBegin − k·dilation) / stride`. */
function transposedRelation(w: Window): Relation | null {
  if (!usable(w) || w.stride < 1 || w.stride > longestPeriod || w.kernel > mostRuns) return null;
  const taps = Array.from({ length: w.stride }, (_, r) => {
    const reads: number[] = [];
    for (let k = w.kernel - 1; k >= 0; k--) {
      const distance = r + w.padBegin - k * w.dilation;
      if (distance % w.stride === 0) reads.push(distance / w.stride, distance / w.stride);
    }
    return collectRuns(reads);
  });
  return { outPeriod: w.stride, inPeriod: 1, taps };
}

const tapRuns = (taps: readonly number[]): Runs => collectRuns(taps.flatMap((t) => [t, t]));

/** A finite list as one long period, whose advance is the list's own slope; regular lists fold back to their short period. */
function listedRelation(reads: readonly (readonly number[])[]): Relation | null {
  const length = reads.length;
  if (!length || length > longestPeriod) return null;
  const heads: readonly (number | null)[] = reads.map((r) => (r.length ? Math.min(...r) : null));
  const first = heads.findIndex((h) => h !== null);
  const last = length - 1 - [...heads].reverse().findIndex((h) => h !== null);
  const slope = last > first ? (heads[last]! - heads[first]!) / (last - first) : 1;
  return { outPeriod: length, inPeriod: Math.round(slope * length), taps: reads.map(tapRuns) };
}

/** Null for `whole`, and for what has no usable period. */
export function relationOf(map: AxisMap): Relation | null {
  switch (map.kind) {
    case 'window':
      return windowRelation(map.window);
    case 'transposed':
      return transposedRelation(map.window);
    case 'border':
      return { outPeriod: 1, inPeriod: 1, taps: [[0 - map.before, 0 - map.before]] };
    case 'periodic':
      if (!exactlyWhole(map.outPeriod) || map.outPeriod < 1 || map.outPeriod > longestPeriod) return null;
      return { outPeriod: map.outPeriod, inPeriod: map.inPeriod, taps: map.taps.map(tapRuns) };
    case 'listed':
      return listedRelation(map.reads);
    case 'whole':
      return null;
  }
}

/** What is seen through `relation` of units that see `reach`. Null when the period or the islands grow beyond use. */
export function through(reach: Reach, relation: Relation): Reach | null {
  const { period, advance, sets } = reach;
  const repeats = period / greatestDivisor(period, relation.inPeriod);
  const newPeriod = relation.outPeriod * repeats;
  const newAdvance = (advance * relation.inPeriod * repeats) / period;
  if (newPeriod > longestPeriod || !exactlyWhole(newAdvance)) return null;
  const newSets: Runs[] = [];
  for (let r = 0; r < newPeriod; r++) {
    const base = Math.floor(r / relation.outPeriod) * relation.inPeriod;
    const seen = readThrough(reach, sets, relation.taps[r % relation.outPeriod] ?? noRuns, base);
    if (!seen) return null;
    newSets.push(seen);
  }
  return shortened({ period: newPeriod, advance: newAdvance, sets: newSets });
}

/** Union of what the units `base + taps` see. */
function readThrough(reach: Reach, sets: readonly Runs[], taps: Runs, base: number): Runs | null {
  const pairs: number[] = [];
  for (let t = 0; t < taps.length; t += 2) {
    const [first, last] = [taps[t]! + base, taps[t + 1]! + base];
    if (reach.period === 1) pushSlide(pairs, sets[0]!, reach.advance, first, last);
    else for (let unit = first; unit <= last; unit++) pushUnit(pairs, reach, unit);
    if (pairs.length > 8 * mostRuns) return null;
  }
  const seen = collectRuns(pairs);
  return seen.length <= 2 * mostRuns && seen.every(exactlyWhole) ? seen : null;
}

/** What units `first … last` see when all see the same set, `advance` apart. */
function pushSlide(pairs: number[], set: Runs, advance: number, first: number, last: number): void {
  const [low, high] = advance >= 0 ? [first, last] : [last, first];
  for (let i = 0; i < set.length; i += 2) {
    const length = set[i + 1]! - set[i]! + 1;
    if (Math.abs(advance) <= length) pairs.push(low * advance + set[i]!, high * advance + set[i + 1]!);
    else
      for (let unit = first; unit <= last && pairs.length <= 8 * mostRuns; unit++)
        pairs.push(unit * advance + set[i]!, unit * advance + set[i + 1]!);
  }
}

function pushUnit(pairs: number[], reach: Reach, unit: number): void {
  const q = Math.floor(unit / reach.period);
  for (const x of reach.sets[unit - q * reach.period]!) pairs.push(x + q * reach.advance);
}

/** What one unit sees. */
export function seenBy(reach: Reach, unit: number): Runs {
  const q = Math.floor(unit / reach.period);
  return shifted(reach.sets[unit - q * reach.period]!, q * reach.advance);
}

/** The shortest period that says the same, so that pooling after upsampling comes back to period 1. */
function shortened(reach: Reach): Reach {
  let result = reach;
  for (let prime = 2; prime <= result.period; prime++) {
    while (result.period % prime === 0) {
      const shorter = withPeriod(result, result.period / prime);
      if (!shorter) break;
      result = shorter;
    }
  }
  return result;
}

function withPeriod(reach: Reach, period: number): Reach | null {
  const advance = (reach.advance * period) / reach.period;
  if (!Number.isInteger(advance)) return null;
  for (let r = period; r < reach.period; r++) {
    const by = Math.floor(r / period) * advance;
    if (!sameRuns(reach.sets[r]!, shifted(reach.sets[r % period]!, by))) return null;
  }
  return { period, advance, sets: reach.sets.slice(0, period) };
}

/** Two reaches can be compared unit by unit for ever only if they advance alike; `a·d = b·c` avoids the fraction. */
export const sameStride = (a: Reach, b: Reach): boolean => a === b || a.advance * b.period === b.advance * a.period;

const commonPeriod = (a: Reach, b: Reach): number => (a.period / greatestDivisor(a.period, b.period)) * b.period;

/** Every unit of `a` sees all that the same unit of `b` sees. */
export function containsReach(a: Reach, b: Reach): boolean {
  if (a === b) return true;
  if (!sameStride(a, b)) return false;
  const period = commonPeriod(a, b);
  if (period === 1) return containsRuns(a.sets[0]!, b.sets[0]!);
  if (period > longestPeriod) return false;
  for (let unit = 0; unit < period; unit++) if (!containsRuns(seenBy(a, unit), seenBy(b, unit))) return false;
  return true;
}

/** Unit by unit; null when the strides differ or the common period is too long. */
export function unionReach(a: Reach, b: Reach): Reach | null {
  if (containsReach(a, b)) return a;
  if (containsReach(b, a)) return b;
  const period = commonPeriod(a, b);
  if (!sameStride(a, b) || period > longestPeriod) return null;
  const sets = Array.from({ length: period }, (_, unit) => unionRuns(seenBy(a, unit), seenBy(b, unit)));
  return shortened({ period, advance: (a.advance * period) / a.period, sets });
}

/** Input pixels between neighbouring units; an average after upsampling. */
export const strideOf = (reach: Reach): number => reach.advance / reach.period;

/** No unit has a hole. */
export const gapless = (reach: Reach): boolean => reach.sets.every((s) => s.length <= 2);

/** Centre of unit 0, averaged over the phases as if they were evenly spaced: nearest ×2 after a 2×2 pool is centred like its input. */
export function centreOf(reach: Reach): number | null {
  let [sum, count] = [0, 0];
  reach.sets.forEach((set, r) => {
    if (!set.length) return;
    sum += (set[0]! + set[set.length - 1]!) / 2 - r * strideOf(reach);
    count++;
  });
  return count ? sum / count : null;
}
