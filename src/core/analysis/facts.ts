import type { Diagnostic } from '../diagnostics/diagnostic';
import type { Dim } from '../ir/dim';
import type { DType, Graph, Model, NodeId, TensorType, ValueId } from '../ir/types';
import type { Window } from '../ops/dependence';
import type { Contents, OpDef, ParameterRole, Synapses, TypedContext } from '../ops/operator';

/** Receptive field of a value with respect to one image input, not clipped; one entry per spatial axis. Araujo, Norris, Sim 2019. */
export interface ReceptiveField {
  /** Pixels of the input, hull over all paths; the largest where units differ. Null on an axis that is seen whole. */
  readonly size: readonly (number | null)[];
  /** The smallest where upsampling or joins make units differ. */
  readonly smallest: readonly (number | null)[];
  /** Input pixels between neighbouring units; an average after upsampling. */
  readonly stride: readonly (number | null)[];
  /** First input pixel that unit 0 sees, negative inside the padding. */
  readonly start: readonly (number | null)[];
  /** False where pixels inside the extent are never used. */
  readonly dense: boolean;
  /** False where paths meet with different stride or centre. */
  readonly aligned: boolean;
  /** A global operator lies upstream: the unit may see everything that reaches that operator. */
  readonly whole: boolean;
  /** For each spatial axis of the input, the axis of this tensor that runs along it; null after it was flattened away. */
  readonly axes: readonly (number | null)[];
}

export interface Parameter {
  readonly role: ParameterRole;
  readonly input: number;
  /** The stored constant, traced through Reshape, Transpose, Identity, Cast and DequantizeLinear to its origin. */
  readonly source: ValueId;
  readonly name: string;
  readonly shape: readonly number[];
  readonly count: number;
  /** Used by another node as well: counted once in the totals. */
  readonly shared: boolean;
}

export interface NodeFacts {
  readonly def: OpDef | null;
  /** Null only for a node that could not be looked at (cycle). */
  readonly context: TypedContext | null;
  readonly windows: readonly Window[] | null;
  readonly parameters: readonly Parameter[];
  readonly parameterCount: number;
  /** For the whole batch; null where extents are symbolic or unknown. */
  readonly macs: number | null;
  readonly synapses: Synapses | null;
  /** Bytes of this node's outputs; null where unknown. */
  readonly activationBytes: number | null;
}

export interface Totals {
  readonly parameters: number;
  readonly byRole: Readonly<Record<ParameterRole, number>>;
  readonly macs: number | null;
  /** Sum over all node outputs. */
  readonly activationBytes: number | null;
  /** Largest sum of live tensors while running in order; null where unknown. */
  readonly peakBytes: number | null;
  /** Of the parameters as they are stored. */
  readonly weightBytes: number;
  /** The same by element type; types of unknown size are left out. */
  readonly weightBytesByType: Readonly<Partial<Record<DType, number>>>;
  /** Bodies of If, Loop, Scan: counted apart. */
  readonly inSubgraphs: { readonly parameters: number; readonly macs: number | null };
}

/** Everything analysis knows, beside the graph, by NodeId and ValueId. Another input size gives another Facts of the same graph. */
export interface Facts {
  readonly model: Model;
  readonly graph: Graph;
  /** Inferred where possible, else declared. By ValueId. */
  readonly types: readonly (TensorType | null)[];
  readonly contents: ReadonlyMap<ValueId, Contents>;
  /** Values computed from constants alone (true) or from the inputs (false). By ValueId. */
  readonly constant: readonly boolean[];
  /** With respect to `imageInput`. By ValueId; null where there is none. */
  readonly fields: readonly (ReceptiveField | null)[];
  /** The graph input that receptive fields refer to. */
  readonly imageInput: ValueId | null;
  readonly nodes: readonly NodeFacts[];
  /** Bodies of If, Loop and Scan and of called functions, with what their node hands in; by that node. */
  readonly bodies: ReadonlyMap<NodeId, readonly BodyFacts[]>;
  readonly totals: Totals;
  readonly diagnostics: readonly Diagnostic[];
}

/** The same for a graph inside a graph. */
export type BodyFacts = Pick<Facts, 'graph' | 'types' | 'contents' | 'constant' | 'nodes' | 'bodies'>;

export interface AnalysisOptions {
  /** Extents the user set, by input name; override what the file declares. */
  readonly inputShapes?: ReadonlyMap<string, readonly Dim[]>;
  /** Input that receptive fields refer to; default: the first input that looks like an image. */
  readonly imageInput?: string;
  readonly signal?: AbortSignal;
}
