import { t } from '../../../l10n/l10n';

/** The keys of the language. Every one can also be a word of a layer's short form, followed by its value. */

/** What a value looks like; the reader, completion and the schema follow it. */
export type ValueKind =
  | 'count'
  | 'size'
  | 'padding'
  | 'flag'
  | 'number'
  | 'ratio'
  | 'scale'
  | 'border'
  | 'bias'
  | 'weights'
  | 'activation'
  | 'reference'
  | 'references'
  | 'layers'
  | 'text'
  | 'output';

export interface Option {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: ValueKind;
  /** One or two sentences, in the words of the course. */
  readonly doc: string;
  readonly examples: readonly string[];
}

const option = (
  name: string,
  kind: ValueKind,
  doc: string,
  examples: readonly string[],
  aliases: readonly string[] = [],
): Option => ({ name, kind, doc, examples, aliases });

export const OPTIONS: readonly Option[] = [
  option(
    'channels',
    'count',
    t(
      'How many kernels the layer learns: each makes one channel of the output. In a fully connected layer, how many neurons it has.',
    ),
    ['64'],
    ['filters', 'out', 'out_channels', 'units', 'neurons', 'classes'],
  ),
  option(
    'kernel',
    'size',
    t('Rows × columns of the window one neuron looks through. A single number is a square.'),
    ['3x3', '5x5', '1x1', '7x7'],
    ['window', 'size', 'kernel_size'],
  ),
  option(
    'stride',
    'size',
    t(
      'How many pixels the window moves on. A stride of 2 halves rows and columns; a stride larger than the kernel leaves pixels unseen.',
    ),
    ['2', '1', '2x1'],
    ['strides', 'step'],
  ),
  option(
    'pad',
    'padding',
    t(
      'How far the window may hang over the border. `same` keeps the size (divided by the stride), `valid` is none, `full` lets every window touch the picture that can; or pixels for all sides, rows × columns, or [top, left, bottom, right].',
    ),
    ['same', '1', 'valid', 'full', '2'],
    ['padding'],
  ),
  option(
    'dilation',
    'size',
    t(
      'Distance between neighbouring taps of the kernel: 2 leaves one pixel out between them, so a unit sees further without more synapses.',
    ),
    ['2', '4'],
    ['dilate'],
  ),
  option(
    'groups',
    'count',
    t(
      'Parts the channels into groups that do not see each other: each kernel reads only the channels of its own group.',
    ),
    ['2', '32'],
    ['group'],
  ),
  option('depthwise', 'flag', t('Each channel has kernels of its own and sees no other channel.'), []),
  option(
    'bias',
    'bias',
    t('A number added after the sum. Learned by default; `no bias` leaves it out, a number sets it.'),
    ['no', '0.1'],
  ),
  option(
    'border',
    'border',
    t(
      'What stands outside the picture where the window hangs over: the neutral value (0 if nothing is said), or the picture mirrored (`reflect`), its edge repeated (`edge`), or its other side (`wrap`).',
    ),
    ['0', '0.5', 'reflect', 'edge', 'wrap'],
    ['neutral', 'outside'],
  ),
  option(
    'weights',
    'weights',
    t(
      'What the synapses begin with: `he` (seeded random numbers, the usual choice), `xavier`, `zeros`, `ones`, `constant 0.1`, a classic kernel, or the numbers themselves as rows.',
    ),
    ['he', 'xavier', 'zeros', 'ones', 'constant 0.1', 'sobel x', '[[0, 1, 0], [1, -4, 1], [0, 1, 0]]'],
    ['init'],
  ),
  option('seed', 'count', t('Begins the row of random numbers: the same seed gives the same weights.'), ['1', '7']),
  option('sigma', 'number', t('Width of the Gaussian in pixels.'), ['1', '1.5']),
  option('divide', 'number', t('Divides the numbers of a kernel: 9 makes a mean of nine ones.'), ['9', '16'], ['by']),
  option(
    'bn',
    'flag',
    t('Batch normalisation between the sum and the activation; the layer then needs no bias.'),
    [],
    ['batchnorm'],
  ),
  option(
    'activation',
    'activation',
    t('The function g that each neuron applies to its sum.'),
    ['relu', 'sigmoid', 'none'],
    ['act', 'g'],
  ),
  option('ceil', 'flag', t('Rounds the number of windows up: the last one may hang over the border.'), []),
  option(
    'indices',
    'flag',
    t('Keeps where each maximum stood, for a later max unpooling. A `maxunpool` asks for it by itself.'),
    [],
    ['keep'],
  ),
  option('of', 'reference', t('The max pooling whose indices say where the values go back to.'), ['pool1']),
  option('scale', 'scale', t('By how much rows and columns grow.'), ['2x', '4x'], ['factor', 'times']),
  option('to', 'size', t('Rows × columns of the result.'), ['56x56']),
  option('like', 'reference', t('The layer whose rows and columns the result gets.'), ['input']),
  option(
    'outpad',
    'size',
    t(
      'Rows and columns added at the end of a transposed convolution: with a stride, several sizes lead to the same one, and this chooses.',
    ),
    ['1'],
    ['output_padding'],
  ),
  option(
    'ratio',
    'ratio',
    t('Share of the values that training sets to 0; when the net is used, nothing happens.'),
    ['0.5'],
    ['rate', 'p'],
  ),
  option('alpha', 'number', t('Slope for negative values, or the strength of a normalisation.'), ['0.1']),
  option('beta', 'number', t('Exponent of a local response normalisation.'), ['0.75']),
  option('epsilon', 'number', t('Added to the variance, so that nothing is divided by 0.'), ['0.00001'], ['eps']),
  option('crop', 'flag', t('Cuts larger branches down to the smallest, around the middle, before they meet.'), []),
  option('inputs', 'references', t('What meets here: names of layers, `previous`, `input`, or branches of layers.'), [
    '[a, previous]',
  ]),
  option('layers', 'layers', t('Layers in order.'), []),
  option('name', 'text', t('What other layers call this one by.'), ['conv1']),
  option('from', 'references', t('Where the layer takes its input from, if not from the layer before.'), [
    'pool1',
    '[a, b]',
  ]),
  option('repeat', 'count', t('The layer or block this many times in a row.'), ['2', '3']),
  option(
    'output',
    'output',
    t('Makes the result an output of the net, beside the last layer: an auxiliary head, say.'),
    ['true', 'aux1'],
  ),
];

const BY_NAME = new Map(
  OPTIONS.flatMap((entry) => [entry.name, ...entry.aliases].map((name) => [name, entry] as const)),
);

/** The option a key or word stands for. */
export const optionNamed = (name: string): Option | null => BY_NAME.get(name) ?? null;

/** What any layer may say. */
export const COMMON_OPTIONS: readonly string[] = ['name', 'from', 'repeat', 'output'];
