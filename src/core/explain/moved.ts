/** Operators that move values and compute nothing: each unit is one element of the input, or the value that fills a border. */
import { readPositions } from '../analysis/axisReads';
import { t } from '../l10n/l10n';
import { identity } from '../ops/cast';
import type { Dependence } from '../ops/dependence';
import { dropout } from '../ops/dropout';
import { expand, tile } from '../ops/expand';
import { pad } from '../ops/pad';
import { flatten, reshape } from '../ops/reshape';
import { slice } from '../ops/slice';
import { split } from '../ops/split';
import { squeeze, unsqueeze } from '../ops/squeeze';
import { transpose } from '../ops/transpose';
import { flatIndex, placeOf, type Elements } from './elements';
import { unexplained, type Explanation, type Unexplained } from './explanation';
import type { Explainer } from './explainer';
import type { UnitContext } from './unitContext';

export function copied(place: readonly number[], index: readonly number[] | null, value: number): Explanation {
  const label = index ? `X[${index.join(', ')}]` : t('filled in');
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'copied', from: index && { name: 'X', index, value }, parts: [] },
    steps: [{ label, sign: '', value, result: true }],
    value,
    scale: 0,
    terms: 1,
    notes: index ? [] : [t('This unit lies beyond the border of the input: the neutral value was put in.')],
  };
}

const notAtHand = unexplained(t('The input of this operator is not at hand.'));

/** The same elements in the same order under another shape. */
const inOrder = (def: Explainer['def']): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return notAtHand;
    const flat = flatIndex(place, ctx.shape);
    return copied(place, placeOf(flat, shape), x.at(flat));
  },
});

/** Where along one axis of the input a unit's value lies: null beyond the border, undefined where it is not one place. */
function positionAlong(
  dependence: Dependence,
  axis: number,
  place: readonly number[],
  input: readonly number[],
  output: readonly number[],
): number | null | undefined {
  const links = dependence.axes.flatMap((list, out) =>
    list.filter(({ from }) => from === axis).map(({ map }) => ({ map, out })),
  );
  const extent = input[axis] ?? 1;
  const [link, ...others] = links;
  if (others.length > 0 || dependence.global) return undefined;
  if (!link) return extent === 1 ? 0 : undefined;
  const { map, out } = link;
  const at = place[out] ?? 0;
  // An axis of one element is repeated.
  if (
    map.kind === 'window' &&
    extent === 1 &&
    map.window.kernel === 1 &&
    map.window.padBegin === 0 &&
    output[out] !== 1
  )
    return 0;
  const frame = { map, inputExtent: extent, outputExtent: output[out] ?? 1, clip: false };
  const read = readPositions(frame, [at, at]);
  if (read?.length !== 2 || read[0] !== read[1]) return undefined;
  return read[0]! >= 0 && read[0]! < extent ? read[0]! : null;
}

function explainMoved(
  def: Explainer['def'],
  ctx: UnitContext,
  place: readonly number[],
  [x, , filling]: readonly (Elements | null)[],
): Explanation | Unexplained {
  const shape = ctx.shapes[0];
  const dependence = def.dependence?.(ctx)[0]?.[0];
  if (!x || !shape || !dependence) return notAtHand;
  const index = shape.map((_, axis) => positionAlong(dependence, axis, place, shape, ctx.shape));
  if (index.includes(undefined))
    return unexplained(t('Where this value comes from is only known while the model runs.'));
  if (index.includes(null)) return copied(place, null, ctx.attrs.float('value') ?? filling?.at(0) ?? 0);
  const from = index as readonly number[];
  return copied(place, from, x.at(flatIndex(from, shape)));
}

const elsewhere = (def: Explainer['def']): Explainer => ({
  def,
  explain: (ctx, place, inputs) => explainMoved(def, ctx, place, inputs),
});

export const movers: readonly Explainer[] = [
  ...[identity, dropout, flatten, reshape, squeeze, unsqueeze].map(inOrder),
  ...[expand, pad, slice, split, tile, transpose].map(elsewhere),
];
