import type { Span } from '../../../diagnostics/diagnostic';
import type { BlockSyntax, LayerSyntax } from '../syntax/program';
import type { LayerKind } from '../vocabulary/layers';
import type { GivenOptions } from './given';
import type { Pads, Pair } from './values';

/** `null`: not known, because something before it is not (yet) said. */
export type Extent = number | null;

/** What flows between layers, without the batch. */
export interface Shape {
  readonly channels: Extent;
  /** Rows and columns; `null` for a vector. */
  readonly spatial: readonly [Extent, Extent] | null;
}

/** A result that later layers can take. */
export interface Wire {
  readonly tensor: string;
  /** `null`: not even whether it has rows and columns is known. */
  readonly shape: Shape | null;
  /** The layer that made it; `null` for the picture itself. */
  readonly run: LayerRun | null;
}

/** A window as it is put onto a picture. */
export interface WindowUse {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pads: Pads;
  readonly input: Shape | null;
  /** Both pooling and convolution skip pixels; a transposed convolution does not. */
  readonly transposed: boolean;
}

/** What a max pooling leaves for a max unpooling. */
export interface Pooled extends WindowUse {
  /** The tensor of indices; made when somebody asks. */
  readonly indices: string;
}

/** One layer of the net: a written layer, once for every time that blocks and repeats use it. */
export interface LayerRun {
  /** Position in the order of computation. */
  readonly index: number;
  readonly layer: LayerSyntax;
  readonly kind: LayerKind | null;
  /** Set where the layer is the use of a block. */
  readonly block: BlockSyntax | null;
  readonly given: GivenOptions;
  /** `stage2/conv1`: also the name of its node and of the tensor it makes. */
  readonly path: string;
  /** The name it was given, where it was. */
  readonly name: string | null;
  /** The block it stands in. */
  readonly call: LayerRun | null;
  /** The nodes it became, without those of layers inside of it; the one that stands for it. */
  readonly nodes: number[];
  main: number | null;
  readonly inputs: Wire[];
  result: Wire | null;
  window: WindowUse | null;
  pooled: Pooled | null;
  /** Decides how many channels its result has, instead of handing on what it gets. */
  makesChannels: boolean;
  /** Its weights are numbers somebody wrote, not a start for learning. */
  fixedWeights: boolean;
}

/** One branch that meets others, and where the text says so. */
export interface Branch {
  readonly wire: Wire;
  readonly span: Span;
  /** The name it was called by; null for a branch of layers. */
  readonly name: string | null;
}

export const picture = (channels: Extent, rows: Extent, columns: Extent): Shape => ({
  channels,
  spatial: [rows, columns],
});
export const vector = (channels: Extent): Shape => ({ channels, spatial: null });

const extentText = (extent: Extent): string => (extent === null ? '?' : String(extent));

/** `64×56×56`, as everywhere in the graph: channels, rows, columns. */
export function shapeText(shape: Shape | null): string {
  if (!shape) return '?';
  return [shape.channels, ...(shape.spatial ?? [])].map(extentText).join('×');
}

/** `56×56`. */
export const spatialText = (spatial: readonly [Extent, Extent]): string => spatial.map(extentText).join('×');

/** `3×3`. */
export const pairText = ([rows, columns]: Pair): string => `${rows}×${columns}`;
/** `2`, or `2×1` where rows and columns differ. */
export const stepText = ([rows, columns]: Pair): string => (rows === columns ? String(rows) : `${rows}×${columns}`);
