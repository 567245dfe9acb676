import { declare } from '../../diagnostics/diagnostic';
import { t } from '../../l10n/l10n';

/** Problems of definitions, in the words of the course: what, where it comes from, what can be done. */

export const yamlProblem = declare('cnn/yaml', 'error', (message: string) => t('This is no YAML: {0}', message));
export const unknownSetting = declare('cnn/setting', 'error', (name: string, meant: string | null) => {
  if (name === '') return t('A definition has `input:` and `layers:` at its left edge; this belongs to neither.');
  return meant === null
    ? t('There is no setting “{0}”.', name)
    : t('There is no setting “{0}”. Did you mean “{1}”?', name, meant);
});
export const repeatedSetting = declare('cnn/repeated', 'error', (name: string) =>
  t('“{0}” was said before; the first one counts.', name),
);
export const noInput = declare('cnn/no-input', 'error', () =>
  t('The size of the picture is missing, as in `input: 224x224x3` (width × height × channels).'),
);
export const badInput = declare('cnn/input', 'error', (text: string) =>
  t(
    '“{0}” is no size of a picture. Write width × height × channels (224x224x3) or batch × channels × height × width (1x3x224x224).',
    text,
  ),
);
export const inputOrder = declare('cnn/input-order', 'warning', (width: number, height: number, channels: number) =>
  t(
    'This picture is {0} wide, {1} high and has {2} channels. Three numbers are width × height × channels.',
    width,
    height,
    channels,
  ),
);
export const badSetting = declare('cnn/value', 'error', (name: string, text: string, wanted: string) =>
  t('“{0}” is no {1}: {2}.', text, name, wanted),
);
export const noLayers = declare('cnn/no-layers', 'info', () =>
  t('The net has no layers yet. They follow `layers:`, one a line.'),
);

