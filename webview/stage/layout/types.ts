/** What goes to the layout worker and what comes back: numbers only, so that ten thousand boxes cross in a moment. */

export type Direction = 'vertical' | 'horizontal';

/**
 * One number names anything drawn: nodes first (0…), then groups, then ports.
 * The scene is sent once; each later request only says what is open.
 */
export interface LayoutScene {
  readonly nodes: number;
  readonly groups: number;
  readonly ports: number;
  /** Innermost group of each node, -1 for none. */
  readonly groupOf: Int32Array;
  /** Parent of each group, -1 for none. */
  readonly parent: Int32Array;
  /** First of a row of equal modules that follow one another, for each of them; -1 for the others. */
  readonly run: Int32Array;
  /** Node that stands for this one when its row is drawn once: the same place in the row's first module. Itself otherwise. */
  readonly stands: Int32Array;
  /** Node in whose pill this one is, -1 for a node of its own. */
  readonly pillOf: Int32Array;
  /** Width of the pill that hangs on each node, 0 for none. */
  readonly pillWidth: Uint8Array;
  readonly plumbing: Uint8Array;
  /** Neither weights nor windows: cropping, padding, reordering. */
  readonly light: Uint8Array;
  /** Drawn as a circle. */
  readonly join: Uint8Array;
  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  readonly edgeKind: Uint8Array;
}

export const EdgeKind = { Data: 0, Skip: 1, Auxiliary: 2, Plumbing: 3 } as const;
export type EdgeKind = (typeof EdgeKind)[keyof typeof EdgeKind];

export interface LayoutRequest {
  readonly serial: number;
  /** Only when it is another one than before. */
  readonly scene: LayoutScene | null;
  readonly open: readonly number[];
  readonly plumbing: boolean;
  /** Rows of equal modules are drawn once. */
  readonly fold: boolean;
  readonly direction: Direction;
}

/** Places of everything visible, outer frames before what is in them. */
export interface Geometry {
  readonly direction: Direction;
  readonly items: Int32Array;
  /** x, y, width, height of each item. */
  readonly boxes: Float64Array;
  /** 1 where the item is an opened group. */
  readonly open: Uint8Array;
  /** 1 where the item stands beside the main path: on a skip, in an auxiliary head. */
  readonly beside: Uint8Array;
  /** 1 for the first module of a row that stands for all of it. */
  readonly folded: Uint8Array;
  readonly wires: Wires;
  readonly width: number;
  readonly height: number;
  /** Spatial indices (flatbush) of boxes and wires, built here because it takes a while; null where there are none. */
  readonly boxIndex: ArrayBuffer | null;
  readonly wireIndex: ArrayBuffer | null;
}

interface Wires {
  readonly count: number;
  /** x, y of all corners, one wire after the other. */
  readonly points: Float64Array;
  /** Index of the first corner of each wire; one more at the end. */
  readonly start: Int32Array;
  readonly kind: Uint8Array;
  /** Bits, see below. */
  readonly flags: Uint8Array;
  /** Scene edge this wire (first) stands for. */
  readonly edge: Int32Array;
  /** Items the wire runs between within its frame; -1 where it is the frame itself. */
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Arrowhead at the end. */
export const ARROW = 1;
/** Runs on a side lane. */
export const LANE = 2;
/** Starts at a box or frame, not at the inner side of a frame it comes through. */
export const LEAVES = 4;
/** On a lane with room for words beside it. */
export const ROOMY = 8;

export type LayoutReply =
  | { readonly serial: number; readonly geometry: Geometry; readonly took: number; readonly by: Engines }
  | { readonly serial: number; readonly error: string };

/** How many regions each engine placed: shown by the benchmark, asserted by tests. */
interface Engines {
  readonly own: number;
  readonly elk: number;
  readonly linear: number;
  readonly memo: number;
}
