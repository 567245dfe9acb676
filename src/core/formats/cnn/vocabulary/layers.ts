import { t } from '../../../l10n/l10n';
import { ACTIVATIONS } from './activations';
import { ALIASES } from './aliases';
import { COMMON_OPTIONS } from './options';

/** How the layers are listed to a person. */
export type Chapter =
  'convolution' | 'pooling' | 'upsampling' | 'join' | 'dense' | 'normalisation' | 'activation' | 'other';

export interface LayerKind {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly doc: string;
  readonly example: string;
  readonly chapter: Chapter;
  /** Options that bare words fill, in this order. */
  readonly slots: readonly string[];
  /** Options it knows besides those every layer knows. */
  readonly options: readonly string[];
}

const WINDOW = ['kernel', 'stride', 'pad', 'dilation', 'border'];
const AFTER = ['bias', 'bn', 'epsilon', 'activation', 'alpha'];
const LEARNED = ['weights', 'seed', ...AFTER];

const KINDS: readonly Omit<LayerKind, 'aliases'>[] = [
  {
    name: 'conv',
    title: t('Convolution'),
    doc: t(
      'Slides learned kernels over the picture. Every neuron of a channel looks through its own window with the same weights.',
    ),
    example: 'conv: 64 3x3 pad same relu',
    chapter: 'convolution',
    slots: ['channels', 'kernel'],
    options: ['channels', ...WINDOW, 'groups', 'depthwise', ...LEARNED, 'sigma', 'divide'],
  },
  {
    name: 'depthwise',
    title: t('Depthwise convolution'),
    doc: t(
      'One kernel for each channel, which sees no other channel; a 1×1 convolution usually mixes them afterwards.',
    ),
    example: 'depthwise: 3x3 pad same bn relu6',
    chapter: 'convolution',
    slots: ['kernel'],
    options: [...WINDOW, ...LEARNED],
  },
  {
    name: 'filter',
    title: t('Fixed kernel'),
    doc: t(
      'A classic kernel that nobody has to learn, over each channel by itself: smoothing, differences of brightness, sharpening.',
    ),
    example: 'filter: gaussian 5x5 sigma 1',
    chapter: 'convolution',
    slots: ['weights', 'kernel'],
    options: ['weights', ...WINDOW, 'sigma', 'divide', 'bias', 'activation', 'alpha'],
  },
  {
    name: 'deconv',
    title: t('Transposed convolution'),
    doc: t(
      'Spreads every value over a window, multiplied by learned weights: the way back from a strided convolution.',
    ),
    example: 'deconv: 64 2x2 stride 2',
    chapter: 'upsampling',
    slots: ['channels', 'kernel'],
    options: ['channels', 'kernel', 'stride', 'pad', 'dilation', 'outpad', 'groups', ...LEARNED],
  },
  {
    name: 'dense',
    title: t('Fully connected'),
    doc: t('Every neuron has a synapse to every value of the layer before. Rows and columns are lost.'),
    example: 'dense: 1000 softmax',
    chapter: 'dense',
    slots: ['channels'],
    options: ['channels', ...LEARNED],
  },
  {
    name: 'maxpool',
    title: 'Max pooling',
    doc: t('Keeps the largest value of each window. The window moves on by its own size if no stride is said.'),
    example: 'maxpool: 2x2',
    chapter: 'pooling',
    slots: ['kernel'],
    options: [...WINDOW, 'ceil', 'indices'],
  },
  {
    name: 'avgpool',
    title: t('Average pooling'),
    doc: t('The mean of each window. The border does not count unless it is given a value.'),
    example: 'avgpool: 2x2',
    chapter: 'pooling',
    slots: ['kernel'],
    options: ['kernel', 'stride', 'pad', 'border', 'ceil'],
  },
  {
    name: 'globalavgpool',
    title: t('Global average pooling'),
    doc: t('One number for each channel: its mean over the whole picture.'),
    example: 'globalavgpool',
    chapter: 'pooling',
    slots: [],
    options: [],
  },
  {
    name: 'globalmaxpool',
    title: t('Global max pooling'),
    doc: t('One number for each channel: its largest value anywhere.'),
    example: 'globalmaxpool',
    chapter: 'pooling',
    slots: [],
    options: [],
  },
  {
    name: 'nearest',
    title: t('Nearest neighbour'),
    doc: t('Enlarges the picture by repeating each pixel.'),
    example: 'nearest: 2x',
    chapter: 'upsampling',
    slots: ['scale'],
    options: ['scale', 'to', 'like'],
  },
  {
    name: 'bilinear',
    title: 'Bilinear',
    doc: t('Enlarges the picture by mixing the four nearest pixels.'),
    example: 'bilinear: 2x',
    chapter: 'upsampling',
    slots: ['scale'],
    options: ['scale', 'to', 'like'],
  },
  {
    name: 'nails',
    title: t('Bed of nails'),
    doc: t('Enlarges the picture by putting each pixel at the upper left of a square of zeros.'),
    example: 'nails: 2x',
    chapter: 'upsampling',
    slots: ['scale'],
    options: ['scale'],
  },
  {
    name: 'maxunpool',
    title: 'Max unpooling',
    doc: t('Puts each value back where the named max pooling had found its maximum; all other places become 0.'),
    example: 'maxunpool: pool1',
    chapter: 'upsampling',
    slots: ['of'],
    options: ['of'],
  },
  {
    name: 'shuffle',
    title: 'Pixel shuffle',
    doc: t('Lays channels out as pixels: rows and columns grow, and there are scale² times fewer channels.'),
    example: 'shuffle: 2x',
    chapter: 'upsampling',
    slots: ['scale'],
    options: ['scale'],
  },
  {
    name: 'add',
    title: t('Sum of branches'),
    doc: t('Adds branches of equal size, number by number: ResNet’s skip connection.'),
    example: 'add: [shortcut, previous]',
    chapter: 'join',
    slots: ['inputs'],
    options: ['inputs', 'crop'],
  },
  {
    name: 'sub',
    title: t('Difference'),
    doc: t('The first branch less the second, number by number.'),
    example: 'sub: [a, b]',
    chapter: 'join',
    slots: ['inputs'],
    options: ['inputs', 'crop'],
  },
  {
    name: 'mul',
    title: t('Product of branches'),
    doc: t('Multiplies branches number by number; a branch of one pixel for each channel weighs whole channels.'),
    example: 'mul: [gate, previous]',
    chapter: 'join',
    slots: ['inputs'],
    options: ['inputs', 'crop'],
  },
  {
    name: 'concat',
    title: t('Side by side'),
    doc: t('Puts the channels of several branches behind each other. Rows and columns must be equal.'),
    example: 'concat: [skip, previous]',
    chapter: 'join',
    slots: ['inputs'],
    options: ['inputs', 'crop'],
  },
  {
    name: 'bn',
    title: t('Batch normalisation'),
    doc: t('Shifts and scales each channel by learned numbers, so that training keeps its footing.'),
    example: 'bn',
    chapter: 'normalisation',
    slots: [],
    options: ['epsilon', 'activation', 'alpha'],
  },
  {
    name: 'lrn',
    title: t('Local response normalisation'),
    doc: t('Divides each value by the activity of its neighbouring channels; AlexNet used it.'),
    example: 'lrn: 5',
    chapter: 'normalisation',
    slots: ['channels'],
    options: ['channels', 'alpha', 'beta', 'bias'],
  },
  {
    name: 'dropout',
    title: 'Dropout',
    doc: t('While training, leaves a random share of the neurons out; when the net is used, nothing happens.'),
    example: 'dropout: 0.5',
    chapter: 'other',
    slots: ['ratio'],
    options: ['ratio'],
  },
  {
    name: 'flatten',
    title: t('Flatten'),
    doc: t('Writes rows, columns and channels behind each other as one vector.'),
    example: 'flatten',
    chapter: 'other',
    slots: [],
    options: [],
  },
  {
    name: 'pad',
    title: t('Pad'),
    doc: t('Adds a border around the picture: of a neutral value, or of the picture mirrored or repeated.'),
    example: 'pad: 1 border reflect',
    chapter: 'other',
    slots: ['pad'],
    options: ['pad', 'border'],
  },
  {
    name: 'crop',
    title: t('Crop'),
    doc: t('Keeps the middle of the picture.'),
    example: 'crop: 26x26',
    chapter: 'other',
    slots: ['to'],
    options: ['to', 'like'],
  },
  {
    name: 'identity',
    title: t('Identity'),
    doc: t('Hands on what it gets: a place to give a name to.'),
    example: 'identity',
    chapter: 'other',
    slots: [],
    options: [],
  },
  {
    name: 'head',
    title: t('Auxiliary head'),
    doc: t('A branch of layers with an output of its own. The net goes on from before it.'),
    example: 'head: [globalavgpool, dense: 10]',
    chapter: 'other',
    slots: [],
    options: ['layers'],
  },
];

export const LAYERS: readonly LayerKind[] = [
  ...KINDS.map((kind) => ({ ...kind, aliases: ALIASES[kind.name] ?? [] })),
  ...ACTIVATIONS.map(({ name, aliases, title, doc, alpha }): LayerKind => {
    const strength = alpha === undefined ? [] : ['alpha'];
    const example = alpha === undefined ? name : `${name}: ${alpha}`;
    return { name, aliases, title, doc, example, chapter: 'activation', slots: strength, options: strength };
  }),
];

const BY_NAME = new Map(LAYERS.flatMap((kind) => [kind.name, ...kind.aliases].map((name) => [name, kind] as const)));

export const layerNamed = (name: string): LayerKind | null => BY_NAME.get(name) ?? null;

/** Everything a layer of this kind may say, its own options first. */
export const optionsOf = (kind: LayerKind): readonly string[] => [...kind.options, ...COMMON_OPTIONS];
