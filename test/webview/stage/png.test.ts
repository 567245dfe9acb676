import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { encodePng } from '../../../webview/stage/figure/png';

describe('PNG', () => {
  it('holds every pixel, over several strips', async () => {
    const [width, height] = [2500, 1700];
    const pixel = (x: number, y: number): number[] => [x & 255, (y * 3) & 255, (x ^ y) & 255];
    const calls: number[] = [];
    const bytes = Buffer.from(
      await encodePng(width, height, 2, (from, count) => {
        calls.push(from);
        const out = new Uint8ClampedArray(4 * width * count);
        for (let y = 0; y < count; y++)
          for (let x = 0; x < width; x++) out.set([...pixel(x, from + y), 255], 4 * (y * width + x));
        return out;
      }),
    );
    assert.ok(calls.length > 1, 'more than one strip');
    assert.equal(bytes.subarray(1, 4).toString(), 'PNG');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at))
      chunks.set(bytes.subarray(at + 4, at + 8).toString(), bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
    assert.deepEqual([...chunks.keys()], ['IHDR', 'pHYs', 'IDAT', 'IEND']);
    assert.deepEqual([...chunks.get('IHDR')!], [0, 0, 9, 196, 0, 0, 6, 164, 8, 2, 0, 0, 0]);
    assert.equal(chunks.get('pHYs')!.readUInt32BE(0), 7559, '192 dots an inch');
    const rows = inflateSync(chunks.get('IDAT')!);
    assert.equal(rows.length, height * (3 * width + 1));
    const before = new Uint8Array(3 * width);
    for (let y = 0; y < height; y++) {
      const row = rows.subarray(y * (3 * width + 1), (y + 1) * (3 * width + 1));
      assert.equal(row[0], 2);
      for (let i = 0; i < before.length; i++) before[i]! += row[i + 1]!;
      if (y % 97) continue;
      for (const x of [0, 1, 1250, 2499]) assert.deepEqual([...before.subarray(3 * x, 3 * x + 3)], pixel(x, y));
    }
  });
});
