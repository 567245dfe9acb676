import { strict as assert } from 'node:assert';
import { analyze, type Facts } from '../../../src/core/analysis';
import { dimText, symbol } from '../../../src/core/ir/dim';
import { GraphBuilder } from '../../../src/core/ir/builder';
import type { Attr, DType, TensorType } from '../../../src/core/ir/types';
import { modelAround, modelOf, type ModelSpec } from '../../support/onnxModel';

const typeOf = (facts: Facts, name: string): TensorType | null =>
  facts.types[facts.graph.valueByName.get(name)!] ?? null;
const shapeText = (facts: Facts, name: string): string =>
  typeOf(facts, name)?.shape?.map(dimText).join('×') ?? 'unknown';
const problems = (facts: Facts): readonly string[] =>
  facts.diagnostics.map((d) => `${d.severity} ${d.code} @${d.node}`);

const float = (...shape: number[]): TensorType => ({ dtype: 'float32', shape });
const missing = { kind: 'missing', reason: 'not needed' } as const;
const ints = (...value: number[]): Attr => ({ kind: 'ints', value });

/** x → Conv(3 → 8, 3×3) → c → op → y. */
function chain(op: string, attrs: Record<string, Attr> = {}, declared: TensorType | null = null): GraphBuilder {
  const builder = new GraphBuilder();
  builder.input('x', float(1, 3, 16, 16));
  builder.constant('w', { dtype: 'float32', shape: [8, 3, 3, 3], elements: missing }, null);
  builder.node({ name: 'first', op: 'Conv', inputs: ['x', 'w'], outputs: ['c'] });
  builder.node({ name: 'second', op, inputs: ['c'], outputs: ['y'], attrs: new Map(Object.entries(attrs)) });
  builder.output('y', declared);
  return builder;
}

const analyzeChain = (...args: Parameters<typeof chain>): Facts => analyze(modelAround(chain(...args).build().graph));

