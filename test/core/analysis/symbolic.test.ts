import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { type Dim, substitute, symbol } from '../../../src/core/ir/dim';
import { type AttrSpec, modelOf, type ModelSpec } from '../../support/onnxModel';

/** The size of `y` with these input extents, numbers or names. */
function sizeOf(spec: ModelSpec, extents: readonly Dim[]): readonly Dim[] | null {
  const facts = analyze(modelOf(spec), { inputShapes: new Map([['x', extents]]) });
  return facts.types[facts.graph.valueByName.get('y')!]?.shape ?? null;
}

const layer = fc.record({
  op: fc.constantFrom('Conv', 'ConvTranspose', 'MaxPool', 'AveragePool'),
  kernel: fc.integer({ min: 1, max: 5 }),
  stride: fc.integer({ min: 1, max: 4 }),
  dilation: fc.integer({ min: 1, max: 3 }),
  pads: fc.tuple(fc.nat(2), fc.nat(2)),
  autoPad: fc.constantFrom('', '', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
  ceil: fc.nat(1),
});

const attrsOf = (l: typeof layer extends fc.Arbitrary<infer T> ? T : never): Record<string, AttrSpec> => ({
  kernel_shape: [l.kernel],
  strides: [l.stride],
  dilations: [l.dilation],
  ...(l.autoPad ? { auto_pad: l.autoPad } : { pads: l.pads }),
  ...(l.op.endsWith('Pool') && { ceil_mode: l.ceil }),
});

describe('named extents', () => {
  it('give a formula that yields the size of every concrete input', () => {
    fc.assert(
      fc.property(
        fc.array(layer, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 20, max: 60 }),
        (layers, length) => {
          const spec: ModelSpec = {
            opset: 22,
            inputs: { x: [1, 2, length] },
            constants: Object.fromEntries(layers.map((l, i) => [`w${i}`, { shape: [2, 2, l.kernel] }])),
            nodes: layers.map((l, i) => ({
              op: l.op,
              inputs: [i ? `t${i}` : 'x', ...(l.op.startsWith('Conv') ? [`w${i}`] : [])],
              outputs: [i === layers.length - 1 ? 'y' : `t${i + 1}`],
              attrs: attrsOf(l),
            })),
            outputs: ['y'],
          };
          const known = sizeOf(spec, [1, 2, length]);
          // A window that does not fit has no size; a formula cannot know.
          fc.pre(known !== null);
          const formula = sizeOf(spec, [symbol('N'), 2, symbol('L')]);
          const bindings = new Map([
            ['N', 1],
            ['L', length],
          ]);
          assert.deepEqual(
            formula?.map((d) => substitute(d, bindings)),
            known,
          );
        },
      ),
      { numRuns: 300, seed: 20_261_123 },
    );
  });

  it('joins paths unit by unit where one of them comes in pairs, however large the picture', () => {
    const nearest = { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' };
    const facts = analyze(
      modelOf({
        opset: 13,
        inputs: { x: [1, 1, 'H', 'W'] },
        constants: { s: { shape: [4], floats: [1, 1, 2, 2] } },
        nodes: [
          { op: 'AveragePool', inputs: ['x'], outputs: ['p'], attrs: { kernel_shape: [2, 2], strides: [2, 2] } },
          { op: 'Resize', inputs: ['p', '', 's'], outputs: ['u'], attrs: nearest },
          { op: 'Add', inputs: ['x', 'u'], outputs: ['y'] },
          { op: 'MaxPool', inputs: ['y'], outputs: ['z'], attrs: { kernel_shape: [2, 2] } },
        ],
        outputs: ['z'],
      }),
    );
    const field = (name: string) => facts.fields[facts.graph.valueByName.get(name)!];
    assert.deepEqual([field('y')?.size, field('y')?.smallest, field('y')?.start], [[2, 2], [2, 2], [0, 0]]); // prettier-ignore
    // Of a pair two units see the same two pixels; two units of two pairs see four.
    assert.deepEqual([field('z')?.size, field('z')?.smallest], [[4, 4], [2, 2]]); // prettier-ignore
  });
});
