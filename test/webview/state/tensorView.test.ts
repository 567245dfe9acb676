import assert from 'node:assert/strict';
import fc from 'fast-check';
import { histogram, layerStatistics, similarities, sortedChannels, sortValue } from '../../../webview/state/statistics';
import { channelValues, valueAt, viewTensor } from '../../../webview/state/tensorView';

const count = (dims: readonly number[]): number => dims.reduce((all, extent) => all * extent, 1);
const ramp = (dims: readonly number[]) => ({ dims, data: Float32Array.from({ length: count(dims) }, (_, at) => at) });
const shape = (dims: readonly number[], spatial?: number) => {
  const { kind, channels, height, width, axes } = viewTensor(ramp(dims), spatial);
  return [kind, channels, height, width, axes];
};

describe('a tensor as pictures', () => {
  it('tells channels, rows and columns', () => {
    assert.deepEqual(shape([1, 64, 55, 54]), ['maps', 64, 55, 54, 2]);
    assert.deepEqual(shape([2, 3, 4, 5, 6]), ['maps', 12, 5, 6, 2]);
    assert.deepEqual(shape([1, 1000, 1, 1]), ['vector', 1000, 1, 1, 0]);
    assert.deepEqual(shape([1, 10]), ['vector', 10, 1, 1, 0]);
    assert.deepEqual(shape([7]), ['vector', 7, 1, 1, 0]);
    assert.deepEqual(shape([]), ['vector', 1, 1, 1, 0]);
    assert.deepEqual(shape([4, 10]), ['maps', 1, 4, 10, 2]);
    assert.deepEqual(shape([1, 16, 200], 1), ['maps', 16, 1, 200, 1]);
    assert.deepEqual(shape([1, 4420, 2]), ['maps', 1, 4420, 2, 2]);
    assert.deepEqual(shape([1, 1, 5]), ['vector', 5, 1, 1, 0]);
  });

  it('finds every value of the first picture of a batch', () => {
    const view = viewTensor(ramp([2, 3, 4, 5]));
    assert.equal(valueAt(view, 2, 3, 4), 59);
    assert.deepEqual(
      [...channelValues(view, 1)],
      Array.from({ length: 20 }, (_, at) => 20 + at),
    );
  });
});

describe('statistics', () => {
  it('are those of the definition', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), {
          minLength: 6,
          maxLength: 60,
        }),
        (numbers) => {
          const length = Math.floor(numbers.length / 3);
          const data = Float64Array.from(numbers.slice(0, length * 3));
          const all = layerStatistics(viewTensor({ dims: [1, 3, 1, length], data }));
          if (length === 1) return;
          const own = [...data.subarray(0, length)];
          const mean = own.reduce((sum, value) => sum + value, 0) / length;
          const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
          const [first] = all.channels;
          assert.ok(Math.abs(first!.mean - mean) < 1e-6);
          assert.ok(Math.abs(first!.deviation ** 2 - variance) < 1e-3);
          assert.equal(all.max, Math.max(...data));
          assert.equal(all.min, Math.min(...data));
          assert.equal(all.zeros, data.filter((value) => value === 0).length);
        },
      ),
    );
  });

  it('leave out what is no number, and count it', () => {
    const { min, max, mean, notFinite, channels } = layerStatistics(
      viewTensor({ dims: [1, 2, 1, 3], data: [1, NaN, 3, Infinity, -Infinity, NaN] }),
    );
    assert.deepEqual([min, max, mean, notFinite], [1, 3, 2, 4]);
    assert.deepEqual([channels[1]!.min, channels[1]!.max, channels[1]!.notFinite], [0, 0, 3]);
  });

  it('count channels that never fire', () => {
    assert.equal(layerStatistics(viewTensor({ dims: [1, 3, 1, 2], data: [0, 0, 0, 1, 0, 0] })).silent, 2);
  });

  it('sort channels, equal ones by number', () => {
    const { channels } = layerStatistics(viewTensor({ dims: [1, 4, 1, 2], data: [1, 1, 5, 5, 1, 1, 0, 9] }));
    assert.deepEqual(sortedChannels(channels, 'mean'), [1, 3, 0, 2]);
    assert.deepEqual(sortedChannels(channels, 'max'), [3, 1, 0, 2]);
    assert.deepEqual(sortedChannels(channels, 'variance'), [3, 0, 1, 2]);
    assert.deepEqual(sortedChannels(channels, 'channel'), [0, 1, 2, 3]);
    assert.equal(sortValue(channels[3]!, 'variance'), 20.25);
  });

  it('put every finite value in one bin', () => {
    assert.deepEqual([...histogram([0, 0.5, 1, 1, NaN, 3], 6, 0, 1, 2)], [1, 3]);
    assert.deepEqual([...histogram([2, 2], 2, 2, 2, 3)], [2, 0, 0]);
  });
});

describe('how alike channels are', () => {
  const view = (data: readonly number[], channels: number) =>
    ({ kind: 'maps', channels, height: 1, width: data.length / channels, axes: 2, data }) as const;

  it('is the correlation of their maps', () => {
    // itself, doubled and shifted, turned round, flat, and one worked out by hand
    const data = [...[1, 2, 3, 4], ...[5, 7, 9, 11], ...[4, 3, 2, 1], ...[6, 6, 6, 6], ...[1, 3, 2, 4]];
    const alike = similarities(view(data, 5), 0);
    [1, 1, -1, 0, 0.8].forEach((wanted, at) => assert.ok(Math.abs(alike[at]! - wanted) < 1e-12, `${at}: ${alike[at]}`));
  });

  it('is never NaN, whatever the values', () => {
    const alike = similarities(view([NaN, Infinity, 0, 0, 1, 2], 3), 0);
    assert.deepEqual([...alike], [1, 0, 0]);
  });
});
