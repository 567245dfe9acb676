import type { DType } from '../../ir/types';

/** TensorProto.DataType; 0 is undefined. Of the four 8-bit floats the model does not know which: none is claimed. */
const CODES: Readonly<Record<DType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
  uint64: 13,
  complex64: 14,
  complex128: 15,
  bfloat16: 16,
  uint4: 21,
  int4: 22,
  float8: 0,
  unknown: 0,
};

export const dtypeCode = (dtype: DType): number => CODES[dtype];
