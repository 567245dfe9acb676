/** Inputs as the runtime takes them; runs in the worker. */
import * as ort from 'ort';
import {
  decodable,
  decodePicture,
  isNpy,
  noise,
  packNumbers,
  pictureOf,
  PictureError,
  prepare,
  readNpy,
  sniffPicture,
  type NpyArray,
  type NumberData,
  type Picture,
  type TensorData,
} from '../../src/core/image';
import type { FeedRequest, InputSpec } from './messages';

const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);
const size = (dims: readonly (number | null)[]): string =>
  dims.map((extent) => extent ?? '?').join('×') || 'one number';

/** The types of a tensor and its data belong together; both come from the dtype. */
const tensor = (dtype: string, data: NumberData | TensorData, dims: readonly number[]): ort.Tensor =>
  new ort.Tensor(dtype as 'float32', data as Float32Array, dims);

/** Extents of an array that fit what an input takes: its own, or the same numbers with ones in front. */
function fitted(array: NpyArray, name: string, wanted: readonly (number | null)[]): readonly number[] {
  const fits = (dims: readonly number[]): boolean =>
    dims.length === wanted.length && dims.every((extent, at) => wanted[at] === null || wanted[at] === extent);
  if (fits(array.dims)) return array.dims;
  const ones = new Array<number>(Math.max(0, wanted.length - array.dims.length)).fill(1);
  const padded = [...ones, ...array.dims];
  if (fits(padded)) return padded;
  throw new Error(`The array is ${size(array.dims)}, and the input ${name} takes ${size(wanted)}.`);
}

function filled({ name, dtype, dims, filling }: InputSpec): ort.Tensor {
  const closed = dims.map((extent) => extent ?? 1);
  const count = product(closed);
  if (dtype === 'string') return new ort.Tensor('string', new Array<string>(count).fill(''), closed);
  const packed = (values: ArrayLike<number>, shape: readonly number[]): ort.Tensor => {
    const data = packNumbers(values, dtype);
    if (!data) throw new Error(`The input ${name} holds ${dtype}, which can’t be filled here.`);
    return tensor(dtype, data, shape);
  };
  switch (filling.kind) {
    case 'zeros':
      return packed(new Float64Array(count), closed);
    case 'constant':
      return packed(new Float64Array(count).fill(filling.value), closed);
    case 'noise':
      return packed(noise(count, dtype, filling.seed), closed);
    case 'file': {
      const array = readNpy(filling.bytes);
      return packed(array.values, fitted(array, name, dims));
    }
  }
}

/** PNG and JPEG by our own code, the same on every machine; what else a browser can show, by the browser. */
async function decode(bytes: Uint8Array): Promise<Picture> {
  if (decodable(sniffPicture(bytes))) return decodePicture(bytes);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch {
    throw new PictureError('The file is not a picture this browser can show.');
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new PictureError('The browser gives no canvas to decode this picture on.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

function repeat<T extends TensorData>(data: T, copies: number): T {
  const all = new (data.constructor as new (length: number) => T)(data.length * copies);
  for (let copy = 0; copy < copies; copy++) all.set(data, copy * data.length);
  return all;
}

interface Ready {
  readonly picture: Picture;
  readonly tensor: ort.Tensor;
}

async function imageInput(image: NonNullable<FeedRequest['image']>): Promise<Ready> {
  const { input, dims, copies, bytes, preparation } = image;
  if (isNpy(bytes)) {
    // Numbers that are ready for the net: nothing is prepared any more.
    const array = readNpy(bytes);
    const shape = fitted(array, input, dims);
    const data = packNumbers(array.values, preparation.dtype);
    if (!data) throw new Error(`The input ${input} holds ${preparation.dtype}, which an array can’t fill.`);
    return { picture: pictureOf(array.values, shape, preparation), tensor: tensor(preparation.dtype, data, shape) };
  }
  const { picture, tensor: own } = prepare(await decode(bytes), preparation);
  const rank = dims.length;
  const shape = rank === own.dims.length ? [copies, ...own.dims.slice(1)] : own.dims.slice(-rank);
  const data = copies === 1 ? own.data : repeat(own.data, copies);
  return { picture, tensor: tensor(own.dtype, data, shape) };
}

/** Everything a run of the model takes, and the picture as the net gets it. */
export async function feedsOf(
  request: FeedRequest,
): Promise<{ readonly picture: Picture | null; readonly feeds: Record<string, ort.Tensor> }> {
  const feeds = Object.fromEntries(request.others.map((input) => [input.name, filled(input)]));
  if (!request.image) return { picture: null, feeds };
  const { picture, tensor: own } = await imageInput(request.image);
  return { picture, feeds: { ...feeds, [request.image.input]: own } };
}
