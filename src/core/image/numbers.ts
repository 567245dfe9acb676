import { decodeFloat16, encodeFloat16 } from './float16';

/** Data of a tensor as the runtime takes it; float16 as its bits, 64-bit whole numbers as such. */
export type NumberData =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

const whole = (value: number): number => (Number.isFinite(value) ? Math.round(value) : 0);
const within = (low: number, high: number) => (value: number) => Math.min(high, Math.max(low, whole(value)));
const large = (value: number): bigint => BigInt(whole(value));

/** Numbers as data of a dtype: rounded and clamped for whole numbers. Null for dtypes that hold no numbers. */
export function packNumbers(values: ArrayLike<number>, dtype: string): NumberData | null {
  switch (dtype) {
    case 'float32':
      return Float32Array.from(values);
    case 'float64':
      return Float64Array.from(values);
    case 'float16':
      return encodeFloat16(values);
    case 'uint8':
      return Uint8Array.from(values, within(0, 255));
    case 'int8':
      return Int8Array.from(values, within(-128, 127));
    case 'uint16':
      return Uint16Array.from(values, within(0, 65535));
    case 'int16':
      return Int16Array.from(values, within(-32768, 32767));
    case 'uint32':
      return Uint32Array.from(values, within(0, 2 ** 32 - 1));
    case 'int32':
      return Int32Array.from(values, within(-(2 ** 31), 2 ** 31 - 1));
    case 'int64':
      return BigInt64Array.from(Array.from(values, large));
    case 'uint64':
      return BigUint64Array.from(Array.from(values, (value) => large(Math.max(0, value))));
    case 'bool':
      return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
    default:
      return null;
  }
}

/** Mulberry32: the same noise on every machine, from 0 up to 1. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Noise for an input: normally distributed (mean 0, deviation 1) where it takes fractions, else zeros and ones. */
export function noise(count: number, dtype: string, seed: number): Float64Array<ArrayBuffer> {
  const next = random(seed);
  const values = new Float64Array(count);
  if (!dtype.startsWith('float')) return values.map(() => (next() < 0.5 ? 0 : 1));
  // Box and Muller 1958
  return values.map(() => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()));
}

/** Numbers of a runtime's tensor as floats: float16 decoded, 64-bit whole numbers as near as can be. Null for texts. */
export function unpackNumbers(data: unknown, dtype: string): Float32Array | Float64Array | null {
  if (data instanceof Float32Array || data instanceof Float64Array) return data;
  if (dtype === 'float16' && data instanceof Uint16Array) return decodeFloat16(data);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float64Array.from(data, Number);
  if (data instanceof Int32Array || data instanceof Uint32Array) return Float64Array.from(data);
  // Float16Array where the engine has it, bytes, flags.
  return ArrayBuffer.isView(data) ? Float32Array.from(data as unknown as ArrayLike<number>) : null;
}
