import { strict as assert } from 'node:assert';
import { join, resolve } from 'node:path';
import { analyze } from '../../../src/core/analysis';
import { compareModels, type Comparison, type Difference } from '../../../src/core/compare';
import type { Model } from '../../../src/core/ir/types';
import { draw, type Drawing } from '../../../src/core/view/scene';
import { describeCorpus } from '../../support/corpus';
import { nameless } from '../../support/modelScene';
import { modelOf, type ModelSpec, type NodeSpec } from '../../support/onnxModel';
import { openFile } from '../../support/openFile';

const drawn = (model: Model): Drawing => draw(analyze(model));
const compare = (before: Model, after: Model): Comparison => compareModels(drawn(before), drawn(after));
const read = async (file: string): Promise<Model> => (await openFile(file)).model!;
const samples = resolve(__dirname, '../../../samples');

const node = (op: string, inputs: readonly string[], output: string, attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  op,
  name: output,
  inputs,
  outputs: [output],
  attrs,
});
const constants = { w: { shape: [4, 4, 3, 3] }, wide: { shape: [8, 4, 3, 3] } };
const net = (nodes: readonly NodeSpec[], more: Partial<ModelSpec> = {}): Model =>
  modelOf({
    opset: 13,
    inputs: { x: [1, 4, 17, 17] },
    constants,
    nodes,
    outputs: [nodes.at(-1)!.outputs[0]!],
    ...more,
  });

const differencesOf = ({ pairs, after }: Comparison, name: string): readonly Difference[] =>
  pairs.find((pair) => after.facts.graph.nodes[pair.after]!.name === name)?.differences ?? [];
const short = ({ kind, name, before, after, own }: Difference): string =>
  `${own ? '' : '→ '}${[kind, name].filter(Boolean).join(' ')}: ${before} | ${after}`;

const around = (middle: NodeSpec['attrs']): readonly NodeSpec[] => [
  node('Conv', ['x', 'w'], 'first', { pads: [1, 1, 1, 1] }),
  node('Conv', ['first', 'w'], 'middle', { pads: [1, 1, 1, 1], ...middle }),
  node('Relu', ['middle'], 'last'),
];

describe('What differs between two models', () => {
  it('tells a change where it is made, and what follows from it apart', () => {
    const found = compare(net(around({})), net(around({ strides: [2, 2] })));
    assert.deepEqual(found.counts, { same: 1, follows: 1, changed: 1, added: 0, removed: 0 });
    assert.deepEqual(differencesOf(found, 'middle').map(short), [
      'setting strides: 1, 1 | 2, 2',
      '→ size: 1×4×17×17 | 1×4×9×9',
      '→ macs: 41\u202f616 | 11\u202f664',
      '→ field: 5 px, stride 1, from −2 | 5 px, stride 2, from −2',
    ]);
    assert.deepEqual(differencesOf(found, 'last').map(short), [
      '→ input size: 1×4×17×17 | 1×4×9×9',
      '→ size: 1×4×17×17 | 1×4×9×9',
      '→ field: 5 px, stride 1, from −2 | 5 px, stride 2, from −2',
    ]);
    assert.equal(found.equal, false);
  });

  it('takes the same geometry in other words for the same', () => {
    const [auto, numbers] = [net(around({ pads: [], auto_pad: 'SAME_UPPER' })), net(around({}))];
    const said = net(around({ strides: [1, 1], dilations: [1, 1], kernel_shape: [3, 3], group: 1 }));
    for (const [a, b] of [
      [auto, numbers],
      [numbers, said],
      [said, auto],
    ] as const)
      assert.ok(compare(a, b).equal);
  });

  it('finds settings wherever a version of the operator has them', () => {
    const clip = (opset: number, high: number): Model =>
      opset < 11
        ? net([node('Clip', ['x'], 'y', { min: { float: 0 }, max: { float: high } })], { opset })
        : net([node('Clip', ['x', 'low', 'high'], 'y')], {
            opset,
            constants: { low: { shape: [], floats: [0] }, high: { shape: [], floats: [high] } },
          });
    assert.ok(compare(clip(9, 6), clip(13, 6)).equal);
    assert.deepEqual(differencesOf(compare(clip(9, 6), clip(13, 4)), 'y').map(short), ['setting max: 6 | 4']);
  });

  it('tells a skip that starts somewhere else', () => {
    const skip = (...ends: readonly string[]): Model =>
      net([
        node('Conv', ['x', 'w'], 'a', { pads: [1, 1, 1, 1] }),
        node('Conv', ['a', 'w'], 'b', { pads: [1, 1, 1, 1] }),
        node('Conv', ['b', 'w'], 'c', { pads: [1, 1, 1, 1] }),
        node('Add', ends, 'y'),
      ]);
    const found = compare(skip('c', 'a'), skip('c', 'b'));
    assert.deepEqual(
      differencesOf(found, 'y')
        .filter(({ own }) => own)
        .map(short),
      ['inputs: c, a | c, b'],
    );
    assert.ok(compare(skip('c', 'a'), skip('a', 'c')).equal, 'a sum has no order');
  });

  it('tells other parameters, another operator in the same place, and other inputs of the net', () => {
    const wider = compare(
      net(around({})),
      net([
        ...around({}).slice(0, 1),
        node('Conv', ['first', 'wide'], 'middle', { pads: [1, 1, 1, 1] }),
        node('Relu', ['middle'], 'last'),
      ]),
    );
    assert.deepEqual(
      differencesOf(wider, 'middle')
        .filter(({ own }) => own)
        .map(short),
      ['parameters: weights float32 4×4×3×3 | weights float32 8×4×3×3'],
    );
    const other = compare(
      nameless(net(around({}))),
      nameless(net([...around({}).slice(0, 2), node('Sigmoid', ['middle'], 'last')])),
    );
    assert.deepEqual(other.counts, { same: 2, follows: 0, changed: 1, added: 0, removed: 0 });
    assert.deepEqual(other.pairs.at(-1)?.differences.map(short), ['operator: Relu | Sigmoid']);
    const larger = compare(net(around({})), net(around({}), { inputs: { x: [1, 4, 33, 17] } }));
    assert.deepEqual(larger.counts, { same: 0, follows: 3, changed: 0, added: 0, removed: 0 });
    assert.deepEqual(larger.ends.map(short), [
      'input size x: float32 1×4×17×17 | float32 1×4×33×17',
      '→ size last: float32 1×4×17×17 | float32 1×4×33×17',
    ]);
  });

  it('takes a layer that moved past another for one removed and one added', () => {
    const order = (...ops: readonly string[]): Model => net(ops.map((op, i) => node(op, [i ? ops[i - 1]! : 'x'], op)));
    const found = compare(order('Relu', 'Sigmoid', 'Tanh'), order('Sigmoid', 'Relu', 'Tanh'));
    assert.equal(found.counts.removed, 1);
    assert.equal(found.counts.added, 1);
  });
});

