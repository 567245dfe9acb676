import { declare } from '../../diagnostics/diagnostic';

/** Problems of definitions, in the words of the course: what, where it comes from, what can be done. */

export const yamlProblem = declare('cnn/yaml', 'error', (message: string) => `This is no YAML: ${message}`);
export const unknownSetting = declare('cnn/setting', 'error', (name: string, meant: string | null) =>
  name === ''
    ? 'A definition has `input:` and `layers:` at its left edge; this belongs to neither.'
    : `There is no setting “${name}”${didYouMean(meant)}.`,
);
export const repeatedSetting = declare(
  'cnn/repeated',
  'error',
  (name: string) => `“${name}” was said before; the first one counts.`,
);
export const noInput = declare(
  'cnn/no-input',
  'error',
  () => 'The size of the picture is missing, as in `input: 224x224x3` (width × height × channels).',
);
export const badInput = declare(
  'cnn/input',
  'error',
  (text: string) =>
    `“${text}” is no size of a picture. Write width × height × channels (224x224x3) or batch × channels × height × width (1x3x224x224).`,
);
export const badSetting = declare(
  'cnn/value',
  'error',
  (name: string, text: string, wanted: string) => `“${text}” is no ${name}: ${wanted}.`,
);
export const noLayers = declare(
  'cnn/no-layers',
  'info',
  () => 'The net has no layers yet. They follow `layers:`, one a line.',
);

const didYouMean = (meant: string | null): string => (meant === null ? '' : `; did you mean “${meant}”?`);

export const unknownLayer = declare('cnn/layer', 'error', (name: string, meant: string | null) =>
  meant === null ? `There is no layer “${name}”.` : `There is no layer “${name}”. Did you mean “${meant}”?`,
);
export const noKind = declare(
  'cnn/no-kind',
  'error',
  () => 'This says nothing of what the layer is, as in `conv: 64 3x3`.',
);
export const missingColon = declare('cnn/colon', 'error', (name: string) => `A colon is missing after “${name}”.`);
export const unknownKey = declare('cnn/key', 'error', (key: string, layer: string, meant: string | null) =>
  meant === null ? `“${key}” is no key of ${layer}.` : `“${key}” is no key of ${layer}. Did you mean “${meant}”?`,
);
export const unknownWord = declare('cnn/word', 'error', (word: string, layer: string, meant: string | null) =>
  meant === null
    ? `“${word}” means nothing to ${layer}.`
    : `“${word}” means nothing to ${layer}. Did you mean “${meant}”?`,
);
export const saidTwice = declare(
  'cnn/twice',
  'warning',
  (what: string) => `${what} was said before; the first one counts.`,
);
export const noValue = declare(
  'cnn/no-value',
  'error',
  (what: string, example: string) => `${what} is missing${example ? `, as in ${example}` : ''}.`,
);
export const badValue = declare('cnn/value', 'error', (text: string, wanted: string) => `“${text}” is not ${wanted}.`);
export const unknownParameter = declare(
  'cnn/parameter',
  'error',
  (name: string, known: string) => `The block has no parameter “${name}”${known ? `; it has ${known}` : ''}.`,
);
export const missingParameter = declare(
  'cnn/argument',
  'error',
  (block: string, name: string) => `“${block}” needs a value for “${name}”.`,
);
export const tooManyArguments = declare('cnn/arguments', 'error', (block: string, wanted: number) =>
  wanted === 0
    ? `“${block}” takes no values.`
    : `“${block}” takes ${wanted} value${wanted === 1 ? '' : 's'} and no more.`,
);
export const recursion = declare(
  'cnn/recursion',
  'error',
  (block: string) => `The block “${block}” is made of itself: it would never end.`,
);
export const tooManyLayers = declare(
  'cnn/too-many',
  'error',
  (most: string) => `More than ${most} layers: what follows is left out.`,
);
export const emptyBlock = declare('cnn/empty-block', 'warning', (name: string) => `The block “${name}” has no layers.`);
export const badName = declare(
  'cnn/name',
  'error',
  (name: string) => `“${name}” cannot be a name: use letters, digits, _ and -, beginning with a letter.`,
);
export const nameTaken = declare('cnn/name-taken', 'error', (name: string, why: string) => `“${name}” ${why}.`);
export const unknownName = declare('cnn/reference', 'error', (name: string, meant: string | null) =>
  meant === null ? `No layer is called “${name}”.` : `No layer is called “${name}”. Did you mean “${meant}”?`,
);
export const laterName = declare(
  'cnn/later',
  'error',
  (name: string) => `“${name}” comes later: data flow downwards only, there is no way back.`,
);
export const oneInput = declare(
  'cnn/one-input',
  'error',
  (layer: string) => `${layer} takes one input. Branches meet in add, concat or mul.`,
);
export const twoInputs = declare('cnn/two-inputs', 'error', (layer: string, found: number) =>
  found === 0
    ? `${layer} needs the branches that meet, as in [a, previous].`
    : `${layer} needs at least two branches; there is ${found}.`,
);
export const unused = declare(
  'cnn/unused',
  'warning',
  (name: string) => `Nothing uses ${name}, and it is no output: it would be computed for nothing.`,
);

