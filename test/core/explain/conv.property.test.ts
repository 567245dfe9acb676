import fc from 'fast-check';
import { oneNode, unitsHold, type UnitCase } from '../../support/explainRun';

const per = (rank: number, min: number, max: number) =>
  fc.array(fc.integer({ min, max }), { minLength: rank, maxLength: rank });

/** Any convolution that onnxruntime has: one to three axes, in groups, depthwise, dilated, strided, padded by hand or by rule. */
const convolution = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc
    .record({
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
    })
    .map((c): UnitCase => {
      const { batch, group, inPerGroup, outPerGroup, spatial, kernel, strides, dilations, pads, autoPad, bias } = c;
      const inputs = {
        x: [batch, group * inPerGroup, ...spatial],
        w: [group * outPerGroup, inPerGroup, ...kernel],
        ...(bias && { b: [group * outPerGroup] }),
      };
      const padding = autoPad === 'NOTSET' ? { pads } : { auto_pad: autoPad };
      return { spec: oneNode('Conv', inputs, { group, strides, dilations, kernel_shape: kernel, ...padding }) };
    }),
);

describe('units of convolutions', function () {
  this.timeout(120_000);

  it('come out as in onnxruntime, whatever the attributes', () => unitsHold(convolution, 160, 80));
});
