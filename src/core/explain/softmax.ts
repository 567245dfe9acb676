import { t } from '../l10n/l10n';
import { logSoftmax, softmax } from '../ops/softmax';
import { flatIndex, placeOf } from './elements';
import { unexplained, type Element, type Shares, type Step } from './explanation';
import type { Explainer } from './explainer';
import { largest } from './terms';
import type { UnitContext } from './unitContext';

const SHOWN = 8;

/** Flat indices of all elements that are normalised together with the one at this place. */
function together(ctx: UnitContext, place: readonly number[], shape: readonly number[]): readonly number[] {
  const flattens = ctx.opset < 13;
  const given = ctx.attrs.int('axis', flattens ? 1 : -1);
  const axis = given < 0 ? given + shape.length : given;
  const step = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const extent = shape[axis] ?? 1;
  // Before opset 13 everything from the axis on was one long axis.
  const [count, by] = flattens ? [extent * step, 1] : [extent, step];
  const at = flatIndex(place, shape);
  const within = flattens ? at % count : Math.floor(at / step) % extent;
  return Array.from({ length: count }, (_, i) => at + (i - within) * by);
}

const explainer = (def: Explainer['def'], logarithm: boolean): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return unexplained(t('The input of this layer is not at hand.'));
    const indices = together(ctx, place, shape);
    const values = indices.map((index) => x.at(index));
    const top = values.reduce((most, value) => Math.max(most, value), -Infinity);
    const parts = values.map((value) => Math.exp(value - top));
    const total = parts.reduce((sum, part) => sum + part, 0);
    const own = indices.indexOf(flatIndex(place, shape));
    const element = (i: number): Element => ({ name: 'X', index: placeOf(indices[i]!, shape), value: values[i]! });
    const shown = [...new Set([...largest(parts, SHOWN), own])];
    const listed = shown.reduce((sum, i) => sum + parts[i]!, 0);
    const middle: Shares = {
      kind: 'shares',
      parts: shown.map((i) => ({ x: element(i), part: parts[i]!, own: i === own })),
      count: values.length,
      rest: values.length > shown.length ? { count: values.length - shown.length, sum: total - listed } : null,
    };
    const distance = values[own]! - top;
    const share = parts[own]! / total;
    const value = logarithm ? distance - Math.log(total) : share;
    const steps: Step[] = logarithm
      ? [
          { label: t('X − largest X'), sign: '', value: distance, result: false },
          { label: t('log Σ exp(X − largest X)'), sign: '−', value: Math.log(total), result: false },
          { label: t('result'), sign: '', value, result: true },
        ]
      : [
          { label: t('exp(X − largest X)'), sign: '', value: parts[own]!, result: false },
          { label: t('Σ exp(X − largest X)'), sign: '÷', value: total, result: false },
          { label: t('share'), sign: '', value, result: true },
        ];
    // An error of the exponent is one of the power's size times as much.
    const scale = (logarithm ? 1 : share) * (1 + Math.abs(distance)) + Math.abs(value);
    return { kind: 'explanation', place, middle, steps, value, scale, terms: values.length, notes: [] };
  },
});

export const softmaxes: readonly Explainer[] = [explainer(softmax, false), explainer(logSoftmax, true)];