describe('analysis', () => {
  it('keeps the inferred size and warns where the file declares another', () => {
    const facts = analyzeChain('MaxPool', { kernel_shape: ints(2, 2), strides: ints(2, 2) }, float(1, 8, 99, 7));
    assert.equal(shapeText(facts, 'y'), '1×8×7×7');
    assert.deepEqual(problems(facts), ['warning shape/disagrees @1']);
    assert.match(facts.diagnostics[0]!.message, /99/);
  });

  it('warns of another number of axes, however the others agree', () => {
    const facts = analyzeChain('Relu', {}, float(1, 8, 14));
    assert.equal(shapeText(facts, 'y'), '1×8×14×14');
    assert.deepEqual(problems(facts), ['warning shape/disagrees @1']);
    assert.deepEqual(problems(analyzeChain('Relu', {}, float(1, 8, 14, 14))), []);
  });

  it('uses what an unknown operator declares, and names it', () => {
    const facts = analyzeChain('Sparkle', {}, float(1, 4));
    assert.equal(shapeText(facts, 'y'), '1×4');
    assert.deepEqual(problems(facts), ['warning op/unknown @1']);
    assert.equal(facts.nodes[1]!.macs, null);
    assert.equal(facts.totals.macs, null);
  });

  const impossible: readonly (readonly [string, string, Record<string, Attr>, string])[] = [
    ['a window larger than the picture', 'MaxPool', { kernel_shape: ints(99, 99) }, 'shape/window'],
    ['a stride of 0', 'MaxPool', { kernel_shape: ints(2, 2), strides: ints(0, 1) }, 'op/attribute'],
    ['a negative dilation', 'MaxPool', { kernel_shape: ints(2, 2), dilations: ints(-1, 1) }, 'op/attribute'],
    ['pads for another number of axes', 'MaxPool', { kernel_shape: ints(2, 2), pads: ints(1, 1) }, 'op/attribute'],
    ['a window of another number of axes', 'MaxPool', { kernel_shape: ints(2, 2, 2) }, 'shape/rank'],
    ['a kernel that is a text', 'MaxPool', { kernel_shape: { kind: 'string', value: '2' } }, 'op/attribute'],
    [
      'a padding nobody defined',
      'MaxPool',
      { kernel_shape: ints(2, 2), auto_pad: { kind: 'string', value: 'X' } },
      'op/attribute',
    ],
    ['a norm over no stated number of channels', 'LRN', {}, 'op/attribute'],
  ];
  for (const [what, op, attrs, code] of impossible) {
    it(`says that ${what} is an error, and knows no size from there`, () => {
      const facts = analyzeChain(op, attrs, float(1, 8, 7, 7));
      assert.equal(typeOf(facts, 'y')?.shape ?? null, null);
      assert.ok(
        facts.diagnostics.some((d) => d.severity === 'error' && d.code === code && d.node === 1),
        problems(facts).join(),
      );
    });
  }

  it('says which channels do not fit, and into how many groups they cannot be parted', () => {
    const conv = (channels: number, group: number): Facts =>
      analyze(
        modelOf({
          opset: 13,
          inputs: { x: [1, channels, 9, 9] },
          constants: { w: { shape: [4, 3, 3, 3] } },
          nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attrs: { group } }],
          outputs: ['y'],
        }),
      );
    assert.deepEqual(problems(conv(5, 1)), ['error shape/channels @0']);
    assert.deepEqual(problems(conv(9, 3)), ['error shape/channels @0']);
    assert.deepEqual(problems(conv(3, 0)), ['error op/attribute @0']);
    assert.deepEqual(problems(conv(6, 2)), []);
  });

  describe('with an input size of the user', () => {
    const layers: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 3, 32, 32] },
      constants: { w: { shape: [4, 3, 3, 3] }, f: { shape: [4 * 15 * 15, 10] } },
      nodes: [
        { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'] },
        { op: 'MaxPool', inputs: ['a'], outputs: ['b'], attrs: { kernel_shape: [2, 2], strides: [2, 2] } },
        { op: 'Flatten', inputs: ['b'], outputs: ['c'] },
        { op: 'Gemm', inputs: ['c', 'f'], outputs: ['y'] },
      ],
      outputs: ['y'],
    };

    it('layers that it does not fit are null, the earlier ones stay, and it is a warning', () => {
      const facts = analyze(modelOf(layers), { inputShapes: new Map([['x', [1, 3, 64, 64]]]) });
      assert.equal(shapeText(facts, 'b'), '1×4×31×31');
      assert.equal(shapeText(facts, 'y'), 'unknown');
      assert.deepEqual(problems(facts), ['warning input/does-not-fit @3']);
      assert.equal(facts.totals.macs, null);
    });

    it('an error of the file itself stays one', () => {
      const broken = { ...layers, constants: { ...layers.constants, w: { shape: [4, 5, 3, 3] } } };
      const facts = analyze(modelOf(broken), { inputShapes: new Map([['x', [1, 3, 64, 64]]]) });
      assert.equal(facts.diagnostics[0]?.severity, 'error');
    });

    it('stale declarations of later tensors are neither believed nor complained about', () => {
      const builder = chain('Sparkle');
      builder.declare('c', float(1, 8, 14, 14));
      builder.declare('y', float(1, 8, 14, 14));
      const { graph } = builder.build();
      const facts = analyze(modelAround(graph), { inputShapes: new Map([['x', [1, 3, 30, 30]]]) });
      assert.equal(shapeText(facts, 'c'), '1×8×28×28');
      assert.equal(shapeText(facts, 'y'), 'unknown');
      assert.deepEqual(problems(facts), ['warning op/unknown @1']);
    });

    it('names of extents are bound wherever the file uses them', () => {
      const builder = new GraphBuilder();
      builder.input('x', { dtype: 'float32', shape: [symbol('N'), 3] });
      builder.node({ name: '', op: 'Sparkle', inputs: ['x'], outputs: ['y'] });
      builder.output('y', { dtype: 'float32', shape: [symbol('N'), symbol('M')] });
      const model = modelAround(builder.build().graph);
      assert.equal(shapeText(analyze(model), 'y'), 'N×M');
      assert.equal(shapeText(analyze(model, { inputShapes: new Map([['x', [5, 3]]]) }), 'y'), '5×M');
    });

    it('an input that is none is named', () => {
      const facts = analyze(modelOf(layers), { inputShapes: new Map([['nothing', [1]]]) });
      assert.deepEqual(problems(facts), ['warning input/unknown @null']);
    });
  });

  it('carries formulas, and knows no totals, where extents have names', () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 3, 8, 8] },
      constants: { w: { shape: [4, 3, 3, 3] } },
      nodes: [{ op: 'Conv', inputs: ['x', 'w'], outputs: ['y'], attrs: { strides: [2, 2], pads: [1, 1, 1, 1] } }],
      outputs: ['y'],
    };
    const facts = analyze(modelOf(spec), {
      inputShapes: new Map([['x', [symbol('N'), 3, symbol('H'), symbol('W')]]]),
    });
    assert.equal(shapeText(facts, 'y'), 'N×4×⌊(H+1)/2⌋×⌊(W+1)/2⌋');
    assert.equal(facts.nodes[0]!.macs, null);
    assert.equal(facts.totals.parameters, 108);
    assert.equal(facts.totals.peakBytes, null);
  });

  it('counts live tensors: x and a while a is made, a and b while b is made', () => {
    const facts = analyze(
      modelOf({
        opset: 13,
        inputs: { x: [1, 1, 10, 10] },
        constants: { w: { shape: [2, 1, 1, 1] }, v: { shape: [4, 2, 1, 1] } },
        nodes: [
          { op: 'Conv', inputs: ['x', 'w'], outputs: ['a'] },
          { op: 'Conv', inputs: ['a', 'v'], outputs: ['b'] },
        ],
        outputs: ['b'],
      }),
    );
    assert.equal(facts.totals.activationBytes, 800 + 1600);
    assert.equal(facts.totals.peakBytes, 800 + 1600);
    assert.equal(facts.totals.weightBytes, 40);
  });

  it('gives the lecture’s three counts of synapses (AlexNet’s first layer)', () => {
    const facts = analyze(
      modelOf({
        opset: 13,
        inputs: { x: [1, 3, 224, 224] },
        constants: { w: { shape: [64, 3, 11, 11] }, b: { shape: [64] } },
        nodes: [
          {
            op: 'Conv',
            inputs: ['x', 'w', 'b'],
            outputs: ['y'],
            attrs: { strides: [4, 4], pads: [2, 2, 2, 2] },
          },
        ],
        outputs: ['y'],
      }),
    );
    const [node] = facts.nodes;
    assert.deepEqual(node!.synapses, { shared: 23296, unshared: 70470400, fullyConnected: 29142414400 });
    assert.equal(node!.macs, 70276800);
    assert.deepEqual(node!.def?.label?.(node!.context!), ['11×11', '64', '/4', 'pad 2']);
  });

  it('survives a cycle: nothing follows, declarations speak', () => {
    const builder = new GraphBuilder();
    builder.node({ name: '', op: 'Dropout', inputs: ['b'], outputs: ['a'] });
    builder.node({ name: '', op: 'Dropout', inputs: ['a'], outputs: ['b'] });
    builder.output('b', float(2, 2));
    const facts = analyze(modelAround(builder.build().graph));
    assert.equal(shapeText(facts, 'b'), '2×2');
    assert.equal(facts.nodes[0]!.context, null);
    assert.equal(facts.totals.macs, null);
  });

  it('stops when asked to', () => {
    const builder = new GraphBuilder();
    builder.input('x0', float(1));
    for (let i = 0; i < 2048; i++) {
      builder.node({ name: '', op: 'Sparkle', inputs: [`x${i}`], outputs: [`x${i + 1}`] });
    }
    const signal: AbortSignal = AbortSignal.abort();
    assert.throws(() => analyze(modelAround(builder.build().graph), { signal }), { name: 'Cancelled' });
  });

  it('takes the first input that looks like a picture', () => {
    const builder = new GraphBuilder();
    const input = (name: string, dtype: DType, shape: number[]): void => {
      builder.input(name, { dtype, shape });
    };
    input('sizes', 'int64', [2]);
    input('noise', 'float32', [1, 77, 768]);
    input('photo', 'float32', [1, 3, 64, 64]);
    const model = modelAround(builder.build().graph);
    const nameOf = (facts: Facts): string | undefined => facts.graph.values[facts.imageInput!]?.name;
    assert.equal(nameOf(analyze(model)), 'photo');
    assert.equal(nameOf(analyze(model, { imageInput: 'noise' })), 'noise');
    const last = new GraphBuilder();
    last.input('latent', float(1, 7, 10, 10));
    last.input('photo', float(1, 64, 64, 3));
    assert.equal(nameOf(analyze(modelAround(last.build().graph))), 'photo');
  });
});
