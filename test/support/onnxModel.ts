import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { GraphBuilder } from '../../src/core/ir/builder';
import { symbol } from '../../src/core/ir/dim';
import type { Attr, DType, Elements, Graph, Model } from '../../src/core/ir/types';

/** A small model as a test writes it down; the same description becomes a file for onnxruntime and a graph for us. */
export interface ModelSpec {
  readonly opset: number;
  /** Float32 with these extents; symbolic ones by their names. */
  readonly inputs: Readonly<Record<string, readonly (number | string)[]>>;
  /** Element types of inputs that are not float32. */
  readonly inputTypes?: Readonly<Record<string, DType>>;
  readonly constants?: Readonly<Record<string, ConstantSpec>>;
  readonly nodes: readonly NodeSpec[];
  readonly outputs: readonly string[];
  /** Versions of other domains than ONNX's own. */
  readonly domains?: Readonly<Record<string, number>>;
  /** Element types of outputs that are not float32. */
  readonly outputTypes?: Readonly<Record<string, DType>>;
}

/** Floats are all 0 unless they are said; integers are int64 unless another type is. */
export interface ConstantSpec {
  readonly shape: readonly number[];
  readonly ints?: readonly number[];
  readonly floats?: readonly number[];
  readonly dtype?: DType;
}

export interface NodeSpec {
  readonly op: string;
  readonly name?: string;
  /** ONNX's own when left out. */
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly doc?: string;
  readonly attrs?: Readonly<Record<string, AttrSpec | BodySpec>>;
}

/** Numbers are integers; floats are said to be. */
export type AttrSpec =
  number | string | readonly number[] | { readonly float: number } | { readonly floats: readonly number[] };

/** The body of an If or a Loop; written into files only. */
interface BodySpec {
  readonly graph: ModelSpec;
}

const typeNumbers: Partial<Record<DType, number>> = { float32: 1, int64: 7, bool: 9, uint8: 2, int8: 3, int32: 6 };

type Shape = readonly (number | string)[];
type Write = (writer: BinaryWriter) => void;

const part = (writer: BinaryWriter, field: number, write: Write): void => {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
};
const text = (writer: BinaryWriter, field: number, value: string): void => {
  writer.tag(field, WireType.LengthDelimited).string(value);
};
const int = (writer: BinaryWriter, field: number, value: number): void => {
  writer.tag(field, WireType.Varint).int64(value);
};

function writeAttribute(writer: BinaryWriter, name: string, value: AttrSpec | BodySpec): void {
  text(writer, 1, name);
  const kind = (type: number): void => int(writer, 20, type);
  if (typeof value === 'number') {
    int(writer, 3, value);
    kind(2);
  } else if (typeof value === 'string') {
    text(writer, 4, value);
    kind(3);
  } else if ('float' in value) {
    writer.tag(2, WireType.Bit32).float(value.float);
    kind(1);
  } else if ('floats' in value) {
    for (const n of value.floats) writer.tag(7, WireType.Bit32).float(n);
    kind(6);
  } else if ('graph' in value) {
    part(writer, 6, (g) => writeGraph(g, value.graph));
    kind(5);
  } else {
    for (const n of value) int(writer, 8, n);
    kind(7);
  }
}

function writeValueInfo(writer: BinaryWriter, name: string, type: DType, shape: Shape | null): void {
  text(writer, 1, name);
  const extent = (dim: BinaryWriter, d: number | string): void =>
    typeof d === 'number' ? int(dim, 1, d) : text(dim, 2, d);
  part(writer, 2, (t) =>
    part(t, 1, (tensor) => {
      int(tensor, 1, typeNumbers[type] ?? 1);
      if (shape) part(tensor, 2, (s) => shape.forEach((d) => part(s, 1, (dim) => extent(dim, d))));
    }),
  );
}

