import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MOST_READ, PagedTensor, sampleOf, stretchesOf } from '../../../webview/state/pagedTensor';

/** A tensor whose elements are their own indices, and what was read of it. */
function counting(total: number): {
  read: (from: number, count: number) => Promise<Float32Array>;
  reads: [number, number][];
} {
  const reads: [number, number][] = [];
  return {
    reads,
    read: (from, count) => {
      reads.push([from, count]);
      const length = Math.max(0, Math.min(count, total - from));
      return Promise.resolve(Float32Array.from({ length }, (_, i) => from + i));
    },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a sample of stored weights', () => {
  it('is everything of what is small, once each', async () => {
    for (const total of [1, 25, 262_144, 262_145, MOST_READ]) {
      const { read, reads } = counting(total);
      const sample = await sampleOf(total, read, () => false);
      assert.equal(sample?.whole, true);
      assert.equal(sample.values.length, total);
      assert.equal(sample.values.at(-1), Math.fround(total - 1));
      assert.ok(reads.every(([, count]) => count <= 262_144));
    }
  });

  it('is a part of what is large, spread from its first to its last element, and says so', async () => {
    const total = 102_760_448; // the first fully connected layer of VGG-16
    const { read, reads } = counting(total);
    const sample = await sampleOf(total, read, () => false);
    assert.equal(sample?.whole, false);
    assert.equal(sample.total, total);
    assert.ok(sample.values.length < 300_000);
    assert.equal(reads[0]?.[0], 0);
    const [from, count] = reads.at(-1)!;
    assert.equal(from + count, total);
    const gaps = reads.slice(1).map(([start], i) => start - reads[i]![0]);
    assert.ok(Math.max(...gaps) - Math.min(...gaps) <= 1, 'evenly');
  });

  it('never reads beyond the end, nor anything twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (total) => {
        const stretches = stretchesOf(total);
        stretches.forEach(([from, count], i) => {
          assert.ok(from >= 0 && count > 0 && from + count <= total);
          const [before, length] = stretches[i - 1] ?? [0, 0];
          assert.ok(from >= before + length);
        });
      }),
    );
  });

  it('stops when nobody waits for it any more', async () => {
    const { read, reads } = counting(900_000);
    assert.equal(await sampleOf(900_000, read, () => reads.length >= 2), null);
    assert.equal(reads.length, 2);
  });
});

describe('elements page by page', () => {
  it('are read when they are needed, once', async () => {
    const { read, reads } = counting(100_000);
    let changes = 0;
    const tensor = new PagedTensor(100_000, read, () => changes++);
    assert.equal(tensor.at(50_000), undefined);
    tensor.need(50_000, 50_010);
    tensor.need(50_000, 50_010);
    await settled();
    assert.equal(tensor.at(50_000), 50_000);
    assert.equal(tensor.at(60_000), undefined);
    assert.deepEqual([reads.length, changes], [1, 1]);
    tensor.need(99_990, 200_000);
    await settled();
    assert.equal(tensor.at(99_999), 99_999);
    assert.ok(reads.every(([from, count]) => from + count < 120_000));
  });

  it('are forgotten in the order in which they were last looked at', async () => {
    const total = 8192 * 200;
    const { read, reads } = counting(total);
    const tensor = new PagedTensor(total, read, () => undefined);
    for (let page = 0; page < 190; page++) {
      tensor.need(page * 8192, page * 8192 + 1);
      tensor.need(0, 1);
      await settled();
    }
    assert.equal(tensor.at(0), 0);
    assert.equal(tensor.at(8192), undefined);
    assert.equal(tensor.at(189 * 8192), 189 * 8192);
    assert.equal(reads.length, 190);
  });

  it('that cannot be read say why, and are not asked for again', async () => {
    const errors: (string | null)[] = [];
    let asked = 0;
    const read = (): Promise<Float32Array> => {
      asked++;
      return Promise.reject(new Error('the weights file is missing'));
    };
    const tensor = new PagedTensor(10, read, (error) => errors.push(error));
    tensor.need(0, 10);
    await settled();
    tensor.need(0, 10);
    await settled();
    assert.deepEqual([errors, asked], [['the weights file is missing'], 1]);
  });
});
