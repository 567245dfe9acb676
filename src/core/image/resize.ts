import { blankPicture, type Picture } from './picture';

/** Rectangle of a picture in its own pixels; edges may lie between pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** For every target place: where its weights start in the source, and the weights (they sum to 1). */
interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float64Array[];
}

/**
 * Bilinear resampling with antialiasing, as in Pillow and in torchvision's default: a triangle as wide as one source pixel when
 * enlarging, and as one target pixel when shrinking, so that every source pixel counts. Pixel centres lie at half numbers
 * (`align_corners = False`), and what lies outside of the picture has no weight.
 */
function taps(from: number, extent: number, full: number, size: number): Taps {
  const scale = extent / size;
  const support = Math.max(1, scale);
  const first = new Int32Array(size);
  const weights: Float64Array[] = [];
  for (let target = 0; target < size; target++) {
    const centre = from + (target + 0.5) * scale;
    const low = Math.max(0, Math.floor(centre - support + 0.5));
    const high = Math.max(low + 1, Math.min(full, Math.floor(centre + support + 0.5)));
    const own = new Float64Array(high - low);
    let sum = 0;
    for (let at = low; at < high; at++) {
      const weight = Math.max(0, 1 - Math.abs((at + 0.5 - centre) / support));
      own[at - low] = weight;
      sum += weight;
    }
    if (sum === 0) own[0] = sum = 1;
    for (let at = 0; at < own.length; at++) own[at]! /= sum;
    first[target] = Math.min(low, full - 1);
    weights.push(own);
  }
  return { first, weights };
}

/**
 * Resamples a region of a picture to a size. The result has 8 bits a sample again: what is shown to the user as "the image as the net
 * gets it" is then exactly what the net gets. Rows are done first, kept in full precision, and rounded once at the end.
 */
export function resize(picture: Picture, width: number, height: number, region?: Region): Picture {
  const from = region ?? { x: 0, y: 0, width: picture.width, height: picture.height };
  if (isWhole(from, picture) && width === picture.width && height === picture.height) return picture;
  const columns = taps(from.x, from.width, picture.width, width);
  const rows = taps(from.y, from.height, picture.height, height);
  const top = rows.first[0]!;
  const bottom = rows.first[height - 1]! + rows.weights[height - 1]!.length;

  const between = new Float64Array((bottom - top) * width * 4);
  for (let y = top; y < bottom; y++) {
    for (let x = 0; x < width; x++) {
      const own = columns.weights[x]!;
      const source = (y * picture.width + columns.first[x]!) * 4;
      const target = ((y - top) * width + x) * 4;
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        for (let k = 0; k < own.length; k++) sum += own[k]! * picture.data[source + k * 4 + channel]!;
        between[target + channel] = sum;
      }
    }
  }

  const result = blankPicture(width, height);
  const stride = width * 4;
  for (let y = 0; y < height; y++) {
    const own = rows.weights[y]!;
    const source = (rows.first[y]! - top) * stride;
    for (let at = 0; at < stride; at++) {
      let sum = 0;
      for (let k = 0; k < own.length; k++) sum += own[k]! * between[source + k * stride + at]!;
      // Half up, as Pillow rounds; the clamped array alone would round half to even.
      result.data[y * stride + at] = Math.floor(sum + 0.5);
    }
  }
  return result;
}

const isWhole = (region: Region, picture: Picture): boolean =>
  region.x === 0 && region.y === 0 && region.width === picture.width && region.height === picture.height;
