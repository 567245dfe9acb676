import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { explainerOf } from '../../../src/core/explain';
import { wholeOf } from '../../../src/core/explain/elements';
import { nodeSource } from '../../../src/core/explain/nodeSource';
import { unitContext } from '../../../src/core/explain/unitContext';
import { checkUnits, noise, oneNode, runNode, unitsHold } from '../../support/explainRun';
import { modelOf, type AttrSpec, type ModelSpec } from '../../support/onnxModel';

type Attrs = Readonly<Record<string, AttrSpec>>;
const extent = fc.integer({ min: 1, max: 6 });

describe('units computed element by element', function () {
  this.timeout(60_000);

  it('BatchNormalization', () =>
    unitsHold(
      fc.record({ channels: extent, spatial: fc.array(extent, { maxLength: 3 }) }).map(({ channels, spatial }) => {
        const c = [channels];
        return {
          spec: oneNode(
            'BatchNormalization',
            { x: [2, channels, ...spatial], s: c, b: c, m: c, v: c },
            { epsilon: { float: 0.01 } },
          ),
          feeds: { v: noise(channels, 5).map((value) => value * value) },
        };
      }),
      60,
      60,
    ));

  it('Add, Sub, Mul, Div with broadcasting', () =>
    unitsHold(
      fc
        .record({
          op: fc.constantFrom('Add', 'Sub', 'Mul', 'Div'),
          shape: fc.array(extent, { minLength: 1, maxLength: 4 }),
          ones: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
          cut: fc.integer({ min: 0, max: 2 }),
        })
        .map(({ op, shape, ones, cut }) => ({
          spec: oneNode(op, {
            a: shape,
            b: shape.map((size, i) => (ones[i] ? 1 : size)).slice(Math.min(cut, shape.length)),
          }),
        })),
      150,
      120,
    ));

  it('Add as it broadcast before opset 7: along the axis named, which runtimes of today do not do any more', () => {
    const spec = oneNode('Add', { a: [2, 3, 4], b: [3] }, { axis: 1, broadcast: 1 }, 6);
    const source = nodeSource(analyze(modelOf(spec)), 0)!;
    const explainer = explainerOf('', 'Add')!;
    const operand = (shape: readonly number[]) => ({ shape, contents: null });
    const context = unitContext(explainer.def, source, [operand([2, 3, 4]), operand([3])], [2, 3, 4]);
    const a = Array.from({ length: 24 }, (_, i) => i);
    const answer = explainer.explain(context, [1, 2, 3], [wholeOf(a), wholeOf([100, 200, 300])]);
    assert.ok(answer.kind === 'explanation');
    assert.equal(answer.value, 23 + 300);
  });

  it('Sum, Mean, Max, Min', () =>
    unitsHold(
      fc
        .record({
          op: fc.constantFrom('Sum', 'Mean', 'Max', 'Min'),
          count: fc.integer({ min: 1, max: 4 }),
          shape: fc.tuple(extent, extent),
        })
        .map(({ op, count, shape }) => ({
          spec: oneNode(
            op,
            Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`.padEnd(3 + i, '_'), shape])),
          ),
        })),
      60,
      60,
    ));

  const settings: readonly (readonly [string, Attrs, number?])[] = [
    ['Relu', {}],
    ['LeakyRelu', { alpha: { float: 0.3 } }],
    ['ThresholdedRelu', { alpha: { float: 0.5 } }],
    ['Elu', { alpha: { float: 1.5 } }],
    ['Selu', {}],
    ['Celu', { alpha: { float: 2 } }],
    ['Sigmoid', {}],
    ['HardSigmoid', { alpha: { float: 0.3 } }],
    ['HardSwish', {}, 14],
    ['Mish', {}, 18],
    ['Gelu', {}, 20],
    ['Gelu', { approximate: 'tanh' }, 20],
    ['Tanh', {}],
    ['Softplus', {}],
    ['Softsign', {}],
    ['Erf', {}],
    ['Exp', {}],
    ['Neg', {}],
    ['Abs', {}],
    ['Sign', {}],
    ['Round', {}],
    ['Floor', {}],
    ['Ceil', {}],
    ['Reciprocal', {}],
    ['Shrink', { bias: { float: 0.2 }, lambd: { float: 0.4 } }],
    ['Clip', { min: { float: -0.5 }, max: { float: 0.7 } }, 10],
  ];
  for (const [op, attrs, opset] of settings)
    it(`${op} ${JSON.stringify(attrs)}`, async () => {
      const spec = oneNode(op, { x: [2, 50] }, attrs, opset ?? 13);
      const x = Float32Array.from({ length: 100 }, (_, i) => (i - 50) / 7 + 0.01);
      const ran = await runNode(spec, 0, { x });
      assert.ok(ran, `onnxruntime has no ${op}`);
      checkUnits(ran, 100);
    });

  it('Clip by inputs, one of them left out', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 30], high: [] },
      nodes: [{ op: 'Clip', inputs: ['x', '', 'high'], outputs: ['y'] }],
      outputs: ['y'],
    };
    const ran = await runNode(spec, 0, { high: Float32Array.of(0.25) });
    checkUnits(ran!);
  });

  it('PRelu, a slope per channel', async () => {
    const ran = await runNode(oneNode('PRelu', { x: [2, 3, 4, 4], s: [3, 1, 1] }), 0, {});
    checkUnits(ran!, 96);
  });

  it('Softmax and LogSoftmax along any axis, before and after opset 13', () =>
    unitsHold(
      fc
        .record({
          op: fc.constantFrom('Softmax', 'LogSoftmax'),
          shape: fc.array(extent, { minLength: 2, maxLength: 4 }),
          axis: fc.integer({ min: 0, max: 3 }),
          opset: fc.constantFrom(11, 13),
          fromEnd: fc.boolean(),
        })
        .filter(({ shape, axis }) => axis < shape.length)
        .map(({ op, shape, axis, opset, fromEnd }) => ({
          spec: oneNode(op, { x: shape }, { axis: fromEnd ? axis - shape.length : axis }, opset),
        })),
      100,
      100,
    ));
});
