import { t } from '../../../l10n/l10n';

/** What weights can begin with, by the word for it. */
export interface WeightWord {
  readonly name: string;
  readonly doc: string;
  /** `kernel`: numbers fixed for ever; `start`: where learning would begin. */
  readonly kind: 'kernel' | 'start';
  /** What may follow. */
  readonly argument: 'none' | 'axis' | 'number';
}

export const WEIGHT_WORDS: readonly WeightWord[] = [
  {
    name: 'he',
    kind: 'start',
    argument: 'none',
    doc: t(
      'Seeded random numbers whose spread keeps the size of the signal through ReLU: evenly over ±√(6 / inputs of a neuron).',
    ),
  },
  {
    name: 'xavier',
    kind: 'start',
    argument: 'none',
    doc: t('Seeded random numbers, evenly over ±√(6 / (inputs + outputs)): for sigmoid and tanh.'),
  },
  {
    name: 'zeros',
    kind: 'start',
    argument: 'none',
    doc: t('All 0: every neuron computes the same, and learning never tells them apart.'),
  },
  { name: 'ones', kind: 'start', argument: 'none', doc: t('All 1: every neuron adds up what it sees.') },
  { name: 'constant', kind: 'start', argument: 'number', doc: t('All the same number.') },
  { name: 'identity', kind: 'kernel', argument: 'none', doc: t('1 in the middle: the picture itself.') },
  { name: 'box', kind: 'kernel', argument: 'none', doc: t('The mean of the window: the simplest smoothing.') },
  {
    name: 'gaussian',
    kind: 'kernel',
    argument: 'none',
    doc: t('A mean that weighs the middle most: smoothing without corners. `sigma` is its width.'),
  },
  {
    name: 'sobel',
    kind: 'kernel',
    argument: 'axis',
    doc: t('Difference of brightness along one axis, smoothed along the other: edges.'),
  },
  {
    name: 'difference',
    kind: 'kernel',
    argument: 'axis',
    doc: t('Half the difference of the two neighbours along one axis.'),
  },
  {
    name: 'laplacian',
    kind: 'kernel',
    argument: 'none',
    doc: t('How much a pixel differs from its four neighbours: edges in all directions.'),
  },
  { name: 'sharpen', kind: 'kernel', argument: 'none', doc: t('The picture plus its difference from the neighbours.') },
  { name: 'emboss', kind: 'kernel', argument: 'none', doc: t('Light from the lower right: the picture as a relief.') },
];

const BY_NAME = new Map(WEIGHT_WORDS.map((word) => [word.name, word]));

export const weightWordNamed = (name: string): WeightWord | null => BY_NAME.get(name) ?? null;