describe('Large models', () => {
  /** Blocks that are all alike, without a name. */
  const chain = (length: number, edit: (i: number) => readonly NodeSpec[] | null): Model => {
    const nodes: NodeSpec[] = [];
    for (let i = 0; i < length; i++) {
      const input = nodes.at(-1)?.outputs[0] ?? 'x';
      const usual =
        i % 2 ? node('Relu', [input], `v${i}`) : node('Conv', [input, 'w'], `v${i}`, { pads: [1, 1, 1, 1] });
      for (const { op, inputs, attrs } of edit(i) ?? [usual])
        nodes.push(node(op, [nodes.at(-1)?.outputs[0] ?? 'x', ...inputs.slice(1)], `t${nodes.length}`, attrs ?? {}));
    }
    return nameless(net(nodes));
  };
  const timed = (before: Model, after: Model): { readonly found: Comparison; readonly ms: number } => {
    const [one, other] = [drawn(before), drawn(after)];
    const start = performance.now();
    return { found: compareModels(one, other), ms: performance.now() - start };
  };

  it('finds a few edits among ten thousand equal layers, in seconds at most', () => {
    const before = chain(10_000, () => null);
    const after = chain(10_000, (i) =>
      i === 2001 || i === 7001 ? [] : i === 5001 ? [node('Sigmoid', ['?'], '')] : null,
    );
    const { found, ms } = timed(before, after);
    const { changed, added, removed } = found.counts;
    assert.deepEqual({ changed, added, removed }, { changed: 1, added: 0, removed: 2 });

    assert.ok(ms < 8000, `${Math.round(ms)} ms`);
  });

  it('gives an answer in bounded time for nets that share nothing', () => {
    const before = chain(10_000, () => null);
    const after = chain(10_000, (i) => [node(i % 3 ? 'Tanh' : 'Relu', ['?'], '')]);
    const { found, ms } = timed(before, after);
    assert.equal(found.pairs.length + found.removed.length, 10_000);

    assert.ok(ms < 20_000, `${Math.round(ms)} ms`);
  });
});

describeCorpus('The same net from two exporters', (folder) => {
  const model = (name: string): Promise<Model> => read(join(folder, 'models', `${name}.onnx`));

  it('aligns without a remark where only the weights are stored otherwise', async () => {
    for (const name of ['resnet152', 'densenet121', 'mobilenet_v2', 'unet_paper']) {
      const found = compare(await model(name), await model(`${name}_light`));
      assert.ok(found.equal, name);
      assert.equal(found.counts.same, found.pairs.filter((p) => !found.after.flow.plumbing[p.after]).length);
    }
  });

  it('aligns VGG-16 of torchvision with the one written as text, but for what is not in both', async () => {
    const found = compare(await model('vgg16'), await read(join(samples, 'zoo', 'vgg16.cnn.yaml')));
    const ops = (side: Drawing, ids: readonly number[]): readonly string[] =>
      ids.map((id) => side.facts.graph.nodes[id]!.op);
    // torchvision pools to 7×7, which is the size already; the paper's net has dropout, which exporting takes away.
    assert.deepEqual(ops(found.before, found.removed), ['AveragePool']);
    assert.deepEqual(ops(found.after, found.added), ['Dropout', 'Dropout']);
    assert.deepEqual(found.counts, { same: 37, follows: 0, changed: 0, added: 2, removed: 1 });
  });

  it('finds ResNet-50 in ResNet-152, by names and without', async () => {
    const [large, small] = [await model('resnet152'), await model('resnet50')];
    for (const name of [(m: Model) => m, nameless]) {
      const { counts } = compare(name(large), name(small));
      assert.deepEqual({ changed: counts.changed, added: counts.added }, { changed: 0, added: 0 });
      assert.equal(counts.removed, large.graph.nodes.length - small.graph.nodes.length);
    }
  });

  it('finds every damaged or odd file equal to itself', async () => {
    for (const name of ['../bad/cycle', '../bad/duplicate_output_names', 'silero_vad_v4', 'shared_weights_siamese'])
      assert.ok(compare(await model(name), await model(name)).equal, name);
  });
});
