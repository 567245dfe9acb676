import { fromFloat16 } from '../../src/core/image';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A small tensor of ONNX's test data, read with the reference wire reader instead of our own. */
export interface StoredTensor {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  /** Elements of integer tensors and of small floats. */
  readonly values: readonly number[];
}

const readers: Readonly<Record<number, readonly [number, (view: DataView, at: number) => number]>> = {
  1: [4, (v, at) => v.getFloat32(at, true)],
  2: [1, (v, at) => v.getUint8(at)],
  3: [1, (v, at) => v.getInt8(at)],
  4: [2, (v, at) => v.getUint16(at, true)],
  5: [2, (v, at) => v.getInt16(at, true)],
  6: [4, (v, at) => v.getInt32(at, true)],
  7: [8, (v, at) => Number(v.getBigInt64(at, true))],
  9: [1, (v, at) => v.getUint8(at)],
  10: [2, (v, at) => fromFloat16(v.getUint16(at, true))],
  11: [8, (v, at) => v.getFloat64(at, true)],
  12: [4, (v, at) => v.getUint32(at, true)],
  13: [8, (v, at) => Number(v.getBigUint64(at, true))],
};

function rawValues(type: number, raw: Uint8Array): readonly number[] {
  const reader = readers[type];
  if (!reader) return [];
  const [size, get] = reader;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  return Array.from({ length: raw.byteLength / size }, (_, i) => get(view, i * size));
}

/** TensorProto. */
export function readTensorProto(bytes: Uint8Array): StoredTensor {
  const reader = new BinaryReader(bytes);
  const dims: number[] = [];
  let values: number[] = [];
  let [name, type] = ['', 0];
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const packed = (read: () => number): number[] => {
      if (wire !== WireType.LengthDelimited) return [read()];
      const end = reader.uint32() + reader.pos;
      const list: number[] = [];
      while (reader.pos < end) list.push(read());
      return list;
    };
    if (field === 1) dims.push(...packed(() => Number(reader.int64())));
    else if (field === 2) type = reader.int32();
    else if (field === 4) values.push(...packed(() => reader.float()));
    else if (field === 5) values.push(...packed(() => reader.int32()));
    else if (field === 7) values.push(...packed(() => Number(reader.int64())));
    else if (field === 8) name = reader.string();
    else if (field === 9) values = [...rawValues(type, reader.bytes())];
    else reader.skip(wire);
  }
  return { name, type, dims, values };
}
