import type { DType } from '../ir/types';

/** ONNX's TensorProto.DataType, by number; types without a place in the IR are unknown. */
const byNumber: readonly DType[] = [
  'unknown',
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
  'float8',
  'float8',
  'float8',
  'float8',
  'uint4',
  'int4',
  'unknown',
  'float8',
];

/** The element type an attribute such as Cast's `to` means. */
export const elementType = (number: number | undefined): DType => byNumber[number ?? 0] ?? 'unknown';
