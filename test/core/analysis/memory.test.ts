import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { modelOf, type NodeSpec } from '../../support/onnxModel';

const peakOf = (
  nodes: readonly NodeSpec[],
  outputs: readonly string[],
  constants: Readonly<Record<string, { readonly shape: readonly number[] }>> = {},
): number | null =>
  analyze(modelOf({ opset: 13, inputs: { x: [1, 2, 4, 4] }, constants, nodes, outputs })).totals.peakBytes;

const node = (op: string, inputs: readonly string[], outputs: readonly string[], attrs = {}): NodeSpec => ({
  op,
  inputs,
  outputs,
  attrs,
});

/** 2·4·4 floats. */
const PICTURE = 128;

describe('the most memory that activations take at once', () => {
  it('is two tensors in a chain', () => {
    const chain = [node('Relu', ['x'], ['a']), node('Neg', ['a'], ['b']), node('Abs', ['b'], ['c'])];
    assert.equal(peakOf(chain, ['c']), 2 * PICTURE);
  });

  it('keeps what is an output until the end', () => {
    const chain = [node('Relu', ['x'], ['a']), node('Neg', ['a'], ['b']), node('Abs', ['b'], ['c'])];
    assert.equal(peakOf(chain, ['a', 'c']), 3 * PICTURE);
  });

  it('frees at once what nobody reads', () => {
    // The places of the maxima are 2·2·2 numbers of 64 bits.
    const pool = node('MaxPool', ['x'], ['a', 'places'], { kernel_shape: [2, 2], strides: [2, 2] });
    const wide = node('Resize', ['a', '', 's'], ['b']);
    assert.equal(peakOf([pool], ['a']), PICTURE + 32 + 64);
    assert.equal(peakOf([pool, wide], ['b'], { s: { shape: [4] } }), null, 'of unknown size');
    const wider = node('Concat', ['a', 'a', 'a', 'a', 'a', 'a'], ['b'], { axis: 1 });
    assert.equal(peakOf([pool, wider], ['b']), 32 + 6 * 32);
  });

  it('leaves weights out', () => {
    const conv = node('Conv', ['x', 'w'], ['y'], { pads: [1, 1, 1, 1] });
    assert.equal(peakOf([conv], ['y'], { w: { shape: [2, 2, 3, 3] } }), 2 * PICTURE);
  });

  it('is that of the worst moment, whatever the graph', () => {
    const readers = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(readers, (choices) => {
        const names = ['x', ...choices.map((_, i) => `v${i}`)];
        const reads = choices.map(([a, b], i) => [names[a % (i + 1)]!, names[b % (i + 1)]!]);
        const outputs = choices.flatMap(([, , kept], i) => (kept || i === choices.length - 1 ? [`v${i}`] : []));
        const nodes = reads.map((inputs, i) => node('Add', inputs, [`v${i}`]));
        // A tensor is alive at a step when it was there before or is made by it, and is still needed, be it by that step.
        const lastUse = (name: string): number =>
          outputs.includes(name) ? Infinity : reads.reduce((last, inputs, i) => (inputs.includes(name) ? i : last), -1);
        const alive = nodes.map(
          (_, step) =>
            names.filter((name, made) => made - 1 === step || (made - 1 < step && lastUse(name) >= step)).length,
        );
        assert.equal(peakOf(nodes, outputs), PICTURE * Math.max(1, ...alive));
      }),
      { numRuns: 200 },
    );
  });
});
