import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { encodeOnnx, type AttrSpec } from '../../support/onnxModel';
import { dependenceOf, runOperator } from '../../support/operatorRun';
import { readsAt } from '../../support/reads';

/** What onnxruntime's Resize reads: a batch of pictures with a single 1 each shows the weights of all inputs in all outputs. */
async function observed(
  extent: number,
  scale: number,
  attrs: Readonly<Record<string, AttrSpec>>,
  opset: number,
): Promise<readonly (readonly number[])[] | null> {
  const inputs = opset < 11 ? ['x', 'scales'] : ['x', '', 'scales'];
  const spec = {
    opset,
    inputs: { x: [extent, 1, extent, 1], scales: [4] },
    nodes: [{ op: 'Resize', inputs, outputs: ['y'], attrs }],
    outputs: ['y'],
  };
  const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 4, intraOpNumThreads: 1 } as const;
  const unit = new Float32Array(extent * extent);
  for (let i = 0; i < extent; i++) unit[i * extent + i] = 1;
  try {
    const session = await InferenceSession.create(encodeOnnx(spec), options);
    const { y } = await session.run({
      x: new Tensor('float32', unit, [extent, 1, extent, 1]),
      scales: new Tensor('float32', new Float32Array([1, 1, scale, 1]), [4]),
    });
    await session.release();
    const made = y!.dims[2]!;
    const weights = y!.data as Float32Array;
    return Array.from({ length: made }, (_, r) =>
      Array.from({ length: extent }, (_, i) => i).filter((i) => Math.abs(weights[i * made + r]!) > 2e-5),
    );
  } catch {
    // Some combinations onnxruntime does not have.
    return null;
  }
}

const setting = fc.record({
  extent: fc.integer({ min: 2, max: 12 }),
  above: fc.integer({ min: 1, max: 8 }),
  below: fc.integer({ min: 1, max: 5 }),
  mode: fc.constantFrom('nearest', 'linear', 'cubic'),
  coordinates: fc.constantFrom(
    'half_pixel',
    'pytorch_half_pixel',
    'align_corners',
    'asymmetric',
    'half_pixel_symmetric',
  ),
  rounding: fc.constantFrom('round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'),
  opset: fc.constantFrom(10, 13, 19),
  antialias: fc.boolean(),
});

describe('Resize against onnxruntime', function () {
  this.timeout(60_000);

  it('reads the same inputs and makes as many outputs', async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(setting, async ({ extent, above, below, mode, coordinates, rounding, opset, antialias }) => {
        const scale = Math.fround(above / below);
        fc.pre(Math.floor(Math.fround(extent * scale)) > 0);
        fc.pre(opset > 10 || (mode !== 'cubic' && coordinates === 'asymmetric'));
        fc.pre(opset > 18 || coordinates !== 'half_pixel_symmetric');
        // Where float32 cannot hold the scale, coordinates that fall on a pixel or between two are rounded by noise there, exactly here.
        fc.pre(mode !== 'nearest' || ([1, 2, 4].includes(below) && coordinates !== 'half_pixel_symmetric'));
        const soft = antialias && opset > 17 && mode !== 'nearest';
        const attrs = {
          mode,
          ...(opset > 10 && { coordinate_transformation_mode: coordinates, nearest_mode: rounding }),
          ...(soft && { antialias: 1 }),
        };
        const expected = await observed(extent, scale, attrs, opset);
        if (!expected) return;
        // onnxruntime copies where no size changes, whatever the scale; ONNX interpolates.
        fc.pre(expected.length !== extent || above === below);
        const scales = { shape: [4], dtype: 'float32', values: [1, 1, scale, 1] } as const;
        const picture = { shape: [1, 1, extent, 1] };
        const inputs = opset < 11 ? [picture, scales] : [picture, null, scales];
        const outcome = runOperator('Resize', { opset, inputs, attrs });
        assert.deepEqual(outcome.types[0]?.shape, [1, 1, expected.length, 1]);
        const dependence = dependenceOf(outcome);
        assert.ok(dependence);
        const found = expected.map((_, r) => readsAt(dependence, [0, 0, r, 0], [1, 1, extent, 1]));
        assert.deepEqual(found, expected);
        compared++;
      }),
      { numRuns: 400 },
    );
    assert.ok(compared > 100);
  });
});
