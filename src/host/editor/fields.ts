import type { Facts } from '../../core/analysis';
import { hullOfBoxes } from '../../core/analysis/boxes';
import { coverage, dependents } from '../../core/analysis/coverage';
import { unitField } from '../../core/analysis/exactField';
import { fieldPlan, type FieldPlan } from '../../core/analysis/fieldPlan';
import { trail } from '../../core/analysis/trail';
import type { Coverage, Dependents, TrailStep, UnitField } from '../../protocol/host';

/** Plans are made once for each analysis. */
const plans = new WeakMap<Facts, { readonly plan: FieldPlan | null }>();

function planOf(facts: Facts): FieldPlan | null {
  const known = plans.get(facts) ?? { plan: fieldPlan(facts) };
  plans.set(facts, known);
  return known.plan;
}

/** Runs of a whole field are many for dilated nets; beyond this the picture shows the hull. */
const MOST_RUNS = 20_000;

export function fieldOf(facts: Facts, value: number, at: readonly number[]): UnitField | null {
  const plan = planOf(facts);
  const field = plan && unitField(plan, value, at);
  if (!field) return null;
  const { ranges, pixels, padding, box } = field;
  return { ranges, pixels, padding, box, runs: pixels === within(ranges ?? []) ? [] : lines(field.boxes) };
}

type Ranges = readonly (readonly [number, number])[];
const within = (ranges: Ranges): number => ranges.reduce((product, [first, last]) => product * (last - first + 1), 1);

export function trailOf(facts: Facts, value: number, at: readonly number[]): readonly TrailStep[] | null {
  const plan = planOf(facts);
  const steps = plan && trail(plan, value, at);
  return (
    steps?.map(({ boxes, ...step }) => ({ ...step, runs: step.places === within(step.ranges) ? [] : lines(boxes) })) ??
    null
  );
}

export function dependentsOf(facts: Facts, value: number, pixel: readonly number[]): Dependents | null {
  const plan = planOf(facts);
  const found = plan && dependents(plan, value, pixel);
  if (!found) return null;
  const own = plan.values[value];
  const extents = own && own !== 'unknown' ? own.extents : [];
  const ranges = hullOfBoxes(found.boxes);
  return {
    count: found.count,
    of: extents.reduce<number>((product, extent) => product * (extent ?? 1), 1),
    ranges,
    runs: found.count === within(ranges ?? []) ? [] : lines(found.boxes),
  };
}

/** Lit pixels row by row; a field with more axes than a picture has none. */
function lines(boxes: readonly (readonly (readonly number[])[])[]): UnitField['runs'] {
  const runs: [number, number, number][] = [];
  for (const box of boxes) {
    if (box.length > 2) return [];
    const rows = box.length === 2 ? box[0]! : [0, 0];
    const columns = box.at(-1)!;
    for (let i = 0; i < rows.length; i += 2) {
      for (let row = rows[i]!; row <= rows[i + 1]!; row++) {
        for (let j = 0; j < columns.length; j += 2) {
          if (runs.length >= MOST_RUNS) return [];
          runs.push([row, columns[j]!, columns[j + 1]!]);
        }
      }
    }
  }
  return runs;
}

export function coverageOf(facts: Facts, value: number): Coverage | null {
  const plan = planOf(facts);
  const found = plan && coverage(plan, value);
  return found ? { ...found, counts: Float64Array.from(found.counts) } : null;
}
