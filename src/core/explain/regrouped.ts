/** Channels laid out as pixels and back: every unit is one element of the input. */
import { t } from '../l10n/l10n';
import { depthToSpace, spaceToDepth } from '../ops/depthToSpace';
import { flatIndex } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { copied } from './moved';

type Place = readonly number[];
type Source = (place: Place, block: number, channels: number, columnRow: boolean) => Place;

/** ONNX, DepthToSpace: which channel depends on the remainders, in the order depth–column–row or column–row–depth. */
const fromDepth: Source = ([b = 0, k = 0, y = 0, x = 0], block, channels, columnRow) => {
  const within = (y % block) * block + (x % block);
  const channel = columnRow ? k * block * block + within : within * (channels / (block * block)) + k;
  return [b, channel, Math.floor(y / block), Math.floor(x / block)];
};

const fromSpace: Source = ([b = 0, k = 0, y = 0, x = 0], block, channels) => {
  const within = Math.floor(k / channels);
  return [b, k % channels, y * block + Math.floor(within / block), x * block + (within % block)];
};

const regrouped = (def: Explainer['def'], source: Source): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    if (!x || !shape) return unexplained(t('The input of this operator is not at hand.'));
    const columnRow = ctx.attrs.string('mode', 'DCR') === 'CRD';
    const from = source(place, ctx.attrs.int('blocksize', 1), shape[1] ?? 1, columnRow);
    return copied(place, from, x.at(flatIndex(from, shape)));
  },
});

export const regroupings: readonly Explainer[] = [
  regrouped(depthToSpace, fromDepth),
  regrouped(spaceToDepth, fromSpace),
];
