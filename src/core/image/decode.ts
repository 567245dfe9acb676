import { decode as decodeJpeg } from 'jpeg-js';
import { t } from '../l10n/l10n';
import { isPlainColour } from './jpeg';
import { exifOrientation, upright } from './orientation';
import { PictureError, type Picture } from './picture';
import { decodePng } from './png';
import { pictureSize } from './size';
import { sniffPicture, type PictureFormat } from './sniff';

/** Pixels a picture may have; more would take seconds and gigabytes to no use, as nets see a few hundred squared. */
const MAX_PIXELS = 100e6;
const JPEG_MEMORY_MB = 1024;

/** Formats decoded here, in the same way on every machine; others are left to the browser. */
export const decodable = (format: PictureFormat | null): format is 'png' | 'jpeg' =>
  format === 'png' || format === 'jpeg';

/**
 * The format of a picture that may be decoded: its size is read off its header, so that a small file that claims to be huge is refused
 * before anything is unpacked. Throws a PictureError that says what is wrong.
 */
export function checkedFormat(bytes: Uint8Array): PictureFormat {
  const format = sniffPicture(bytes);
  if (!format) throw new PictureError(noPicture(bytes));
  const size = pictureSize(bytes, format);
  if (!size) throw new PictureError(t('The picture ends before its size, or its header is damaged.'));
  const { width, height } = size;
  if (width * height > MAX_PIXELS || width * height === 0)
    throw new PictureError(
      t('A picture of {0}×{1} pixels is not read here (at most 100 million pixels).', width, height),
    );
  return format;
}

/** What stands in a file that is no picture, as far as that can be told. */
function noPicture(bytes: Uint8Array): string {
  if (bytes.length === 0) return t('The file is empty.');
  const start = new TextDecoder().decode(bytes.subarray(0, 1000));
  if (/<svg[\s>]/i.test(start)) return t('This is an SVG drawing. Pictures for a net are made of pixels.');
  return t('The file is no picture that can be read here: PNG, JPEG, WebP, GIF, BMP or AVIF.');
}

/** Decodes a PNG or JPEG file. Throws a PictureError that says what is wrong. */
export function decodePicture(bytes: Uint8Array): Picture {
  const format = checkedFormat(bytes);
  if (!decodable(format)) throw new PictureError(t('The file is neither a PNG nor a JPEG picture.'));
  try {
    return format === 'png' ? decodePng(bytes) : fromJpeg(bytes);
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
    ...(isPlainColour(bytes) ? { colorTransform: false } : {}),
  });
  const picture = {
    width: decoded.width,
    height: decoded.height,
    data: new Uint8ClampedArray(decoded.data.buffer as ArrayBuffer),
  };
  // The type declaration leaves the Exif block out.
  return upright(picture, exifOrientation((decoded as { exifBuffer?: Uint8Array }).exifBuffer));
}
