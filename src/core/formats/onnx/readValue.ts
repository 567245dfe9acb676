import type { Reading } from '../../bytes/cursor';
import { exact } from '../../bytes/wire';
import type { RawDim, RawType, RawValue } from './messages';
import type { Reader } from './reader';

/** ValueInfoProto. */
export function* readValue(reader: Reader, value: RawValue, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        value.name = reader.quickText() ?? (yield* reader.text());
        break;
      case 2: {
        const type: RawType = { container: null, dtype: 0, shape: null };
        value.type = type;
        yield* reader.part('type', (stop) => readType(reader, type, stop));
        break;
      }
      default:
        cursor.skip();
    }
  }
}

const CONTAINERS: Readonly<Record<number, NonNullable<RawType['container']>>> = {
  4: 'sequence',
  5: 'map',
  8: 'sparse',
  9: 'optional',
};

/** TypeProto. What containers contain is not looked at: they are drawn and named, never sized. */
function* readType(reader: Reader, type: RawType, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    const field = cursor.header(end);
    if (field === 1 || field === 8) {
      if (field === 8) type.container = 'sparse';
      yield* reader.part('tensor_type', (stop) => readTensorType(reader, type, stop));
      continue;
    }
    type.container = CONTAINERS[field] ?? type.container;
    cursor.skip();
  }
}

function* readTensorType(reader: Reader, type: RawType, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        type.dtype = reader.int();
        break;
      case 2: {
        const shape: RawDim[] = [];
        type.shape = shape;
        yield* reader.part('shape', (stop) => readShape(reader, shape, stop));
        break;
      }
      default:
        cursor.skip();
    }
  }
}

/** TensorShapeProto. */
function* readShape(reader: Reader, shape: RawDim[], end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    if (cursor.header(end) === 1) {
      const at = shape.push('') - 1;
      yield* reader.part('dim', (stop) => readDim(reader, shape, at, stop));
    } else cursor.skip();
  }
}

function* readDim(reader: Reader, shape: RawDim[], at: number, end: number): Reading<void> {
  const { cursor } = reader;
  while (cursor.pos < end) {
    if (!cursor.ready) yield* cursor.ahead();
    switch (cursor.header(end)) {
      case 1:
        reader.int();
        shape[at] = exact(cursor.low, cursor.high);
        break;
      case 2:
        shape[at] = yield* reader.text();
        break;
      default:
        cursor.skip();
    }
  }
}
