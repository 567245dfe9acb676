import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import { foldableNorms } from '../../../src/core/analysis/foldable';
import { arithmeticIntensity } from '../../../src/core/analysis/intensity';
import type { NodeId } from '../../../src/core/ir/types';
import { describeCorpus } from '../../support/corpus';
import { type ModelSpec, modelOf, type NodeSpec } from '../../support/onnxModel';
import { openFile } from '../../support/openFile';

/** What a reader takes from an analysis, whatever the tensors are called and in however many operators it is written. */
function gist(facts: Facts): unknown {
  const { graph, types, fields, totals } = facts;
  const [output] = graph.outputs;
  const plan = fieldPlan(facts);
  // Tensors whose units look at places: the picture on its way through the net.
  const way = graph.order.flatMap((id) => {
    const value = graph.nodes[id]!.outputs[0];
    const field = value === null || value === undefined ? null : fields[value];
    return field && !field.whole && value !== null ? [{ shape: types[value!]?.shape, ...field }] : [];
  });
  const steps = [...new Set(way.map((step) => JSON.stringify(step)))];
  return {
    output: types[output!],
    whole: fields[output!]?.whole,
    corner: plan && unitField(plan, output!, [0, 0]),
    last: steps.at(-1),
    macs: totals.macs,
    weights: totals.byRole.weight,
  };
}

describeCorpus('The same small net from five opsets', (folder) => {
  const names = ['small_opset7', 'small_opset9', 'small_opset11', 'small_opset13', 'small_opset16', 'ext_one_file'];
  const gistOf = async (name: string): Promise<unknown> =>
    gist(analyze((await openFile(join(folder, 'models', `${name}.onnx`))).model!));

  for (const name of names.slice(1)) {
    it(`${name} as ${names[0]}`, async () => {
      assert.deepEqual(await gistOf(name), await gistOf(names[0]!));
    });
  }

  it('and with its extents left open, once they are given', async () => {
    const { model } = await openFile(join(folder, 'models', 'dynamic_axes_small.onnx'));
    const fixed = (await openFile(join(folder, 'models', 'small_opset13.onnx'))).model!;
    const [input] = fixed.graph.inputs;
    const shape = fixed.graph.values[input!]!.declared!.shape!;
    const name = model!.graph.values[model!.graph.inputs[0]!]!.name;
    const facts = analyze(model!, { inputShapes: new Map([[name, shape]]) });
    assert.deepEqual(gist(facts), gist(analyze(fixed)));
  });
});

const node = (op: string, inputs: readonly string[], output: string, attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  op,
  inputs,
  outputs: [output],
  attrs,
});

const constants = {
  w1: { shape: [4, 3, 3, 3] },
  w2: { shape: [6, 4, 3, 3] },
  dense: { shape: [5, 6] },
  turned: { shape: [6, 5] },
  gain: { shape: [6] },
  shift: { shape: [6] },
  mean: { shape: [6] },
  variance: { shape: [6] },
  pads: { shape: [8], ints: [0, 0, 1, 1, 0, 0, 1, 1] },
  to: { shape: [2], ints: [1, 6] },
  axes: { shape: [2], ints: [2, 3] },
  zero: { shape: [1], ints: [0] },
  one: { shape: [1], ints: [1] },
  ends: { shape: [1], ints: [-1] },
} as const satisfies ModelSpec['constants'];

const written = (opset: number, nodes: readonly NodeSpec[], used: readonly (keyof typeof constants)[]): Facts =>
  analyze(
    modelOf({
      opset,
      inputs: { x: [1, 3, 17, 14] },
      constants: Object.fromEntries(used.map((name) => [name, constants[name]])),
      nodes,
      outputs: ['y'],
    }),
  );

const first = node('Conv', ['x', 'w1'], 'a', { strides: [2, 2], pads: [1, 1, 1, 1] });
const second = node('Conv', ['r', 'w2'], 'b', { dilations: [2, 2], pads: [2, 2, 2, 2] });
const relu = node('Relu', ['a'], 'r');

