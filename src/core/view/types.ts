/** Plain data for the eye: survives structuredClone and JSON. Every string that comes from a model is untrusted text. */
import type { Severity, Span } from '../diagnostics/diagnostic';
import type { Family } from '../ops/operator';
import type { DiffMark, LayerChange } from './change';

export type { DiffMark, Family, LayerChange };

/** The whole picture of one model. Node ids are indices into the file; group and port ids are indices into their arrays. */
export interface Scene {
  readonly title: string;
  readonly header: SceneHeader;
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  readonly groups: readonly SceneGroup[];
  readonly ports: readonly ScenePort[];
  /** Spatial extents of the image input, for the receptive-field gauges; null when there is none or it is symbolic. */
  readonly imageSize: readonly number[] | null;
  readonly problems: readonly SceneProblem[];
  /** Node ids as a list shows them, where that is not their own order: what runs inside of an operator comes right before it. */
  readonly order?: readonly number[];
}

export interface SceneHeader {
  /** `ONNX`, `ConvLens definition`, in the reader's language. */
  readonly format: string;
  /** Written as text beside the graph. */
  readonly isDefinition?: boolean;
  /** "opset 13". */
  readonly opset: string;
  readonly producer: string;
  /** Those that work on the picture; constants and shape plumbing are folded away and not counted. */
  readonly operators: number;
  readonly parameters: number;
  readonly macs: number | null;
  /** `1×3×224×224`. */
  readonly input: string;
  /** Which input receptive fields refer to, and which others they could; null where there is no choice. */
  readonly fieldInput: {
    readonly chosen: string;
    readonly choices: readonly { readonly name: string; readonly size: string }[];
  } | null;
  /** From the file's metadata, or seen: constant weights are untrained; payloads not found are missing. */
  readonly weights: 'trained' | 'untrained' | 'missing' | null;
}

export interface SceneNode {
  readonly id: number;
  readonly op: string;
  /** `Conv`, `Max pool`, `Fully connected`. */
  readonly title: string;
  readonly family: Family;
  /** Known to ConvLens. */
  readonly known: boolean;
  /** Full name and its last part. */
  readonly name: string;
  readonly shortName: string;
  /** `['3×3', '64', '/2']`. */
  readonly label: readonly string[];
  /** `3×224×224`; '' when unknown. */
  readonly sizeIn: string;
  readonly sizeOut: string;
  /** Numbers of the first output: channels (null for none) and spatial extents (empty for a vector). */
  readonly channels: number | null;
  readonly spatial: readonly number[];
  /** Receptive field's largest side in px of the input; 'all' after a global operator; null where there is none. */
  readonly sees: number | 'all' | null;
  readonly seesBefore: number | 'all' | null;
  readonly parameters: number;
  readonly macs: number | null;
  readonly activationBytes: number | null;
  readonly dtype: string;
  /** Drawn as a circle with this sign instead of a box: `+`, `×`, `⊕`. */
  readonly join: string | null;
  /**
   * Drawn as a pill on this node's outgoing edge: normalisation, scaling, activation. `node` is the last of them, whose output
   * leaves the box; `title` has the words of all `parts`.
   */
  readonly pill: {
    readonly node: number;
    readonly title: string;
    readonly parts: readonly { readonly title: string; readonly nodes: readonly number[] }[];
  } | null;
  /** This node is in the pill of that node. */
  readonly pillOf: number | null;
  /** Constant and shape plumbing: folded away by default. */
  readonly plumbing: boolean;
  /** Innermost group, index into `groups`. */
  readonly group: number | null;
  readonly problem: Severity | null;
  /** Only while two models are compared, of what is not the same in both. */
  readonly mark?: DiffMark;
  /** Of every layer of two models drawn as one. */
  readonly change?: LayerChange;
  /** `its input already sees 427 of 224 pixels`, of a layer that can bring in nothing new; '' for all others. */
  readonly unproductive: string;
  /** What it gives goes into a skip as well. */
  readonly skipStarts: boolean;
  /** Output values that can be looked at after a run: id and name. */
  readonly outputs: readonly { readonly value: number; readonly name: string; readonly size: string }[];
}

export type EdgeEnd =
  { readonly kind: 'node'; readonly node: number } | { readonly kind: 'port'; readonly port: number };

export interface SceneEdge {
  readonly from: EdgeEnd;
  readonly to: EdgeEnd;
  readonly value: number;
  /** `64×112×112`. */
  readonly size: string;
  readonly kind: 'data' | 'skip' | 'auxiliary' | 'plumbing';
}

/** Inputs and outputs of the net: the pills at its ends. */
export interface ScenePort {
  readonly side: 'input' | 'output';
  readonly name: string;
  readonly size: string;
  readonly dtype: string;
  readonly value: number;
  readonly auxiliary: boolean;
}

/** A module: a torch scope, a residual block, an inception block. */
export interface SceneGroup {
  readonly name: string;
  /** Full path. */
  readonly path: string;
  readonly parent: number | null;
  /** `stage`, `residual`, `inception`…: what it is called beside the name; '' for a plain scope. */
  readonly kind: string;
  /** Operators directly or indirectly inside, in flow order. */
  readonly nodes: readonly number[];
  readonly parameters: number;
  readonly macs: number | null;
  readonly seesBefore: number | 'all' | null;
  readonly seesAfter: number | 'all' | null;
  readonly sizeIn: string;
  readonly sizeOut: string;
  /** Groups with this number repeat each other but for their weights; null when unique among their siblings. */
  readonly twin: number | null;
  /** Open when the model is first shown. */
  readonly open: boolean;
}

