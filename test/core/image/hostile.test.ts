import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { checkedFormat, decodePicture, PictureError } from '../../../src/core/image';
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bmpClaiming,
  flatJpeg,
  flatPng,
  hugePng,
  jpegClaiming,
  pngChunk,
  SCRIPTED_SVG,
  webpClaiming,
} from '../../support/hostilePictures';

const middle = (bytes: Uint8Array): number[] => {
  const { data, width, height } = decodePicture(bytes);
  return [...data.subarray(((height >> 1) * width + (width >> 1)) * 4).subarray(0, 4)];
};
const refused = (bytes: Uint8Array, words: RegExp, decode: (bytes: Uint8Array) => unknown = decodePicture): void =>
  assert.throws(
    () => decode(bytes),
    (error) => error instanceof PictureError && words.test(error.message),
  );
const near = (got: readonly number[], want: readonly number[]): void =>
  assert.ok(
    got.every((value, at) => Math.abs(value - want[at]!) <= 2),
    `${got.join()} is not ${want.join()}`,
  );

/** Memory that was taken at the peak of a call, MB: buffers count, which a heap does not show. */
function taken(call: () => void): number {
  const before = process.resourceUsage().maxRSS;
  call();
  return (process.resourceUsage().maxRSS - before) / 1000;
}

describe('pictures made to hurt', () => {
  const claims: Readonly<Record<string, Uint8Array>> = {
    PNG: hugePng(),
    JPEG: jpegClaiming(flatJpeg([128], 0), 30_000, 30_000),
    GIF: animatedGif(30_000, 30_000),
    WebP: webpClaiming(16_384, 16_384),
    BMP: bmpClaiming(30_000, -30_000),
  };
  for (const [name, file] of Object.entries(claims))
    it(`are not unpacked where they say that they are huge: ${name}`, () => {
      assert.ok(file.length < 150_000);
      const grown = taken(() => refused(file, /of (30000×30000|16384×16384) pixels is not read/, checkedFormat));
      assert.ok(grown < 20, `${grown} MB`);
    });

  it('are not unpacked further than their size goes: 256 MB in a PNG of 8 by 8', () => {
    const rows = deflateSync(Buffer.alloc(256e6), { level: 9 });
    const file = flatPng(8, [1, 2, 3], { before: [pngChunk('IDAT', rows)] });
    const grown = taken(() => refused(file, /more pixels than its size/));
    assert.ok(grown < 150, `${grown} MB`);
  });

  it('are read without what is packed beside the pixels: profiles and texts', () => {
    const bomb = deflateSync(Buffer.alloc(256e6), { level: 9 });
    const named = Buffer.concat([Buffer.from('x\0\0', 'latin1'), bomb]);
    const file = flatPng(8, [10, 20, 30], { before: [pngChunk('iCCP', named), pngChunk('zTXt', named)] });
    const grown = taken(() => assert.deepEqual(middle(file), [10, 20, 30, 255]));
    assert.ok(grown < 100, `${grown} MB`);
  });

  it('have no more colours than a palette may', () => {
    const file = flatPng(8, [1, 2, 3], { before: [pngChunk('PLTE', Buffer.alloc(3e6))] });
    refused(file, /more colours/);
  });

  it('say that they end too early, wherever that is', () => {
    const whole = readFileSync(path.resolve(__dirname, '../../../samples/images/digit_2.png'));
    assert.equal(decodePicture(whole).width, 28);
    for (let length = 8; length < whole.length; length += 7)
      refused(whole.subarray(0, length), /ends before its (picture does|size)|ends before its size/);
    refused(new Uint8Array(), /empty/);
    refused(flatPng(8, [1, 2, 3], { height: 9 }), /ends before its picture/);
  });

  it('are read for what they are, whatever their name: SVG, text, a model', () => {
    refused(Buffer.from(SCRIPTED_SVG), /SVG drawing/);
    refused(Buffer.from(`<?xml version="1.0"?>\n${SCRIPTED_SVG}`), /SVG drawing/);
    refused(Buffer.from('hello'), /no picture that can be read/);
    refused(readFileSync(path.resolve(__dirname, '../../../samples/fashion-mnist/fashion-mnist.onnx')), /no picture/);
  });
});

describe('pictures of rarer kinds', () => {
  it('are of the colours that were printed: CMYK as Adobe writes it, plain and as luma and chroma', () => {
    // Inverted: 255 is no ink.
    near(middle(flatJpeg([255, 0, 0, 255], 0)), [255, 0, 0, 255]);
    near(middle(flatJpeg([255, 255, 255, 128], 0)), [128, 128, 128, 255]);
    near(middle(flatJpeg([180, 85, 20, 255], 2)), [227, 0, 152, 255]);
  });

  it('are of three colours that are not luma and chroma, where the file says so', () => {
    near(middle(flatJpeg([200, 100, 50], 0)), [200, 100, 50, 255]);
    near(middle(flatJpeg([76, 85, 255], 1)), [254, 0, 0, 255]);
  });

  it('are the first of an animation', () => {
    assert.deepEqual(middle(animatedPng(8)), [255, 0, 0, 255]);
    assert.equal(checkedFormat(animatedGif(8, 8)), 'gif');
    assert.equal(checkedFormat(animatedWebp()), 'webp');
  });
});
