import type { Location } from '../diagnostics/diagnostic';
import type { Dim } from './dim';

/** Dense indices into `Graph.nodes` / `Graph.values`; branded so that they cannot be mixed up. */
export type NodeId = number & { readonly __brand: 'NodeId' };
export type ValueId = number & { readonly __brand: 'ValueId' };

/** Element types by ONNX's names. `unknown`: the file does not say, or says something nobody defined. */
export type DType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'
  | 'int4'
  | 'uint4'
  | 'float8'
  | 'bool'
  | 'string'
  | 'complex64'
  | 'complex128'
  | 'unknown';

export interface TensorType {
  readonly dtype: DType;
  /** `null` when even the rank is unknown. */
  readonly shape: readonly Dim[] | null;
  /** Not a tensor: drawn and named, never sized. */
  readonly container?: 'sequence' | 'optional' | 'map' | 'sparse';
  /** Of a sequence whose length is known: its elements one by one; `dtype` and `shape` are what they have in common. */
  readonly elements?: ElementList;
}

/** Types of a list's elements; an array is one. Long lists that grow one by one share what they have in common. */
export interface ElementList extends Iterable<TensorType | null> {
  readonly length: number;
  at(index: number): TensorType | null | undefined;
}

/**
 * Where the elements of a constant lie. Payloads are never copied into the IR but for tiny ones (`inline`),
 * which shape evaluation needs.
 */
export type Elements =
  /** Little-endian elements at `[start, end)` of the model file (`file: null`) or of an external data file. */
  | { readonly kind: 'raw'; readonly file: string | null; readonly start: number; readonly end: number }
  /** A packed run of varints at `[start, end)` of the model file, one per element (ONNX int32_data and int64_data). */
  | { readonly kind: 'varint'; readonly start: number; readonly end: number }
  | { readonly kind: 'inline'; readonly values: readonly (number | bigint | string)[] }
  /** Stored nowhere: float32 elements computed by a rule whenever somebody looks (definitions written as text). */
  | { readonly kind: 'made'; readonly recipe: Recipe }
  | { readonly kind: 'missing'; readonly reason: string };

/** How the elements of a made constant come about; each element follows from its index alone. */
export type Recipe =
  /** The same values over and over: `values[i mod n]`. */
  | { readonly kind: 'cycle'; readonly values: readonly number[] }
  /** Evenly spread over −limit…limit, the same for the same seed (an unsigned 32-bit integer) on every machine. */
  | { readonly kind: 'uniform'; readonly seed: number; readonly limit: number };

/** A constant tensor as the file stores it. `shape` is what the file declares. */
export interface Constant {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly elements: Elements;
}

/** One SSA value: a graph input, a constant, or the output of exactly one node. */
export interface Value {
  readonly id: ValueId;
  /** As the file spells it; untrusted text. */
  readonly name: string;
  /** What the file declares (graph inputs, value_info, outputs), if anything. */
  readonly declared: TensorType | null;
  /** Initialisers only. Outputs of Constant nodes are node outputs. */
  readonly constant: Constant | null;
  /** Inside an If/Loop body or a function: the value of the same name in the enclosing graph. */
  readonly captured: boolean;
  readonly producer: NodeId | null;
  readonly origin: Location | null;
}

/** Attributes as the file spells them; only the operator's own definition gives them meaning. */
export type Attr =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Constant }
  | { readonly kind: 'graph'; readonly value: Graph }
  | { readonly kind: 'graphs'; readonly value: readonly Graph[] }
  | { readonly kind: 'other'; readonly value: string };

export interface Node {
  readonly id: NodeId;
  readonly name: string;
  /** The operator as the file spells it: ONNX's vocabulary for all formats. */
  readonly op: string;
  /** '' is ONNX's own domain (`ai.onnx`). */
  readonly domain: string;
  readonly attrs: ReadonlyMap<string, Attr>;
  /** `null` marks an optional input or output that was left out. */
  readonly inputs: readonly (ValueId | null)[];
  readonly outputs: readonly (ValueId | null)[];
  /** Exporter metadata (`pkg.torch.onnx.*`, …) and documentation of this node. */
  readonly metadata: ReadonlyMap<string, string>;
  readonly doc: string;
  readonly origin: Location | null;
}

/** Immutable; the builder is the only way to make one. */
export interface Graph {
  readonly name: string;
  readonly doc: string;
  /** In the file's own order: a node's id is its index in the file. */
  readonly nodes: readonly Node[];
  readonly values: readonly Value[];
  /** Graph inputs that are not initialisers (IR 3 lists initialisers as inputs too). */
  readonly inputs: readonly ValueId[];
  readonly outputs: readonly ValueId[];
  /** All nodes, producers before consumers; nodes caught in a cycle come last, in file order. */
  readonly order: readonly NodeId[];
  /** Consumers of each value, by ValueId, in file order. */
  readonly consumers: readonly (readonly NodeId[])[];
  readonly valueByName: ReadonlyMap<string, ValueId>;
}

/** A model-local function (ONNX ≥ IR 8): its body is a graph whose inputs and outputs are the formal ones. */
export interface ModelFunction {
  readonly name: string;
  readonly domain: string;
  readonly attributes: readonly string[];
  /** Default values of attributes the caller may leave out. */
  readonly defaults: ReadonlyMap<string, Attr>;
  readonly opsets: ReadonlyMap<string, number>;
  readonly body: Graph;
}

export interface Model {
  /** Format id, e.g. `onnx`. */
  readonly format: string;
  /** "pytorch 1.13.0"; '' when the file does not say. */
  readonly producer: string;
  readonly irVersion: number | null;
  /** Domain -> version; ONNX's own domain is spelled `ai.onnx`. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly metadata: ReadonlyMap<string, string>;
  readonly functions: readonly ModelFunction[];
  /** Files beside the model that hold constants of it, by their paths; there or not. */
  readonly externalFiles?: readonly string[];
  readonly graph: Graph;
}
