import { strict as assert } from 'node:assert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../src/core/analysis';
import { FormulaValue, type Numbers, type Outside } from '../../support/formulaValue';
import { type AttrSpec, encodeOnnx, type ModelSpec, modelOf } from '../../support/onnxModel';

/** Numbers without any pattern that a wrong index could hide in. */
function noise(shape: readonly number[], seed: number): Numbers {
  const size = shape.reduce((p, d) => p * d, 1);
  return { shape, data: Float32Array.from({ length: size }, (_, i) => ((((i + seed) * 7919) % 1009) - 500) / 256) };
}

async function run(spec: ModelSpec, feeds: Readonly<Record<string, Numbers>>): Promise<Numbers> {
  const session = await InferenceSession.create(encodeOnnx(spec), { logSeverityLevel: 4 });
  const tensors = Object.entries(feeds).map(
    ([name, { shape, data }]) => [name, new Tensor('float32', Float32Array.from(data), [...shape])] as const,
  );
  const { y } = await session.run(Object.fromEntries(tensors));
  return { shape: y!.dims, data: y!.data as Float32Array };
}

interface Layer {
  readonly op: string;
  readonly title: string;
  readonly x: readonly number[];
  readonly w?: readonly number[];
  readonly b?: readonly number[];
  readonly attrs: Readonly<Record<string, AttrSpec>>;
  readonly outside?: Outside;
}

const layers: readonly Layer[] = [
  {
    op: 'Conv',
    title: 'plain, same padding, bias',
    x: [2, 3, 6, 5],
    w: [4, 3, 3, 3],
    b: [4],
    attrs: { pads: [1, 1, 1, 1] },
  },
  {
    op: 'Conv',
    title: 'strided, dilated, padded unevenly',
    x: [1, 2, 9, 11],
    w: [3, 2, 3, 2],
    attrs: { strides: [2, 3], dilations: [2, 1], pads: [1, 0, 2, 1] },
  },
  {
    op: 'Conv',
    title: 'SAME_UPPER',
    x: [1, 1, 7, 8],
    w: [1, 1, 4, 3],
    attrs: { auto_pad: 'SAME_UPPER', strides: [2, 2] },
  },
  { op: 'Conv', title: 'in groups', x: [1, 6, 4, 4], w: [4, 3, 3, 3], b: [4], attrs: { group: 2, pads: [1, 1, 1, 1] } },
  { op: 'Conv', title: 'depthwise', x: [1, 3, 5, 5], w: [3, 1, 3, 3], b: [3], attrs: { group: 3 } },
  { op: 'Conv', title: 'depthwise, two filters per channel', x: [1, 3, 5, 5], w: [6, 1, 3, 3], attrs: { group: 3 } },
  { op: 'Conv', title: 'along one axis', x: [2, 2, 12], w: [3, 2, 4], b: [3], attrs: { dilations: [2], pads: [3, 3] } },
  {
    op: 'Conv',
    title: 'in space',
    x: [1, 2, 4, 5, 6],
    w: [2, 2, 2, 3, 1],
    attrs: { strides: [1, 2, 1], pads: [1, 1, 0, 0, 0, 0] },
  },
  { op: 'Conv', title: 'of one pixel', x: [1, 4, 3, 3], w: [2, 4, 1, 1], b: [2], attrs: { strides: [2, 2] } },
  {
    op: 'ConvTranspose',
    title: 'stride 2',
    x: [1, 3, 4, 3],
    w: [3, 2, 3, 3],
    b: [2],
    attrs: { strides: [2, 2], pads: [1, 1, 1, 1], output_padding: [1, 1] },
  },
  {
    op: 'ConvTranspose',
    title: 'in groups, dilated',
    x: [1, 4, 3, 3],
    w: [4, 2, 2, 3],
    attrs: { group: 2, dilations: [2, 1], strides: [3, 2] },
  },
  {
    op: 'ConvTranspose',
    title: 'to a stated size',
    x: [1, 1, 3, 3],
    w: [1, 2, 3, 3],
    attrs: { strides: [2, 2], output_shape: [6, 5] },
  },
  {
    op: 'MaxPool',
    title: '3×3 over the border',
    x: [1, 2, 7, 6],
    attrs: { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1], ceil_mode: 1 },
    outside: 'skip',
  },
  { op: 'MaxPool', title: 'dilated', x: [1, 2, 9], attrs: { kernel_shape: [3], dilations: [3] }, outside: 'skip' },
  {
    op: 'AveragePool',
    title: 'border does not count',
    x: [1, 2, 6, 6],
    attrs: { kernel_shape: [3, 2], pads: [1, 1, 1, 0] },
    outside: 'skip',
  },
  {
    op: 'AveragePool',
    title: 'border counts',
    x: [1, 2, 6, 6],
    attrs: { kernel_shape: [3, 3], pads: [1, 1, 1, 1], count_include_pad: 1 },
  },
  { op: 'LpPool', title: 'p = 3', x: [1, 2, 6, 6], attrs: { kernel_shape: [2, 2], strides: [2, 2], p: 3 } },
  { op: 'Gemm', title: 'as torch writes it', x: [3, 5], w: [4, 5], b: [4], attrs: { transB: 1 } },
  {
    op: 'Gemm',
    title: 'with factors',
    x: [5, 3],
    w: [5, 4],
    b: [3, 1],
    attrs: { transA: 1, alpha: { float: 0.5 }, beta: { float: 2 } },
  },
];

describe('a layer’s formula, worked out letter by letter, gives what onnxruntime computes', () => {
  for (const layer of layers) {
    it(`${layer.op}, ${layer.title}`, async () => {
      const names = ['x', ...(layer.w ? ['w'] : []), ...(layer.b ? ['b'] : [])];
      const feeds: Record<string, Numbers> = { x: noise(layer.x, 1) };
      if (layer.w) feeds.w = noise(layer.w, 400);
      if (layer.b) feeds.b = noise(layer.b, 77);
      const inputs = Object.fromEntries(Object.entries(feeds).map(([name, { shape }]) => [name, shape]));
      const attrs = layer.w && layer.op !== 'Gemm' ? { kernel_shape: layer.w.slice(2), ...layer.attrs } : layer.attrs;
      const spec: ModelSpec = {
        opset: 19,
        inputs,
        nodes: [{ op: layer.op, inputs: names, outputs: ['y'], attrs }],
        outputs: ['y'],
      };
      const expected = await run(spec, feeds);
      const { def, context } = analyze(modelOf(spec)).nodes[0]!;
      const formula = def!.formula!(context!);
      assert.ok(formula);
      const tensors = { X: feeds.x!, ...(feeds.w && { W: feeds.w }), ...(feeds.b && { β: feeds.b }) };
      const found = new FormulaValue(formula, tensors, layer.outside ?? 'zero').elements(expected.shape);
      const worst = Math.max(...found.map((v, i) => Math.abs(v - expected.data[i]!)));
      assert.ok(worst < 1e-3, `off by ${worst}`);
    });
  }
});
