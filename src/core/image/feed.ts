/** Inputs of a net as a runtime takes them: a prepared picture, an array, or numbers nobody chose. */
import { t } from '../l10n/l10n';
import { readNpy, type NpyArray } from './npy';
import { noise, packNumbers, type NumberData } from './numbers';
import type { Picture } from './picture';
import { prepare } from './prepare';
import type { Preparation } from './preparation';
import type { TensorData } from './tensor';
import { pictureOf } from './unprepare';

/** What an input that takes no picture is filled with; the protocol's `Filling`, as this folder imports nothing of ours. */
export type Filling =
  | { readonly kind: 'zeros' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'noise'; readonly seed: number }
  | { readonly kind: 'file'; readonly name: string; readonly bytes: Uint8Array };

export interface InputSpec {
  readonly name: string;
  readonly dtype: string;
  /** Null where an extent is open: a file decides, else it is 1. */
  readonly dims: readonly (number | null)[];
  readonly filling: Filling;
}

export interface PictureSpec {
  readonly name: string;
  readonly dims: readonly (number | null)[];
  /** How often the picture is repeated along the batch. */
  readonly copies: number;
  readonly preparation: Preparation;
}

/** The numbers of one input; texts are all empty. */
export interface FedTensor {
  readonly dtype: string;
  readonly dims: readonly number[];
  readonly data: NumberData | TensorData | string[];
}

export interface FedPicture {
  /** The picture as the net gets it. */
  readonly picture: Picture;
  readonly tensor: FedTensor & { readonly data: NumberData | TensorData };
}

const SEED = 1;

/** Without a picture, noise makes a net do something; beside one, zeros are what a state begins with. */
export const defaultFilling = (dtype: string, besidePicture: boolean): Filling =>
  !besidePicture && dtype.startsWith('float') ? { kind: 'noise', seed: SEED } : { kind: 'zeros' };

const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);
const size = (dims: readonly (number | null)[]): string =>
  dims.map((extent) => extent ?? '?').join('×') || t('one number');

/** Extents of an array that fit what an input takes: its own, or the same numbers with ones in front. Throws where none do. */
function fitted(array: NpyArray, name: string, wanted: readonly (number | null)[]): readonly number[] {
  const fits = (dims: readonly number[]): boolean =>
    dims.length === wanted.length && dims.every((extent, at) => wanted[at] === null || wanted[at] === extent);
  if (fits(array.dims)) return array.dims;
  const ones = new Array<number>(Math.max(0, wanted.length - array.dims.length)).fill(1);
  const padded = [...ones, ...array.dims];
  if (fits(padded)) return padded;
  throw new Error(t('The array is {0}, and the input {1} takes {2}.', size(array.dims), name, size(wanted)));
}

/** An input that no picture fills. Throws where its type holds no numbers, or where an array does not fit. */
export function filledInput({ name, dtype, dims, filling }: InputSpec): FedTensor {
  const closed = dims.map((extent) => extent ?? 1);
  const count = product(closed);
  if (dtype === 'string') return { dtype, data: new Array<string>(count).fill(''), dims: closed };
  const packed = (values: ArrayLike<number>, shape: readonly number[]): FedTensor => {
    const data = packNumbers(values, dtype);
    if (!data) throw new Error(t('The input {0} holds {1}, which can’t be filled here.', name, dtype));
    return { dtype, data, dims: shape };
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

/** An array of NumPy in the place of a picture: numbers that are ready for the net, so nothing is prepared any more. */
export function arrayInput(bytes: Uint8Array, { name, dims, preparation }: PictureSpec): FedPicture {
  const array = readNpy(bytes);
  const shape = fitted(array, name, dims);
  const data = packNumbers(array.values, preparation.dtype);
  if (!data) throw new Error(t('The input {0} holds {1}, which an array can’t fill.', name, preparation.dtype));
  return {
    picture: pictureOf(array.values, shape, preparation),
    tensor: { dtype: preparation.dtype, data, dims: shape },
  };
}

function repeat<T extends TensorData>(data: T, copies: number): T {
  const all = new (data.constructor as new (length: number) => T)(data.length * copies);
  for (let copy = 0; copy < copies; copy++) all.set(data, copy * data.length);
  return all;
}

/** A decoded picture as the input wants it. */
export function pictureInput(decoded: Picture, { dims, copies, preparation }: PictureSpec): FedPicture {
  const { picture, tensor } = prepare(decoded, preparation);
  const rank = dims.length;
  const shape = rank === tensor.dims.length ? [copies, ...tensor.dims.slice(1)] : tensor.dims.slice(-rank);
  const data = copies === 1 ? tensor.data : repeat(tensor.data, copies);
  return { picture, tensor: { dtype: tensor.dtype, data, dims: shape } };
}

/** How many pictures an input of this shape takes at once: 1 where the batch is open. */
export function picturesAtOnce(shape: readonly unknown[]): number {
  const batch = shape.length === 4 ? shape[0] : 1;
  return typeof batch === 'number' && batch > 1 ? batch : 1;
}