const arrays: Partial<Record<DType, new (values: readonly number[]) => { readonly buffer: ArrayBufferLike }>> = {
  float32: Float32Array,
  int32: Int32Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

export const dtypeOf = ({ ints, dtype }: ConstantSpec): DType => dtype ?? (ints ? 'int64' : 'float32');

function rawBytes(spec: ConstantSpec): Uint8Array {
  const { shape, ints, floats } = spec;
  const values = ints ?? floats ?? Array<number>(shape.reduce((p, d) => p * d, 1)).fill(0);
  const TypedArray = arrays[dtypeOf(spec)];
  return new Uint8Array((TypedArray ? new TypedArray(values) : BigInt64Array.from(values, BigInt)).buffer);
}

function writeGraph(writer: BinaryWriter, spec: ModelSpec): void {
  for (const node of spec.nodes) {
    part(writer, 1, (n) => {
      node.inputs.forEach((i) => text(n, 1, i));
      node.outputs.forEach((o) => text(n, 2, o));
      text(n, 3, node.name ?? '');
      text(n, 4, node.op);
      if (node.doc !== undefined) text(n, 6, node.doc);
      text(n, 7, node.domain ?? '');
      for (const [name, value] of Object.entries(node.attrs ?? {})) part(n, 5, (a) => writeAttribute(a, name, value));
    });
  }
  text(writer, 2, 'test');
  for (const [name, constant] of Object.entries(spec.constants ?? {})) {
    part(writer, 5, (t) => {
      constant.shape.forEach((d) => int(t, 1, d));
      int(t, 2, typeNumbers[dtypeOf(constant)] ?? 0);
      text(t, 8, name);
      t.tag(9, WireType.LengthDelimited).bytes(rawBytes(constant));
    });
  }
  for (const [name, shape] of Object.entries(spec.inputs)) {
    part(writer, 11, (v) => writeValueInfo(v, name, spec.inputTypes?.[name] ?? 'float32', shape));
  }
  for (const name of spec.outputs) {
    const type = spec.outputTypes?.[name] ?? 'float32';
    // Without a type the runtime works it out.
    part(writer, 12, (v) => (type === 'unknown' ? text(v, 1, name) : writeValueInfo(v, name, type, null)));
  }
}

/** The model as an ONNX file, written by the reference wire writer instead of our own. */
export function encodeOnnx(spec: ModelSpec): Uint8Array {
  const writer = new BinaryWriter();
  int(writer, 1, 8);
  part(writer, 7, (g) => writeGraph(g, spec));
  for (const [domain, version] of Object.entries({ '': spec.opset, ...spec.domains })) {
    part(writer, 8, (o) => {
      text(o, 1, domain);
      int(o, 2, version);
    });
  }
  return writer.finish();
}

function attrOf(value: AttrSpec | BodySpec): Attr {
  if (typeof value === 'number') return { kind: 'int', value };
  if (typeof value === 'string') return { kind: 'string', value };
  if ('float' in value) return { kind: 'float', value: value.float };
  if ('floats' in value) return { kind: 'floats', value: value.floats };
  if ('graph' in value) throw new Error('write the model into a file and read it');
  return { kind: 'ints', value };
}

/** The same model as our own graph. */
export function modelOf(spec: ModelSpec): Model {
  const builder = new GraphBuilder();
  for (const [name, extents] of Object.entries(spec.inputs)) {
    const shape = extents.map((d) => (typeof d === 'number' ? d : symbol(d)));
    builder.input(name, { dtype: spec.inputTypes?.[name] ?? 'float32', shape });
  }
  for (const [name, constant] of Object.entries(spec.constants ?? {})) {
    const values = constant.ints ?? constant.floats;
    const elements: Elements = values ? { kind: 'inline', values } : { kind: 'missing', reason: 'made for a test' };
    builder.constant(name, { dtype: dtypeOf(constant), shape: constant.shape, elements }, null);
  }
  for (const { op, name = '', domain = '', inputs, outputs, attrs } of spec.nodes) {
    const entries = Object.entries(attrs ?? {}).map(([name, value]) => [name, attrOf(value)] as const);
    builder.node({ name, domain, op, inputs, outputs, attrs: new Map(entries) });
  }
  for (const name of spec.outputs) builder.output(name, null);
  const { graph } = builder.build();
  const opsets = new Map([['ai.onnx', spec.opset], ...Object.entries(spec.domains ?? {})]);
  return { format: 'onnx', producer: '', irVersion: 8, opsets, metadata: new Map(), functions: [], graph };
}

/** A model of nothing but its graph. */
export function modelAround(graph: Graph, extra: Partial<Model> = {}): Model {
  const opsets = new Map([['ai.onnx', 17]]);
  return { format: 'onnx', producer: '', irVersion: 8, opsets, metadata: new Map(), functions: [], graph, ...extra };
}