export const needsPicture = declare(
  'shape/rank',
  'error',
  (layer: string) =>
    `${layer} needs a picture, but rows and columns were lost in a fully connected layer or by flattening.`,
);
export const groupsUneven = declare(
  'shape/groups',
  'error',
  (channels: number, groups: number, which: string) =>
    `${channels} ${which} channels cannot be parted into ${groups} groups.`,
);
export const windowTooLarge = declare(
  'shape/window',
  'error',
  (window: string, picture: string, keeps: string) =>
    `A window of ${window} does not fit into what is left of the picture, ${picture}.${keeps}`,
);
export const unseen = declare(
  'window/unseen',
  'warning',
  (stride: string, kernel: string, share: string) =>
    `Stride ${stride} with kernel ${kernel} leaves pixels unseen: ${share}.`,
);
export const uselessDilation = declare(
  'window/dilation',
  'info',
  () => 'A kernel of one pixel has no taps to move apart: dilation changes nothing here.',
);
export const poolPadding = declare(
  'window/padding',
  'error',
  (pad: string, kernel: string) =>
    `Padding ${pad} is as large as the window ${kernel}: a unit would see nothing but border.`,
);
export const borderTooFar = declare(
  'window/border',
  'error',
  (mode: string, pad: number, size: number) =>
    `${pad} pixels of border cannot be made by ${mode} from a picture of ${size}: it must be larger than its border.`,
);
export const needlessBorder = declare(
  'window/needless-border',
  'info',
  () => 'No window hangs over the border here, so what stands outside changes nothing.',
);
export const cannotMeet = declare(
  'shape/add',
  'error',
  (sizes: string, verb: string, why: string) => `${sizes} and cannot be ${verb}.${why}`,
);
export const cannotJoin = declare(
  'shape/concat',
  'error',
  (sizes: string, why: string) => `${sizes}; only channels may differ where they are put side by side.${why}`,
);
export const noIndices = declare(
  'shape/unpool',
  'error',
  (name: string) => `“${name}” is no max pooling: it keeps no indices.`,
);
export const unpoolSize = declare(
  'shape/unpool-size',
  'error',
  (name: string, kept: string, here: string) => `“${name}” kept indices for ${kept}, but here are ${here}.`,
);
export const kernelDiffers = declare(
  'weights/kernel',
  'error',
  (written: string, said: string) => `The numbers make a kernel of ${written}, but the layer says ${said}.`,
);
export const kernelRagged = declare(
  'weights/rows',
  'error',
  () => 'The rows of a kernel must be equally long lists of numbers.',
);
export const kernelCount = declare(
  'weights/count',
  'error',
  (written: string, wanted: string) => `The numbers make ${written}, the layer needs ${wanted}.`,
);
export const shuffleChannels = declare(
  'shape/shuffle',
  'error',
  (channels: number, scale: number) =>
    `${channels} channels cannot become pixels: ${scale}×${scale} pixels take a multiple of ${scale * scale} channels.`,
);
export const cropTooLarge = declare(
  'shape/crop',
  'error',
  (wanted: string, picture: string) => `${wanted} cannot be cut out of ${picture}.`,
);
export const outpadTooLarge = declare(
  'shape/outpad',
  'error',
  (outpad: string, stride: string) => `outpad ${outpad} must be smaller than the stride ${stride}.`,
);
