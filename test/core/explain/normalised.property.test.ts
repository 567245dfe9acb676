import fc from 'fast-check';
import { oneNode, unitsHold, type UnitCase } from '../../support/explainRun';

const extent = fc.integer({ min: 1, max: 6 });
const spatial = fc.array(extent, { minLength: 1, maxLength: 3 });
const epsilon = fc.constantFrom(1e-5, 0.01, 0.5);

describe('units that are normalised by what is around them', function () {
  this.timeout(60_000);

  it('InstanceNormalization', () =>
    unitsHold(
      fc.record({ batch: fc.integer({ min: 1, max: 2 }), channels: extent, spatial, epsilon }).map((one): UnitCase => {
        const c = [one.channels];
        const inputs = { x: [one.batch, one.channels, ...one.spatial], ga: c, bet: c };
        return { spec: oneNode('InstanceNormalization', inputs, { epsilon: { float: one.epsilon } }) };
      }),
      80,
      70,
    ));

  it('GroupNormalization, a gain per group and a gain per channel', () =>
    unitsHold(
      fc
        .record({
          groups: fc.integer({ min: 1, max: 3 }),
          each: extent,
          spatial,
          epsilon,
          opset: fc.constantFrom(18, 21),
        })
        .map(({ groups, each, spatial: sides, epsilon: e, opset }): UnitCase => {
          const learned = [opset === 18 ? groups : groups * each];
          const inputs = { x: [2, groups * each, ...sides], ga: learned, bet: learned };
          return { spec: oneNode('GroupNormalization', inputs, { num_groups: groups, epsilon: { float: e } }, opset) };
        }),
      80,
      60,
    ));

  it('LayerNormalization along any of the last axes, with and without a shift', () =>
    unitsHold(
      fc
        .record({
          shape: fc.array(extent, { minLength: 2, maxLength: 4 }),
          axis: fc.integer({ min: 0, max: 3 }),
          fromEnd: fc.boolean(),
          bias: fc.boolean(),
          epsilon,
        })
        .filter(({ shape, axis }) => axis < shape.length)
        .map(({ shape, axis, fromEnd, bias, epsilon: e }): UnitCase => {
          const learned = shape.slice(axis);
          const inputs = { x: shape, ga: learned, ...(bias && { bet: learned }) };
          const attrs = { axis: fromEnd ? axis - shape.length : axis, epsilon: { float: e } };
          return { spec: oneNode('LayerNormalization', inputs, attrs, 17) };
        }),
      100,
      90,
    ));

  it('LRN, at the first and last channels too', () =>
    unitsHold(
      fc
        .record({
          channels: fc.integer({ min: 1, max: 12 }),
          sides: fc.tuple(extent, extent),
          // onnxruntime only takes odd sizes
          half: fc.integer({ min: 0, max: 4 }),
          alpha: fc.constantFrom(1e-4, 0.3, 2),
          beta: fc.constantFrom(0.75, 0.5, 1.5),
          bias: fc.constantFrom(1, 2),
        })
        .map(({ channels, sides, half, alpha, beta, bias }): UnitCase => {
          const attrs = {
            size: 2 * half + 1,
            alpha: { float: alpha },
            beta: { float: beta },
            bias: { float: bias },
          };
          return { spec: oneNode('LRN', { x: [2, channels, ...sides] }, attrs) };
        }),
      100,
      90,
    ));
});
