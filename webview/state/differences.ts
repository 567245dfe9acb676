/** How far two tensors of one shape are apart. */
export interface DifferenceNumbers {
  readonly count: number;
  /** Of all differences without their signs. */
  readonly largest: number;
  readonly mean: number;
  /** The largest difference by the largest value of the second; null where all of that is zero. */
  readonly relative: number | null;
  /** Cosine of the angle between both as vectors; null where either is zero everywhere. */
  readonly cosine: number | null;
  /** Places where one is NaN or infinite and the other is not the same; left out of all else. */
  readonly unlike: number;
}

/** One output of a layer in two runs. */
export interface LayerDifference {
  readonly node: number;
  /** Null where the two have no values in the same places. */
  readonly numbers: DifferenceNumbers | null;
}

/** Up to here two runs count as the same: what another order of adding up does to single precision, and no more. */
export const TOLERANCE = 1e-4;

/** The first against the second, which is what it is compared with; null where there are not as many values. */
export function differencesOf(a: ArrayLike<number>, b: ArrayLike<number>): DifferenceNumbers | null {
  if (a.length !== b.length) return null;
  let [largest, sum, most, unlike, counted, aa, bb, ab] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      if (!Object.is(x, y)) unlike++;
      continue;
    }
    const apart = Math.abs(x - y);
    if (apart > largest) largest = apart;
    if (Math.abs(y) > most) most = Math.abs(y);
    sum += apart;
    counted++;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const lengths = Math.sqrt(aa) * Math.sqrt(bb);
  // Squares of doubles may be more than a double holds.
  const cosine = lengths > 0 && lengths < Infinity ? Math.min(1, Math.max(-1, ab / lengths)) : null;
  const mean = counted > 0 ? sum / counted : 0;
  return { count: a.length, largest, mean, relative: most > 0 ? largest / most : null, cosine, unlike };
}

/** Whether two runs differ here by more than rounding does. */
export const differs = ({ largest, relative, unlike }: DifferenceNumbers): boolean =>
  unlike > 0 || (largest > 0 && (relative === null || relative > TOLERANCE));

/** The first layer, in the order of execution, in which two runs differ by more than rounding; null where none does. */
export const firstToDiffer = (layers: readonly LayerDifference[]): number | null =>
  layers.find(({ numbers }) => numbers !== null && differs(numbers))?.node ?? null;

/** Whether any layer has values in the same places in both runs: else nothing is known of what differs. */
export const comparable = (layers: readonly LayerDifference[]): boolean =>
  layers.some(({ numbers }) => numbers !== null && numbers.count > 0);

/** Layers from the largest difference, by its layer's largest value, to the least; those that cannot be compared last. */
export function byDifference(layers: readonly LayerDifference[]): readonly LayerDifference[] {
  const size = ({ numbers }: LayerDifference): number =>
    numbers === null ? -1 : numbers.unlike > 0 ? Infinity : (numbers.relative ?? (numbers.largest > 0 ? Infinity : 0));
  return [...layers].sort((a, b) => {
    const [x, y] = [size(a), size(b)];
    return x === y ? 0 : y - x;
  });
}
