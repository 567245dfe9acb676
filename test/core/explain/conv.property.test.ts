import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { checkUnits, runNode } from '../../support/explainRun';
import type { AttrSpec } from '../../support/onnxModel';

const per = (rank: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });

/** Any convolution that onnxruntime has: one to three axes, in groups, depthwise, dilated, strided, padded by hand or by rule. */
const convolution = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    batch: fc.integer({ min: 1, max: 2 }),
    group: fc.integer({ min: 1, max: 3 }),
    inPerGroup: fc.integer({ min: 1, max: 3 }),
    outPerGroup: fc.integer({ min: 1, max: 3 }),
    spatial: per(rank, 3, rank === 3 ? 6 : 11),
    kernel: per(rank, 1, 4),
    strides: per(rank, 1, 3),
    dilations: per(rank, 1, 2),
    pads: per(2 * rank, 0, 3),
    autoPad: fc.constantFrom('NOTSET', 'NOTSET', 'SAME_UPPER', 'SAME_LOWER', 'VALID'),
    bias: fc.boolean(),
    seed: fc.integer({ min: 1, max: 1000 }),
  }),
);

describe('units of convolutions', function () {
  this.timeout(120_000);

  it('come out as in onnxruntime, whatever the attributes', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(convolution, async (c) => {
        const { batch, group, inPerGroup, outPerGroup, spatial, kernel, strides, dilations, pads, autoPad, bias } = c;
        const attrs: Record<string, AttrSpec> = { group, strides, dilations, kernel_shape: kernel };
        if (autoPad === 'NOTSET') attrs.pads = pads;
        else attrs.auto_pad = autoPad;
        const spec = {
          opset: 13,
          inputs: {
            x: [batch, group * inPerGroup, ...spatial],
            w: [group * outPerGroup, inPerGroup, ...kernel],
            ...(bias && { b: [group * outPerGroup] }),
          },
          nodes: [{ op: 'Conv', inputs: ['x', 'w', ...(bias ? ['b'] : [])], outputs: ['y'], attrs }],
          outputs: ['y'],
        };
        const ran = await runNode(spec, 0, {});
        if (!ran || ran.output.data.length === 0) return;
        checkUnits(ran, 40);
        compared++;
      }),
      { numRuns: 250 },
    );
    assert.ok(compared > 100, `only ${compared} were compared`);
  });
});
