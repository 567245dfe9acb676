import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { encode, type BitDepth } from 'fast-png';
import jpeg from 'jpeg-js';
import { decodePicture } from '../../../src/core/image/decode';
import { exifOrientation, upright } from '../../../src/core/image/orientation';
import { PictureError } from '../../../src/core/image/picture';
import { sniffPicture } from '../../../src/core/image/sniff';
import { describeCorpus } from '../../support/corpus';

const root = path.resolve(__dirname, '../../..');
const images = path.join(root, 'samples/images');
const rgbaAt = ({ data, width }: { data: Uint8ClampedArray; width: number }, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describeCorpus('decoding the corpus', (corpus) => {
  it('reads every picture of the corpus at its size', () => {
    const sizes: Record<string, [number, number]> = {
      'astronaut.jpg': [320, 320],
      'chelsea.jpg': [320, 213],
      'rocket.jpg': [320, 214],
      'camera.png': [320, 320],
      'moon.png': [320, 320],
      'grass.png': [320, 320],
    };
    const images = path.join(corpus, 'images');
    for (const name of readdirSync(images).filter((file) => /[.](png|jpg)$/.test(file))) {
      const picture = decodePicture(readFileSync(path.join(images, name)));
      assert.deepEqual([picture.width, picture.height], sizes[name] ?? [28, 28], name);
      assert.ok(new Set(picture.data).size > 3, `${name} is not flat`);
      for (let at = 3; at < picture.data.length; at += 4) assert.equal(picture.data[at], 255);
    }
  });
});

describe('decodePicture', () => {
  it('keeps every sample of a PNG, whatever its channels and depth', () => {
    const make = (channels: number, depth: BitDepth, samples: number[]): Uint8Array =>
      encode({
        width: 2,
        height: 1,
        channels,
        depth,
        data: depth === 16 ? Uint16Array.from(samples) : Uint8Array.from(samples),
      });
    const decoded = (channels: number, depth: BitDepth, samples: number[]): number[] => [
      ...decodePicture(make(channels, depth, samples)).data,
    ];
    assert.deepEqual(decoded(1, 8, [7, 250]), [7, 7, 7, 255, 250, 250, 250, 255]);
    assert.deepEqual(decoded(2, 8, [7, 128, 250, 0]), [7, 7, 7, 128, 250, 250, 250, 0]);
    assert.deepEqual(decoded(3, 8, [1, 2, 3, 4, 5, 6]), [1, 2, 3, 255, 4, 5, 6, 255]);
    assert.deepEqual(decoded(4, 8, [1, 2, 3, 4, 5, 6, 7, 8]), [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(decoded(1, 16, [0, 65535]), [0, 0, 0, 255, 255, 255, 255, 255]);
    assert.deepEqual(decoded(3, 16, [257, 514, 771, 65535, 0, 0]), [1, 2, 3, 255, 255, 0, 0, 255]);
  });

  it('is close to what went into a JPEG', () => {
    const data = new Uint8Array(16 * 16 * 4);
    for (let at = 0; at < data.length; at += 4) data.set([200, 100, 50, 255], at);
    const file = jpeg.encode({ width: 16, height: 16, data }, 95).data;
    const [red, green, blue, alpha] = rgbaAt(decodePicture(Uint8Array.from(file)), 8, 8);
    assert.ok(Math.abs(red! - 200) < 4 && Math.abs(green! - 100) < 4 && Math.abs(blue! - 50) < 4);
    assert.equal(alpha, 255);
  });

  it('says what is wrong with files that are none', () => {
    const truncated = readFileSync(path.join(images, 'moon.png')).subarray(0, 200);
    const huge = Uint8Array.from(readFileSync(path.join(images, 'digit_2.png')));
    new DataView(huge.buffer).setUint32(16, 1 << 30);
    for (const bytes of [
      new Uint8Array(0),
      new TextEncoder().encode('hello'),
      truncated,
      huge,
      new Uint8Array([0xff, 0xd8, 0xff]),
    ])
      assert.throws(() => decodePicture(bytes), PictureError);
  });

  it('tells formats by their first bytes', () => {
    const start = (text: string): Uint8Array =>
      Uint8Array.from(Array.from(text.padEnd(40, ' '), (c) => c.charCodeAt(0)));
    assert.equal(sniffPicture(start('RIFF1234WEBP')), 'webp');
    assert.equal(sniffPicture(start('GIF89a')), 'gif');
    assert.equal(sniffPicture(start('BM')), 'bmp');
    assert.equal(sniffPicture(start('\x89PNG\r\n\x1a\n')), 'png');
    assert.equal(sniffPicture(start('<svg')), null);
  });

  it('turns pictures upright by their Exif orientation', () => {
    // 1 2      what each orientation shows of the stored rows
    // 3 4
    const stored = Uint8ClampedArray.from([1, 2, 3, 4].flatMap((value) => [value, value, value, 255]));
    const shown = [1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => {
      const { data } = upright({ width: 2, height: 2, data: stored.slice() }, orientation);
      return [data[0], data[4], data[8], data[12]].join('');
    });
    assert.deepEqual(shown, ['1234', '2143', '4321', '3412', '1324', '3142', '4231', '2413']);
    const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
    const block = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, ...entry, 0, 0, 0, 0];
    assert.equal(exifOrientation(Uint8Array.from(block)), 6);
    assert.equal(exifOrientation(Uint8Array.from([0, ...block])), 6);
    assert.equal(exifOrientation(undefined), 1);
  });

  it('needs neither Node nor a page', () => {
    const bundle = buildSync({
      stdin: { contents: "export { decodePicture, prepare } from './src/core/image'", resolveDir: root },
      bundle: true,
      write: false,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      format: 'iife',
      globalName: 'image',
    }).outputFiles[0]!.text;
    const engine = vm.createContext({ TextDecoder, TextEncoder });
    for (const name of ['chelsea.jpg', 'moon.png']) {
      engine.file = readFileSync(path.join(images, name));
      const width = vm.runInContext(`${bundle}; image.decodePicture(new Uint8Array(file)).width`, engine) as number;
      assert.equal(width, 320);
    }
  });
});
