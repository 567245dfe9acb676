/**
 * How pixels become the numbers a net gets: value = (pixel · scale − mean[c]) / std[c] with pixels from 0 to 255, then laid out as
 * the input wants. The same shape as the protocol's `Preparation`; written down again because this folder imports nothing of ours.
 */
export interface Preparation {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly resize: 'crop' | 'stretch' | 'letterbox';
  readonly order: 'RGB' | 'BGR' | 'grey';
  readonly scale: number;
  /** One per channel, in the net's order of channels. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  readonly layout: 'NCHW' | 'NHWC';
  /** `float32`, `float16`, `uint8`… */
  readonly dtype: string;
  /** Why this was chosen, in words. */
  readonly reason: string;
}
