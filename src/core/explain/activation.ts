import { t } from '../l10n/l10n';
import { broadcastPosition } from '../ops/broadcast';
import { clip } from '../ops/clip';
import { exponentialUnits } from '../ops/exponentialUnits';
import { gatedUnits } from '../ops/gatedUnits';
import { leakyRelu, prelu, relu, thresholdedRelu } from '../ops/relu';
import { sigmoidLike } from '../ops/sigmoids';
import { unaryOperators } from '../ops/unary';
import { flatIndex, type Elements } from './elements';
import { unexplained, type Element, type Explanation } from './explanation';
import type { Explainer } from './explainer';
import { functions } from './functions';

function done(
  place: readonly number[],
  x: number,
  value: number,
  label: string,
  more: readonly Element[] = [],
): Explanation {
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'operands', operands: [{ name: 'X', index: place, value: x }, ...more] },
    steps: [
      { label: `X[${place.join(', ')}]`, sign: '', value: x, result: false },
      { label, sign: 'g', value, result: true },
    ],
    value,
    // Functions that flatten err by a share of their argument.
    scale: Math.max(Math.abs(value), Math.min(Math.abs(x), 1)),
    terms: 4,
    notes: [],
  };
}

const nothing = unexplained(t('The input of this function is not at hand.'));

const plainFunction = (def: Explainer['def']): Explainer | null => {
  const apply = functions.get(`${def.domain ?? ''}:${def.name}`);
  if (!apply) return null;
  return {
    def,
    explain(ctx, place, [elements]) {
      const shape = ctx.shapes[0];
      if (!elements || !shape) return nothing;
      const x = elements.at(flatIndex(place, shape));
      return done(place, x, apply(x, ctx.attrs), def.activation?.(ctx) ?? def.title);
    },
  };
};

/** Limits are attributes up to opset 10, inputs since; one that is left out does not limit. */
const limited: Explainer = {
  def: clip,
  explain(ctx, place, [elements, low, high]) {
    const shape = ctx.shapes[0];
    if (!elements || !shape) return nothing;
    const limit = (name: 'min' | 'max', input: Elements | null | undefined, open: number): number =>
      ctx.attrs.float(name) ?? input?.at(0) ?? open;
    const x = elements.at(flatIndex(place, shape));
    const value = Math.min(limit('max', high, Infinity), Math.max(limit('min', low, -Infinity), x));
    return done(place, x, value, clip.activation?.(ctx) ?? clip.title);
  },
};

const learned: Explainer = {
  def: prelu,
  explain(ctx, place, [elements, slopes]) {
    const [shape, slopeShape] = ctx.shapes;
    if (!elements || !shape || !slopes || !slopeShape) return nothing;
    const x = elements.at(flatIndex(place, shape));
    // Before opset 7 a list of slopes belonged to the channels.
    const perChannel = ctx.opset < 7 && slopeShape.length === 1 && slopeShape[0] !== 1;
    const at = perChannel ? (place[1] ?? 0) : broadcastPosition(place, ctx.shape, slopeShape);
    const slope = slopes.at(at);
    const value = x < 0 ? slope * x : x;
    return done(place, x, value, 'max(0, ·) + a min(0, ·)', [{ name: 'a', index: [], value: slope }]);
  },
};

export const activations: readonly Explainer[] = [
  limited,
  learned,
  ...[relu, leakyRelu, thresholdedRelu, ...exponentialUnits, ...gatedUnits, ...sigmoidLike, ...unaryOperators].flatMap(
    (def) => plainFunction(def) ?? [],
  ),
];