export interface SceneProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly node: number | null;
  readonly bytes: Span | null;
}

/** A piece of a line: the number that matters, or what is only said beside it. */
export interface TextPart {
  readonly text: string;
  readonly tone?: 'strong' | 'quiet';
}

/** One row of facts. */
export interface FactRow {
  /** `in`, `out`, `sees`, `field`, `grows`, `synapses`, `roles`, `share`, `macs`, `memory`, `unproductive`, `folds`. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  /** The same value in pieces. */
  readonly parts: readonly TextPart[];
  /** More, for a tooltip. */
  readonly exact?: string;
}

/** A MathML element as data; the webview makes elements of an allow-list of tags from it. */
export interface MathNode {
  readonly tag: 'mrow' | 'mi' | 'mo' | 'mn' | 'mtext' | 'msub' | 'msup' | 'munder' | 'mfrac' | 'msqrt' | 'mspace';
  readonly text?: string;
  readonly children?: readonly MathNode[];
}

export interface FormulaView {
  /** Index notation. */
  readonly index: MathNode;
  /** The same with the sums written out; null when nothing is summed. */
  readonly sums: MathNode | null;
  /** For screen readers and the terminal. */
  readonly text: string;
  readonly latex: string;
  /** `k = 0…63`, `c = 0…15, summed`. */
  readonly ranges: readonly string[];
  readonly notes: readonly string[];
}

export interface HoverCard {
  readonly node: number;
  readonly family: Family;
  /** `Conv` and `1×1 · 64`. */
  readonly title: string;
  readonly label: string;
  /** `with ReLU`, or ''. */
  readonly fused: string;
  readonly path: string;
  readonly summary: string;
  readonly rows: readonly FactRow[];
  readonly formula: FormulaView | null;
  readonly problems: readonly SceneProblem[];
}

/** An input or output of an operator. */
export interface TensorRow {
  readonly name: string;
  /** Port name: `X`, `W`. */
  readonly port: string;
  readonly dtype: string;
  readonly size: string;
  readonly value: number;
  /** Operators at the other end: who made an input, who reads an output. */
  readonly links: readonly number[];
  /** An input or output of the whole net, a constant, or neither. */
  readonly kind: 'data' | 'input' | 'output' | 'constant';
  /** Elements of a small constant: `1, 64, 1, 1`; else ''. */
  readonly contents: string;
}

/** What the first two axes of a matrix of kernels are. */
export type KernelAxis = 'output channel' | 'input channel' | 'output' | 'input';

export interface WeightRow {
  readonly name: string;
  readonly port: string;
  readonly dtype: string;
  /** `64×16×3×3`, as stored. */
  readonly size: string;
  /** To ask for its elements. */
  readonly value: number;
  /** In words: `Weights`, `Bias`, `Mean`. */
  readonly role: string;
  readonly shape: readonly number[];
  readonly count: number;
  readonly bytes: number | null;
  /** 'file' can be read; 'computed' is made by an operator; 'missing' cannot be had. The latter two say why in `reason`. */
  readonly stored: 'file' | 'computed' | 'missing';
  readonly reason: string;
  /** Used by another operator as well. */
  readonly shared: boolean;
  /** How to draw it as small images, `height × width` elements each, row by row; null where it is no matrix of kernels. */
  readonly kernels: {
    readonly rows: KernelAxis;
    readonly columns: KernelAxis;
    readonly rowCount: number;
    readonly columnCount: number;
    readonly height: number;
    readonly width: number;
  } | null;
}

export interface SynapseCount {
  readonly key: 'shared' | 'unshared' | 'fullyConnected';
  readonly label: string;
  /** Null where it depends on symbolic extents. */
  readonly value: number | null;
  /** `28.1 M`; a formula for symbolic extents. */
  readonly text: string;
  readonly exact: string;
}

/** The lecture's comparison of one layer (blueprint §3). */
export interface SynapseView {
  /** `9 280 = 64·16·3·3 + 64`. */
  readonly product: readonly TextPart[];
  readonly counts: readonly SynapseCount[];
  /** "Sharing one kernel over 55×55 places saves a factor of 3 025; looking only at 3×3 another 334." */
  readonly sentence: readonly TextPart[];
  /** Upper end of the log scale as a power of ten, the same for all layers of the model. */
  readonly scale: number;
}

export interface AttributeRow {
  readonly name: string;
  readonly value: string;
  /** Left out in the file: this is what the operator takes then. */
  readonly isDefault: boolean;
}

export interface Inspector {
  readonly card: HoverCard;
  /** `operator 15 of 66`. */
  readonly position: string;
  readonly rows: readonly FactRow[];
  readonly synapses: SynapseView | null;
  readonly weights: readonly WeightRow[];
  readonly attributes: readonly AttributeRow[];
  readonly inputs: readonly TensorRow[];
  readonly outputs: readonly TensorRow[];
  /** `Conv of ai.onnx, opset 13`. */
  readonly operator: string;
  /** Bytes of the node in the file. */
  readonly origin: Span | null;
  /** Where it was written, as the exporter noted it: `block.py, line 42`; '' where nobody did. */
  readonly source: string;
  readonly metadata: readonly { readonly name: string; readonly value: string }[];
}
