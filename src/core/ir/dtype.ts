import type { DType } from './types';

/** TensorProto.DataType by number. Types we know of but have no name for are `unknown`. */
const NAMES: readonly (DType | undefined)[] = [
  undefined,
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8', // FLOAT8E4M3FN
  'float8', // FLOAT8E4M3FNUZ
  'float8', // FLOAT8E5M2
  'float8', // FLOAT8E5M2FNUZ
  'uint4',
  'int4',
  'unknown', // FLOAT4E2M1
  'float8', // FLOAT8E8M0
  'unknown', // UINT2
  'unknown', // INT2
];

/** `null` for a number that ONNX does not define. */
export const dtypeName = (code: number): DType | null => NAMES[code] ?? null;

/** The type of that very name, of those ONNX numbers. */
export const dtypeNamed = (name: string): DType | undefined => NAMES.find((dtype) => dtype === name);

/** 0, ONNX's undefined, where the name does not tell which: of the 8-bit floats none is claimed. */
export const dtypeCode = (dtype: DType): number =>
  dtype === 'float8' || dtype === 'unknown' ? 0 : NAMES.indexOf(dtype);

const BITS: Readonly<Record<DType, number | null>> = {
  float32: 32,
  float64: 64,
  float16: 16,
  bfloat16: 16,
  int64: 64,
  int32: 32,
  int16: 16,
  int8: 8,
  uint64: 64,
  uint32: 32,
  uint16: 16,
  uint8: 8,
  int4: 4,
  uint4: 4,
  float8: 8,
  bool: 8,
  string: null,
  complex64: 64,
  complex128: 128,
  unknown: null,
};

/** Bytes of `count` elements, half bytes packed; `null` where the element type has no size of its own. */
export function bytesOf(dtype: DType, count: number): number | null {
  const bits = BITS[dtype];
  return bits === null ? null : Math.ceil((count * bits) / 8);
}

const INTEGERS = new Set<DType>(['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8', 'bool']);

export const isInteger = (dtype: DType): boolean => INTEGERS.has(dtype);
