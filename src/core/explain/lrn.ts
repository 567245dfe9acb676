import { marked } from '../l10n/decimals';
import { t } from '../l10n/l10n';
import { lrn as def } from '../ops/lrn';
import { flatIndex } from './elements';
import { unexplained, type Element, type Step, type Terms } from './explanation';
import type { Explainer } from './explainer';
import { largest, SHOWN } from './terms';

/** X / (k + α/n Σ X²)^β over n neighbouring channels; beyond the first and the last there are none. */
export const lrn: Explainer = {
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return unexplained(t('The input of this normalisation is not at hand.'));
    const size = ctx.attrs.int('size', 1);
    const [channel = 0, channels = 1] = [place[1], shape[1]];
    const first = Math.max(0, channel - Math.floor((size - 1) / 2));
    const last = Math.min(channels - 1, channel + Math.ceil((size - 1) / 2));
    const around = Array.from({ length: last - first + 1 }, (_, i): Element => {
      const index = place.map((position, axis) => (axis === 1 ? first + i : position));
      return { name: 'X', index, value: x.at(flatIndex(index, shape)) };
    });
    const squares = Float64Array.from(around, ({ value }) => value * value);
    const sum = squares.reduce((total, square) => total + square, 0);
    const shown = largest(squares, SHOWN);
    const listed = shown.reduce((total, i) => total + squares[i]!, 0);
    const middle: Terms = {
      kind: 'terms',
      terms: shown.map((i) => ({ x: around[i]!, w: around[i]!, product: squares[i]! })),
      count: squares.length,
      rest: squares.length > shown.length ? { count: squares.length - shown.length, sum: sum - listed } : null,
    };
    const factor = ctx.attrs.float('alpha', 1e-4) / size;
    const [constant, exponent] = [ctx.attrs.float('bias', 1), ctx.attrs.float('beta', 0.75)];
    const base = constant + factor * sum;
    const below = base ** exponent;
    const own = x.at(flatIndex(place, shape));
    const value = own / below;
    const steps: Step[] = [
      { label: t('sum of {0} squares', squares.length), sign: '', value: sum, result: true },
      { label: `α ÷ ${size}`, sign: '×', value: factor, result: false },
      { label: 'k', sign: '+', value: constant, result: false },
      { label: t('strength around'), sign: '', value: base, result: true },
      {
        label: t('to the power β = {0}', marked(String(Number(exponent.toPrecision(6))))),
        sign: 'g',
        value: below,
        result: true,
      },
      { label: `X[${place.join(', ')}]`, sign: '', value: own, result: false },
      { label: t('strength^β'), sign: '÷', value: below, result: false },
      { label: t('result'), sign: '', value, result: true },
    ];
    // An error of the base is β times as much of the power.
    const scale = Math.abs(value) * (1 + Math.abs(exponent));
    const notes =
      squares.length < size
        ? [t('Of the {0} channels around, {1} lie beyond the first or last channel.', size, size - squares.length)]
        : [];
    return { kind: 'explanation', place, middle, steps, value, scale, terms: squares.length + 4, notes };
  },
};
