import { type Box, clipBox, disjointBoxes, hullOfBoxes, positionsIn } from './boxes';
import { type Bundle, demandAtImage, type DemandOptions } from './demand';
import type { FieldPlan } from './fieldPlan';
import { runOf } from './runs';

/** What one unit sees of the image. */
export interface UnitField {
  /** First and last pixel per axis of the image; null where the unit sees nothing. */
  readonly ranges: readonly (readonly [number, number])[] | null;
  /** Distinct pixels: holes of dilation and skipped strides do not count. */
  readonly pixels: number;
  /**
   * Places outside the image that the same field would use if the picture, and every tensor on the way, went on beyond its border:
   * the share of the field that is padding. Null beyond what a number can count.
   */
  readonly padding: number | null;
  /** That borderless field's first and last place per axis; null where there is none, or it cannot be counted either. */
  readonly box: readonly (readonly [number, number])[] | null;
  /** The field as products of runs, one `Runs` per axis, that do not overlap. One where the field is a product. */
  readonly boxes: readonly Box[];
}

export interface UnitOptions {
  /** Branches through global operators count as not there: the local field of a net with squeeze-and-excitation. */
  readonly cutGlobal?: boolean;
}

const nothingSeen: UnitField = { ranges: null, pixels: 0, padding: 0, box: null, boxes: [] };

/**
 * The exact field of the unit at `at`, one index per axis of the image (extra ones and those of axes the tensor has lost are ignored).
 * Null where it cannot be told: no such unit, an extent nobody knows, an operator nobody knows.
 */
export function unitField(
  plan: FieldPlan,
  value: number,
  at: readonly number[],
  options: UnitOptions = {},
): UnitField | null {
  const unit = plan.values[value];
  if (unit === null) return nothingSeen;
  const start = startAt(plan, value, at);
  return start && measured(plan, value, start, options);
}

/** The unit as the set of one place per axis; null when there is no such unit, or an extent or operator is unknown. */
export function startAt(plan: FieldPlan, value: number, at: readonly number[]): Bundle | null {
  const unit = plan.values[value];
  if (unit === undefined || unit === null || unit === 'unknown') return null;
  const places = unit.extents.map((_, k) => (unit.spatial[k] ? (at[k] ?? Number.NaN) : 0));
  const inside = places.every((place, k) => {
    const extent = unit.extents[k] ?? null;
    return extent !== null && Number.isInteger(place) && place >= 0 && place < extent;
  });
  return inside ? places.map((place) => [runOf(place, place)]) : null;
}

const boxesOf = (bundles: readonly Bundle[]): readonly Box[] => bundles.map((b) => b.map((sets) => sets[0]!));

function measured(plan: FieldPlan, value: number, start: Bundle, options: UnitOptions): UnitField | null {
  const extents = knownExtents(plan);
  const clipped = extents && demandAtImage(plan, value, start, { ...options, clip: true });
  const borderless = extents && demandAtImage(plan, value, start, { ...options, clip: false } satisfies DemandOptions);
  if (!clipped || !borderless) return null;
  const [seen, all] = [boxesOf(clipped), boxesOf(borderless)];
  const boxes = disjointBoxes(seen);
  const outside = positionsIn(all) - positionsIn(all.map((box) => clipBox(box, extents)));
  const hull = hullOfBoxes(all);
  // Two thousand strides of two see more places than there are numbers.
  const counted = Number.isSafeInteger(outside) && (hull?.flat().every(Number.isSafeInteger) ?? true);
  return {
    ranges: hullOfBoxes(boxes),
    pixels: positionsIn(boxes),
    padding: counted ? outside : null,
    box: counted ? hull : null,
    boxes,
  };
}

/** Extents of the image; null unless all are known. */
export function knownExtents(plan: FieldPlan): readonly number[] | null {
  const known = plan.extents.filter((e) => e !== null);
  return known.length === plan.extents.length ? known : null;
}
