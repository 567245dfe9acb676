import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { GraphBuilder } from '../../src/core/ir/builder';
import { symbol, type Dim } from '../../src/core/ir/dim';
import type { Attr, Constant, DType, Graph, Model, ModelFunction, TensorType } from '../../src/core/ir/types';

/**
 * ONNX read the plain way, whole and with the reference wire reader: a second witness beside the product's own lazy reader.
 * Knows what well-formed files hold, and nothing of damaged ones.
 */

/** Element types by number, written down apart from the product's: a witness shares nothing with whom it watches. */
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

const elementType = (number: number): DType => byNumber[number] ?? 'unknown';

interface Field {
  readonly number: number;
  readonly wire: WireType;
  readonly bytes: Uint8Array;
  readonly int: number;
  readonly float: number;
}

const noBytes = new Uint8Array(0);

function fieldsOf(bytes: Uint8Array): readonly Field[] {
  const reader = new BinaryReader(bytes);
  const fields: Field[] = [];
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const field: { -readonly [K in keyof Field]: Field[K] } = { number, wire, bytes: noBytes, int: 0, float: 0 };
    if (wire === WireType.LengthDelimited) field.bytes = reader.bytes();
    else if (wire === WireType.Varint) field.int = Number(reader.int64());
    else if (wire === WireType.Bit32) field.float = reader.float();
    else reader.skip(wire);
    fields.push(field);
  }
  return fields;
}

const decoder = new TextDecoder();
const text = (field: Field | undefined): string => decoder.decode(field?.bytes);
const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Repeated numbers come packed or one by one. */
function ints(fields: readonly Field[]): readonly number[] {
  return fields.flatMap(({ wire, int, bytes }) => {
    if (wire === WireType.Varint) return [int];
    const reader = new BinaryReader(bytes);
    const list: number[] = [];
    while (reader.pos < reader.len) list.push(Number(reader.int64()));
    return list;
  });
}

function floats(fields: readonly Field[]): readonly number[] {
  return fields.flatMap(({ wire, float, bytes }) =>
    wire === WireType.Bit32
      ? [float]
      : Array.from({ length: bytes.length / 4 }, (_, i) => view(bytes).getFloat32(4 * i, true)),
  );
}

class Message {
  constructor(private readonly fields: readonly Field[]) {}
  all(number: number): readonly Field[] {
    return this.fields.filter((f) => f.number === number);
  }
  parts(number: number): readonly Message[] {
    return this.all(number).map((f) => messageOf(f.bytes));
  }
  text(number: number): string {
    return text(this.all(number).at(-1));
  }
  texts(number: number): readonly string[] {
    return this.all(number).map(text);
  }
  int(number: number): number {
    return this.all(number).at(-1)?.int ?? 0;
  }
}

const messageOf = (bytes: Uint8Array): Message => new Message(fieldsOf(bytes));

/** As many elements as shapes and limits have. */
const mostKept = 1024;

function rawElements(dtype: string, raw: Uint8Array, count: number): readonly number[] {
  const at = view(raw);
  const each = (get: (i: number) => number): readonly number[] => Array.from({ length: count }, (_, i) => get(i));
  if (dtype === 'int64') return each((i) => Number(at.getBigInt64(8 * i, true)));
  if (dtype === 'int32') return each((i) => at.getInt32(4 * i, true));
  if (dtype === 'float32') return each((i) => at.getFloat32(4 * i, true));
  if (dtype === 'float64') return each((i) => at.getFloat64(8 * i, true));
  return dtype === 'bool' || dtype === 'uint8' ? [...raw] : [];
}

/** TensorProto. */
function tensor(message: Message): { readonly name: string; readonly constant: Constant } {
  const shape = ints(message.all(1));
  const dtype = elementType(message.int(2));
  const count = shape.reduce((p, d) => p * d, 1);
  const raw = message.all(9).at(-1)?.bytes;
  const isKept = count <= mostKept && message.int(14) !== 1;
  const typed = [...floats(message.all(4)), ...ints(message.all(5)), ...ints(message.all(7))];
  const values = !isKept ? [] : raw ? rawElements(dtype, raw, count) : typed;
  const elements: Constant['elements'] =
    isKept && values.length === count ? { kind: 'inline', values } : { kind: 'missing', reason: 'not read' };
  return { name: message.text(8), constant: { dtype, shape, elements } };
}

function dimension(message: Message): Dim {
  if (message.all(2).length) return symbol(message.text(2));
  return message.all(1).length ? message.int(1) : null;
}