export const unknownLayer = declare('cnn/layer', 'error', (name: string, meant: string | null) =>
  meant === null ? t('There is no layer “{0}”.', name) : t('There is no layer “{0}”. Did you mean “{1}”?', name, meant),
);
export const noKind = declare('cnn/no-kind', 'error', () =>
  t('This says nothing of what the layer is, as in `conv: 64 3x3`.'),
);
export const missingColon = declare('cnn/colon', 'error', (name: string) => t('A colon is missing after “{0}”.', name));
export const missingBlank = declare('cnn/blank', 'error', (behind: string) =>
  t('A blank is missing after “{0}”.', behind),
);
export const wrongColumn = declare('cnn/column', 'error', (key: string) =>
  t('“{0}” belongs below the first letter of the layer above.', key),
);
export const tabs = declare('cnn/tab', 'error', () => t('Tabs cannot indent a line here, only blanks can.'));
export const missingDash = declare('cnn/dash', 'error', () =>
  t('Layers are a list: each begins with a dash, in the order of the data.'),
);
export const ownDash = declare('cnn/dash', 'error', (layer: string) =>
  t('“{0}” is a layer of its own: it needs a dash.', layer),
);
export const noBrackets = declare('cnn/brackets', 'error', (written: string) =>
  t('Branches that meet stand in brackets, as in {0}.', written),
);
export const behindList = declare('cnn/behind', 'error', (word: string, written: string) =>
  t('Nothing can stand behind a list: “{0}” goes into a line of its own, {1}.', word, written),
);
export const product = declare('cnn/product', 'warning', (text: string, value: number, meant: string) =>
  t('{0} is a product, {1}. Rows × columns are written {2}.', text, value, meant),
);
export const unknownKey = declare('cnn/key', 'error', (key: string, layer: string, meant: string | null) =>
  meant === null
    ? t('“{0}” is no key of {1}.', key, layer)
    : t('“{0}” is no key of {1}. Did you mean “{2}”?', key, layer, meant),
);
export const unknownWord = declare('cnn/word', 'error', (word: string, layer: string, meant: string | null) =>
  meant === null
    ? t('“{0}” means nothing to {1}.', word, layer)
    : t('“{0}” means nothing to {1}. Did you mean “{2}”?', word, layer, meant),
);
export const saidTwice = declare('cnn/twice', 'warning', (what: string) =>
  t('{0} was said before; the first one counts.', what),
);
export const noValue = declare('cnn/no-value', 'error', (what: string, example: string) =>
  example ? t('{0} is missing, as in {1}.', what, example) : t('{0} is missing.', what),
);
export const badValue = declare('cnn/value', 'error', (text: string, wanted: string) =>
  t('“{0}” is not {1}.', text, wanted),
);
export const unknownParameter = declare('cnn/parameter', 'error', (name: string, known: string) =>
  known
    ? t('The block has no parameter “{0}”; it has {1}.', name, known)
    : t('The block has no parameter “{0}”.', name),
);
export const missingParameter = declare('cnn/argument', 'error', (block: string, name: string) =>
  t('“{0}” needs a value for “{1}”.', block, name),
);
export const tooManyArguments = declare('cnn/arguments', 'error', (block: string, wanted: number) => {
  if (wanted === 0) return t('“{0}” takes no values.', block);
  return wanted === 1
    ? t('“{0}” takes 1 value and no more.', block)
    : t('“{0}” takes {1} values and no more.', block, wanted);
});
export const recursion = declare('cnn/recursion', 'error', (block: string) =>
  t('The block “{0}” is made of itself: it would never end.', block),
);
export const tooManyLayers = declare('cnn/too-many', 'error', (most: string) =>
  t('More than {0} layers: what follows is left out.', most),
);
export const emptyBlock = declare('cnn/empty-block', 'warning', (name: string) =>
  t('The block “{0}” has no layers.', name),
);
export const badName = declare('cnn/name', 'error', (name: string) =>
  t('“{0}” cannot be a name: use letters, digits, _ and -, beginning with a letter.', name),
);
export const nameTaken = declare('cnn/name-taken', 'error', (name: string, reserved: boolean) =>
  reserved ? t('“{0}” already means something else.', name) : t('“{0}” is the name of another layer.', name),
);
export const unknownName = declare('cnn/reference', 'error', (name: string, meant: string | null) =>
  meant === null
    ? t('No layer is called “{0}”.', name)
    : t('No layer is called “{0}”. Did you mean “{1}”?', name, meant),
);
export const laterName = declare('cnn/later', 'error', (name: string) =>
  t('“{0}” comes later: data flow downwards only, there is no way back.', name),
);
export const oneInput = declare('cnn/one-input', 'error', (layer: string) =>
  t('{0} takes one input. Branches meet in add, concat or mul.', layer),
);
export const twoInputs = declare('cnn/two-inputs', 'error', (layer: string, found: number) =>
  found === 0
    ? t('{0} needs the branches that meet, as in [a, previous].', layer)
    : t('{0} needs at least two branches; there is {1}.', layer, found),
);
export const unused = declare('cnn/unused', 'warning', (name: string) =>
  t('Nothing uses {0}, and it is no output: it would be computed for nothing.', name),
);

