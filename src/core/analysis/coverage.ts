import { type Box, disjointBoxes, positionsIn } from './boxes';
import { type Bundle, type Demand, demandAtImage } from './demand';
import { knownExtents } from './exactField';
import type { FieldPlan } from './fieldPlan';
import { holdsNumber, intersectRuns, type Runs, runOf } from './runs';

/** How many units of one layer use each pixel of the image. */
export interface Coverage {
  /** Extents of the image along its spatial axes. */
  readonly shape: readonly number[];
  /** Pixels that no unit uses: the white squares of a badly chosen stride. */
  readonly unseen: number;
  readonly min: number;
  readonly max: number;
  /** Row-major, one per pixel. */
  readonly counts: readonly number[];
}

/** Beyond these many unions of paths the 2ⁿ terms below would not pay; layers are then asked row by row. */
const mostBundles = 10;

/** Pictures beyond are refused: the counts alone would fill the memory. */
const mostPixels = 1 << 26;

/** Units along one axis, at most. */
const mostUnits = 1 << 17;

/** Null where it cannot be told: an extent or an operator nobody knows on the way. */
export function coverage(plan: FieldPlan, value: number): Coverage | null {
  const shape = knownExtents(plan);
  const pixels = shape?.reduce((product, e) => product * e, 1) ?? 0;
  const layer = plan.values[value];
  if (!shape || pixels > mostPixels || layer === undefined || layer === 'unknown') return null;
  const counts = new Float64Array(pixels);
  const units = layer && allUnits(layer.extents);
  if (layer && (!units || !addUnits(plan, value, units, shape, counts))) return null;
  return summary(shape, counts);
}

function summary(shape: readonly number[], counts: Float64Array): Coverage {
  let [unseen, min, max] = [0, counts.length ? Number.MAX_SAFE_INTEGER : 0, 0];
  for (const count of counts) {
    if (count === 0) unseen++;
    min = Math.min(min, count);
    max = Math.max(max, count);
  }
  return { shape, unseen, min, max, counts: Array.from(counts) };
}

/** All units of a layer, or null where not all extents are known. */
function allUnits(extents: readonly (number | null)[]): Bundle | null {
  const bundle: (readonly Runs[])[] = [];
  for (const extent of extents) {
    if (extent === null || extent > mostUnits) return null;
    bundle.push(Array.from({ length: extent }, (_, i) => runOf(i, i)));
  }
  return bundle;
}

function addUnits(
  plan: FieldPlan,
  value: number,
  units: Bundle,
  shape: readonly number[],
  counts: Float64Array,
): boolean {
  const demand = demandAtImage(plan, value, units, { clip: true });
  if (demand && demand.length <= mostBundles) {
    addProducts(demand, shape, counts);
    return true;
  }
  // Too many paths that contain none of each other, or rows that become columns: fewer units at a time, down to single ones.
  const axis = units.reduce((longest, sets, k) => (sets.length > units[longest]!.length ? k : longest), 0);
  if (units[axis]!.length === 1) {
    if (!demand) return false;
    for (const box of disjointBoxes(demand.map((b) => b.map((sets) => sets[0]!)))) addBox(box, shape, counts);
    return true;
  }
  const middle = units[axis]!.length >> 1;
  const part = (from: number, to?: number): Bundle =>
    units.map((sets, k) => (k === axis ? sets.slice(from, to) : sets));
  return addUnits(plan, value, part(0, middle), shape, counts) && addUnits(plan, value, part(middle), shape, counts);
}

const addBox = (box: Box, shape: readonly number[], counts: Float64Array): void =>
  addOuter(
    box.map((runs, k) => timesUsed([runs], shape[k]!)),
    1,
    counts,
  );

/** Inclusion and exclusion: a pixel's units under a union of products are sums over the products of every intersection. */
function addProducts(demand: Demand, shape: readonly number[], counts: Float64Array): void {
  const visit = (next: number, common: Bundle | null, sign: number): void => {
    for (let i = next; i < demand.length; i++) {
      const both = common ? intersection(common, demand[i]!) : demand[i]!;
      if (both.some((sets) => sets.every((runs) => !runs.length))) continue;
      addOuter(
        both.map((sets, k) => timesUsed(sets, shape[k]!)),
        sign,
        counts,
      );
      visit(i + 1, both, -sign);
    }
  };
  visit(0, null, 1);
}

const intersection = (a: Bundle, b: Bundle): Bundle =>
  a.map((sets, k) => sets.map((runs, u) => intersectRuns(runs, b[k]![u]!)));

/** For each position, in how many of the sets it is; by differences at the ends of runs. */
function timesUsed(sets: readonly Runs[], extent: number): Float64Array {
  const steps = new Float64Array(extent + 1);
  for (const runs of sets) {
    for (let i = 0; i < runs.length; i += 2) {
      steps[runs[i]!]! += 1;
      steps[runs[i + 1]! + 1]! -= 1;
    }
  }
  for (let i = 1; i <= extent; i++) steps[i]! += steps[i - 1]!;
  return steps.subarray(0, extent);
}

/** Adds `sign · perAxis[0][i] · perAxis[1][j] · …` to every pixel. */
function addOuter(perAxis: readonly Float64Array[], sign: number, counts: Float64Array): void {
  const walk = (axis: number, base: number, factor: number): void => {
    const own = perAxis[axis]!;
    const isLast = axis === perAxis.length - 1;
    for (let i = 0; i < own.length; i++) {
      if (own[i] === 0) continue;
      if (isLast) counts[base * own.length + i]! += factor * own[i]!;
      else walk(axis + 1, base * own.length + i, factor * own[i]!);
    }
  };
  walk(0, 0, sign);
}

/** Units of a layer that use one pixel of the image. */
export interface Dependents {
  readonly count: number;
  /** The units as products that do not overlap, one `Runs` per axis of the image; an axis the tensor has lost reads `[0, 0]`. */
  readonly boxes: readonly Box[];
}

/** The dual of a unit's field. Null where it cannot be told, and where a picture is joined with itself turned over. */
export function dependents(plan: FieldPlan, value: number, pixel: readonly number[]): Dependents | null {
  const unit = plan.values[value];
  if (unit === undefined || unit === 'unknown') return null;
  if (unit === null) return { count: 0, boxes: [] };
  const units = allUnits(unit.extents);
  const demand = units && demandAtImage(plan, value, units, { clip: true });
  if (!demand || !knownExtents(plan)) return null;
  const boxes = disjointBoxes(demand.map((bundle) => bundle.map((sets, k) => holders(sets, pixel[k] ?? 0))));
  return { count: positionsIn(boxes), boxes };
}

/** Indices whose set holds the pixel. */
function holders(sets: readonly Runs[], pixel: number): Runs {
  const runs: number[] = [];
  sets.forEach((set, i) => {
    if (!holdsNumber(set, pixel)) return;
    if (runs.length && runs[runs.length - 1] === i - 1) runs[runs.length - 1] = i;
    else runs.push(i, i);
  });
  return runs;
}
