import { t } from '../../src/core/l10n/l10n';
import type { Family } from '../../src/core/view/types';

/** The families in words, in the order of a legend. */
export const FAMILY_WORDS: readonly (readonly [Family, string])[] = [
  ['convolution', t('Convolution')],
  ['pooling', t('Pooling')],
  ['normalisation', t('Normalisation')],
  ['activation', t('Activation')],
  ['upsampling', t('Upsampling')],
  ['join', t('Join, skip')],
  ['dense', t('Fully connected')],
  ['shape', t('Shape')],
];
