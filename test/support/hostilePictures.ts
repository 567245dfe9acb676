import { crc32, deflateSync } from 'node:zlib';

/** A chunk of PNG, with its length and check sum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

const numbers = (...all: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(4 * all.length);
  all.forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
};

interface Png {
  readonly width: number;
  readonly height: number;
  /** 2: red, green and blue; 0: grey. */
  readonly colour: 0 | 2;
  readonly depth: number;
  /** Rows with the byte of their filter, not yet packed. */
  readonly rows: Uint8Array;
  /** Chunks before and behind the picture. */
  readonly before?: readonly Uint8Array[];
  readonly behind?: readonly Uint8Array[];
}

export const png = ({ width, height, colour, depth, rows, before = [], behind = [] }: Png): Uint8Array =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.concat([numbers(width, height), Buffer.of(depth, colour, 0, 0, 0)])),
    ...before,
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    ...behind,
    pngChunk('IEND', Buffer.alloc(0)),
  ]);

/** Square, of one colour. */
export function flatPng(size: number, rgb: readonly [number, number, number], more: Partial<Png> = {}): Uint8Array {
  const row = Buffer.concat([Buffer.of(0), ...Array.from({ length: size }, () => Buffer.from(rgb))]);
  const rows = Buffer.concat(Array.from({ length: size }, () => row));
  return png({ width: size, height: size, colour: 2, depth: 8, rows, ...more });
}

/** 30,000 by 30,000 pixels of one bit: 112 MB unpacked, 3.6 GB as a page holds it, about 100 kB on the disk. */
export function hugePng(): Uint8Array {
  const [width, height] = [30_000, 30_000];
  return png({ width, height, colour: 0, depth: 1, rows: Buffer.alloc(height * (1 + width / 8)) });
}

/** Two pictures after one another: the file's own is red, the second of the animation blue. */
export function animatedPng(size: number): Uint8Array {
  const control = (serial: number): Uint8Array =>
    pngChunk('fcTL', Buffer.concat([numbers(serial, size, size, 0, 0), Buffer.of(0, 1, 0, 10, 0, 0)]));
  const blue = Buffer.concat(
    Array.from({ length: size }, () =>
      Buffer.concat([Buffer.of(0), ...Array.from({ length: size }, () => Buffer.of(0, 0, 255))]),
    ),
  );
  return flatPng(size, [255, 0, 0], {
    before: [pngChunk('acTL', numbers(2, 0)), control(0)],
    behind: [control(1), pngChunk('fdAT', Buffer.concat([numbers(2), deflateSync(blue)]))],
  });
}

const marker = (code: number, data: readonly number[]): Buffer =>
  Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 255, ...data]);

/** Amplitudes that JPEG's code for "so many bits follow" may have here: each of 0 to 8 bits is a word of four bits. */
const LENGTHS = [0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/**
 * A baseline JPEG, 8 by 8, of one colour: one block for each component, with nothing but its mean. Four components are CMYK as Adobe
 * writes it, inverted; `transform` 2 says that the first three of them are luma and chroma.
 */
export function flatJpeg(components: readonly number[], transform: number): Uint8Array {
  const tables = marker(0xdb, [0, ...Array<number>(64).fill(8)]);
  const adobe = marker(0xee, [...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, transform]);
  const frame = marker(0xc0, [8, 0, 8, 0, 8, components.length, ...components.flatMap((_, i) => [i + 1, 0x11, 0])]);
  const words = marker(0xc4, [0, ...LENGTHS, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
  // Of what follows the mean there is only "nothing more", a word of one bit.
  const rest = marker(0xc4, [0x10, 1, ...Array<number>(15).fill(0), 0]);
  const scan = marker(0xda, [components.length, ...components.flatMap((_, i) => [i + 1, 0x00]), 0, 63, 0]);
  let bits = '';
  for (const value of components) {
    // With a quantum of 8 the coefficient of the mean is the mean itself, around zero.
    const mean = value - 128;
    const length = mean === 0 ? 0 : Math.floor(Math.log2(Math.abs(mean))) + 1;
    bits += length.toString(2).padStart(4, '0');
    if (length > 0) bits += (mean < 0 ? mean + 2 ** length - 1 : mean).toString(2).padStart(length, '0');
    bits += '0';
  }
  const coded: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    coded.push(byte, ...(byte === 255 ? [0] : []));
  }
  return Buffer.concat([
    Buffer.of(0xff, 0xd8),
    ...[adobe, tables, frame, words, rest, scan],
    Buffer.from(coded),
    Buffer.of(0xff, 0xd9),
  ]);
}

/** The same file, whose header says another size. */
export function jpegClaiming(file: Uint8Array, width: number, height: number): Uint8Array {
  const claiming = Buffer.from(file);
  const at = claiming.indexOf(Buffer.of(0xff, 0xc0));
  claiming.writeUInt16BE(height, at + 5);
  claiming.writeUInt16BE(width, at + 7);
  return claiming;
}

/** An animation of one red and one blue pixel, shown as large as is said; LZW with codes of three bits. */
export function animatedGif(width = 1, height = 1): Uint8Array {
  const size = Buffer.alloc(4);
  size.writeUInt16LE(width, 0);
  size.writeUInt16LE(height, 2);
  const control = [0x21, 0xf9, 4, 4, 10, 0, 0, 0];
  // "clear", the colour, "end".
  const picture = (colour: number): number[] => {
    const packed = 4 | (colour << 3) | (5 << 6);
    return [...control, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, packed & 255, packed >> 8, 0];
  };
  const colours = [255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0];
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0x81, 0, 0, ...colours]),
    Buffer.from([...picture(0), ...picture(1), 0x3b]),
  ]);
}

/** As WebP says it in its extended header: nothing but a size. */
export function webpClaiming(width: number, height: number): Uint8Array {
  const file = Buffer.alloc(30);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(22, 4);
  file.write('WEBPVP8X', 8, 'latin1');
  file.writeUInt32LE(10, 16);
  file.writeUIntLE(width - 1, 24, 3);
  file.writeUIntLE(height - 1, 27, 3);
  return file;
}

export function bmpClaiming(width: number, height: number): Uint8Array {
  const file = Buffer.alloc(70);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

export const SCRIPTED_SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height="8"
  onload="globalThis.gotIn = true"><script>globalThis.gotIn = true</script>
  <image xlink:href="https://example.invalid/picture.png" width="8" height="8"/></svg>`;

/** An animation of one frame, of one pixel. */
export function animatedWebp(): Uint8Array {
  const still = Buffer.from('UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==', 'base64').subarray(12);
  const chunk = (name: string, data: Uint8Array): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, 0, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const frame = Buffer.concat([Buffer.alloc(12), Buffer.of(100, 0, 0, 0), still]);
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', Buffer.of(0x12, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    chunk('ANIM', Buffer.alloc(6)),
    chunk('ANMF', frame),
  ]);
  return chunk('RIFF', body);
}
