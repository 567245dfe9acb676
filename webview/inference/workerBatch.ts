/** Several pictures in one go; runs in the worker and leaves what is fed for the picture in view alone. */
import * as ort from 'ort';
import { unpackNumbers } from '../../src/core/image';
import { t } from '../../src/core/l10n/l10n';
import type { BatchReply, BatchRequest, WireTensor } from './messages';
import { feedsOf } from './workerFeeds';

type Feeds = Record<string, ort.Tensor>;
type Cells = Float32Array<ArrayBuffer>;

/** One behind another along the first axis. Throws where the pictures have come out in different sizes. */
function joined(tensors: readonly ort.Tensor[]): ort.Tensor {
  const [first] = tensors as readonly [ort.Tensor];
  const size = first.data.length;
  if (tensors.some((tensor) => tensor.data.length !== size)) throw new Error(t('The pictures differ in size.'));
  // Whatever array it is, all are alike: they come from one preparation.
  const data = new (first.data.constructor as new (length: number) => Cells)(size * tensors.length);
  tensors.forEach((tensor, i) => data.set(tensor.data as Cells, i * size));
  return new ort.Tensor(first.type as 'float32', data, [tensors.length, ...first.dims.slice(1)]);
}

const numbersOf = (tensor: ort.Tensor): WireTensor['data'] => {
  const data = unpackNumbers(tensor.data, tensor.type);
  if (!data) throw new Error(t('An output holds no numbers.'));
  return data;
};

/** The part of an output that belongs to one of so many pictures. */
function partOf(name: string, tensor: ort.Tensor, at: number, count: number): WireTensor {
  const [batch, ...rest] = tensor.dims;
  if (batch !== count) throw new Error(t('{0} has no part for each of the pictures.', name));
  const data = numbersOf(tensor);
  const size = data.length / count;
  return { name, dims: [1, ...rest], dtype: tensor.type, data: data.slice(at * size, (at + 1) * size) };
}

/** Throws what the runtime throws, and where the model gives one answer for all. */
export async function runBatch(
  session: ort.InferenceSession,
  { requests, fetch, together }: BatchRequest,
): Promise<BatchReply> {
  const fed: Feeds[] = [];
  for (const request of requests) fed.push((await feedsOf(request)).feeds);
  const image = requests[0]?.image?.name;
  if (together && image !== undefined) {
    const feeds = { ...fed[0], [image]: joined(fed.map((one) => one[image]!)) };
    const started = performance.now();
    const results = await session.run(feeds, [...fetch]);
    const ms = performance.now() - started;
    const replies = fed.map((_, i) => ({
      tensors: fetch.map((name) => partOf(name, results[name]!, i, fed.length)),
      ms: ms / fed.length,
    }));
    return { replies, ms };
  }
  const replies: BatchReply['replies'][number][] = [];
  for (const feeds of fed) {
    const started = performance.now();
    const results = await session.run(feeds, [...fetch]);
    const ms = performance.now() - started;
    const tensors = fetch.map((name): WireTensor => {
      const tensor = results[name]!;
      return { name, dims: tensor.dims, dtype: tensor.type, data: numbersOf(tensor) };
    });
    replies.push({ tensors, ms });
  }
  return { replies, ms: replies.reduce((sum, { ms }) => sum + ms, 0) };
}