/** TypeProto. */
function typeOf(message: Message): TensorType | null {
  const [tensorType] = message.parts(1);
  if (tensorType) {
    const [shape] = tensorType.parts(2);
    return { dtype: elementType(tensorType.int(1)), shape: shape ? shape.parts(1).map(dimension) : null };
  }
  if (message.all(4).length) return { dtype: 'unknown', shape: null, container: 'sequence' };
  return message.all(9).length ? { dtype: 'unknown', shape: null, container: 'optional' } : null;
}

type Typed = readonly [name: string, type: TensorType | null];
const valueInfo = (message: Message): Typed => [message.text(1), message.parts(2).map(typeOf)[0] ?? null];

/** Files before IR 3 do not say an attribute's type: the field that is there does. */
function attributeType(message: Message): number {
  const fieldOfType = [2, 3, 4, 5, 6, 7, 8, 9];
  return message.int(20) || fieldOfType.findIndex((field) => message.all(field).length > 0) + 1;
}

/** AttributeProto; `known` says which tensors a graph inside may capture. */
function attribute(message: Message, known: (name: string) => boolean): readonly [string, Attr] {
  const name = message.text(1);
  const attr = (): Attr => {
    switch (attributeType(message)) {
      case 1:
        return { kind: 'float', value: message.all(2).at(-1)?.float ?? 0 };
      case 2:
        return { kind: 'int', value: message.int(3) };
      case 3:
        return { kind: 'string', value: message.text(4) };
      case 4:
        return { kind: 'tensor', value: tensor(message.parts(5)[0] ?? new Message([])).constant };
      case 5:
        return { kind: 'graph', value: graph(message.parts(6)[0] ?? new Message([]), known) };
      case 6:
        return { kind: 'floats', value: floats(message.all(7)) };
      case 7:
        return { kind: 'ints', value: ints(message.all(8)) };
      case 8:
        return { kind: 'strings', value: message.texts(9) };
      default:
        return { kind: 'other', value: message.text(21) };
    }
  };
  return [name, attr()];
}

function addNodes(builder: GraphBuilder, nodes: readonly Message[], known: (name: string) => boolean): void {
  for (const node of nodes) {
    builder.node({
      name: node.text(3),
      op: node.text(4),
      domain: node.text(7),
      inputs: node.texts(1),
      outputs: node.texts(2),
      attrs: new Map(node.parts(5).map((a) => attribute(a, known))),
    });
  }
}

/** GraphProto. */
function graph(message: Message, enclosing: ((name: string) => boolean) | null): Graph {
  const [nodes, inputs] = [message.parts(1), message.parts(11).map(valueInfo)];
  const constants = message.parts(5).map(tensor);
  const own = new Set([
    ...nodes.flatMap((n) => n.texts(2)),
    ...inputs.map(([name]) => name),
    ...constants.map((c) => c.name),
  ]);
  const builder = new GraphBuilder(enclosing ? { enclosing } : {});
  for (const [name, type] of inputs) builder.input(name, type);
  for (const { name, constant } of constants) builder.constant(name, constant, null);
  addNodes(builder, nodes, (name) => own.has(name) || enclosing?.(name) === true);
  for (const [name, type] of message.parts(12).map(valueInfo)) builder.output(name, type);
  for (const [name, type] of message.parts(13).map(valueInfo)) builder.declare(name, type);
  return builder.build().graph;
}

const opsetsOf = (messages: readonly Message[]): ReadonlyMap<string, number> =>
  new Map(messages.map((m) => [m.text(1) || 'ai.onnx', m.int(2)]));

/** FunctionProto. */
function functionOf(message: Message): ModelFunction {
  const builder = new GraphBuilder();
  for (const name of message.texts(4)) builder.input(name, null);
  addNodes(builder, message.parts(7), () => false);
  for (const name of message.texts(5)) builder.output(name, null);
  return {
    name: message.text(1),
    domain: message.text(10),
    attributes: message.texts(6),
    defaults: new Map(message.parts(11).map((a) => attribute(a, () => false))),
    opsets: opsetsOf(message.parts(9)),
    body: builder.build().graph,
  };
}

/** ModelProto. */
export function readReferenceOnnx(bytes: Uint8Array): Model {
  const message = messageOf(bytes);
  return {
    format: 'onnx',
    producer: `${message.text(2)} ${message.text(3)}`.trim(),
    irVersion: message.int(1),
    opsets: opsetsOf(message.parts(8)),
    metadata: new Map(),
    functions: message.parts(25).map(functionOf),
    graph: graph(message.parts(7)[0] ?? new Message([]), null),
  };
}
