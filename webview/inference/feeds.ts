import type { Preparation, RunInput, RunSource } from '../../src/protocol/host';
import { integer } from '../ui/numbers';
import type { RunTensor } from '../state/runner';
import type { FeedRequest, InputSpec, WireTensor } from './messages';

export interface Feeds {
  readonly request: FeedRequest;
  readonly notes: readonly string[];
}

/** Extents still open are 1: a batch of one, a sequence of one. */
const closed = (input: RunInput): InputSpec => ({
  name: input.name,
  dtype: input.dtype,
  dims: input.shape.map((extent) => (typeof extent === 'number' && extent >= 0 ? extent : 1)),
});

const sizeText = (dims: readonly number[]): string => (dims.length === 0 ? 'one number' : dims.map(integer).join('×'));

/** The picture goes to the image input, zeros to all others; what the user did not choose is told. */
export function feedsFor(source: RunSource, bytes: Uint8Array | null, preparation: Preparation | null): Feeds {
  const image = preparation && bytes ? (source.inputs.find((input) => input.image) ?? null) : null;
  const zeros = source.inputs.filter((input) => input !== image).map(closed);
  const notes = zeros.map(({ name, dims }) => `Input ${name} (${sizeText(dims)}) is filled with zeros.`);
  const batch = image?.shape.length === 4 ? image.shape[0] : 1;
  const copies = typeof batch === 'number' && batch > 1 ? batch : 1;
  if (copies > 1) notes.push(`The model wants ${copies} pictures at once: it gets the same one ${copies} times.`);
  if (!image || !bytes || !preparation) return { request: { image: null, zeros }, notes };
  return {
    request: { image: { input: image.name, rank: image.shape.length, copies, bytes, preparation }, zeros },
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
  return [`The runtime can’t give out ${names.length} of the tensors: ${some}.`];
}
