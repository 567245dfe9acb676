/**
 * How pixels become the numbers a net gets: value = (pixel · scale − mean[c]) / std[c] with pixels from 0 to 255, then laid out as
 * the input wants.
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
  /** Why this was chosen, in words: "from the file's metadata", "guessed from 3×224×224 and BGR of Caffe". */
  readonly reason: string;
}

const numbers = (value: unknown, count: number): value is number[] =>
  Array.isArray(value) &&
  value.length === count &&
  value.every((one) => typeof one === 'number' && Number.isFinite(one));
const oneOf = <T>(value: unknown, choices: readonly T[]): value is T => choices.includes(value as T);

/**
 * What was kept of a preparation, laid over the one guessed now: the input decides size, layout and type, the user the rest.
 * Null for anything that is no preparation, or one for another number of channels.
 */
export function keptPreparation(kept: unknown, guessed: Preparation): Preparation | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const { resize, order, scale, mean, std, channels, reason } = kept as Readonly<Record<string, unknown>>;
  const fits =
    channels === guessed.channels &&
    oneOf(resize, ['crop', 'stretch', 'letterbox'] as const) &&
    oneOf(order, ['RGB', 'BGR', 'grey'] as const) &&
    (guessed.channels > 1 || order === 'grey') &&
    numbers([scale], 1) &&
    numbers(mean, guessed.channels) &&
    numbers(std, guessed.channels) &&
    !std.includes(0);
  if (!fits) return null;
  const why = typeof reason === 'string' ? reason.slice(0, 200) : '';
  return { ...guessed, resize, order, scale: scale as number, mean, std, reason: why };
}
