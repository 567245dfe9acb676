/** What a layer that changes the extents does to places, in one sentence: what side by side is to show. */
import { t } from '../../src/core/l10n/l10n';
import type { SceneNode } from '../../src/core/view/types';

/** `×2`, `×2×4`: a whole number of places for each one. */
const GROWN = /^×\d+(×\d+)*$/;

/** '' for a layer of which nothing so short is true. */
export function besideWords({ op, label }: SceneNode): string {
  const [first = ''] = label;
  const grown = label.some((part) => GROWN.test(part));
  if (op === 'MaxPool') return t('The largest value of each window goes on, the others are dropped.');
  if (op === 'AveragePool') return t('The mean of each window goes on.');
  if (op === 'MaxUnpool')
    return t('The value returns to where the maximum was (marked), zeros elsewhere: outlines stay in place.');
  if (!grown) return '';
  if (first === 'nearest') return t('Each value fills its square: blocks, and no place is favoured.');
  if (first === 'bilinear') return t('Values in between are mixed from their neighbours: smooth, and outlines blur.');
  const nails = op === 'ConvTranspose' && /^1(×1)*$/.test(first) && !label.some((part) => part.startsWith('pad'));
  return nails ? t('Bed of nails: the value lands at the upper left of its square, zeros fill the rest.') : '';
}
