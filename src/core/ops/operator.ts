import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Dim } from '../ir/dim';
import type { DType, Graph, Node, TensorType } from '../ir/types';
import type { AttrReader } from './attributes';
import type { Dependence, Window } from './dependence';
import type { Formula } from './formula';

/** The eight families that carry a colour (design/ui §4). */
export type Family =
  'convolution' | 'pooling' | 'normalisation' | 'activation' | 'upsampling' | 'join' | 'dense' | 'shape';

/** What a stored constant at this input means. Only these are parameters; other constants (shapes, limits, scales of Resize) are not. */
export type ParameterRole =
  'weight' | 'bias' | 'bn_scale' | 'bn_bias' | 'bn_mean' | 'bn_var' | 'scale' | 'elementwise_const';

export interface Port {
  readonly name: string;
  /** Set where a constant here is a parameter. `elementwise_const` counts only with more than one element. */
  readonly parameter?: ParameterRole;
}

/** Contents known while analysing, of small tensors only: numbers, symbolic extents, or null for an element nobody knows. */
export interface Contents {
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major, as many as the shape says. */
  readonly values: readonly Dim[];
}

/** One input as its operator sees it. */
export interface Operand {
  readonly type: TensorType | null;
  readonly contents: Contents | null;
  /** Stored in the file or computed from such constants alone, not from the graph's inputs. */
  readonly constant: boolean;
}

export interface OpContext {
  readonly node: Node;
  readonly attrs: AttrReader;
  /** Version of the operator's own domain the model asks for. */
  readonly opset: number;
  /** `null`: left out. */
  readonly inputs: readonly (Operand | null)[];
  /** Analyses the body of If/Loop/Scan with these inputs; gives the types (and contents) of its outputs. */
  subgraph(graph: Graph, inputs: readonly (Operand | null)[]): readonly Operand[];
  report(diagnostic: Diagnostic): void;
}

/** The same after type inference. */
export interface TypedContext extends OpContext {
  readonly outputs: readonly (TensorType | null)[];
}

/** The lecture's comparison for a layer with weights; extents may be symbolic. Blueprint §3. */
export interface Synapses {
  readonly shared: Dim;
  readonly unshared: Dim;
  readonly fullyConnected: Dim;
}

/**
 * An operator, defined once: everything ConvLens knows of it follows from this record.
 * Rules are pure, total and quick; they see types and attributes, never the graph. Bad attributes are reported, never thrown.
 */
export interface OpDef {
  /** ONNX's spelling. */
  readonly name: string;
  /** '' = ai.onnx. */
  readonly domain?: string;
  readonly family: Family;
  /** What a box says: `Conv`, `Max pool`, `Fully connected`. */
  readonly title: string;
  /** One sentence for the student. */
  readonly summary: string;
  /** The last one repeats for variadic operators (`variadic: true`). */
  readonly inputs: readonly Port[];
  readonly variadic?: boolean;

  /** Output types; null where nothing can be said. Contract: ONNX's operator specification for this opset. */
  types(ctx: OpContext): readonly (TensorType | null)[];
  /** Contents of outputs computable from contents (and types: Shape, Size) of inputs: the constant shape subgraphs exporters leave behind. */
  evaluate?(ctx: TypedContext): readonly (Contents | null)[];
  /**
   * Per output, per input: null where that input carries no data of the picture (weights, shapes, sizes). Left out: pointwise with
   * broadcasting from every non-constant input to every output.
   */
  dependence?(ctx: TypedContext): readonly (readonly (Dependence | null)[])[];
  /** Of several bodies the one that runs, where the contents of the inputs decide; null where only a run tells. */
  body?(ctx: TypedContext): Graph | null;
  /** Per spatial axis, for labels, formulas and the microscope. */
  windows?(ctx: TypedContext): readonly Window[] | null;
  /** Multiply-accumulates: convolution, matrix products; else absent = 0. */
  macs?(ctx: TypedContext): Dim;
  synapses?(ctx: TypedContext): Synapses | null;
  /** Telling attributes in the order kernel · channels · /stride · extras: `['3×3', '64', '/2']`; defaults left out (design/ui §2). */
  label?(ctx: TypedContext): readonly string[];
  /** The layer's formula with its own numbers. */
  formula?(ctx: TypedContext): Formula | null;
  /** Activations: how g is written, `max(0, ·)`. Present only for elementwise activations that may be shown fused. */
  activation?(ctx: TypedContext): string;
  /** Pure plumbing in the eyes of a reader (Shape, Cast of a shape, Constant, Identity): folds away by default. */
  readonly plumbing?: boolean;
}
