import { convertIndexedToRgb, decode as decodePng, type DecodedPng } from 'fast-png';
import { decode as decodeJpeg } from 'jpeg-js';
import { t } from '../l10n/l10n';
import { exifOrientation, upright } from './orientation';
import { blankPicture, PictureError, type Picture } from './picture';
import { sniffPicture, type PictureFormat } from './sniff';

/** Pixels a picture may have; more would take seconds and gigabytes to no use, as nets see a few hundred squared. */
const MAX_PIXELS = 100e6;
const JPEG_MEMORY_MB = 1024;
/** PNG's colour type of pictures whose samples are indices into a palette. */
const INDEXED = 3;

/** Formats decoded here, in the same way on every machine; others are left to the browser. */
export const decodable = (format: PictureFormat | null): format is 'png' | 'jpeg' =>
  format === 'png' || format === 'jpeg';

/** Decodes a PNG or JPEG file. Throws a PictureError that says what is wrong. */
export function decodePicture(bytes: Uint8Array): Picture {
  const format = sniffPicture(bytes);
  if (!decodable(format)) throw new PictureError(t('The file is neither a PNG nor a JPEG picture.'));
  try {
    return format === 'png' ? fromPng(bytes) : fromJpeg(bytes);
  } catch (error) {
    if (error instanceof PictureError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PictureError(t('The picture can’t be decoded: {0}', reason));
  }
}

function fromJpeg(bytes: Uint8Array): Picture {
  const decoded = decodeJpeg(bytes, {
    useTArray: true,
    maxResolutionInMP: MAX_PIXELS / 1e6,
    maxMemoryUsageInMB: JPEG_MEMORY_MB,
  });
  const picture = {
    width: decoded.width,
    height: decoded.height,
    data: new Uint8ClampedArray(decoded.data.buffer as ArrayBuffer),
  };
  // The type declaration leaves the Exif block out.
  return upright(picture, exifOrientation((decoded as { exifBuffer?: Uint8Array }).exifBuffer));
}

/** Extents from the header, so that a small file that claims to be huge is refused before anything is inflated. */
function refuseHuge(bytes: Uint8Array): void {
  if (bytes.length < 29) throw new PictureError(t('The PNG file ends before its size.'));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width * height > MAX_PIXELS || width * height === 0)
    throw new PictureError(
      t('A picture of {0}×{1} pixels is not read here (at most 100 million pixels).', width, height),
    );
}

function fromPng(bytes: Uint8Array): Picture {
  refuseHuge(bytes);
  const decoded = decodePng(bytes);
  const picture = blankPicture(decoded.width, decoded.height);
  // A true-colour file may carry a palette too, as a hint for old screens: only the header's colour type tells.
  if (bytes[25] === INDEXED) fillFromPalette(decoded, picture.data);
  else fillFromSamples(decoded, picture.data);
  return picture;
}

function fillFromPalette(decoded: DecodedPng, target: Uint8ClampedArray): void {
  const colours = convertIndexedToRgb(decoded);
  const channels = colours.length / (decoded.width * decoded.height);
  for (let pixel = 0, at = 0; at < target.length; pixel += channels, at += 4) {
    target[at] = colours[pixel]!;
    target[at + 1] = colours[pixel + 1]!;
    target[at + 2] = colours[pixel + 2]!;
    target[at + 3] = channels === 4 ? colours[pixel + 3]! : 255;
  }
}

/** Grey, grey with alpha, RGB or RGBA of 1 to 16 bits a sample; scaled to 8 so that white stays white. */
function fillFromSamples(decoded: DecodedPng, target: Uint8ClampedArray): void {
  const { data, channels, width, height } = decoded;
  // Packed grey samples (below 8 bits) come as they are in the file: whole bytes per row.
  const packed = decoded.depth < 8;
  const perRow = packed ? Math.ceil((width * decoded.depth) / 8) : width * channels;
  const top = 2 ** decoded.depth - 1;
  const sample = (row: number, index: number): number => {
    if (!packed) return data[row * perRow + index]!;
    const bit = index * decoded.depth;
    return (data[row * perRow + (bit >> 3)]! >> (8 - decoded.depth - (bit & 7))) & top;
  };
  const colour = channels >= 3;
  const alphaAt = channels === 2 ? 1 : channels === 4 ? 3 : -1;
  const hidden = decoded.transparency;
  for (let row = 0, at = 0; row < height; row++) {
    for (let column = 0; column < width; column++, at += 4) {
      const first = column * channels;
      const [red, green, blue] = [0, 1, 2].map((k) => sample(row, first + (colour ? k : 0))) as [
        number,
        number,
        number,
      ];
      target[at] = (red * 255) / top;
      target[at + 1] = (green * 255) / top;
      target[at + 2] = (blue * 255) / top;
      const isHidden = red === hidden?.[0] && (!colour || (green === hidden[1] && blue === hidden[2]));
      target[at + 3] = alphaAt >= 0 ? (sample(row, first + alphaAt) * 255) / top : isHidden ? 0 : 255;
    }
  }
}
