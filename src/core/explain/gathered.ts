/** One number of a window: the middle of poolings and reductions. */
import { t } from '../l10n/l10n';
import type { Elements } from './elements';
import type { Explanation, Gathered, Step } from './explanation';
import type { Placed } from './window';

export interface GatheredWindow {
  readonly input: readonly number[];
  readonly placed: Placed;
  readonly x: Elements;
  /** Flat index of the window's channel. */
  readonly from: number;
}

const readAll = ({ placed, x, from }: GatheredWindow, beyond: number): Float64Array =>
  Float64Array.from(placed.offsets, (offset) => (offset < 0 ? beyond : x.at(from + offset)));

const patchOf = ({ placed: { extent, positions, outside } }: GatheredWindow): Gathered['window'] => ({
  extent,
  positions,
  outside,
});

/** The largest value; cells beyond the border cannot win. */
export function explainMax(place: readonly number[], window: GatheredWindow): Explanation {
  const values = readAll(window, -Infinity);
  let value = -Infinity;
  for (const one of values) if (one > value) value = one;
  const winners = [...values.keys()].filter((cell) => values[cell] === value && !window.placed.outside[cell]);
  const inside = window.placed.outside.filter((outside) => !outside).length;
  const middle: Gathered = {
    kind: 'gathered',
    how: 'max',
    window: patchOf(window),
    input: window.input,
    values,
    winners,
    neutral: null,
    counted: inside,
  };
  const notes =
    winners.length > 1 ? [t('{0} inputs share the largest value; the first of them wins.', winners.length)] : [];
  const steps: Step[] = [{ label: t('largest of {0}', inside), sign: '', value, result: true }];
  return { kind: 'explanation', place, middle, steps, value, scale: Math.abs(value), terms: 1, notes };
}

/** The mean of `counted` cells, or the sum where that is null; `neutral` is null where cells beyond the border do not take part. */
export function explainMean(
  place: readonly number[],
  window: GatheredWindow,
  counted: number | null,
  neutral: number | null,
): Explanation {
  const values = readAll(window, neutral ?? 0);
  let [sum, scale] = [0, 0];
  for (const value of values) {
    sum += value;
    scale += Math.abs(value);
  }
  const inside = window.placed.outside.filter((outside) => !outside).length;
  const middle: Gathered = {
    kind: 'gathered',
    how: counted === null ? 'sum' : 'mean',
    window: patchOf(window),
    input: window.input,
    values,
    winners: [],
    neutral,
    counted: counted ?? inside,
  };
  const steps: Step[] = [{ label: t('sum'), sign: '', value: sum, result: true }];
  if (counted !== null) {
    steps.push({ label: t('number of values'), sign: '÷', value: counted, result: false });
    steps.push({ label: t('mean'), sign: '', value: sum / counted, result: true });
  }
  const by = counted ?? 1;
  return {
    kind: 'explanation',
    place,
    middle,
    steps,
    value: sum / by,
    scale: scale / by,
    terms: values.length,
    notes: [],
  };
}
