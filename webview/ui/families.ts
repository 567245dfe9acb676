import type { Family } from '../../src/core/view/types';

/** The families in words, in the order of a legend. */
export const FAMILY_WORDS: readonly (readonly [Family, string])[] = [
  ['convolution', 'Convolution'],
  ['pooling', 'Pooling'],
  ['normalisation', 'Normalisation'],
  ['activation', 'Activation'],
  ['upsampling', 'Upsampling'],
  ['join', 'Join, skip'],
  ['dense', 'Fully connected'],
  ['shape', 'Shape'],
];
