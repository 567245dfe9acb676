import { jpegSize } from './jpeg';
import type { Size } from './picture';
import type { PictureFormat } from './sniff';

const low24 = (view: DataView, at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16);

function webpSize(view: DataView): Size | null {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  if (kind === 'VP8X') return { width: low24(view, 24) + 1, height: low24(view, 27) + 1 };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  const mask = 0x3fff;
  return kind === 'VP8 ' ? { width: view.getUint16(26, true) & mask, height: view.getUint16(28, true) & mask } : null;
}

/** Of the largest of its pictures: the box `ispe` holds the extents of one. */
function avifSize(bytes: Uint8Array, view: DataView): Size | null {
  let size: Size | null = null;
  const name = [0x69, 0x73, 0x70, 0x65];
  for (let at = bytes.indexOf(name[0]!); at >= 0; at = bytes.indexOf(name[0]!, at + 1)) {
    if (!name.every((letter, i) => bytes[at + i] === letter) || at + 16 > bytes.length) continue;
    const own = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (!size || own.width * own.height > size.width * size.height) size = own;
  }
  return size;
}

/** Pixels of a picture as its header says them, before anything is decoded; null where it ends before that. */
export function pictureSize(bytes: Uint8Array, format: PictureFormat): Size | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    switch (format) {
      case 'png':
        return { width: view.getUint32(16), height: view.getUint32(20) };
      case 'jpeg':
        return jpegSize(view);
      case 'webp':
        return webpSize(view);
      case 'gif':
        return gifSize(view);
      case 'bmp':
        return bmpSize(view);
      case 'avif':
        return avifSize(bytes, view);
    }
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The screen's, or that of the first picture where it is larger: decoders then take that. */
function gifSize(view: DataView): Size {
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  const packed = view.getUint8(10);
  let at = 13 + (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  // Extensions stand before it: each a row of blocks that tell their length, up to one of none.
  while (at + 2 < view.byteLength && view.getUint8(at) === 0x21)
    for (at += 2; at < view.byteLength;) {
      const length = view.getUint8(at);
      at += 1 + length;
      if (length === 0) break;
    }
  if (at + 9 > view.byteLength || view.getUint8(at) !== 0x2c) return { width, height };
  const right = view.getUint16(at + 1, true) + view.getUint16(at + 5, true);
  const bottom = view.getUint16(at + 3, true) + view.getUint16(at + 7, true);
  return { width: Math.max(width, right), height: Math.max(height, bottom) };
}

/** Rows from the top are told by a negative height; the oldest header has 16 bits for each. */
function bmpSize(view: DataView): Size {
  if (view.getUint32(14, true) === 12) return { width: view.getUint16(18, true), height: view.getUint16(20, true) };
  return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
}
