import { t } from '../../../l10n/l10n';

/** The keys at the left edge of a definition. */
export interface Setting {
  readonly name: string;
  readonly doc: string;
  readonly examples: readonly string[];
}

export const SETTINGS: readonly Setting[] = [
  { name: 'name', doc: t('What the net is called.'), examples: ['VGG-16'] },
  {
    name: 'input',
    doc: t(
      'Size of the picture as width × height × channels (`224x224x3`, as in the lecture) or with four numbers as batch × channels × height × width. As a map: `size`, and `values` for what the pixels become: `0..1`, `0..255`, `-1..1` or `imagenet`.',
    ),
    examples: ['224x224x3', '32x32x3', '28x28x1', '1x3x480x640'],
  },
  {
    name: 'width',
    doc: t(
      'For running: scales the number of channels of all layers but those that make the outputs, so that `1/8` turns 64 into 8 and a large net runs in a moment. What is analysed and exported stays in full size.',
    ),
    examples: ['1/8', '1/4', '1/2', '1'],
  },
  {
    name: 'seed',
    doc: t('Begins the random numbers of all weights: the same seed gives the same net.'),
    examples: ['1'],
  },
  {
    name: 'labels',
    doc: t('A text file beside this one with the names of the classes, one a line.'),
    examples: ['labels.txt'],
  },
  {
    name: 'blocks',
    doc: t(
      'Groups of layers to be used like a layer, with parameters: `stage(c, n=2):` and then its layers, which say `$c` and `$n`.',
    ),
    examples: [],
  },
  {
    name: 'layers',
    doc: t('The layers in order. Each takes the result of the one before, unless it says `from`.'),
    examples: [],
  },
];

/** Words a layer can be reached by without having that name. */
export const REFERENCES = {
  previous: t('The result of the layer before.'),
  input: t('The picture itself.'),
} as const;
