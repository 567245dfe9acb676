import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import type { ReceptiveField } from './facts';
import type { Path } from './fieldPaths';
import { holes } from './boxes';
import { centreOf, gapless, greatestDivisor, type Reach, sameStride, seenBy, strideOf } from './reach';
import { containsRuns, type Runs, spanOf } from './runs';

/** Where a value's units stand on the image, by axis. */
export interface Alignment {
  readonly strides: readonly number[];
  /** Centre of unit 0; null where no unit sees anything. */
  readonly centres: readonly (number | null)[];
}

/** What is known of a value while folding. */
export interface PathSummary {
  /** By image axis: the axis of this tensor that runs along it. */
  readonly axes: readonly (number | null)[];
  /** Never empty. Paths that see an axis whole stand here only while no local path is there. */
  readonly paths: readonly Path[];
  readonly whole: boolean;
  readonly aligned: boolean;
}

/** Along one axis, over all paths. */
interface AxisSummary {
  readonly size: number | null;
  readonly smallest: number | null;
  readonly stride: number | null;
  readonly start: number | null;
}

const unknownAxis: AxisSummary = { size: null, smallest: null, stride: null, start: null };

/** Units looked at, at most, to find the extremes where phases or strides differ. */
const mostUnits = 4096;

const cache = new WeakMap<readonly Path[], Alignment>();

export function alignmentOf(paths: readonly Path[]): Alignment {
  const known = cache.get(paths);
  if (known) return known;
  const axes = (paths[0] ?? []).map((_, k) => paths.flatMap((path) => path[k] ?? []));
  const alignment = {
    strides: axes.map((reaches) => (reaches[0] ? strideOf(reaches[0]) : 0)),
    centres: axes.map(hullCentre),
  };
  cache.set(paths, alignment);
  return alignment;
}

function hullCentre(reaches: readonly Reach[]): number | null {
  const [only] = reaches;
  if (reaches.length <= 1) return only ? centreOf(only) : null;
  const centres = reaches.map(centreOf).filter((c) => c !== null);
  return centres.length ? (Math.min(...centres) + Math.max(...centres)) / 2 : null;
}

const axisNames: Readonly<Record<number, readonly string[]>> = {
  1: [t('positions')],
  2: [t('rows'), t('columns')],
  3: [t('slices'), t('rows'), t('columns')],
};

/** Centres are halves and their averages over power-of-two phases; anything beyond this is no rounding. */
const tolerance = 1e-6;

/** In words, or null when both look at the same place. */
export function describeOffset(a: Alignment, b: Alignment): string | null {
  const parts: string[] = [];
  a.strides.forEach((stride, k) => {
    const name = axisNames[a.strides.length]?.[k] ?? t('axis {0}', k);
    const other = b.strides[k] ?? stride;
    const [p, q] = [a.centres[k] ?? null, b.centres[k] ?? null];
    if (Math.abs(stride - other) > tolerance)
      parts.push(t('strides of {0} and {1} pixels ({2})', rounded(stride), rounded(other), name));
    else if (p !== null && q !== null && Math.abs(p - q) > tolerance)
      parts.push(t('centres {0} pixels apart ({1})', rounded(Math.abs(p - q)), name));
  });
  return parts.length ? parts.join(', ') : null;
}

const rounded = (x: number): string => String(Math.round(x * 1000) / 1000);

const summaries = new WeakMap<PathSummary, Map<string, ReceptiveField>>();

/** Equal states share one record: pointwise operators cost nothing. Extents matter only where several paths may drift apart. */
export function summarise(state: PathSummary, shape: readonly Dim[] | null): ReceptiveField {
  const extents =
    state.paths.length > 1 ? state.axes.map((axis) => (axis === null ? null : (shape?.[axis] ?? null))) : [];
  const key = extents.map((e) => (typeof e === 'number' ? e : '?')).join();
  let known = summaries.get(state);
  if (!known) summaries.set(state, (known = new Map<string, ReceptiveField>()));
  let field = known.get(key);
  if (!field) known.set(key, (field = fieldOf(state, extents)));
  return field;
}

