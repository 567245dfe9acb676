import { blankPicture, type Picture } from './picture';
import type { Preparation } from './preparation';

/**
 * The picture that a preparation would have turned into these numbers: the way back, for tensors that came ready. Only the first
 * of a batch, only the first three channels; what lies outside of 0…255 is clamped. `dims` are those of the input, batch first or none.
 */
export function pictureOf(
  values: ArrayLike<number>,
  dims: readonly number[],
  preparation: Pick<Preparation, 'layout' | 'order' | 'scale' | 'mean' | 'std'>,
): Picture {
  const { layout, order, scale, mean, std } = preparation;
  const [a, b, c] = dims.slice(-3) as [number, number, number];
  const [channels, height, width] = layout === 'NCHW' ? [a, b, c] : [c, a, b];
  const picture = blankPicture(width, height);
  const pixels = width * height;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let k = 0; k < 3; k++) {
      const channel = Math.min(channels - 1, order === 'BGR' ? 2 - k : k);
      const value = values[layout === 'NCHW' ? channel * pixels + pixel : pixel * channels + channel]!;
      // Beyond the range of bytes the clamped array does the rest; not a number becomes 0.
      picture.data[pixel * 4 + k] = (value * (std[channel] ?? 1) + (mean[channel] ?? 0)) / scale;
    }
    picture.data[pixel * 4 + 3] = 255;
  }
  return picture;
}
