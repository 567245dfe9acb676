import type { Dim } from '../ir/dim';
import type { ValueId } from '../ir/types';
import type { AxisMap } from '../ops/dependence';
import type { Facts, ReceptiveField } from './facts';
import { type AxisReading, isIdentity, type Link, readingsOf } from './fieldLinks';
import { fieldSteps } from './fieldSteps';
import { fieldsOfSteps } from './receptiveField';

/** Everything needed to tell what a unit sees, as plain data: made beside the model, posted to a worker, asked at pointer speed. */
export interface FieldPlan {
  /** The image input and its extents along its spatial axes; an extent nobody knows is null. */
  readonly image: number;
  readonly extents: readonly (number | null)[];
  /** By ValueId; null for values that do not depend on the image, `unknown` behind an operator nobody knows. */
  readonly values: readonly (PlanValue | null | 'unknown')[];
  /** In topological order: all links into a value stand before any link out of it. */
  readonly links: readonly PlanLink[];
}

export interface PlanValue {
  /** Units along each axis of the image; 1 where no axis of the tensor runs along it, null where unknown. */
  readonly extents: readonly (number | null)[];
  /** By axis of the image: whether an axis of this tensor runs along it. */
  readonly spatial: readonly boolean[];
}

/** How a value's positions are read by another's: one reading per image axis of the value read. */
export interface PlanLink {
  readonly from: number;
  readonly to: number;
  readonly reads: readonly PlanRead[];
  /** Reads an axis of the image whole whatever the position (global pooling, fully connected, attention). */
  readonly global: boolean;
}

/** `same`: as the output along this axis. `whole`: everything. Else all readings hold at once. */
export type PlanRead = 'same' | 'whole' | readonly PlanReading[];

export interface PlanReading {
  /** Image axis of the output. */
  readonly along: number;
  readonly map: AxisMap;
}

const extentOf = (d: Dim | undefined): number | null => (typeof d === 'number' ? d : null);

/** Null where there is no image input, it has no spatial axes, or not even its rank is known. */
export function fieldPlan(facts: Facts): FieldPlan | null {
  const image = facts.imageInput;
  const { steps, types } = fieldSteps(facts);
  // Values inside of branches and functions have numbers of their own, beyond those of the graph.
  const fields = facts.bodies.size ? fieldsOfSteps({ steps, types }, image, () => undefined) : facts.fields;
  const own = image === null ? null : (fields[image] ?? null);
  // A scalar has no places to see.
  if (image === null || !own?.axes.length) return null;
  const values = fields.map((field, id) => (field ? planValue(field, types[id]?.shape ?? null) : null));
  const unknown = new Set<ValueId>();
  const links: PlanLink[] = [];
  for (const link of steps.flatMap((step) => step.links)) {
    if (!fields[link.from] && !unknown.has(link.from)) continue;
    const [from, to] = [fields[link.from] ?? null, fields[link.to] ?? null];
    if (from && to) links.push(planLink(link, from.axes, to.axes));
    else unknown.add(link.to);
  }
  const extents = values[image]?.extents ?? [];
  return { image, extents, values: values.map((v, id) => (unknown.has(id as ValueId) ? 'unknown' : v)), links };
}

function planValue(field: ReceptiveField, shape: readonly Dim[] | null): PlanValue {
  return {
    extents: field.axes.map((axis) => (axis === null ? 1 : extentOf(shape?.[axis]))),
    spatial: field.axes.map((axis) => axis !== null),
  };
}

type Axes = readonly (number | null)[];

function planLink(link: Link, inputAxes: Axes, outputAxes: Axes): PlanLink {
  const { from, to, dependence } = link;
  const reads = readingsOf(link, inputAxes).map((readings, k) => readOf(readings, k, outputAxes));
  const single = (axis: number | null): boolean => axis === null || link.fromShape?.[axis] === 1;
  const global = dependence?.global === true || reads.some((r, k) => r === 'whole' && !single(inputAxes[k] ?? null));
  return { from, to, reads: dependence?.global ? reads.map(() => 'whole') : reads, global };
}

/** `whole` as well where nothing of the input tensor runs along the axis any more: there is one position. */
function readOf(readings: readonly AxisReading[], k: number, outputAxes: Axes): PlanRead {
  const useful: PlanReading[] = [];
  for (const { along, map } of readings) {
    const at = outputAxes[k] === along ? k : outputAxes.indexOf(along);
    if (map.kind !== 'whole' && at >= 0) useful.push({ along: at, map });
  }
  const [first] = useful;
  if (!first) return 'whole';
  return useful.length === 1 && first.along === k && isIdentity(first.map) ? 'same' : useful;
}
