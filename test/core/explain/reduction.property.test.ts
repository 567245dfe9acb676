import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { checkUnits, explainAt, oneNode, runNode, unitsHold, type UnitCase } from '../../support/explainRun';

const extent = fc.integer({ min: 1, max: 5 });
const per = (rank: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });

describe('units of reductions and norms', function () {
  this.timeout(60_000);

  const operators = ['Mean', 'Sum', 'Max', 'Min', 'L1', 'L2', 'SumSquare'].map((name) => `Reduce${name}`);

  it(`${operators.join(', ')} over any axes`, () =>
    unitsHold(
      fc
        .record({
          op: fc.constantFrom(...operators),
          shape: fc.array(extent, { minLength: 1, maxLength: 4 }),
          axes: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }),
          fromEnd: fc.boolean(),
          keepdims: fc.integer({ min: 0, max: 1 }),
        })
        .map(({ op, shape, axes, fromEnd, keepdims }): UnitCase => {
          const own = axes.filter((axis) => axis < shape.length).map((axis) => (fromEnd ? axis - shape.length : axis));
          return { spec: oneNode(op, { x: shape }, { keepdims, ...(own.length > 0 && { axes: own }) }, 11) };
        }),
      160,
      150,
    ));

  it('ReduceMean whose axes are an input, as since opset 18', async () => {
    const spec = {
      ...oneNode('ReduceMean', { x: [2, 3, 4, 5] }, { keepdims: 0 }, 18),
      constants: { axes: { shape: [2], ints: [2, 3] } },
    };
    const nodes = [{ ...spec.nodes[0]!, inputs: ['x', 'axes'] }];
    const { middle } = explainAt((await runNode({ ...spec, nodes }, 0, {}))!, [1, 2]);
    assert.ok(middle.kind === 'gathered');
    assert.deepEqual([middle.input, middle.counted], [[1, 2], 20]);
  });

  it('tells every largest value of a tie', async () => {
    const ran = await runNode(oneNode('ReduceMin', { x: [2, 3] }, { axes: [1], keepdims: 0 }, 11), 0, {
      x: Float32Array.of(4, 1, 1, 5, 6, 7),
    });
    const { middle, notes } = explainAt(ran!, [0]);
    assert.ok(middle.kind === 'gathered');
    assert.deepEqual([middle.winners, notes], [[1, 2], ['2 inputs share the smallest value.']]);
  });

  it('LpPool and GlobalLpPool', () =>
    unitsHold(
      fc.integer({ min: 1, max: 2 }).chain((rank) =>
        fc
          .record({
            whole: fc.boolean(),
            spatial: per(rank, 3, 8),
            kernel: per(rank, 1, 3),
            strides: per(rank, 1, 3),
            pads: per(2 * rank, 0, 1),
            p: fc.integer({ min: 1, max: 3 }),
          })
          .filter(({ kernel, pads }) => pads.every((pad, i) => pad < kernel[i % rank]!))
          .map(({ whole, spatial, kernel, strides, pads, p }): UnitCase => {
            const x = [2, 2, ...spatial];
            return {
              spec: whole
                ? oneNode('GlobalLpPool', { x }, { p })
                : oneNode('LpPool', { x }, { kernel_shape: kernel, strides, pads, p }),
            };
          }),
      ),
      100,
      80,
    ));

  it('DepthToSpace in both orders, SpaceToDepth', () =>
    unitsHold(
      fc
        .record({
          op: fc.constantFrom('DepthToSpace', 'SpaceToDepth'),
          block: fc.integer({ min: 1, max: 3 }),
          channels: fc.integer({ min: 1, max: 3 }),
          sides: fc.tuple(extent, extent),
          mode: fc.constantFrom('DCR', 'CRD'),
        })
        .map(({ op, block, channels, sides: [height, width], mode }): UnitCase => {
          const deep = op === 'DepthToSpace';
          const x = deep ? [2, channels * block * block, height, width] : [2, channels, height * block, width * block];
          return { spec: oneNode(op, { x }, { blocksize: block, ...(deep && { mode }) }) };
        }),
      80,
      80,
    ));

  it('Pow and Cast', async () => {
    const power = oneNode('Pow', { base: [2, 9], to: [9] });
    const feeds = { base: Float32Array.from({ length: 18 }, (_, i) => i / 5 + 0.1) };
    const cast = { ...oneNode('Cast', { x: [30] }, { to: 6 }), outputTypes: { y: 'int32' as const } };
    for (const ran of [await runNode(power, 0, feeds), await runNode(cast, 0, {})]) {
      assert.ok(ran);
      checkUnits(ran);
    }
  });
});
