/**
 * How the positions of an output depend on the positions of an input, axis by axis: plain data, so that it can be sent to a worker.
 * Receptive fields, exact fields and coverage are folds over this and nothing else.
 */

/** One spatial axis of a sliding window: output i reads inputs `i·stride − padBegin + k·dilation`, k = 0 … kernel−1. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padBegin: number;
  readonly padEnd: number;
}

export type AxisMap =
  /** Convolution, pooling, Slice (kernel 1, stride = step, padBegin = −start), constant Pad (kernel 1), identity. Outside = padding. */
  | { readonly kind: 'window'; readonly window: Window }
  /** Transposed convolution: output i reads every input j with `i = j·stride − padBegin + k·dilation` for some k. */
  | { readonly kind: 'transposed'; readonly window: Window }
  /**
   * Resize and the like, periodic: output `q·outPeriod + r` reads inputs `q·inPeriod + taps[r][…]`.
   * Reads outside the input are clamped to the border (`clamp`) or dropped as padding.
   */
  | {
      readonly kind: 'periodic';
      readonly outPeriod: number;
      readonly inPeriod: number;
      readonly taps: readonly (readonly number[])[];
      readonly clamp: boolean;
    }
  /** Output i reads input `i − before`, mirrored or repeated beyond the border. */
  | { readonly kind: 'border'; readonly before: number; readonly mode: 'reflect' | 'edge' | 'wrap' }
  /** A listed, finite relation: output i reads inputs `reads[i]` (Gather with known indices). */
  | { readonly kind: 'listed'; readonly reads: readonly (readonly number[])[] }
  /** Every position of the input axis. */
  | { readonly kind: 'whole' };

export interface AxisLink {
  /** Axis of the input. */
  readonly from: number;
  readonly map: AxisMap;
}

/** What one output needs of one input. An input axis that no link mentions is needed as a whole (the channels of a convolution). */
export interface Dependence {
  /** For each axis of the output, the input axes it runs along; empty for an axis that none feeds (a new axis, output channels). */
  readonly axes: readonly (readonly AxisLink[])[];
  /** The operator reads everything whatever the position (global pooling, attention): receptive field "whole". */
  readonly global?: boolean;
}

export const sameWindow: Window = { kernel: 1, stride: 1, dilation: 1, padBegin: 0, padEnd: 0 };
export const same: AxisMap = { kind: 'window', window: sameWindow };
export const along = (from: number, map: AxisMap = same): readonly AxisLink[] => [{ from, map }];

/** Output i reads input `start + i·step`: a Slice along one axis. */
export const sliced = (start: number, step: number): AxisMap => ({
  kind: 'window',
  window: { kernel: 1, stride: step, dilation: 1, padBegin: -start, padEnd: 0 },
});

/** Axis for axis the same, aligned at the end as numpy broadcasts; an input extent of 1 against more is read at 0 by all. */
export function pointwise(inputRank: number, outputRank: number): Dependence {
  const shift = outputRank - inputRank;
  return { axes: Array.from({ length: outputRank }, (_, i) => (i >= shift ? along(i - shift) : [])) };
}