function fieldOf(state: PathSummary, extents: readonly Dim[]): ReceptiveField {
  const perAxis = state.axes.map((_, k) =>
    axisOf(
      state.paths.map((path) => path[k] ?? null),
      extents[k] ?? null,
    ),
  );
  return {
    size: perAxis.map((a) => a.size),
    smallest: perAxis.map((a) => a.smallest),
    stride: perAxis.map((a) => a.stride),
    start: perAxis.map((a) => a.start),
    dense: isDense(state.paths, extents),
    aligned: state.aligned,
    whole: state.whole,
    axes: state.axes,
  };
}

function axisOf(reaches: readonly (Reach | null)[], extent: Dim): AxisSummary {
  const [first] = reaches;
  if (!first || reaches.includes(null)) return unknownAxis;
  const all = reaches.filter((r) => r !== null);
  // Different strides drift apart for ever: only the units that exist can be asked.
  const units = repeatOf(all) ?? (typeof extent === 'number' ? extent : 0);
  if (units < 1 || units > mostUnits)
    return { ...unknownAxis, stride: strideOf(first), start: hullOf(all, 0)?.[0] ?? null };
  let [size, smallest] = [0, Number.MAX_SAFE_INTEGER];
  for (let unit = 0; unit < units; unit++) {
    const span = spanOf(hullOf(all, unit) ?? []);
    size = Math.max(size, span);
    smallest = Math.min(smallest, span);
  }
  return { size, smallest, stride: strideOf(first), start: hullOf(all, 0)?.[0] ?? null };
}

function hullOf(reaches: readonly Reach[], unit: number): Runs | null {
  let [low, high] = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  for (const reach of reaches) {
    const seen = seenBy(reach, unit);
    if (!seen.length) continue;
    low = Math.min(low, seen[0]!);
    high = Math.max(high, seen[seen.length - 1]!);
  }
  return low <= high ? [low, high] : null;
}

/** Combinations of phases looked at where no path contains the others. */
const mostCombinations = 256;

/** No unit has holes inside its hull. Where strides differ, as many units are compared as there are, up to a bound. */
function isDense(paths: readonly Path[], extents: readonly Dim[]): boolean {
  const [only] = paths;
  if (!only) return true;
  if (paths.length === 1) return only.every((reach) => !reach || gapless(reach));
  const units = only.map((_, k) =>
    unitsToCompare(
      paths.flatMap((path) => path[k] ?? []),
      extents[k] ?? null,
    ),
  );
  const widest = paths.find((path) => path.every((reach, k) => !reach || widestOf(paths, k, reach, units[k]!)));
  if (widest) return widest.every((reach) => !reach || gapless(reach));
  const combinations = Math.min(
    mostCombinations,
    units.reduce((product, count) => product * count, 1),
  );
  for (let n = 0; n < combinations; n++) {
    let rest = n;
    const at = units.map((count) => {
      const unit = rest % count;
      rest = Math.floor(rest / count);
      return unit;
    });
    if (holes(paths.map((path) => path.map((reach, k) => (reach ? seenBy(reach, at[k]!) : [0, 0]))))) return false;
  }
  return true;
}

const unitsToCompare = (reaches: readonly Reach[], extent: Dim): number =>
  repeatOf(reaches) ?? (typeof extent === 'number' ? Math.min(extent, mostCombinations) : mostCombinations);

/** Contains what the other paths see along axis k, for all units compared. */
function widestOf(paths: readonly Path[], k: number, reach: Reach, units: number): boolean {
  for (const path of paths) {
    const other = path[k];
    if (!other || other === reach) continue;
    for (let unit = 0; unit < units; unit++) if (!containsRuns(seenBy(reach, unit), seenBy(other, unit))) return false;
  }
  return true;
}

/** After how many units all reaches repeat together; null where their strides differ. */
function repeatOf(reaches: readonly Reach[]): number | null {
  const [first] = reaches;
  if (!first) return 1;
  const period = reaches.reduce((p, r) => (p / greatestDivisor(p, r.period)) * r.period, 1);
  return period <= mostUnits && reaches.every((r) => sameStride(r, first)) ? period : null;
}
