import type { TensorView } from './tensorView';

/** What the values of one channel, or of all, are like. NaN and infinities are counted, and left out of all else. */
export interface Statistics {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly deviation: number;
  readonly zeros: number;
  readonly notFinite: number;
}

export interface LayerStatistics extends Statistics {
  readonly channels: readonly Statistics[];
  /** Channels that are zero everywhere. */
  readonly silent: number;
}

interface Sums {
  count: number;
  min: number;
  max: number;
  sum: number;
  squares: number;
  zeros: number;
  notFinite: number;
}

const nothing = (): Sums => ({ count: 0, min: Infinity, max: -Infinity, sum: 0, squares: 0, zeros: 0, notFinite: 0 });

function finished({ count, min, max, sum, squares, zeros, notFinite }: Sums): Statistics {
  const finite = count - notFinite;
  if (finite === 0) return { count, min: 0, max: 0, mean: 0, deviation: 0, zeros, notFinite };
  const mean = sum / finite;
  return { count, min, max, mean, deviation: Math.sqrt(Math.max(0, squares / finite - mean * mean)), zeros, notFinite };
}

/** Plain variables, and nothing asked of a value that most do not need: this runs over every value of every map. */
function sumsOf(data: ArrayLike<number>, from: number, count: number): Sums {
  let [min, max, sum, squares, zeros] = [Infinity, -Infinity, 0, 0, 0];
  const end = from + count;
  for (let at = from; at < end; at++) {
    const value = data[at]!;
    if (value < min) min = value;
    if (value > max) max = value;
    // Counted without a branch: after a ReLU no processor could guess it.
    zeros += Number(value === 0);
    sum += value;
    squares += value * value;
  }
  // Any value that is not finite would show here.
  return Number.isFinite(squares)
    ? { count, min, max, sum, squares, zeros, notFinite: 0 }
    : finiteSums(data, from, count);
}

/** The same where some values are not finite, or too large to be squared. */
function finiteSums(data: ArrayLike<number>, from: number, count: number): Sums {
  const sums = { ...nothing(), count };
  for (let at = from; at < from + count; at++) {
    const value = data[at] ?? NaN;
    if (!Number.isFinite(value)) {
      sums.notFinite++;
      continue;
    }
    sums.min = Math.min(sums.min, value);
    sums.max = Math.max(sums.max, value);
    if (value === 0) sums.zeros++;
    sums.sum += value;
    sums.squares += value * value;
  }
  return sums;
}

export const channelStatistics = ({ data, height, width }: TensorView, channel: number): Statistics =>
  finished(sumsOf(data, channel * height * width, height * width));

export function layerStatistics(view: TensorView): LayerStatistics {
  const size = view.height * view.width;
  const all = nothing();
  const channels: Statistics[] = [];
  let silent = 0;
  for (let channel = 0; channel < view.channels; channel++) {
    const own = sumsOf(view.data, channel * size, size);
    channels.push(finished(own));
    if (own.zeros === size) silent++;
    all.count += own.count;
    all.min = Math.min(all.min, own.min);
    all.max = Math.max(all.max, own.max);
    all.sum += own.sum;
    all.squares += own.squares;
    all.zeros += own.zeros;
    all.notFinite += own.notFinite;
  }
  return { ...finished(all), channels, silent };
}

/** Counts of values in equal bins from `min` to `max`. */
export function histogram(
  data: ArrayLike<number>,
  length: number,
  min: number,
  max: number,
  bins: number,
): Uint32Array {
  const counts = new Uint32Array(bins);
  const scale = max > min ? bins / (max - min) : 0;
  for (let at = 0; at < length; at++) {
    const value = data[at]!;
    if (Number.isFinite(value) && value >= min && value <= max)
      counts[Math.min(bins - 1, Math.floor((value - min) * scale))]!++;
  }
  return counts;
}

export type SortKey = 'channel' | 'mean' | 'max' | 'variance' | 'similarity';

/** The number maps are sorted by; by channel it is the mean that is shown. */
export function sortValue(statistics: Statistics, key: SortKey): number {
  if (key === 'max') return statistics.max;
  return key === 'variance' ? statistics.deviation ** 2 : statistics.mean;
}

/** Channels in the order they are shown: largest first, equal ones by their number. */
export function sortedChannels(channels: readonly Statistics[], key: SortKey): readonly number[] {
  const order = channels.map((_, channel) => channel);
  if (key === 'channel') return order;
  return order.sort((a, b) => sortValue(channels[b]!, key) - sortValue(channels[a]!, key) || a - b);
}

/**
 * How alike each channel is to one of them: Pearson's correlation of their maps, 1 for itself, 0 for one that is flat. Places where
 * either is no number are left out.
 */
export function similarities({ data, channels, height, width }: TensorView, to: number): Float64Array {
  const size = height * width;
  const result = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    let [count, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
    for (let at = 0; at < size; at++) {
      const [x, y] = [data[to * size + at]!, data[channel * size + at]!];
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      count++;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    const spread = Math.sqrt(Math.max(0, count * aa - a * a) * Math.max(0, count * bb - b * b));
    const alike = (count * ab - a * b) / spread;
    result[channel] = channel === to ? 1 : Number.isFinite(alike) ? Math.min(1, Math.max(-1, alike)) : 0;
  }
  return result;
}
