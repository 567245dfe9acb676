import type { DType } from '../../ir/types';

/** Numbers as plain arrays can show them: 64-bit integers stay exact. */
export type Numbers =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

const HALF = new Float32Array(1);
const HALF_BITS = new Uint32Array(HALF.buffer);

/** IEEE 754 half precision. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
export function brainToFloat(bits: number): number {
  HALF_BITS[0] = bits << 16;
  return HALF[0]!;
}

/** Little-endian elements as the file packs them; `null` for types that are no numbers (or that nobody can tell apart). */
export function decodeRaw(dtype: DType, bytes: Uint8Array, count: number): Numbers | null {
  // A copy, because typed arrays must start at a multiple of their element's size and files do not care;
  // not by `slice`, which on Node's Buffer copies nothing.
  const { buffer } = new Uint8Array(bytes);
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer, 0, count);
    case 'complex64':
      return new Float32Array(buffer, 0, 2 * count);
    case 'float64':
      return new Float64Array(buffer, 0, count);
    case 'complex128':
      return new Float64Array(buffer, 0, 2 * count);
    case 'float16':
      return Float32Array.from(new Uint16Array(buffer, 0, count), halfToFloat);
    case 'bfloat16':
      return Float32Array.from(new Uint16Array(buffer, 0, count), brainToFloat);
    case 'int8':
      return new Int8Array(buffer, 0, count);
    case 'uint8':
    case 'bool':
      return new Uint8Array(buffer, 0, count);
    case 'int16':
      return new Int16Array(buffer, 0, count);
    case 'uint16':
      return new Uint16Array(buffer, 0, count);
    case 'int32':
      return new Int32Array(buffer, 0, count);
    case 'uint32':
      return new Uint32Array(buffer, 0, count);
    case 'int64':
      return new BigInt64Array(buffer, 0, count);
    case 'uint64':
      return new BigUint64Array(buffer, 0, count);
    case 'int4':
      return Int8Array.from({ length: count }, (_, i) => (nibble(bytes, i) << 28) >> 28);
    case 'uint4':
      return Uint8Array.from({ length: count }, (_, i) => nibble(bytes, i));
    default:
      return null;
  }
}

/** Two to a byte, the first in the low half. */
const nibble = (bytes: Uint8Array, i: number): number => (bytes[i >> 1]! >> (i & 1 ? 4 : 0)) & 0xf;

/** What one varint of int32_data, int64_data or uint64_data stands for: half floats travel there as their bits. */
export function fromVarint(dtype: DType, value: number | bigint): number | bigint {
  if (dtype === 'float16') return halfToFloat(Number(value) & 0xffff);
  if (dtype === 'bfloat16') return brainToFloat(Number(value) & 0xffff);
  return value;
}

/** Exact values for the IR: 64-bit integers are numbers where that is safe. */
export function plainNumbers(numbers: Numbers): (number | bigint)[] {
  return Array.from<number | bigint, number | bigint>(numbers as ArrayLike<number | bigint>, (value) => {
    if (typeof value === 'number') return value;
    const near = Number(value);
    return Number.isSafeInteger(near) ? near : value;
  });
}
