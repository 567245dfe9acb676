import { defaultFilling, picturesAtOnce, type InputSpec } from '../../src/core/image';
import { t } from '../../src/core/l10n/l10n';
import type { Filling, Preparation, RunInput, RunSource } from '../../src/protocol/host';
import { integer } from '../ui/numbers';
import type { OtherInput, RunTensor } from '../state/runner';
import type { FeedRequest, WireTensor } from './messages';

export interface Feeds {
  readonly request: FeedRequest;
  readonly notes: readonly string[];
}

export type Fillings = Readonly<Record<string, Filling>>;

/** What an input gets that no picture fills and for which nothing was chosen. */
const ownFilling = (source: RunSource, input: RunInput): Filling =>
  defaultFilling(
    input.dtype,
    source.inputs.some(({ image }) => image),
  );

const extents = (input: RunInput): (number | null)[] =>
  input.shape.map((extent) => (typeof extent === 'number' && extent >= 0 ? extent : null));

/** Inputs that no picture fills, and what they are filled with. */
export function otherInputs(source: RunSource, fillings: Fillings): readonly OtherInput[] {
  return source.inputs
    .filter((input) => !input.image)
    .map((input) => ({ input, filling: fillings[input.name] ?? ownFilling(source, input) }));
}

/** `2×1×64`, open extents as they are called. */
export const inputSize = ({ shape }: RunInput): string =>
  shape.length === 0
    ? t('one number')
    : shape.map((extent) => (typeof extent === 'number' ? integer(extent) : extent)).join('×');

/** `zeros`, `noise`, `16 000`, `h0.npy`. */
export function fillingWords(filling: Filling): string {
  if (filling.kind === 'constant') return String(filling.value);
  if (filling.kind === 'file') return filling.name;
  return filling.kind === 'noise' ? t('noise') : t('zeros');
}

/** The picture goes to the image input, what was chosen to all others; what the user did not choose is told. */
export function feedsFor(
  source: RunSource,
  bytes: Uint8Array | null,
  preparation: Preparation | null,
  fillings: Fillings = {},
): Feeds {
  const image = preparation && bytes ? (source.inputs.find((input) => input.image) ?? null) : null;
  const rest = source.inputs.filter((input) => input !== image);
  const notes = rest
    .filter(({ name }) => !fillings[name])
    .map((input) => {
      const words = fillingWords(ownFilling(source, input));
      return t('Input {0} ({1}) is filled with {2}.', input.name, inputSize(input), words);
    });
  const open = rest.filter(
    ({ name, shape }) => fillings[name]?.kind !== 'file' && shape.some((e) => typeof e !== 'number'),
  );
  if (open.length > 0)
    notes.push(
      t(
        'Extents the model leaves open are 1: {0}.',
        open.map((input) => `${input.name} (${inputSize(input)})`).join(', '),
      ),
    );
  const others = rest.map((input): InputSpec => {
    const filling = fillings[input.name] ?? ownFilling(source, input);
    return { name: input.name, dtype: input.dtype, dims: extents(input), filling };
  });
  const copies = image ? picturesAtOnce(image.shape) : 1;
  if (copies > 1)
    notes.push(t('The model wants {0} pictures at once: it gets the same one {1} times.', copies, copies));
  if (!image || !bytes || !preparation) return { request: { image: null, others }, notes };
  return {
    request: { image: { name: image.name, dims: extents(image), copies, bytes, preparation }, others },
    notes,
  };
}

/** The inputs as tensors of the run. */
export function fedInputs(source: RunSource, tensors: readonly WireTensor[]): readonly RunTensor[] {
  return tensors.flatMap((tensor) => {
    const value = source.inputs.find((input) => input.name === tensor.name)?.value;
    return value === undefined ? [] : [{ ...tensor, value }];
  });
}

/** Tensors the runtime would not give out. */
export function unseenNotes(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const some = names.slice(0, 3).join(', ') + (names.length > 3 ? '…' : '');
  return [t('The runtime can’t give out {0} of the tensors: {1}.', names.length, some)];
}
