import { dimAdd, dimCeilDiv, dimEquals, dimMax, dimMin, dimSub, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { rearranged } from './contents';
import { along, sliced, type AxisMap } from './dependence';
import { dtypeOf, elementsOf, given, lengthOf, numbersOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, refuse } from './problems';
import { checkedAxes } from './shapeProblems';

/** One axis of a slice: output i reads input `start + i·step`. */
interface Cut {
  readonly start: Dim;
  readonly step: number | null;
  readonly length: Dim;
}

interface Bounds {
  readonly starts: readonly Dim[];
  readonly ends: readonly Dim[];
  readonly axes: readonly number[];
  readonly steps: readonly (number | null)[];
}

/** Attributes up to opset 9, inputs since. Null where even the axes are unknown. */
function bounds(ctx: OpContext, rank: number): Bounds | null {
  const starts = ctx.attrs.ints('starts') ?? elementsOf(ctx, 1);
  const ends = ctx.attrs.ints('ends') ?? elementsOf(ctx, 2);
  const count = starts?.length ?? ends?.length ?? lengthOf(ctx, 1) ?? lengthOf(ctx, 2);
  const listed = ctx.attrs.ints('axes') ?? (given(ctx, 3) ? numbersOf(ctx, 3) : undefined);
  if (count === null || listed === null) return null;
  const axes = checkedAxes(ctx, listed ?? Array.from({ length: count }, (_, i) => i), rank);
  if (!axes) return null;
  const steps = given(ctx, 4) ? elementsOf(ctx, 4) : Array<number>(count).fill(1);
  const known = (values: readonly Dim[] | null): readonly Dim[] => values ?? unknownExtents(count);
  return {
    starts: known(starts),
    ends: known(ends),
    axes,
    steps: known(steps).map((step) => (typeof step === 'number' ? step : null)),
  };
}

/** Counted from the end where negative; symbols are taken as not negative. */
const fromFront = (index: Dim, extent: Dim): Dim =>
  typeof index === 'number' && index < 0 ? dimAdd(index, extent) : index;

/** `index` limited to `low … high`; INT64_MAX stands for "to the end". `inside`: a number is taken as smaller than a symbol. */
function limited(index: Dim, low: number, high: Dim, inside = false): Dim {
  if (index === null) return null;
  if (typeof index === 'number' && index <= low) return low;
  if (typeof index === 'number' && (index >= 2 ** 31 - 1 || index === high)) return high;
  if (dimEquals(index, high)) return high;
  const below = dimSub(high, index);
  // A constant distance from the end lies inside: every extent here is at least that large, or nothing is left anyway.
  if (typeof below === 'number') return below >= 0 ? index : high;
  return inside && typeof high !== 'number' ? index : dimMin(index, high);
}

/** The cut along one axis of extent `extent`. */
function cutOf(start: Dim, end: Dim, step: number | null, extent: Dim): Cut {
  if (step === null || step === 0) return { start: null, step: null, length: null };
  if (extent === 0) return { start: 0, step, length: 0 };
  if (step < 0) {
    const last = dimAdd(extent, -1);
    const from = limited(fromFront(start, extent), 0, last, true);
    const to = backwardsEnd(end, extent);
    return { start: from, step, length: atLeastZero(dimCeilDiv(dimSub(from, to), -step)) };
  }
  const from = limited(fromFront(start, extent), 0, extent, true);
  const to = limited(fromFront(end, extent), 0, extent);
  return { start: from, step, length: atLeastZero(dimCeilDiv(dimSub(to, from), step)) };
}

/** Where a slice that runs backwards ends, exclusive: −1 is before the first element. */
function backwardsEnd(end: Dim, extent: Dim): Dim {
  if (end === null) return null;
  if (typeof end !== 'number') return end;
  if (end >= 0) return limited(end, 0, dimAdd(extent, -1));
  if (typeof extent === 'number') return Math.max(end + extent, -1);
  return end <= -(2 ** 31 - 1) ? -1 : dimAdd(end, extent);
}

const atLeastZero = (length: Dim): Dim => (typeof length === 'number' ? dimMax(length, 0) : length);

/** All axes of the input as cuts; axes that are not sliced are whole. */
function cuts(ctx: OpContext): readonly Cut[] | null {
  const shape = shapeOf(ctx, 0);
  const found = shape && bounds(ctx, shape.length);
  if (!shape || !found) return null;
  if (found.steps.includes(0)) return refuse(ctx, badAttribute, t('a step of 0 leads nowhere'));
  return shape.map((extent, axis) => {
    const at = found.axes.indexOf(axis);
    if (at < 0) return { start: 0, step: 1, length: extent };
    return cutOf(found.starts[at] ?? null, found.ends[at] ?? null, found.steps[at] ?? null, extent);
  });
}

function mapOf({ start, step }: Cut): AxisMap {
  return typeof start === 'number' && step !== null ? sliced(start, step) : { kind: 'whole' };
}

function label(ctx: TypedContext): readonly string[] {
  const shape = shapeOf(ctx, 0);
  const found = cuts(ctx);
  if (!shape || !found) return [];
  return found.flatMap((cut, axis) => {
    if (dimEquals(cut.length, shape[axis] ?? null) && cut.step === 1) return [];
    const { start, step, length } = cut;
    if (typeof start !== 'number' || step === null || typeof length !== 'number') return [`axis ${axis}`];
    const last = start + (length - 1) * step;
    const every = step === 1 ? '' : ` every ${step}`;
    return [`axis ${axis}: ${start}…${last}${every}`];
  });
}

export const slice: OpDef = {
  name: 'Slice',
  family: 'join',
  title: 'Slice',
  summary: t('Cuts a piece out of a tensor, along some of its axes, possibly taking only every n-th element.'),
  inputs: [{ name: 'data' }, { name: 'starts' }, { name: 'ends' }, { name: 'axes' }, { name: 'steps' }],
  types(ctx) {
    const rank = shapeOf(ctx, 0)?.length;
    const found = cuts(ctx);
    const shape = found ? found.map((cut) => cut.length) : rank === undefined ? null : unknownExtents(rank);
    return [tensorType(dtypeOf(ctx, 0), shape)];
  },
  evaluate(ctx) {
    const found = cuts(ctx);
    if (!found?.every((cut) => typeof cut.start === 'number' && cut.step !== null)) return [null];
    return rearranged(ctx, (index) =>
      index.map((i, axis) => Number(found[axis]?.start) + i * (found[axis]?.step ?? 1)),
    );
  },
  dependence(ctx) {
    const found = cuts(ctx);
    const axes = found?.map((cut, axis) => along(axis, mapOf(cut)));
    return [firstOnly(ctx, axes && { axes })];
  },
  label,
};
