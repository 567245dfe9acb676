/** Normalisations that take mean and variance from the tensor itself: γ (X − μ) / √(σ² + ε) + β. */
import { t } from '../l10n/l10n';
import { broadcastPosition } from '../ops/broadcast';
import { groupNorm } from '../ops/groupNorm';
import { instanceNorm } from '../ops/instanceNorm';
import { layerNorm, rmsNorm, simplifiedLayerNorm } from '../ops/layerNorm';
import { flatIndex, sizeOf, type Elements } from './elements';
import { unexplained, type Element, type Explanation, type Step } from './explanation';
import type { Explainer } from './explainer';
import type { UnitContext } from './unitContext';

/** Numbers that are normalised together: they lie in one piece. */
interface Together {
  readonly from: number;
  readonly count: number;
  /** `the 49 units of this channel`. */
  readonly words: string;
}

interface Learned {
  readonly gain: Element | null;
  readonly bias: Element | null;
}

interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** Mean size and mean square, by which rounding is measured. */
  readonly size: number;
  readonly square: number;
}

/** In two passes, as the definition says; `centred` false: around zero, which is the mean square. */
function momentsOf(x: Elements, { from, count }: Together, centred: boolean): Moments {
  let [sum, size, square] = [0, 0, 0];
  for (let i = from; i < from + count; i++) {
    const value = x.at(i);
    sum += value;
    size += Math.abs(value);
    square += value * value;
  }
  const mean = centred ? sum / count : 0;
  let squares = 0;
  for (let i = from; i < from + count; i++) squares += (x.at(i) - mean) ** 2;
  return { mean, variance: squares / count, size: size / count, square: square / count };
}

function explainNormalised(
  ctx: UnitContext,
  place: readonly number[],
  x: Elements,
  together: Together,
  { gain, bias }: Learned,
  centred: boolean,
): Explanation {
  const value = x.at(flatIndex(place, ctx.shapes[0] ?? []));
  const { mean, variance, size, square } = momentsOf(x, together, centred);
  const epsilon = ctx.attrs.float('epsilon', 1e-5);
  const deviation = Math.sqrt(variance + epsilon);
  const normal = (value - mean) / deviation;
  const scaled = gain ? gain.value * normal : normal;
  const result = scaled + (bias?.value ?? 0);
  const spread = centred ? 'σ²' : t('mean of X²');
  const steps: Step[] = [{ label: `X[${place.join(', ')}]`, sign: '', value, result: false }];
  if (centred) steps.push({ label: t('mean μ'), sign: '−', value: mean, result: false });
  steps.push({ label: `√(${spread} + ε)`, sign: '÷', value: deviation, result: false });
  steps.push({ label: t('normalised'), sign: '', value: normal, result: true });
  const named = ({ name, index }: Element): string => (index.length > 0 ? `${name}[${index.join(', ')}]` : name);
  if (gain) steps.push({ label: t('scale {0}', named(gain)), sign: '×', value: gain.value, result: false });
  if (bias) steps.push({ label: t('shift {0}', named(bias)), sign: '+', value: bias.value, result: false });
  if (gain || bias) steps.push({ label: t('result'), sign: '', value: result, result: true });
  const own: Element = { name: 'X', index: place, value };
  const statistics: Element[] = [{ name: spread, index: [], value: variance }];
  if (centred) statistics.unshift({ name: 'μ', index: [], value: mean });
  // The variance may be reckoned as mean of squares less square of the mean: its error is a share of the former.
  const ofVariance = (Math.abs(normal) * square) / (variance + epsilon);
  const factor = Math.abs(gain?.value ?? 1);
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'operands', operands: [own, ...statistics, ...[gain, bias].filter((one) => one !== null)] },
    steps,
    value: result,
    scale: factor * ((Math.abs(value) + size) / deviation + ofVariance) + Math.abs(bias?.value ?? 0),
    terms: together.count + 3,
    notes: [
      centred ? t('μ and σ² are taken over {0}.', together.words) : t('The mean is taken over {0}.', together.words),
    ],
  };
}

const missing = unexplained(t('An input of this normalisation is not at hand.'));

const perChannel = (name: string, elements: Elements | null | undefined, at: number): Element | null =>
  elements ? { name, index: [at], value: elements.at(at) } : null;

const instance: Explainer = {
  def: instanceNorm,
  explain(ctx, place, [x, gain, bias]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return missing;
    const [batch = 0, channel = 0] = place;
    const count = sizeOf(shape.slice(2));
    const together = {
      from: (batch * (shape[1] ?? 1) + channel) * count,
      count,
      words: t('the {0} units of this channel', count),
    };
    const learned = { gain: perChannel('γ', gain, channel), bias: perChannel('β', bias, channel) };
    return explainNormalised(ctx, place, x, together, learned, true);
  },
};

const group: Explainer = {
  def: groupNorm,
  explain(ctx, place, [x, gain, bias]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return missing;
    const [batch = 0, channel = 0] = place;
    const groups = ctx.attrs.int('num_groups', 1);
    const [channels, plane] = [shape[1] ?? 1, sizeOf(shape.slice(2))];
    const each = channels / groups;
    const own = Math.floor(channel / each);
    // Opset 18 had one gain per group, opset 21 has one per channel.
    const at = ctx.opset < 21 ? own : channel;
    const together = {
      from: (batch * channels + own * each) * plane,
      count: each * plane,
      words: t('the {0} units of group {1}, channels {2} to {3}', each * plane, own, own * each, own * each + each - 1),
    };
    const learned = { gain: perChannel('γ', gain, at), bias: perChannel('β', bias, at) };
    return explainNormalised(ctx, place, x, together, learned, true);
  },
};

const overLast = (def: Explainer['def'], centred: boolean): Explainer => ({
  def,
  explain(ctx, place, [x, gain, bias]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return missing;
    const axis = ctx.attrs.int('axis', -1);
    const front = axis < 0 ? axis + shape.length : axis;
    const count = sizeOf(shape.slice(front));
    const from = flatIndex(place.slice(0, front), shape.slice(0, front)) * count;
    const learned = (name: string, input: number, elements: Elements | null | undefined): Element | null => {
      const own = ctx.shapes[input];
      if (!elements || !own) return null;
      return { name, index: place.slice(front), value: elements.at(broadcastPosition(place, shape, own)) };
    };
    const together = { from, count, words: t('the {0} numbers along the last {1} axes', count, shape.length - front) };
    return explainNormalised(
      ctx,
      place,
      x,
      shape.length - front === 1 ? { ...together, words: t('the {0} numbers along the last axis', count) } : together,
      { gain: learned('γ', 1, gain), bias: centred ? learned('β', 2, bias) : null },
      centred,
    );
  },
});

export const normalisations: readonly Explainer[] = [
  instance,
  group,
  overLast(layerNorm, true),
  overLast(rmsNorm, false),
  overLast(simplifiedLayerNorm, false),
];
