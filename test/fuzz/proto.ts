/** ONNX files as trees of protobuf fields, read and written apart from the product's own reader. */
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

export interface Message {
  readonly type: string;
  fields: Field[];
}

export interface Field {
  number: number;
  wire: WireType;
  value: bigint | Uint8Array | Message;
}

/** Fields of onnx.proto that hold a message, by the message they stand in. */
const MESSAGES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  Model: { 7: 'Graph', 8: 'Opset', 14: 'Entry', 25: 'Function' },
  Graph: { 1: 'Node', 5: 'Tensor', 11: 'Value', 12: 'Value', 13: 'Value', 15: 'Sparse', 16: 'Entry' },
  Node: { 5: 'Attribute', 9: 'Entry' },
  Attribute: { 5: 'Tensor', 6: 'Graph', 10: 'Tensor', 11: 'Graph', 14: 'Type', 15: 'Type', 22: 'Sparse' },
  Function: { 7: 'Node', 9: 'Opset', 11: 'Attribute', 12: 'Value' },
  Tensor: { 13: 'Entry' },
  Sparse: { 1: 'Tensor', 2: 'Tensor' },
  Value: { 2: 'Type', 4: 'Entry' },
  Type: { 1: 'TensorType', 4: 'Sequence', 8: 'TensorType', 9: 'Sequence' },
  Sequence: { 1: 'Type' },
  TensorType: { 2: 'Shape' },
  Shape: { 1: 'Dim' },
};

/** Every message type, for putting one where it does not belong. */
export const TYPES = [...new Set(Object.values(MESSAGES).flatMap((m) => Object.values(m)))];

export function parseMessage(bytes: Uint8Array, type = 'Model'): Message {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    fields.push({ number, wire, value: read(reader, wire, MESSAGES[type]?.[number]) });
  }
  return { type, fields };
}

function read(reader: BinaryReader, wire: WireType, type: string | undefined): Field['value'] {
  switch (wire) {
    case WireType.Varint:
      return BigInt(reader.int64());
    case WireType.Bit64:
      return BigInt(reader.fixed64());
    case WireType.Bit32:
      return BigInt(reader.fixed32());
    case WireType.LengthDelimited: {
      const bytes = reader.bytes();
      return (type === undefined ? null : tryMessage(bytes, type)) ?? bytes;
    }
    default:
      throw new Error(`wire type ${wire}`);
  }
}

/** Null for bytes that are no message at all: after some rounds of damage there are such. */
export function tryMessage(bytes: Uint8Array, type: string): Message | null {
  try {
    return parseMessage(bytes, type);
  } catch {
    return null;
  }
}

export function encodeMessage(message: Message, writer = new BinaryWriter()): BinaryWriter {
  for (const { number, wire, value } of message.fields) {
    // What does not fit its wire type goes out as bytes: the reader under test has to bear it.
    if (typeof value === 'bigint') {
      if (wire === WireType.Bit32) writer.tag(number, wire).fixed32(Number(BigInt.asUintN(32, value)));
      else if (wire === WireType.Bit64) writer.tag(number, wire).fixed64(BigInt.asUintN(64, value));
      else writer.tag(number, WireType.Varint).int64(BigInt.asIntN(64, value));
    } else if (value instanceof Uint8Array) {
      writer.tag(number, WireType.LengthDelimited).bytes(value);
    } else {
      writer.tag(number, WireType.LengthDelimited).fork();
      encodeMessage(value, writer).join();
    }
  }
  return writer;
}

/** All messages of a tree, the root first. */
export function* messages(message: Message): Generator<Message> {
  yield message;
  for (const { value } of message.fields) {
    if (typeof value !== 'bigint' && !(value instanceof Uint8Array)) yield* messages(value);
  }
}
