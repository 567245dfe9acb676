import { strict as assert } from 'node:assert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { activationOf } from '../../support/activationText';
import { encodeOnnx, type AttrSpec } from '../../support/onnxModel';
import { runOperator } from '../../support/operatorRun';

type Row = readonly [op: string, attrs?: Readonly<Record<string, AttrSpec>>, opset?: number];

const rows: readonly Row[] = [
  ['Relu'],
  ['LeakyRelu'],
  ['LeakyRelu', { alpha: { float: 0.2 } }],
  ['ThresholdedRelu', { alpha: { float: 0.75 } }],
  ['Elu'],
  ['Elu', { alpha: { float: 2 } }],
  ['Selu'],
  ['Celu'],
  ['Celu', { alpha: { float: 2 } }],
  ['Elu', { alpha: { float: 0.5 } }],
  ['Sigmoid'],
  ['HardSigmoid'],
  ['HardSigmoid', { alpha: { float: 0.25 }, beta: { float: 0.4 } }],
  ['HardSwish'],
  ['Tanh'],
  ['Softplus'],
  ['Softsign'],
  ['Gelu', {}, 20],
  ['Gelu', { approximate: 'tanh' }, 20],
  ['Mish'],
  ['Clip', { min: { float: 0 }, max: { float: 6 } }, 6],
  ['Clip', { min: { float: -1 } }, 6],
  ['Shrink', { bias: { float: 0 }, lambd: { float: 1 } }],
];

const samples = [-3.5, -2, -1, -0.6, -0.25, 0, 0.1, 0.5, 0.8, 1, 1.5, 2.75, 4, 7];

describe('An activation’s text says what onnxruntime computes', () => {
  for (const [op, attrs = {}, opset = 18] of rows) {
    const { def, context } = runOperator(op, { opset, inputs: [{ shape: [samples.length] }], attrs });
    const text = def.activation?.(context) ?? '';
    it(`${op}: ${text}`, async () => {
      const spec = {
        opset,
        inputs: { x: [samples.length] },
        nodes: [{ op, inputs: ['x'], outputs: ['y'], attrs }],
        outputs: ['y'],
      };
      const session = await InferenceSession.create(encodeOnnx(spec), { logSeverityLevel: 4 });
      const { y } = await session.run({ x: new Tensor('float32', Float32Array.from(samples), [samples.length]) });
      const compute = activationOf(text);
      samples.forEach((x, i) => {
        const made = Number((y!.data as Float32Array)[i]);
        assert.ok(Math.abs(compute(x) - made) < 1e-4, `g(${x}) = ${made}, the text gives ${compute(x)}`);
      });
    });
  }
});
