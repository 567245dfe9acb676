import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { checkUnits, explainAt, oneNode, runNode, unitsHold, type UnitCase } from '../../support/explainRun';
import type { ModelSpec } from '../../support/onnxModel';

const per = (rank: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });

const pooling = (op: 'MaxPool' | 'AveragePool') =>
  fc.integer({ min: 1, max: 3 }).chain((rank) =>
    fc
      .record({
        batch: fc.integer({ min: 1, max: 2 }),
        spatial: per(rank, 2, rank === 3 ? 6 : 11),
        kernel: per(rank, 1, 4),
        strides: per(rank, 1, 3),
        dilations: per(rank, 1, 2),
        pads: per(2 * rank, 0, 3),
        autoPad: fc.constantFrom('NOTSET', 'NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
        ceil: fc.integer({ min: 0, max: 1 }),
        included: fc.integer({ min: 0, max: 1 }),
      })
      // Padding as wide as the window makes windows of nothing, which runtimes refuse.
      .filter(({ kernel, pads }) => pads.every((pad, i) => pad < kernel[i % rank]!))
      // A window larger than the picture is an error; onnxruntime's division hides some of these.
      .filter(({ spatial, kernel, dilations, pads, autoPad }) =>
        spatial.every((extent, i) => {
          const padding = autoPad === 'NOTSET' ? pads[i]! + pads[i + rank]! : 0;
          return (kernel[i]! - 1) * dilations[i]! < extent + padding;
        }),
      )
      // Where a pooling is dilated, onnxruntime reckons the padding of SAME as if it were not.
      .filter(({ dilations, autoPad }) => !autoPad.startsWith('SAME') || dilations.every((dilation) => dilation === 1))
      .map(({ batch, spatial, kernel, strides, dilations, pads, autoPad, ceil, included }) =>
        oneNode(
          op,
          { x: [batch, 2, ...spatial] },
          {
            kernel_shape: kernel,
            strides,
            ...(autoPad === 'NOTSET' ? { pads } : { auto_pad: autoPad }),
            ...(autoPad === 'NOTSET' && { ceil_mode: ceil }),
            ...(op === 'MaxPool' ? { dilations } : { count_include_pad: included }),
          },
        ),
      ),
  );

const transposed = fc.integer({ min: 1, max: 2 }).chain((rank) =>
  fc
    .record({
      group: fc.integer({ min: 1, max: 3 }),
      inPerGroup: fc.integer({ min: 1, max: 3 }),
      outPerGroup: fc.integer({ min: 1, max: 3 }),
      spatial: per(rank, 2, 6),
      kernel: per(rank, 1, 4),
      strides: per(rank, 1, 3),
      dilations: per(rank, 1, 2),
      pads: per(2 * rank, 0, 2),
      extra: per(rank, 0, 1),
      bias: fc.boolean(),
    })
    .map(({ group, inPerGroup, outPerGroup, spatial, kernel, strides, dilations, pads, extra, bias }) =>
      oneNode(
        'ConvTranspose',
        {
          x: [1, group * inPerGroup, ...spatial],
          w: [group * inPerGroup, outPerGroup, ...kernel],
          ...(bias && { b: [group * outPerGroup] }),
        },
        { group, strides, dilations, pads, output_padding: extra.map((e, i) => Math.min(e, strides[i]! - 1)) },
      ),
    ),
);

const cases = (specs: fc.Arbitrary<ModelSpec>): fc.Arbitrary<UnitCase> => specs.map((spec) => ({ spec }));

describe('units of poolings and transposed convolutions', function () {
  this.timeout(120_000);

  it('MaxPool', () => unitsHold(cases(pooling('MaxPool')), 100, 60));
  it('AveragePool', () => unitsHold(cases(pooling('AveragePool')), 100, 60));
  it('ConvTranspose', () => unitsHold(cases(transposed), 120, 50));

  it('GlobalAveragePool and GlobalMaxPool', async () => {
    for (const op of ['GlobalAveragePool', 'GlobalMaxPool'])
      await unitsHold(
        fc.record({ spatial: per(2, 1, 9) }).map(({ spatial }) => ({ spec: oneNode(op, { x: [2, 3, ...spatial] }) })),
        20,
        20,
      );
  });

  it('MaxUnpool puts values back to where MaxPool found them', () =>
    unitsHold(
      fc.record({ size: per(2, 1, 4), kernel: fc.integer({ min: 2, max: 3 }) }).map(({ size, kernel }) => {
        const attrs = { kernel_shape: [kernel, kernel], strides: [kernel, kernel] };
        const spec = {
          opset: 13,
          inputs: { x: [2, 2, ...size.map((extent) => extent * kernel)] },
          nodes: [
            { op: 'MaxPool', inputs: ['x'], outputs: ['p', 'i'], attrs },
            { op: 'MaxUnpool', inputs: ['p', 'i'], outputs: ['y'], attrs },
          ],
          outputs: ['y'],
          outputTypes: { i: 'int64' as const },
        };
        return { spec, node: 1 };
      }),
      40,
      40,
    ));

  it('marks every winner of a tie, and says that there is one', async () => {
    const spec = oneNode('MaxPool', { x: [1, 1, 2, 2] }, { kernel_shape: [2, 2] });
    const ran = await runNode(spec, 0, { x: Float32Array.of(3, -1, 3, 2) });
    const { middle, notes, value } = explainAt(ran!, [0, 0, 0, 0]);
    assert.equal(value, 3);
    assert.ok(middle.kind === 'gathered');
    assert.deepEqual(middle.winners, [0, 2]);
    assert.match(notes.join(), /2 inputs share/);
  });

  it('shows a bed of nails as the transposed convolution it is: one input or none lands on a unit', async () => {
    const spec = oneNode(
      'ConvTranspose',
      { x: [1, 1, 2, 2], w: [1, 1, 1, 1] },
      { strides: [2, 2], output_padding: [1, 1] },
    );
    const ran = await runNode(spec, 0, { x: Float32Array.of(5, 6, 7, 8), w: Float32Array.of(1) });
    checkUnits(ran!);
    assert.equal(explainAt(ran!, [0, 0, 2, 2]).value, 8);
    const empty = explainAt(ran!, [0, 0, 2, 1]);
    assert.equal(empty.value, 0);
    assert.match(empty.notes.join(), /No input lands/);
  });
});
