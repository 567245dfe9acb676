import { t } from '../l10n/l10n';
import { batchNorm as def } from '../ops/batchNorm';
import { flatIndex, sizeOf } from './elements';
import { unexplained, type Element, type Step } from './explanation';
import type { Explainer } from './explainer';

/** γ (X − μ) / √(σ² + ε) + β with the stored statistics. */
export const batchNorm: Explainer = {
  def,
  explain(ctx, place, inputs) {
    if (ctx.attrs.int('training_mode', 0) !== 0)
      return unexplained(t('In training mode the statistics are those of the whole batch.'));
    const shape = ctx.shapes[0];
    const [x, ...parameters] = inputs;
    const [gain, bias, mean, variance] = parameters;
    if (!shape || !x || !gain || !bias || !mean || !variance) return unexplained(t('A statistic is missing.'));
    const channel = place[1] ?? 0;
    // Opset 7 and 8 could normalise every unit by itself: then the statistics have the picture's shape.
    const perUnit = sizeOf(ctx.shapes[1] ?? []) > (shape[1] ?? 1);
    const own = perUnit ? place.slice(1) : [channel];
    const at = perUnit ? flatIndex(own, shape.slice(1)) : channel;
    const value = x.at(flatIndex(place, shape));
    const epsilon = ctx.attrs.float('epsilon', 1e-5);
    const deviation = Math.sqrt(variance.at(at) + epsilon);
    const [γ, β, μ] = [gain.at(at), bias.at(at), mean.at(at)];
    const element = (name: string, index: readonly number[], one: number): Element => ({ name, index, value: one });
    const index = `[${own.join(', ')}]`;
    const normal = (value - μ) / deviation;
    const steps: Step[] = [
      { label: `X[${place.join(', ')}]`, sign: '', value, result: false },
      { label: t('mean μ{0}', index), sign: '−', value: μ, result: false },
      { label: '√(σ² + ε)', sign: '÷', value: deviation, result: false },
      { label: t('normalised'), sign: '', value: normal, result: true },
      { label: t('scale γ{0}', index), sign: '×', value: γ, result: false },
      { label: t('shift β{0}', index), sign: '+', value: β, result: false },
      { label: t('result'), sign: '', value: γ * normal + β, result: true },
    ];
    return {
      kind: 'explanation',
      place,
      middle: {
        kind: 'operands',
        operands: [
          element('X', place, value),
          element('μ', own, μ),
          element('σ²', own, variance.at(at)),
          element('γ', own, γ),
          element('β', own, β),
        ],
      },
      steps,
      value: γ * normal + β,
      // Runtimes fold the statistics into one factor and one addend first.
      scale: Math.abs(γ / deviation) * (Math.abs(value) + Math.abs(μ)) + Math.abs(β),
      terms: 3,
      notes: [],
    };
  },
};
