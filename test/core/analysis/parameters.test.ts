import { strict as assert } from 'node:assert';
import { analyze, type Facts } from '../../../src/core/analysis';
import { type ConstantSpec, modelOf, type NodeSpec } from '../../support/onnxModel';

const node = (op: string, inputs: readonly string[], output: string, attrs: NodeSpec['attrs'] = {}): NodeSpec => ({
  op,
  inputs,
  outputs: [output],
  attrs,
});

const factsOf = (constants: Readonly<Record<string, ConstantSpec>>, nodes: readonly NodeSpec[]): Facts =>
  analyze(modelOf({ opset: 13, inputs: { x: [1, 2, 4, 4] }, constants, nodes, outputs: [nodes.at(-1)!.outputs[0]!] }));

/** `weight 8, bias 2` of each node. */
const roles = ({ nodes }: Facts): readonly string[] =>
  nodes.map(({ parameters }) => parameters.map(({ role, count }) => `${role} ${count}`).join(', '));

describe('what counts as a parameter', () => {
  it('is a factor for each channel, but no single number', () => {
    const facts = factsOf({ gain: { shape: [2, 1, 1] }, half: { shape: [] }, one: { shape: [1] } }, [
      node('Mul', ['x', 'gain'], 'a'),
      node('Mul', ['a', 'half'], 'b'),
      node('Add', ['b', 'one'], 'y'),
    ]);
    assert.deepEqual(roles(facts), ['elementwise_const 2', '', '']);
    assert.equal(facts.totals.byRole.elementwise_const, 2);
  });

  it('is followed through what only changes its form', () => {
    const flat = { w: { shape: [18] }, s: { shape: [4], ints: [1, 2, 3, 3] } };
    const facts = factsOf(flat, [
      node('Reshape', ['w', 's'], 'kernel'),
      node('Identity', ['kernel'], 'copy'),
      node('Conv', ['x', 'copy'], 'y'),
    ]);
    assert.deepEqual(roles(facts), ['', '', 'weight 18']);
    assert.equal(facts.nodes[2]!.parameters[0]!.source, facts.graph.valueByName.get('w'));
  });

  it('counts once where two layers share it, and its bytes once where it is copied', () => {
    const kernel = { w: { shape: [2, 2, 3, 3] } };
    const shared = factsOf(kernel, [
      node('Conv', ['x', 'w'], 'a', { pads: [1, 1, 1, 1] }),
      node('Conv', ['a', 'w'], 'y', { pads: [1, 1, 1, 1] }),
    ]);
    assert.deepEqual([shared.totals.parameters, shared.totals.weightBytes], [36, 144]);
    assert.ok(shared.nodes.every(({ parameters }) => parameters[0]!.shared));
    const copied = factsOf(kernel, [
      node('Identity', ['w'], 'own'),
      node('Conv', ['x', 'w'], 'a', { pads: [1, 1, 1, 1] }),
      node('Conv', ['a', 'own'], 'y', { pads: [1, 1, 1, 1] }),
    ]);
    // Two layers that were trained apart, whose equal values the exporter stored once.
    assert.deepEqual([copied.totals.parameters, copied.totals.weightBytes], [72, 144]);
    assert.deepEqual(copied.totals.weightBytesByType, { float32: 144 });
  });
});

describe('synapses of a transposed convolution', () => {
  it('are one kernel, one for each place of the input, or all with all', () => {
    const facts = analyze(
      modelOf({
        opset: 13,
        inputs: { x: [1, 2, 3, 3] },
        constants: { w: { shape: [2, 4, 2, 2] }, b: { shape: [4] } },
        nodes: [{ op: 'ConvTranspose', inputs: ['x', 'w', 'b'], outputs: ['y'], attrs: { strides: [2, 2] } }],
        outputs: ['y'],
      }),
    );
    const [kernel, places, outputs] = [2 * 4 * 2 * 2, 3 * 3, 6 * 6 * 4];
    assert.deepEqual(facts.nodes[0]!.synapses, {
      shared: kernel + 4,
      unshared: places * kernel + outputs,
      fullyConnected: outputs * (places * 2 + 1),
    });
  });
});

describe('multiplications', () => {
  it('of a product are those of its inner extent, for every element of the result', () => {
    const macs = (op: string, x: readonly number[], w: readonly number[], attrs: NodeSpec['attrs'] = {}) =>
      analyze(
        modelOf({
          opset: 13,
          inputs: { x },
          constants: { w: { shape: w } },
          nodes: [{ op, inputs: ['x', 'w'], outputs: ['y'], attrs }],
          outputs: ['y'],
        }),
      ).totals.macs;
    assert.equal(macs('Gemm', [3, 5], [5, 7]), 3 * 5 * 7);
    assert.equal(macs('Gemm', [5, 3], [7, 5], { transA: 1, transB: 1 }), 3 * 5 * 7);
    assert.equal(macs('MatMul', [2, 4, 3, 5], [5, 7]), 2 * 4 * 3 * 5 * 7);
    assert.equal(macs('ConvTranspose', [1, 2, 3, 3], [2, 4, 2, 2], { strides: [2, 2] }), 9 * 2 * 4 * 4);
  });
});
