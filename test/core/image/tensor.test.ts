import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  decodeFloat16,
  encodeFloat16,
  fromFloat16,
  prepare,
  toFloat16,
  type Preparation,
} from '../../../src/core/image';

const base: Preparation = {
  width: 2,
  height: 1,
  channels: 3,
  resize: 'stretch',
  order: 'RGB',
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
  layout: 'NCHW',
  dtype: 'float32',
  reason: '',
};
const picture = { width: 2, height: 1, data: Uint8ClampedArray.from([10, 20, 30, 255, 40, 50, 60, 255]) };
const numbers = (own: Partial<Preparation>): number[] => [...prepare(picture, { ...base, ...own }).tensor.data];

describe('prepare', () => {
  it('lays channels out as the input wants', () => {
    assert.deepEqual(numbers({}), [10, 40, 20, 50, 30, 60]);
    assert.deepEqual(numbers({ layout: 'NHWC' }), [10, 20, 30, 40, 50, 60]);
    assert.deepEqual(numbers({ order: 'BGR' }), [30, 60, 20, 50, 10, 40]);
    assert.deepEqual(prepare(picture, base).tensor.dims, [1, 3, 1, 2]);
    assert.deepEqual(prepare(picture, { ...base, layout: 'NHWC' }).tensor.dims, [1, 1, 2, 3]);
  });

  it('scales, then subtracts the mean, then divides', () => {
    assert.deepEqual(numbers({ scale: 0.5, mean: [1, 2, 3], std: [2, 4, 8] }), [2, 9.5, 2, 5.75, 1.5, 3.375]);
  });

  it('makes grey of BT.601 and shows it', () => {
    const { tensor, picture: shown } = prepare(picture, { ...base, channels: 1, order: 'grey', mean: [0], std: [1] });
    assert.ok(Math.abs(tensor.data[0]! - (2.99 + 11.74 + 3.42)) < 1e-5);
    assert.deepEqual([...shown.data], [18, 18, 18, 255, 48, 48, 48, 255]);
  });

  it('packs into the dtype of the input', () => {
    assert.deepEqual(numbers({ dtype: 'uint8', scale: 10 }), [100, 255, 200, 255, 255, 255]);
    assert.deepEqual(numbers({ dtype: 'int8', mean: [128, 128, 128] }), [-118, -88, -108, -78, -98, -68]);
    const { data } = prepare(picture, { ...base, dtype: 'float16' }).tensor;
    assert.ok(data instanceof Uint16Array);
    assert.deepEqual([...decodeFloat16(data)], [10, 40, 20, 50, 30, 60]);
  });
});

describe('float16', () => {
  it('comes back from all of its 65 536 values', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = fromFloat16(bits);
      if (Number.isNaN(value)) assert.ok(Number.isNaN(fromFloat16(toFloat16(value))));
      else assert.equal(toFloat16(value), bits);
    }
  });

  it('rounds to the nearest, ties to even', () => {
    fc.assert(
      fc.property(fc.double({ min: -70000, max: 70000, noNaN: true }), (wide) => {
        const value = Math.fround(wide);
        const bits = toFloat16(value);
        const got = fromFloat16(bits);
        if (!Number.isFinite(got)) {
          assert.ok(Math.abs(value) >= 65520);
          return;
        }
        const error = Math.abs(got - value);
        for (const other of [bits - 1, bits + 1]) {
          const beside = fromFloat16(other & 0xffff);
          if (!Number.isFinite(beside)) continue;
          const theirs = Math.abs(beside - value);
          assert.ok(error < theirs || (error === theirs && (bits & 1) === 0) || Math.sign(beside) !== Math.sign(got));
        }
      }),
      { numRuns: 2000 },
    );
    assert.deepEqual([...encodeFloat16([1, -2, 65504, 1e9, 0, -0])], [0x3c00, 0xc000, 0x7bff, 0x7c00, 0, 0x8000]);
  });
});
