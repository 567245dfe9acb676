import assert from 'node:assert/strict';
import fc from 'fast-check';
import path from 'node:path';
import { readModel, sceneOf } from '../../support/modelScene';
import { borderMeans, padsItself, strongestUnits } from '../../../webview/state/reacts';
import type { TensorView } from '../../../webview/state/tensorView';

const mapOf = (height: number, width: number, data: readonly number[], axes: 1 | 2 = 2): TensorView => ({
  kind: 'maps',
  channels: data.length / (height * width),
  height,
  width,
  axes,
  data: Float32Array.from(data),
});

describe('where a channel fires most', () => {
  it('is its largest value, then the largest apart from it', () => {
    const data = new Array<number>(2 * 8 * 8).fill(0);
    data[64 + 8 * 3 + 2] = 9;
    data[64 + 8 * 3 + 3] = 8;
    data[64 + 8 * 7 + 7] = -7;
    data[64 + 0] = 2;
    assert.deepEqual(
      strongestUnits(mapOf(8, 8, data), 1, 3).map(({ row, column, value }) => [row, column, value]),
      [
        [3, 2, 9],
        [7, 7, -7],
        [0, 0, 2],
      ],
    );
  });

  it('is nowhere in a silent channel, and never at what is no number', () => {
    assert.deepEqual(strongestUnits(mapOf(3, 3, new Array<number>(9).fill(0)), 0, 4), []);
    const data = [NaN, Infinity, 0, 0, 0, 0, 0, 0, 5];
    assert.deepEqual(strongestUnits(mapOf(3, 3, data), 0, 4), [{ row: 2, column: 2, value: 5 }]);
    assert.deepEqual(strongestUnits(mapOf(1, 6, [0, 3, 0, 0, 0, 1], 1), 0, 1), [{ row: 0, column: 1, value: 3 }]);
  });

  it('is in order, apart, and none is missed that is stronger than the last', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 12 * 9, maxLength: 12 * 9 });
    fc.assert(
      fc.property(values, (data) => {
        const found = strongestUnits(mapOf(12, 9, data), 0, 4);
        const apart = 2; // an eighth of 12, rounded
        const near = (row: number, column: number): boolean =>
          found.some((one) => Math.max(Math.abs(one.row - row), Math.abs(one.column - column)) <= apart);
        found.forEach((one, at) => {
          assert.equal(one.value, data[one.row * 9 + one.column]);
          if (at > 0) assert.ok(Math.abs(one.value) <= Math.abs(found[at - 1]!.value));
          for (const other of found.slice(0, at))
            assert.ok(Math.max(Math.abs(one.row - other.row), Math.abs(one.column - other.column)) > apart);
        });
        const least = found.length === 4 ? Math.abs(found[3]!.value) : 0;
        data.forEach((value, at) => assert.ok(Math.abs(value) <= least || near(Math.floor(at / 9), at % 9)));
      }),
    );
  });
});

describe('units at the border', () => {
  it('are averaged apart from the others, and the side that differs most is pointed at', () => {
    const data = Array.from({ length: 25 }, (_, at) => (at % 5 === 4 ? 1 : 4));
    const { border, inside, row, column } = borderMeans(mapOf(5, 5, data), 0)!;
    assert.equal(inside, 4);
    assert.equal(border, (16 * 4 - 5 * 3) / 16);
    assert.deepEqual([row, column], [2, 4]);
  });

  it('together with the others make up the whole', () => {
    const shape = fc.tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }));
    fc.assert(
      fc.property(shape, fc.infiniteStream(fc.integer({ min: -50, max: 50 })), ([height, width], values) => {
        const data = [...values.take(height * width)];
        const means = borderMeans(mapOf(height, width, data), 0)!;
        const count = 2 * (height + width) - 4;
        const sum = means.border * count + means.inside * (height * width - count);
        assert.ok(Math.abs(sum - data.reduce((all, value) => all + value, 0)) < 1e-6);
      }),
    );
  });

  it('are not told of where there is no inside, or no number', () => {
    assert.equal(borderMeans(mapOf(2, 5, new Array<number>(10).fill(1)), 0), null);
    assert.equal(borderMeans(mapOf(3, 3, [1, 1, 1, 1, NaN, 1, 1, 1, 1]), 0), null);
    assert.equal(borderMeans(mapOf(1, 9, new Array<number>(9).fill(1), 1), 0), null);
  });
});

describe('a layer that pads its input', () => {
  it('is told from others by what stands in its box, as its attributes say', async () => {
    let seen = 0;
    for (const file of [
      'fashion-mnist/fashion-mnist',
      'shapes/shapes',
      'architectures/resnet18-narrow',
      'architectures/googlenet-narrow',
      'architectures/unet-narrow',
    ]) {
      const model = await readModel(path.join(__dirname, `../../../samples/${file}.onnx`));
      const { nodes } = sceneOf(model);
      model.graph.nodes.forEach((node, at) => {
        if (node.op !== 'Conv' && node.op !== 'MaxPool') return;
        const ints = (name: string): readonly number[] => {
          const attr = node.attrs.get(name);
          return attr?.kind === 'ints' ? attr.value : attr?.kind === 'int' ? [attr.value] : [];
        };
        // Rounded up, the last window may hang over as well.
        const any =
          [...ints('pads'), ...ints('ceil_mode')].some((one) => one > 0) &&
          ints('kernel_shape')[0]! > (ints('strides')[0] ?? 1);
        assert.equal(padsItself(nodes[at]!), any, `${file} ${node.name}: ${nodes[at]!.label.join(' · ')}`);
        seen++;
      });
    }
    assert.ok(seen > 80);
  });
});
