import type { Span } from '../../diagnostics/diagnostic';

/** The messages of onnx.proto as the file has them; payloads stay in the file as spans. */

export interface RawModel {
  irVersion: number | null;
  producerName: string;
  producerVersion: string;
  domain: string;
  modelVersion: number | null;
  doc: string;
  /** Domain and version, in file order. */
  readonly opsets: RawOpset[];
  readonly metadata: RawEntry[];
  /** Made when the first graph field is met: several are merged, as protobuf demands. */
  graph: RawGraph | null;
  readonly functions: RawFunction[];
}

export interface RawOpset {
  domain: string;
  version: number;
}

export interface RawEntry {
  key: string;
  value: string;
}

export interface RawGraph {
  name: string;
  doc: string;
  readonly nodes: RawNode[];
  readonly initializers: RawTensor[];
  readonly sparse: RawSparse[];
  readonly inputs: RawValue[];
  readonly outputs: RawValue[];
  readonly values: RawValue[];
  readonly metadata: RawEntry[];
}

export interface RawNode {
  readonly span: Span;
  name: string;
  op: string;
  domain: string;
  doc: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: RawAttribute[];
  readonly metadata: RawEntry[];
}

export interface RawAttribute {
  name: string;
  /** AttributeProto.AttributeType; 0 in files older than IR 3. */
  type: number;
  /** A function's body may point at an attribute of the call instead. */
  reference: string;
  float: number | null;
  int: number | null;
  string: string | null;
  tensor: RawTensor | null;
  graph: RawGraph | null;
  readonly floats: number[];
  readonly ints: number[];
  readonly strings: string[];
  readonly graphs: RawGraph[];
  tensors: number;
  /** What is in the attribute but not read further (sparse tensors, types, graphs nested too deep). */
  other: string;
}

export interface RawTensor {
  readonly span: Span;
  name: string;
  dtype: number;
  readonly dims: (number | bigint)[];
  /** raw_data, once; `null` when the field is absent. */
  raw: Span | null;
  /** Typed data, in the order met: packed runs as spans. */
  readonly packed: PackedRun[];
  /** Typed data written one element a field, as old writers do. */
  readonly loose: (number | bigint)[];
  readonly strings: string[];
  external: boolean;
  readonly externalData: RawEntry[];
  /** Filled for tiny tensors, which shape evaluation needs. */
  values: readonly (number | bigint | string)[] | null;
}

export type TypedField = 'float_data' | 'int32_data' | 'int64_data' | 'double_data' | 'uint64_data';

export interface PackedRun {
  readonly field: TypedField;
  readonly span: Span;
}

export interface RawSparse {
  values: RawTensor | null;
  readonly dims: (number | bigint)[];
}

export interface RawValue {
  readonly span: Span;
  name: string;
  type: RawType | null;
}

export interface RawType {
  container: 'sequence' | 'optional' | 'map' | 'sparse' | null;
  dtype: number;
  shape: RawDim[] | null;
}

/** A number, a name, or '' where the file says nothing. */
export type RawDim = number | bigint | string;

export interface RawFunction {
  name: string;
  domain: string;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly attributes: string[];
  readonly defaults: RawAttribute[];
  readonly opsets: RawOpset[];
  /** Nodes and value infos; the formal inputs and outputs are names only. */
  readonly graph: RawGraph;
}

export const emptyGraph = (): RawGraph => ({
  name: '',
  doc: '',
  nodes: [],
  initializers: [],
  sparse: [],
  inputs: [],
  outputs: [],
  values: [],
  metadata: [],
});

export const emptyModel = (): RawModel => ({
  irVersion: null,
  producerName: '',
  producerVersion: '',
  domain: '',
  modelVersion: null,
  doc: '',
  opsets: [],
  metadata: [],
  graph: null,
  functions: [],
});
