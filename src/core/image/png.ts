import { convertIndexedToRgb, decode, type DecodedPng } from 'fast-png';
import { Unzlib } from 'fflate';
import { t } from '../l10n/l10n';
import { blankPicture, PictureError, type Picture } from './picture';

/** PNG's colour type of pictures whose samples are indices into a palette. */
const INDEXED = 3;
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const MOST_COLOURS = 256;
/** What makes the picture; all else (profiles, texts, further frames of an animation) may unpack to anything. */
const ESSENTIAL = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
const SIGNATURE = 8;
const PIECE = 1 << 13;

const cutOff = (): PictureError => new PictureError(t('The PNG file ends before its picture does.'));

interface Chunk {
  readonly type: string;
  /** With its length and check sum. */
  readonly whole: Uint8Array;
  readonly data: Uint8Array;
}

/** The chunks that make the picture, in their order. Throws where the file ends within one. */
function essential(bytes: Uint8Array): readonly Chunk[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE; ;) {
    if (at + 8 > bytes.length) throw cutOff();
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) throw cutOff();
    if (ESSENTIAL.has(type))
      chunks.push({ type, whole: bytes.subarray(at, end), data: bytes.subarray(at + 8, end - 4) });
    if (type === 'IEND') return chunks;
    at = end;
  }
}

/** Unpacks the pixels once without keeping them: a few megabytes may hide gigabytes, and too few would be rubbish. */
function expectPixels(chunks: readonly Chunk[], { data: header }: Chunk): void {
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const perRow = Math.ceil((width * header[8]! * (CHANNELS[header[9]!] ?? 1)) / 8);
  const interlaced = header[12] !== 0;
  const least = interlaced ? height * perRow : height * (perRow + 1);
  // In seven passes every row of each begins anew, with a byte for its filter and bits to fill up.
  const most = interlaced ? least + 14 * (height + 1) : least;
  let count = 0;
  const packed = new Unzlib((piece) => {
    count += piece.length;
  });
  try {
    for (const { data } of chunks.filter(({ type }) => type === 'IDAT'))
      for (let at = 0; at < data.length && count <= most; at += PIECE) packed.push(data.subarray(at, at + PIECE));
    if (count <= most) packed.push(new Uint8Array(), true);
  } catch {
    throw new PictureError(t('The pixels of the PNG file can’t be unpacked: it is damaged.'));
  }
  if (count > most) throw new PictureError(t('The PNG file holds more pixels than its size has.'));
  if (count < least) throw cutOff();
}

/** Decodes a PNG file whose size was looked at before; of an animation, its first picture. Throws a PictureError. */
export function decodePng(bytes: Uint8Array): Picture {
  const chunks = essential(bytes);
  const [header] = chunks;
  if (header?.type !== 'IHDR' || header.data.length !== 13)
    throw new PictureError(t('The PNG file does not begin with its size.'));
  if (chunks.some(({ type, data }) => type === 'PLTE' && data.length > 3 * MOST_COLOURS))
    throw new PictureError(t('The PNG file has more colours in its palette than there can be.'));
  expectPixels(chunks, header);
  const decoded = decode(joined(bytes.subarray(0, SIGNATURE), chunks));
  const picture = blankPicture(decoded.width, decoded.height);
  // A true-colour file may carry a palette too, as a hint for old screens: only the header's colour type tells.
  if (header.data[9] === INDEXED) fillFromPalette(decoded, picture.data);
  else fillFromSamples(decoded, picture.data);
  return picture;
}

function joined(signature: Uint8Array, chunks: readonly Chunk[]): Uint8Array {
  const parts = [signature, ...chunks.map(({ whole }) => whole)];
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
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
