import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { placeOf } from '../../../src/core/explain/elements';
import { putIn } from '../../../src/core/explain/putIn';
import { formulaView } from '../../../src/core/view/mathml';
import { FormulaValue } from '../../support/formulaValue';
import { noise } from '../../support/explainRun';
import { modelOf } from '../../support/onnxModel';

function formulaOf(x: readonly number[], w: readonly number[], attrs: Readonly<Record<string, number | number[]>>) {
  const { nodes } = analyze(
    modelOf({
      opset: 13,
      inputs: { x, w },
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attrs }],
      outputs: ['y'],
    }),
  );
  const { def, context } = nodes[0]!;
  return { formula: def!.formula!(context!)!, shape: context!.outputs[0]!.shape!.map(Number) };
}

describe('a formula with the indices of a unit', function () {
  this.timeout(20_000);

  it('reads as in the lecture', () => {
    const { formula } = formulaOf([1, 3, 7, 7], [8, 3, 3, 3], { strides: [2, 2], pads: [1, 1, 1, 1] });
    const view = formulaView(putIn(formula, [0, 5, 2, 3])!, null);
    assert.equal(view.text, 'Y[0, 5, 2, 3] = W[5, c, u, v]X[0, c, u + 3, v + 5]');
    assert.deepEqual(view.ranges, ['c, u, v = 0…2, summed']);
  });

  it('names the channel of a group by its number', () => {
    const { formula } = formulaOf([1, 4, 5, 5], [6, 2, 3, 3], { group: 2 });
    assert.match(formulaView(putIn(formula, [0, 4, 1, 1])!, null).text, /^Y\[0, 4, 1, 1\] = W\[4, c, .*X\[0, c \+ 2, /);
  });

  it('means the same as the formula for all units', () => {
    fc.assert(
      fc.property(
        fc.record({
          group: fc.constantFrom(1, 2, 4),
          stride: fc.integer({ min: 1, max: 3 }),
          pad: fc.integer({ min: 0, max: 2 }),
          unit: fc.nat(),
        }),
        ({ group, stride, pad, unit }) => {
          const [xShape, wShape] = [
            [1, 4, 6, 6],
            [4, 4 / group, 3, 3],
          ] as const;
          const tensors = {
            X: { shape: xShape, data: noise(144, 3) },
            W: { shape: wShape, data: noise((16 / group) * 9, 4) },
          };
          const { formula, shape } = formulaOf(xShape, wShape, {
            group,
            strides: [stride, stride],
            pads: [pad, pad, pad, pad],
          });
          const all = new FormulaValue(formula, tensors, 'zero').elements(shape);
          const flat = unit % all.length;
          const one = putIn(formula, placeOf(flat, shape));
          assert.ok(one);
          // What is left of the left-hand side are numbers: an array of one element, wherever it is said to lie.
          const alone = new FormulaValue(one, tensors, 'zero').elements(shape);
          assert.equal(alone[flat], all[flat]);
        },
      ),
    );
  });
});
