import { readPositions } from './axisReads';
import type { FieldPlan, PlanLink, PlanRead, PlanReading, PlanValue } from './fieldPlan';
import { clipRuns, containsRuns, intersectRuns, noRuns, type Runs, runOf, sameRuns, unionRuns } from './runs';

/**
 * Per image axis one set for each index asked about along that axis. For a single unit that is one set per axis; for coverage, the sets
 * of all rows and all columns of a layer travel together, and the units are their product.
 */
export type Bundle = readonly (readonly Runs[])[];

/** A union of bundles. */
export type Demand = readonly Bundle[];

export interface DemandOptions {
  /** See `AxisFrame.clip`. */
  readonly clip: boolean;
  /** Branches through global operators (global pooling, squeeze-and-excitation) count as not there. */
  readonly cutGlobal?: boolean;
}

/** Products in one union, at most; nets of this world have a handful. */
const mostBundles = 512;

/** Links by the value they lead into, made once per plan. */
const incoming = new WeakMap<FieldPlan, readonly (readonly number[])[]>();

function linksInto(plan: FieldPlan): readonly (readonly number[])[] {
  let known = incoming.get(plan);
  if (!known) {
    const lists: number[][] = plan.values.map(() => []);
    plan.links.forEach((link, i) => lists[link.to]?.push(i));
    incoming.set(plan, (known = lists));
  }
  return known;
}

/**
 * What `start` at `value` needs of the image, operator by operator, backwards. Null when an operator nobody knows or an unknown
 * extent lies on the way, or when there is too much to go through. Values are visited in reverse topological order, so that each is
 * expanded once, with all its readers' needs together.
 */
export function demandAtImage(plan: FieldPlan, value: number, start: Bundle, options: DemandOptions): Demand | null {
  const needs = demandsOnTheWay(plan, value, start, options);
  return needs && (needs.get(plan.image) ?? []);
}

/** The same for every value on the way, `value` itself among them. */
export function demandsOnTheWay(
  plan: FieldPlan,
  value: number,
  start: Bundle,
  options: DemandOptions,
): ReadonlyMap<number, Demand> | null {
  const needs = new Map<number, Demand>([[value, [start]]]);
  const into = linksInto(plan);
  const last = into[value]?.at(-1) ?? -1;
  for (let i = last; i >= 0; i--) {
    const link = plan.links[i]!;
    const need = needs.get(link.to);
    if (!need || (options.cutGlobal && link.global)) continue;
    const read = readThrough(plan, link, need, options);
    if (!read) return null;
    const all = read.reduce(withBundle, needs.get(link.from) ?? []);
    if (all.length > mostBundles) return null;
    needs.set(link.from, all);
  }
  return needs;
}

/** Position sets of all of an axis, by extent: shared, so that equal needs are the same object. */
const wholes = new Map<number, Runs>();

function whole(extent: number): Runs {
  let runs = wholes.get(extent);
  if (!runs) wholes.set(extent, (runs = runOf(0, extent - 1)));
  return runs;
}

function readThrough(plan: FieldPlan, link: PlanLink, need: Demand, options: DemandOptions): Demand | null {
  const [from, to] = [plan.values[link.from], plan.values[link.to]];
  if (!from || !to || from === 'unknown' || to === 'unknown') return null;
  const read: Bundle[] = [];
  for (const bundle of need) {
    const axes: (readonly Runs[])[] = [];
    for (const [k, reading] of link.reads.entries()) {
      const sets = readAxis(reading, k, bundle, { from, to, clip: options.clip });
      if (!sets) return null;
      axes.push(sets);
    }
    if (axes.every((sets) => sets.some((runs) => runs.length))) read.push(axes);
  }
  return read;
}

interface Passage {
  readonly from: PlanValue;
  readonly to: PlanValue;
  readonly clip: boolean;
}

function readAxis(reading: PlanRead, k: number, bundle: Bundle, passage: Passage): readonly Runs[] | null {
  const own = bundle[k]!;
  const extent = passage.from.extents[k] ?? null;
  if (extent === null) return null;
  if (reading === 'whole') return mapSets(own, (runs) => (runs.length ? whole(extent) : noRuns));
  if (reading === 'same') return passage.clip ? mapSets(own, (runs) => clipRuns(runs, 0, extent - 1)) : own;
  let result: readonly Runs[] | null = null;
  for (const r of reading) {
    const sets = readAlong(r, k, bundle, passage);
    if (!sets) return null;
    result = result ? result.map((runs, i) => intersectRuns(runs, sets[i]!)) : sets;
  }
  return result;
}

function readAlong(reading: PlanReading, k: number, bundle: Bundle, passage: Passage): readonly Runs[] | null {
  const { along, map } = reading;
  const [sets, own] = [bundle[along]!, bundle[k]!];
  const [inputExtent, outputExtent] = [passage.from.extents[k] ?? null, passage.to.extents[along] ?? null];
  // Rows that become columns: one unit can be followed, but not all rows together with all columns.
  if (along !== k && (sets.length > 1 || own.length > 1)) return null;
  if (inputExtent === null || outputExtent === null) return null;
  const frame = { map, inputExtent, outputExtent, clip: passage.clip };
  return mapSets(sets, (runs) => readPositions(frame, runs));
}

/** Neighbours that are one object stay one object; all unchanged is the same list. */
function mapSets(sets: readonly Runs[], map: (runs: Runs) => Runs | null): readonly Runs[] | null {
  let previous: Runs | null = null;
  let mapped: Runs | null = noRuns;
  const result: Runs[] = [];
  for (const runs of sets) {
    if (runs !== previous) [previous, mapped] = [runs, map(runs)];
    if (!mapped) return null;
    result.push(mapped);
  }
  return result.every((runs, i) => runs === sets[i]) ? sets : result;
}

const containsSets = (a: readonly Runs[], b: readonly Runs[]): boolean =>
  a === b || a.every((runs, i) => containsRuns(runs, b[i]!));
const sameSets = (a: readonly Runs[], b: readonly Runs[]): boolean =>
  a === b || a.every((runs, i) => sameRuns(runs, b[i]!));
const containsBundle = (a: Bundle, b: Bundle): boolean => a.every((sets, k) => containsSets(sets, b[k]!));

/** Adds to the union: nothing where it is already there, one bundle for two where that is exact. */
export function withBundle(demand: Demand, bundle: Bundle): Demand {
  if (demand.some((b) => containsBundle(b, bundle))) return demand;
  const kept = demand.filter((b) => !containsBundle(bundle, b));
  for (const [i, other] of kept.entries()) {
    const differing = bundle.flatMap((sets, k) => (sameSets(sets, other[k]!) ? [] : [k]));
    const [axis] = differing;
    if (differing.length !== 1 || axis === undefined) continue;
    const union = bundle.map((sets, k) => (k === axis ? sets.map((runs, u) => unionRuns(runs, other[k]![u]!)) : sets));
    return withBundle(
      kept.filter((_, j) => j !== i),
      union,
    );
  }
  return [...kept, bundle];
}
