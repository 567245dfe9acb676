import type { Dim } from '../ir/dim';
import type { Facts } from './facts';

const channelCounts: readonly Dim[] = [1, 3, 4];

/**
 * The axes of an image input that are space. ONNX puts batch and channels first; channels last is recognised only where the shape
 * leaves no doubt (`[1, 224, 224, 3]`), because a wrong guess would turn rows into channels.
 */
export function imageAxes(shape: readonly Dim[]): readonly number[] {
  const rank = shape.length;
  if (rank < 3) return rank ? [rank - 1] : []; // sound: [batch, samples]
  const last = shape[rank - 1] ?? null;
  const second = shape[1] ?? null;
  // Three axes are a signal: `[1, 16000, 1]` has its one channel last, 3 or 4 there may as well be its length.
  const counts = rank > 3 ? channelCounts : [1];
  const channelsLast = counts.includes(last) && !channelCounts.includes(second);
  const begin = channelsLast ? 1 : 2;
  return Array.from({ length: rank - 2 }, (_, i) => begin + i);
}

/** Extents of the image input along its axes of space; null for those that are symbolic. Empty where there is no image. */
export function imageExtents({ imageInput, types }: Pick<Facts, 'imageInput' | 'types'>): readonly (number | null)[] {
  const shape = imageInput === null ? null : (types[imageInput]?.shape ?? null);
  if (!shape) return [];
  return imageAxes(shape).map((axis) => {
    const extent = shape[axis];
    return typeof extent === 'number' ? extent : null;
  });
}