describe('The same small net in other words', () => {
  const plain = written(
    13,
    [
      first,
      relu,
      second,
      node('GlobalAveragePool', ['b'], 'g'),
      node('Flatten', ['g'], 'f'),
      node('Gemm', ['f', 'dense'], 'y', { transB: 1 }),
    ],
    ['w1', 'w2', 'dense'],
  );
  const others: Readonly<Record<string, Facts>> = {
    'with the border as an operator of its own': written(
      13,
      [
        node('Pad', ['x', 'pads'], 'p'),
        node('Conv', ['p', 'w1'], 'a', { strides: [2, 2] }),
        relu,
        second,
        node('GlobalAveragePool', ['b'], 'g'),
        node('Flatten', ['g'], 'f'),
        node('Gemm', ['f', 'dense'], 'y', { transB: 1 }),
      ],
      ['pads', 'w1', 'w2', 'dense'],
    ),
    'with means and matrix products': written(
      18,
      [
        first,
        relu,
        second,
        node('ReduceMean', ['b', 'axes'], 'g', { keepdims: 0 }),
        node('MatMul', ['g', 'turned'], 'y'),
      ],
      ['w1', 'w2', 'axes', 'turned'],
    ),
    'with a reshape to a fixed size': written(
      9,
      [
        first,
        relu,
        second,
        node('AveragePool', ['b'], 'g', { kernel_shape: [9, 7] }),
        node('Reshape', ['g', 'to'], 'f'),
        node('Gemm', ['f', 'turned'], 'y'),
      ],
      ['w1', 'w2', 'to', 'turned'],
    ),
    'with its norms not folded': written(
      13,
      [
        first,
        relu,
        second,
        node('BatchNormalization', ['b', 'gain', 'shift', 'mean', 'variance'], 'n'),
        node('GlobalAveragePool', ['n'], 'g'),
        node('Squeeze', ['g', 'axes'], 'f'),
        node('Gemm', ['f', 'dense'], 'y', { transB: 1 }),
      ],
      ['w1', 'w2', 'gain', 'shift', 'mean', 'variance', 'axes', 'dense'],
    ),
  };
  for (const [title, facts] of Object.entries(others)) {
    it(title, () => {
      assert.deepEqual(facts.diagnostics, []);
      const [own, other] = [gist(plain), gist(facts)] as Record<string, unknown>[];
      // A window as large as the picture is written as a window: its summary is one.
      const windowed = title.includes('reshape');
      for (const key of ['output', 'corner', 'macs', 'weights', ...(windowed ? [] : ['whole', 'last'])]) {
        assert.deepEqual(other![key], own![key], key);
      }
    });
  }
});

describe('Norms that could be folded', () => {
  const norm = (x: string, y: string): NodeSpec =>
    node('BatchNormalization', [x, 'gain', 'shift', 'mean', 'variance'], y);
  const used = ['w1', 'w2', 'gain', 'shift', 'mean', 'variance'] as const;
  const folded = (nodes: readonly NodeSpec[], outputs = ['y']): readonly (readonly [number, number])[] => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 3, 17, 14] },
      constants: Object.fromEntries(used.map((name) => [name, constants[name]])),
      nodes,
      outputs,
    };
    return [...foldableNorms(analyze(modelOf(spec)))];
  };
  const before = [first, relu, second];

  it('stand directly behind their layer', () => {
    assert.deepEqual(folded([...before, norm('b', 'y')]), [[3, 2]]);
  });

  it('but not where something else reads the layer', () => {
    assert.deepEqual(folded([...before, norm('b', 'n'), node('Add', ['n', 'b'], 'y')]), []);
    assert.deepEqual(folded([...before, norm('b', 'y')], ['y', 'b']), []);
  });

  it('nor behind an activation, nor in training', () => {
    assert.deepEqual(folded([...before, node('Relu', ['b'], 'c'), norm('c', 'y')]), []);
    const training = { ...norm('b', 'y'), outputs: ['y', 'm', 'v'], attrs: { training_mode: 1 } };
    assert.deepEqual(folded([...before, training]), []);
  });

  it('nor where two layers share their weights', () => {
    const twice = [
      first,
      relu,
      second,
      norm('b', 'n'),
      node('Conv', ['r', 'w2'], 'c', { dilations: [2, 2], pads: [2, 2, 2, 2] }),
      node('Add', ['n', 'c'], 'y'),
    ];
    assert.deepEqual(folded(twice), []);
  });
});

describe('Arithmetic intensity', () => {
  it('is operations by bytes moved, each tensor once', () => {
    const facts = written(13, [first, node('Identity', ['a'], 'y')], ['w1']);
    const [macs, input, weights, output] = [4 * 9 * 7 * 27, 3 * 17 * 14, 4 * 27, 4 * 9 * 7];
    assert.equal(facts.totals.macs, macs);
    assert.equal(arithmeticIntensity(facts, 0 as NodeId), (2 * macs) / (4 * (input + weights + output)));
    assert.equal(arithmeticIntensity(facts, 1 as NodeId), null);
  });
});
