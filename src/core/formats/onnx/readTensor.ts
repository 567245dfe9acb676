import { Malformed, type Reading } from '../../bytes/cursor';
import { FIXED32, FIXED64, LENGTH, exact } from '../../bytes/wire';
import { t } from '../../l10n/l10n';
import { MOST_STRINGS, LONGEST_LIST, TINY_INTEGERS, TINY_TENSOR } from '../limits';
import { bytesOf, dtypeName, isInteger } from '../../ir/dtype';
import { decodeRaw, fromVarint, plainNumbers } from './elements';
import type { PackedRun, RawSparse, RawTensor, TypedField } from './messages';
import type { Reader } from './reader';

const DOUBLE = new Float64Array(1);
const DOUBLE_BITS = new Uint32Array(DOUBLE.buffer);

const TYPED: Readonly<Record<number, TypedField>> = {
  4: 'float_data',
  5: 'int32_data',
  7: 'int64_data',
  10: 'double_data',
  11: 'uint64_data',
};

export const emptyTensor = (start: number, end: number): RawTensor => ({
  span: { start, end },
  name: '',
  dtype: 0,
  dims: [],
  raw: null,
  packed: [],
  loose: [],
  strings: [],
  external: false,
  externalData: [],
  values: null,
});

/** TensorProto. Payloads are stepped over; tiny ones are fetched as numbers. */
export function* readTensor(reader: Reader, tensor: RawTensor, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    const field = cursor.header(end);
    switch (field) {
      case 1:
        yield* reader.exactInts(tensor.dims);
        break;
      case 2:
        tensor.dtype = reader.int();
        break;
      case 4:
      case 5:
      case 7:
      case 10:
      case 11:
        typedData(reader, tensor, TYPED[field]!);
        break;
      case 6: {
        const text = reader.quickText() ?? (yield* reader.text());
        if (tensor.strings.length < MOST_STRINGS) tensor.strings.push(text);
        break;
      }
      case 8:
        tensor.name = reader.quickText() ?? (yield* reader.text());
        break;
      case 9:
        if (cursor.wire !== LENGTH) throw new Malformed(cursor.fieldStart, t('raw_data holds no bytes'));
        tensor.raw = { start: cursor.pos, end: cursor.stop };
        // The name may not have come yet, but this is where truncated files end most often.
        reader.where.push('raw_data');
        cursor.skip();
        reader.where.pop();
        break;
      case 13:
        yield* reader.entry(tensor.externalData);
        break;
      case 14:
        tensor.external = reader.int() === 1;
        break;
      default:
        cursor.skip();
    }
  }
  if (tensor.external) reader.external.push(tensor);
  else yield* inlineTiny(reader, tensor);
}

function typedData(reader: Reader, tensor: RawTensor, field: TypedField): void {
  const { cursor } = reader;
  if (cursor.wire === LENGTH) {
    tensor.packed.push({ field, span: { start: cursor.pos, end: cursor.stop } });
    reader.where.push(field);
    cursor.skip();
    reader.where.pop();
    return;
  }
  if (tensor.loose.length >= LONGEST_LIST) return;
  if (cursor.wire === FIXED32) tensor.loose.push(reader.float());
  else if (cursor.wire === FIXED64) {
    DOUBLE_BITS[0] = cursor.low;
    DOUBLE_BITS[1] = cursor.high;
    tensor.loose.push(DOUBLE[0]!);
  } else tensor.loose.push(fromVarint(dtypeName(tensor.dtype) ?? 'unknown', exact(cursor.low, cursor.high)));
}

/** Elements the dimensions promise; `null` when they promise nonsense. */
export function elementCount(dims: readonly (number | bigint)[]): number | null {
  let count = 1;
  for (const dim of dims) {
    if (typeof dim !== 'number' || dim < 0) return null;
    count *= dim;
  }
  return Number.isSafeInteger(count) ? count : null;
}

function* inlineTiny(reader: Reader, tensor: RawTensor): Reading<void> {
  const dtype = dtypeName(tensor.dtype);
  const count = elementCount(tensor.dims);
  if (dtype === null || count === null || count > (isInteger(dtype) ? TINY_INTEGERS : TINY_TENSOR)) return;
  const { cursor } = reader;
  const back = cursor.pos;
  if (tensor.raw) {
    const length = bytesOf(dtype, count);
    if (length === null || tensor.raw.end - tensor.raw.start < length) return;
    cursor.pos = tensor.raw.start;
    yield* cursor.need(length);
    const numbers = decodeRaw(dtype, cursor.take(length), count);
    if (numbers) tensor.values = plainNumbers(numbers);
  } else if (tensor.packed.length) {
    const values: (number | bigint)[] = [];
    for (const run of tensor.packed) yield* unpack(reader, tensor, run, count, values);
    if (values.length === count) tensor.values = values;
  }
  cursor.pos = back;
}

function* unpack(
  reader: Reader,
  tensor: RawTensor,
  { field, span }: PackedRun,
  count: number,
  values: (number | bigint)[],
): Reading<void> {
  const { cursor } = reader;
  const dtype = dtypeName(tensor.dtype) ?? 'unknown';
  cursor.pos = span.start;
  if (field === 'float_data' || field === 'double_data') {
    const width = field === 'float_data' ? 4 : 8;
    const length = Math.min(span.end - span.start, count * width);
    yield* cursor.need(length);
    const whole = Math.floor(length / width);
    const numbers = decodeRaw(width === 4 ? 'float32' : 'float64', cursor.take(length), whole);
    if (numbers) values.push(...plainNumbers(numbers));
    return;
  }
  while (cursor.pos < span.end && values.length < count) {
    yield* cursor.varint(span.end);
    values.push(fromVarint(dtype, exact(cursor.low, cursor.high, field !== 'uint64_data')));
  }
}

/** SparseTensorProto: its shape and its values' name are enough to draw and size it. */
export function* readSparse(reader: Reader, sparse: RawSparse, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1: {
        const tensor = emptyTensor(cursor.fieldStart, cursor.stop);
        sparse.values = tensor;
        yield* reader.part('values', (stop) => readTensor(reader, tensor, stop));
        break;
      }
      case 3:
        yield* reader.exactInts(sparse.dims);
        break;
      default:
        cursor.skip();
    }
  }
}