export const needsPicture = declare('shape/rank', 'error', (layer: string) =>
  t('{0} needs a picture, but rows and columns were lost in a fully connected layer or by flattening.', layer),
);
export const groupsUneven = declare(
  'shape/groups',
  'error',
  (channels: number, groups: number, which: 'input' | 'output') =>
    which === 'input'
      ? t('{0} input channels cannot be parted into {1} groups.', channels, groups)
      : t('{0} output channels cannot be parted into {1} groups.', channels, groups),
);
export const windowTooLarge = declare(
  'shape/window',
  'error',
  (window: string, picture: string, keeps: string | null) => {
    const what = t('A window of {0} does not fit into what is left of the picture, {1}.', window, picture);
    return keeps === null ? what : `${what} ${t('Padding {0} would keep the size.', keeps)}`;
  },
);
export const unseen = declare('window/unseen', 'warning', (stride: string, kernel: string, share: string) =>
  t('Stride {0} with kernel {1} leaves pixels unseen: {2}.', stride, kernel, share),
);
export const uselessDilation = declare('window/dilation', 'info', () =>
  t('A kernel of one pixel has no taps to move apart: dilation changes nothing here.'),
);
export const poolPadding = declare('window/padding', 'error', (pad: string, kernel: string) =>
  t('Padding {0} is as large as the window {1}: a unit would see nothing but border.', pad, kernel),
);
export const borderTooFar = declare('window/border', 'error', (mode: string, pad: number, size: number) =>
  t(
    '{0} pixels of border cannot be made by {1} from a picture of {2}: it must be larger than its border.',
    pad,
    mode,
    size,
  ),
);
export const needlessBorder = declare('window/needless-border', 'info', () =>
  t('No window hangs over the border here, so what stands outside changes nothing.'),
);
/** Branches of these sizes, the last apart; `why` is a sentence or ''. */
export const cannotMeet = declare(
  'shape/add',
  'error',
  (kind: 'add' | 'sub' | 'mul', sizes: readonly string[], why: string) => `${apart(kind, sizes)}${behind(why)}`,
);
export const cannotJoin = declare('shape/concat', 'error', (sizes: readonly string[], why: string) => {
  const list = listed(sizes);
  const what =
    sizes.length === 2
      ? t('These two branches are {0}; only channels may differ where they are put side by side.', list)
      : t('These branches are {0}; only channels may differ where they are put side by side.', list);
  return `${what}${behind(why)}`;
});

const behind = (sentence: string): string => (sentence ? ` ${sentence}` : '');

const listed = (sizes: readonly string[]): string =>
  t('{0} and {1}', sizes.slice(0, -1).join(', '), sizes.at(-1) ?? '');

function apart(kind: 'add' | 'sub' | 'mul', sizes: readonly string[]): string {
  const list = listed(sizes);
  const two = sizes.length === 2;
  switch (kind) {
    case 'add':
      return two
        ? t('These two branches are {0} and cannot be added.', list)
        : t('These branches are {0} and cannot be added.', list);
    case 'sub':
      return two
        ? t('These two branches are {0} and cannot be subtracted.', list)
        : t('These branches are {0} and cannot be subtracted.', list);
    case 'mul':
      return two
        ? t('These two branches are {0} and cannot be multiplied.', list)
        : t('These branches are {0} and cannot be multiplied.', list);
  }
}
export const noIndices = declare('shape/unpool', 'error', (name: string) =>
  t('“{0}” is no max pooling: it keeps no indices.', name),
);
export const unpoolSize = declare('shape/unpool-size', 'error', (name: string, kept: string, here: string) =>
  t('“{0}” kept indices for {1}, but here are {2}.', name, kept, here),
);
export const kernelDiffers = declare('weights/kernel', 'error', (written: string, said: string) =>
  t('The numbers make a kernel of {0}, but the layer says {1}.', written, said),
);
export const kernelRagged = declare('weights/rows', 'error', () =>
  t('The rows of a kernel must be equally long lists of numbers.'),
);
export const kernelCount = declare('weights/count', 'error', (written: string, wanted: string) =>
  t('The numbers make {0}, the layer needs {1}.', written, wanted),
);
export const shuffleChannels = declare('shape/shuffle', 'error', (channels: number, scale: number) =>
  t(
    '{0} channels cannot become pixels: {1}×{1} pixels take a multiple of {2} channels.',
    channels,
    scale,
    scale * scale,
  ),
);
export const cropTooLarge = declare('shape/crop', 'error', (wanted: string, picture: string) =>
  t('{0} cannot be cut out of {1}.', wanted, picture),
);
export const outpadTooLarge = declare('shape/outpad', 'error', (outpad: string, stride: string) =>
  t('outpad {0} must be smaller than the stride {1}.', outpad, stride),
);
