/** Writes PNG row by row, so that a picture may be larger than any canvas. */

/** Rows from `from` on, RGBA, as many as asked for. */
export type Rows = (from: number, count: number) => Uint8ClampedArray | Promise<Uint8ClampedArray>;

/** Rows drawn at a time: a few megabytes. */
const STRIP_PIXELS = 4_000_000;
/** Pixels a metre of a picture drawn at 96 to the inch. */
const METRE = 96 / 0.0254;

/** Opaque RGB; `scale` pixels stand for one of the drawing, which its size on paper follows. */
export async function encodePng(width: number, height: number, scale: number, rows: Rows): Promise<Uint8Array> {
  const packed = new CompressionStream('deflate');
  const reading = new Response(packed.readable).arrayBuffer();
  const writer = packed.writable.getWriter();
  try {
    await writeRows(writer, width, height, rows);
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    await reading.catch(() => undefined);
    throw error;
  }
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  // 8 bits, RGB; deflate, filters, not interlaced.
  head.setUint8(8, 8);
  head.setUint8(9, 2);
  const density = new DataView(new ArrayBuffer(9));
  density.setUint32(0, Math.round(METRE * scale));
  density.setUint32(4, Math.round(METRE * scale));
  density.setUint8(8, 1);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('pHYs', new Uint8Array(density.buffer)),
    chunk('IDAT', new Uint8Array(await reading)),
    chunk('IEND', new Uint8Array()),
  ]);
}

async function writeRows(
  writer: WritableStreamDefaultWriter<BufferSource>,
  width: number,
  height: number,
  rows: Rows,
): Promise<void> {
  const count = Math.max(1, Math.floor(STRIP_PIXELS / width));
  const before = new Uint8Array(3 * width);
  for (let from = 0; from < height; from += count) {
    const strip = Math.min(count, height - from);
    const pixels = await rows(from, strip);
    const out = new Uint8Array(strip * (3 * width + 1));
    let at = 0;
    for (let row = 0; row < strip; row++) {
      // The difference to the row above: lines go up and down here.
      out[at++] = 2;
      for (let x = 0, p = 4 * row * width, b = 0; x < width; x++, p += 4)
        for (let k = 0; k < 3; k++, b++) {
          const value = pixels[p + k]!;
          out[at++] = value - before[b]!;
          before[b] = value;
        }
    }
    await writer.write(out);
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

let table: Uint32Array | null = null;

function crc(bytes: Uint8Array): number {
  table ??= Uint32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let c = 0xffffffff;
  for (const byte of bytes) c = table[(c ^ byte) & 0xff]! ^ (c >>> 8);
  return ~c >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
