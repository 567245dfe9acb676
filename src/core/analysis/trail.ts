import { type Box, disjointBoxes, hullOfBoxes, positionsIn } from './boxes';
import { demandsOnTheWay } from './demand';
import { startAt } from './exactField';
import type { FieldPlan } from './fieldPlan';

/** What one unit needs of a value between the image and itself. */
export interface TrailStep {
  readonly value: number;
  /** Units along each axis of the image. */
  readonly extents: readonly number[];
  /** First and last place per axis. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Distinct places: of all channels, for within a layer the field is the same for every one. */
  readonly places: number;
  readonly boxes: readonly Box[];
}

/**
 * The way of a unit's field back through the net: for every value that it depends on, the places it needs, clipped at the borders,
 * the image first and the unit itself last. Null where it cannot be told: see `unitField`.
 */
export function trail(plan: FieldPlan, value: number, at: readonly number[]): readonly TrailStep[] | null {
  const start = startAt(plan, value, at);
  const needs = start && demandsOnTheWay(plan, value, start, { clip: true });
  if (!needs) return null;
  const steps: TrailStep[] = [];
  // Later values were made of earlier ones, but only the links know the order.
  const order = new Map<number, number>([[plan.image, -1]]);
  plan.links.forEach((link, i) => order.set(link.to, i));
  for (const id of [...needs.keys()].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))) {
    const own = plan.values[id];
    if (!own || own === 'unknown') continue;
    const extents = own.extents.filter((extent) => extent !== null);
    const boxes = disjointBoxes(needs.get(id)!.map((bundle) => bundle.map((sets) => sets[0]!)));
    const ranges = hullOfBoxes(boxes);
    if (!ranges || extents.length !== own.extents.length) continue;
    steps.push({ value: id, extents, ranges, places: positionsIn(boxes), boxes });
  }
  return steps;
}
