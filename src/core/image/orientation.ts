import { blankPicture, type Picture } from './picture';

const ORIENTATION = 0x0112;

/** Orientation 1…8 out of an Exif block; 1 where there is none. */
export function exifOrientation(block: Uint8Array | undefined): number {
  if (!block || block.length < 20) return 1;
  // Decoders hand the block over with all, one or none of the "Exif\0\0" before the TIFF header.
  const start = [0, 1, 2, 6].find((at) => block[at] === block[at + 1] && (block[at] === 0x49 || block[at] === 0x4d));
  if (start === undefined) return 1;
  const view = new DataView(block.buffer, block.byteOffset + start, block.byteLength - start);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > view.byteLength) return 1;
  const entries = view.getUint16(directory, little);
  for (let index = 0; index < entries; index++) {
    const at = directory + 2 + index * 12;
    if (at + 12 > view.byteLength) return 1;
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Turns a picture upright, as a camera noted it was held. */
export function upright(picture: Picture, orientation: number): Picture {
  if (orientation <= 1 || orientation > 8) return picture;
  const swapped = orientation >= 5;
  const { width, height } = picture;
  const turned = blankPicture(swapped ? height : width, swapped ? width : height);
  const source = new Uint32Array(picture.data.buffer, picture.data.byteOffset, width * height);
  const target = new Uint32Array(turned.data.buffer);
  // 5…8 are 1…4 with rows and columns exchanged: 5 transpose, 6 quarter turn right, 7 transverse, 8 quarter turn left.
  const mirrored = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const flipped = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      const [row, column] = swapped ? [x, y] : [y, x];
      const fromRow = flipped ? height - 1 - row : row;
      const fromColumn = mirrored ? width - 1 - column : column;
      target[y * turned.width + x] = source[fromRow * width + fromColumn]!;
    }
  }
  return turned;
}
