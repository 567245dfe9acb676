import { t } from '../l10n/l10n';
import { fromFloat16 } from './float16';

/** A file that is no `.npy`, or one that can't be read here; the message is meant for people. */
export class NpyError extends Error {
  override readonly name = 'NpyError';
}

/** An array of NumPy, row by row whatever its order in the file. Whole numbers are exact up to 2⁵³. */
export interface NpyArray {
  readonly dtype: string;
  readonly dims: readonly number[];
  readonly values: Float64Array<ArrayBuffer>;
}

const MAGIC = '\x93NUMPY';
const MOST_VALUES = 2 ** 28;
const MOST_AXES = 32;

type Read = (view: DataView, at: number, little: boolean) => number;

interface Kind {
  readonly dtype: string;
  readonly size: number;
  readonly read: Read;
}

const big = (value: bigint): number => {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new NpyError(t('The array holds {0}, more than can be kept exactly.', String(value)));
  return number;
};

const KINDS: Readonly<Record<string, Kind>> = {
  f2: { dtype: 'float16', size: 2, read: (view, at, little) => fromFloat16(view.getUint16(at, little)) },
  f4: { dtype: 'float32', size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { dtype: 'float64', size: 8, read: (view, at, little) => view.getFloat64(at, little) },
  i1: { dtype: 'int8', size: 1, read: (view, at) => view.getInt8(at) },
  i2: { dtype: 'int16', size: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { dtype: 'int32', size: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: { dtype: 'int64', size: 8, read: (view, at, little) => big(view.getBigInt64(at, little)) },
  u1: { dtype: 'uint8', size: 1, read: (view, at) => view.getUint8(at) },
  u2: { dtype: 'uint16', size: 2, read: (view, at, little) => view.getUint16(at, little) },
  u4: { dtype: 'uint32', size: 4, read: (view, at, little) => view.getUint32(at, little) },
  u8: { dtype: 'uint64', size: 8, read: (view, at, little) => big(view.getBigUint64(at, little)) },
  b1: { dtype: 'bool', size: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
};

export const isNpy = (bytes: Uint8Array): boolean =>
  bytes.length > 10 && Array.from(MAGIC).every((letter, at) => bytes[at] === letter.charCodeAt(0));

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly dims: readonly number[];
  readonly start: number;
}

/** The header is a Python dictionary of three known entries; nothing of it is evaluated. */
function headerOf(bytes: Uint8Array, view: DataView): Header {
  const wide = bytes[6]! >= 2;
  const from = wide ? 12 : 10;
  if (bytes.length < from) throw new NpyError(t('The .npy file ends within its header.'));
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (from + length > bytes.length) throw new NpyError(t('The .npy file ends within its header.'));
  const text = new TextDecoder().decode(bytes.subarray(from, from + length));
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (order === undefined || shape === undefined) throw new NpyError(t('The header of the .npy file can’t be read.'));
  if (descr === undefined) throw new NpyError(t('The array has fields of several types, which no input takes.'));
  const dims = shape
    .split(',')
    .map((part) => part.replace('L', '').trim())
    .filter((part) => part !== '')
    .map(Number);
  if (!dims.every(Number.isSafeInteger)) throw new NpyError(t('The header of the .npy file can’t be read.'));
  if (dims.length > MOST_AXES) throw new NpyError(t('An array of {0} axes is not read here.', dims.length));
  return { descr, fortran: order === 'True', dims, start: from + length };
}

/** Calls with the place, in a file that counts the first axis fastest, of each element row by row. */
function eachByRows(dims: readonly number[], use: (place: number, index: number) => void): void {
  const steps: number[] = [];
  let count = 1;
  for (const extent of dims) {
    steps.push(count);
    count *= extent;
  }
  const at = dims.map(() => 0);
  for (let index = 0, place = 0; index < count; index++) {
    use(place, index);
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      place += steps[axis]!;
      if (++at[axis]! < dims[axis]!) break;
      place -= steps[axis]! * dims[axis]!;
      at[axis] = 0;
    }
  }
}

/** Reads NumPy's format, versions 1 to 3 (numpy.lib.format). Throws an NpyError that says what is wrong. */
export function readNpy(bytes: Uint8Array): NpyArray {
  if (!isNpy(bytes)) throw new NpyError(t('The file is no .npy array.'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { descr, fortran, dims, start } = headerOf(bytes, view);
  const kind = KINDS[descr.slice(1)];
  if (!kind) throw new NpyError(t('Arrays of NumPy’s type {0} can’t be fed to a net.', descr));
  // No extent times infinity: an axis without extent makes the array empty, however long the others are.
  const count = dims.includes(0) ? 0 : dims.reduce((all, extent) => all * extent, 1);
  if (count > MOST_VALUES)
    throw new NpyError(t('An array of {0} has too many values to be read here.', dims.join('×')));
  if (start + count * kind.size > bytes.length) throw new NpyError(t('The .npy file ends before its last value.'));
  const values = new Float64Array(count);
  const little = !descr.startsWith('>');
  const take = (place: number, index: number): void => {
    values[index] = kind.read(view, start + place * kind.size, little);
  };
  if (fortran && dims.length > 1 && count > 0) eachByRows(dims, take);
  else for (let index = 0; index < count; index++) take(index, index);
  return { dtype: kind.dtype, dims, values };
}
