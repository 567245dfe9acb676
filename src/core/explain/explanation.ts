/** How one unit came about, as plain data: what was read, what was done with it, what came out. Computed in double precision. */

/** A window on a tensor. Cells are counted row by row, as a picture is read. */
export interface Patch {
  /** Cells along each axis of the window. */
  readonly extent: readonly number[];
  /** Per axis the position in the tensor of each cell; outside of it beyond the border. */
  readonly positions: readonly (readonly number[])[];
  /** By cell: beyond the border, so nothing was read there. */
  readonly outside: readonly boolean[];
}

/** What one input channel contributes. */
export interface ChannelProducts {
  /** Leading indices: of the input (batch, channel) and of the weights. */
  readonly input: readonly number[];
  readonly weight: readonly number[];
  /** By cell. */
  readonly patch: Float64Array;
  readonly kernel: Float64Array;
  readonly products: Float64Array;
  readonly sum: number;
}

/** Patch × kernel = products, channel by channel: convolutions, and interpolation with its weights. */
export interface Products {
  readonly kind: 'products';
  readonly weights: 'kernel' | 'interpolation';
  readonly window: Patch;
  /** Per axis the kernel's tap at each cell. */
  readonly taps: readonly (readonly number[])[];
  /** What enters beyond the border. */
  readonly neutral: number;
  readonly channels: readonly ChannelProducts[];
}

/** One number of a window: the largest, the mean. */
export interface Gathered {
  readonly kind: 'gathered';
  readonly how: 'max' | 'min' | 'mean' | 'sum' | 'norm';
  readonly window: Patch;
  /** Leading indices of the input. */
  readonly input: readonly number[];
  readonly values: Float64Array;
  /** Cells with the largest (smallest) value; more than one is a tie. Empty unless `how` is max or min. */
  readonly winners: readonly number[];
  /** What enters beyond the border; null where those cells do not take part. */
  readonly neutral: number | null;
  /** Cells that count. */
  readonly counted: number;
}

/** One element of an input, by name and place. */
export interface Element {
  /** As the layer's formula calls it: `X`, `W`, `β`. */
  readonly name: string;
  readonly index: readonly number[];
  readonly value: number;
}

/** A weighted sum over many inputs, the largest terms only. */
export interface Terms {
  readonly kind: 'terms';
  readonly terms: readonly { readonly x: Element; readonly w: Element; readonly product: number }[];
  readonly count: number;
  /** Those that are not listed. */
  readonly rest: { readonly count: number; readonly sum: number } | null;
}

/** A share of a whole: softmax. */
export interface Shares {
  readonly kind: 'shares';
  /** The largest ones, and this unit's own. */
  readonly parts: readonly { readonly x: Element; readonly part: number; readonly own: boolean }[];
  readonly count: number;
  readonly rest: { readonly count: number; readonly sum: number } | null;
}

/** A few numbers put together element by element: a skip's addition, batch norm, an activation. */
export interface Operands {
  readonly kind: 'operands';
  readonly operands: readonly Element[];
}

/** A value that was moved, not computed. */
export interface Copied {
  readonly kind: 'copied';
  readonly from: Element | null;
  /** Concat: the parts along the joined axis, and which one the unit lies in. */
  readonly parts: readonly {
    readonly name: string;
    readonly start: number;
    readonly count: number;
    readonly own: boolean;
  }[];
}

/** Max unpooling: the kept index that points here, among the places one window fills. */
export interface Kept {
  readonly kind: 'kept';
  /** The pooled value and the index kept with it; null where no index points at this unit. */
  readonly from: (Element & { readonly target: number }) | null;
  /** The window of the output that the pooled values around may fill. */
  readonly window: Patch;
  readonly input: readonly number[];
  readonly values: Float64Array;
  /** The cell of the window that is this unit. */
  readonly own: number;
}

export type Middle = Products | Gathered | Terms | Shares | Operands | Copied | Kept;

/** One line of the arithmetic, as it is written on paper. */
export interface Step {
  readonly label: string;
  /** `g`: a function of the line above, the label says which. */
  readonly sign: '' | '+' | '−' | '×' | '÷' | 'g';
  readonly value: number;
  /** A result: a line is drawn above it. */
  readonly result: boolean;
  /** What a weighted sum adds at its end. */
  readonly bias?: true;
}

export interface Explanation {
  readonly kind: 'explanation';
  /** Where the unit lies in the output: one index per axis. */
  readonly place: readonly number[];
  readonly middle: Middle;
  /** The last one is the value. */
  readonly steps: readonly Step[];
  readonly value: number;
  /** Sum of the sizes of everything that was added up, and how many that were: what rounding can be measured by. */
  readonly scale: number;
  readonly terms: number;
  /** The result lies half-way between two steps of its grid, as near as single precision can tell: it may land on either. */
  readonly halfWay?: boolean;
  readonly notes: readonly string[];
}

/** Why there is none. */
export interface Unexplained {
  readonly kind: 'unexplained';
  readonly why: string;
}

export const unexplained = (why: string): Unexplained => ({ kind: 'unexplained', why });
