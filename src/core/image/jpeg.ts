import type { Size } from './picture';

interface Segment {
  readonly marker: number;
  /** Where its data begin, behind its length, and how many they are; they may end beyond the file. */
  readonly at: number;
  readonly length: number;
}

const [RGB, ADOBE] = ['RGB', 'Adobe'].map((text) => Array.from(text, (letter) => letter.charCodeAt(0))) as [
  number[],
  number[],
];
/** Markers that come without a length, and those that begin a frame (0xc0 to 0xcf but for three tables). */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd9);
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** What stands between the coded pictures. */
function* segments(view: DataView): Generator<Segment> {
  for (let at = 2; at + 4 <= view.byteLength;) {
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker; anything else is a coded picture, to the next marker.
    if (view.getUint8(at) !== 0xff || marker === 0xff || marker === 0 || isBare(marker)) {
      at++;
      continue;
    }
    const length = view.getUint16(at + 2);
    yield { marker, at: at + 4, length: length - 2 };
    at += 2 + length;
  }
}

/** Extents of the largest frame in a JPEG file: a decoder may take any. */
export function jpegSize(view: DataView): Size | null {
  let size: Size | null = null;
  for (const { marker, at } of segments(view)) {
    if (!isFrame(marker) || at + 5 > view.byteLength) continue;
    const own = { width: view.getUint16(at + 3), height: view.getUint16(at + 1) };
    if (!size || own.width * own.height > size.width * size.height) size = own;
  }
  return size;
}

/** True where the components are colours as they are, not luma and chroma: Adobe's mark says so, or their names are R, G and B. */
export function isPlainColour(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let named = false;
  for (const { marker, at, length } of segments(view)) {
    if (at + length > bytes.length) break;
    const isMark = marker === 0xee && length >= 12 && ADOBE.every((letter, i) => bytes[at + i] === letter);
    if (isMark) return bytes[at + 11] === 0;
    // JFIF knows no colours but luma and chroma.
    if (marker === 0xe0) return false;
    if (isFrame(marker)) named = bytes[at + 5] === 3 && RGB.every((letter, i) => bytes[at + 6 + 3 * i] === letter);
  }
  return named;
}
