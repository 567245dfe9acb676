/** Sums, means, extremes and norms over axes, and the poolings that take a norm of their window. */
import { t } from '../l10n/l10n';
import { globalLpPool, lpPool } from '../ops/lpPool';
import { keepsAxes, reducedAxes, reductions as defs } from '../ops/reduce';
import { stridesOf } from './elements';
import { unexplained, type Explanation, type Gathered, type Step } from './explanation';
import type { Explainer } from './explainer';
import { explainMax, explainMean, type GatheredWindow } from './gathered';
import { overWhole } from './globalPool';
import { pooling } from './pooling';
import { placed } from './window';

/** ᵖ√Σ|x|ᵖ over the cells; those beyond the border add nothing. */
function explainNorm(
  place: readonly number[],
  { input, placed: window, x, from }: GatheredWindow,
  p: number,
): Explanation {
  const values = Float64Array.from(window.offsets, (offset) => (offset < 0 ? 0 : x.at(from + offset)));
  const sum = values.reduce((total, value) => total + Math.abs(value) ** p, 0);
  const value = sum ** (1 / p);
  const middle: Gathered = {
    kind: 'gathered',
    how: 'norm',
    window: { extent: window.extent, positions: window.positions, outside: window.outside },
    input,
    values,
    winners: [],
    neutral: 0,
    counted: values.length,
  };
  const power = p === 1 ? t('sum of sizes') : p === 2 ? t('sum of squares') : t('sum of sizes to the power {0}', p);
  const steps: Step[] = [{ label: power, sign: '', value: sum, result: true }];
  if (p !== 1) steps.push({ label: p === 2 ? t('its root') : t('its {0}th root', p), sign: 'g', value, result: true });
  return { kind: 'explanation', place, middle, steps, value, scale: value, terms: values.length + p, notes: [] };
}

/** What was added up in `Σ X²`, without a root. */
function explainSquares(place: readonly number[], window: GatheredWindow): Explanation {
  const norm = explainNorm(place, window, 2);
  const [sum] = norm.steps;
  return { ...norm, steps: sum ? [sum] : [], value: sum?.value ?? NaN, scale: sum?.value ?? 0 };
}

/** The smallest is the largest of the negated. */
function explainMin(place: readonly number[], window: GatheredWindow): Explanation {
  const { x } = window;
  const turned = explainMax(place, { ...window, x: { at: (index) => -x.at(index) } });
  if (turned.middle.kind !== 'gathered') return turned;
  const value = 0 - turned.value;
  const { winners } = turned.middle;
  const values = turned.middle.values.map((one) => 0 - one);
  return {
    ...turned,
    middle: { ...turned.middle, how: 'min', values },
    steps: [{ label: t('smallest of {0}', values.length), sign: '', value, result: true }],
    notes: winners.length > 1 ? [t('{0} inputs share the smallest value.', winners.length)] : [],
    value,
  };
}

type Gather = (place: readonly number[], window: GatheredWindow) => Explanation;

const GATHERS: ReadonlyMap<string, Gather> = new Map<string, Gather>([
  ['ReduceL1', (place, window) => explainNorm(place, window, 1)],
  ['ReduceL2', (place, window) => explainNorm(place, window, 2)],
  ['ReduceMax', explainMax],
  ['ReduceMean', (place, window) => explainMean(place, window, window.placed.offsets.length, null)],
  ['ReduceMin', explainMin],
  ['ReduceSum', (place, window) => explainMean(place, window, null, null)],
  ['ReduceSumSquare', explainSquares],
]);

/** All positions along the reduced axes, at one position of each other axis. */
const reduction = (def: Explainer['def'], gather: Gather): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    const axes = shape && reducedAxes(ctx, shape.length);
    if (!x || !shape || !axes) return unexplained(t('Which axes are reduced is only known while the model runs.'));
    if (axes.length === 0) return unexplained(t('This layer reduces no axis: it hands its input on.'));
    const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    const at = (axis: number): number => (keepsAxes(ctx) ? place[axis] : place[kept.indexOf(axis)]) ?? 0;
    const strides = stridesOf(shape);
    const sorted = [...axes].sort((a, b) => a - b);
    const all = sorted.map((axis) => Array.from({ length: shape[axis]! }, (_, position) => position));
    const box = placed(
      all,
      sorted.map((axis) => shape[axis]!),
    );
    // The reduced axes need not lie side by side: places in their box, as places in the tensor.
    const own = stridesOf(box.extent);
    const offsets = box.offsets.map((offset) =>
      sorted.reduce((sum, axis, k) => sum + (Math.floor(offset / own[k]!) % box.extent[k]!) * strides[axis]!, 0),
    );
    const from = kept.reduce((sum, axis) => sum + at(axis) * strides[axis]!, 0);
    return gather(place, { input: kept.map(at), placed: { ...box, offsets }, x, from });
  },
});

/** `p` was a fraction in the first opset. */
const exponentOf = (attrs: { int: (name: string, other: number) => number }): number => attrs.int('p', 2);

export const reductions: readonly Explainer[] = [
  pooling(lpPool, (place, window, { attrs }) => explainNorm(place, window, exponentOf(attrs))),
  overWhole(globalLpPool, (place, window, { attrs }) => explainNorm(place, window, exponentOf(attrs))),
  ...defs.flatMap((def) => {
    const gather = GATHERS.get(def.name);
    return gather ? [reduction(def, gather)] : [];
  }),
];
