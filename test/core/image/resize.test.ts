import assert from 'node:assert/strict';
import fc from 'fast-check';
import { centreCrop, fit, letterboxPlace } from '../../../src/core/image/fit';
import { blankPicture, flatten, type Picture } from '../../../src/core/image/picture';
import { resize, type Region } from '../../../src/core/image/resize';

const picture = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 255 }), { minLength: width * height * 4, maxLength: width * height * 4 })
      .map((values): Picture => ({ width, height, data: Uint8ClampedArray.from(values) })),
  );
const side = fc.integer({ min: 1, max: 16 });

/** One value straight from the definition: the sum over all pixels of the product of two triangles. */
function oracle(
  source: Picture,
  region: Region,
  width: number,
  height: number,
  x: number,
  y: number,
  k: number,
): number {
  const triangle = (at: number, centre: number, support: number): number =>
    Math.max(0, 1 - Math.abs(at + 0.5 - centre) / support);
  const [sx, sy] = [region.width / width, region.height / height];
  const [cx, cy] = [region.x + (x + 0.5) * sx, region.y + (y + 0.5) * sy];
  const [wide, high] = [Math.max(1, sx), Math.max(1, sy)];
  let [sum, weights] = [0, 0];
  for (let row = 0; row < source.height; row++)
    for (let column = 0; column < source.width; column++) {
      const weight = triangle(column, cx, wide) * triangle(row, cy, high);
      sum += weight * source.data[(row * source.width + column) * 4 + k]!;
      weights += weight;
    }
  return sum / weights;
}

const wholeOf = ({ width, height }: Picture): Region => ({ x: 0, y: 0, width, height });

describe('resize', () => {
  it('is a product of two triangles, for any sizes', () => {
    fc.assert(
      fc.property(picture, side, side, (source, width, height) => {
        const result = resize(source, width, height);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let k = 0; k < 4; k++) {
              const got = result.data[(y * width + x) * 4 + k]!;
              const want = oracle(source, wholeOf(source), width, height, x, y, k);
              assert.ok(Math.abs(got - want) <= 0.5 + 1e-6, `${String(got)} for ${String(want)}`);
            }
      }),
      { numRuns: 150 },
    );
  });

  it('cuts out a region as the same definition says', () => {
    fc.assert(
      fc.property(picture, side, side, (source, width, height) => {
        const region = centreCrop(source, width, height);
        const result = resize(source, width, height, region);
        for (let at = 0; at < width * height; at++) {
          const want = oracle(source, region, width, height, at % width, Math.floor(at / width), 1);
          assert.ok(Math.abs(result.data[at * 4 + 1]! - want) <= 0.5 + 1e-6);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('leaves a picture of the right size alone, and a flat one flat', () => {
    const source = blankPicture(5, 4);
    source.data.fill(200);
    assert.equal(resize(source, 5, 4), source);
    fc.assert(
      fc.property(side, side, (width, height) => {
        assert.ok(resize(source, width, height).data.every((value) => value === 200));
      }),
    );
  });

  it('averages equal blocks when it halves, but for the overlap of the triangles', () => {
    // A vertical edge: the triangle is two target pixels wide, so the edge's neighbours take an eighth of the other side.
    const source = blankPicture(8, 1);
    for (let x = 4; x < 8; x++) source.data.fill(160, x * 4, x * 4 + 4);
    const row = resize(source, 4, 1);
    assert.deepEqual(
      [0, 1, 2, 3].map((x) => row.data[x * 4]),
      [0, 20, 140, 160],
    );
  });

  it('never leaves the range of what went in', () => {
    fc.assert(
      fc.property(picture, side, side, (source, width, height) => {
        const [low, high] = [Math.min(...source.data), Math.max(...source.data)];
        assert.ok(resize(source, width, height).data.every((value) => value >= low && value <= high));
      }),
    );
  });
});

describe('fit', () => {
  it('crops the largest middle part of the wanted proportions', () => {
    fc.assert(
      fc.property(picture, side, side, (source, width, height) => {
        const region = centreCrop(source, width, height);
        assert.ok(Math.abs(region.width / region.height - width / height) < 1e-9);
        assert.ok(region.x >= -1e-9 && region.y >= -1e-9);
        assert.ok(Math.min(region.x, region.y) < 1e-9, 'touches two sides');
      }),
    );
  });

  it('letterboxes whole pictures between black bars', () => {
    fc.assert(
      fc.property(picture, side, side, (source, width, height) => {
        const place = letterboxPlace(source, width, height);
        const framed = fit(flatten(source), { width, height, resize: 'letterbox' });
        assert.equal(framed.width, width);
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++) {
            const inside = x >= place.x && x < place.x + place.width && y >= place.y && y < place.y + place.height;
            const at = (y * width + x) * 4;
            if (!inside) assert.deepEqual([...framed.data.subarray(at, at + 4)], [0, 0, 0, 255]);
          }
        assert.ok(place.width === width || place.height === height);
      }),
    );
  });

  it('lays transparent pixels on white', () => {
    const source = blankPicture(3, 1);
    source.data.set([10, 20, 30, 255, 10, 20, 30, 0, 0, 0, 0, 51]);
    assert.deepEqual([...flatten(source).data], [10, 20, 30, 255, 255, 255, 255, 255, 204, 204, 204, 255]);
  });
});
