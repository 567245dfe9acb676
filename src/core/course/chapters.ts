/** The ideas of the course in the order of the notes: which sample shows each, and what is said of it in two sentences. */
import { t } from '../l10n/l10n';
import { gridding, reach, unseen } from './fields';
import type { CourseEdit } from './edits';
import { auxiliary, skips } from './gradients';
import { borders, classics } from './kernels';
import type { Content, CourseNet } from './net';
import { einstein, notation } from './notation';
import { strongest, upsampled } from './pooling';
import { head } from './reuse';
import { connected } from './synapses';

export interface Chapter {
  /** The sample's file name, without its ending. */
  readonly id: string;
  /** What the sample calls its net: by that a text is recognised, whatever else was changed in it. */
  readonly net: string;
  readonly title: () => string;
  readonly text: () => readonly string[];
  readonly question: () => string;
  readonly content: (net: CourseNet) => Content;
  readonly edits: readonly CourseEdit[];
}

const edit = (from: string, to: string): CourseEdit => ({ id: `${from} > ${to}`, words: [from, to] });

export const CHAPTERS: readonly Chapter[] = [
  {
    id: '01-notation',
    net: 'Notation',
    title: () => t('Notation'),
    text: () => [
      t('A picture is a block of numbers: W columns, H rows and C channels, and B pictures at a time.'),
      t('Each layer turns one block into another; usually it gets smaller in W and H, and grows in C.'),
    ],
    question: () => t('Double the width and height of the picture: which numbers change, and which stay?'),
    content: notation,
    edits: [edit('32x32x3', '64x64x3')],
  },
  {
    id: '02-fully-connected',
    net: 'Fully connected against convolution',
    title: () => t('Fully connected against convolution'),
    text: () => [
      t('Fully connected, each neuron has a synapse to every number of the picture.'),
      t('As a convolution it sees a small window, and all neurons of a channel share the same weights.'),
    ],
    question: () => t('Double the size of the picture: what happens to the synapses of each, and to the ratio?'),
    content: connected,
    edits: [edit('4 3x3', '4 5x5')],
  },
  {
    id: '03-one-layer',
    net: 'One layer',
    title: () => t('One layer in index notation'),
    text: () => [
      t('A small letter stands for one place of an axis, a capital for the whole axis.'),
      t('The same kernel is used at every place: only the pixels below it change.'),
    ],
    question: () => t('How many multiplications does one neuron make, and how many does the whole layer?'),
    content: einstein,
    edits: [edit('2 3x3', '2 5x5'), edit('bias: 0.1', 'bias: 0.5')],
  },
  {
    id: '04-classic-kernels',
    net: 'Classic kernels',
    title: () => t('Classic kernels'),
    text: () => [
      t('Smoothing takes the mean of the neighbours; differences of brightness answer to edges.'),
      t('Nobody had to learn these kernels, but nets that learn find many like them.'),
    ],
    question: () => t('Which of these maps is black where the picture is flat, and why?'),
    content: classics,
    edits: [edit('sigma 1.5', 'sigma 3')],
  },
  {
    id: '05-borders',
    net: 'Borders',
    title: () => t('Borders and the neutral value'),
    text: () => [
      t('At the border a window reaches beyond the picture, where nothing is.'),
      t('One can leave those places out, or put a neutral value there: 0, 1, or what the picture repeats.'),
    ],
    question: () => t('Which of the five answers darkens the edge of a bright picture?'),
    content: borders,
    edits: [edit('border 1', 'border 0.5')],
  },
  {
    id: '06-max-pooling',
    net: 'Max pooling',
    title: () => t('Max pooling'),
    text: () => [
      t('Of each window only the largest number stays: the strongest answer to an edge.'),
      t('Rows and columns halve, and a small shift of the picture often changes nothing.'),
    ],
    question: () => t('What would the mean keep of a single bright pixel, and what does the maximum keep?'),
    content: strongest,
    edits: [edit('maxpool: 2x2', 'maxpool: 4x4')],
  },
  {
    id: '07-unseen-pixels',
    net: 'Unseen pixels',
    title: () => t('Strides, and pixels never seen'),
    text: () => [
      t('A stride of 3 with a window of 2 leaves a row and a column out between any two windows.'),
      t('Whatever stands there changes nothing of what the net says.'),
    ],
    question: () => t('Which two changes, of one number each, let every pixel be seen?'),
    content: unseen,
    edits: [edit('stride 3', 'stride 2'), edit('4 2x2', '4 3x3')],
  },
  {
    id: '08-receptive-field',
    net: 'Receptive field',
    title: () => t('What a unit sees'),
    text: () => [
      t('Both nets have six convolutions of 3×3, so as many synapses.'),
      t('With downsampling the same windows look at a smaller picture, and each step reaches further.'),
    ],
    question: () => t('How many convolutions would it take to see as far without downsampling?'),
    content: reach,
    edits: [edit('maxpool: 2x2', 'maxpool: 4x4'), edit('repeat: 6', 'repeat: 12')],
  },
  {
    id: '09-upsampling',
    net: 'Upsampling',
    title: () => t('Three ways back to the full size'),
    text: () => [
      t('Nearest neighbour repeats each value; bed of nails puts it at the upper left, with zeros elsewhere.'),
      t('Max unpooling remembers where the maximum stood and puts it back there.'),
    ],
    question: () => t('Which of the three keeps an edge where it was?'),
    content: upsampled,
    edits: [edit('maxpool: 2x2', 'maxpool: 4x4'), edit('nearest: 2x', 'nearest: 4x')],
  },
  {
    id: '10-dilated',
    net: 'Dilated convolution',
    title: () => t('Dilated convolution'),
    text: () => [
      t('Dilation leaves pixels out between the taps of a kernel: it sees far with few synapses.'),
      t('Dilations with a common divisor use one grid of pixels only; what lies between is never looked at.'),
    ],
    question: () => t('Why has the second branch no holes, though it dilates too?'),
    content: gridding,
    edits: [edit('dilation 3', 'dilation 4'), edit('repeat: 3', 'repeat: 4')],
  },
  {
    id: '11-inception',
    net: 'Inception',
    title: () => t('Inception and auxiliary outputs'),
    text: () => [
      t('Several sizes of window stand side by side, and the next layer takes what it needs.'),
      t('The further a gradient has come, the less is left of it: an output on the way shortens it.'),
    ],
    question: () => t('Which layers profit from the auxiliary output, and which do not?'),
    content: auxiliary,
    edits: [edit('5x5 pad same', '7x7 pad same')],
  },
  {
    id: '12-resnet18',
    net: 'ResNet-18',
    title: () => t('Skips'),
    text: () => [
      t('Each block learns only what to add to what it was given.'),
      t('The sum hands the gradient on as it is, so it reaches the first layer over a short way.'),
    ],
    question: () => t('Repeat the first block more often: which of the two ways gets longer?'),
    content: skips,
    edits: [edit('repeat: 2', 'repeat: 6')],
  },
  {
    id: '13-reuse',
    net: 'Reuse',
    title: () => t('Reuse'),
    text: () => [
      t('The layers before the last describe any picture; only the last one knows the classes.'),
      t('Cut the net there, put a new head behind it, and learn only its synapses.'),
    ],
    question: () => t('How many synapses does each further class cost, and on what does that depend?'),
    content: head,
    edits: [edit('32 3x3', '64 3x3')],
  },
];

export const chapterOf = (id: unknown): Chapter | null => CHAPTERS.find((chapter) => chapter.id === id) ?? null;

/** Where a chapter's net is, below the folder of the samples. */
export const samplePath = ({ id }: Chapter): string => `lecture/${id}.cnn.yaml`;
