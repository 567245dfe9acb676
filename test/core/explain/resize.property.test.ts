import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { explainAt, runNode, unitsHold, type UnitCase } from '../../support/explainRun';
import type { AttrSpec, ModelSpec } from '../../support/onnxModel';

type Attrs = Readonly<Record<string, AttrSpec>>;

const flag = fc.integer({ min: 0, max: 1 });

const scaled = fc
  .record({
    spatial: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
    above: fc.integer({ min: 1, max: 6 }),
    // Scales that float32 holds, or coordinates between two pixels are rounded by noise there.
    below: fc.constantFrom(1, 2, 4),
    mode: fc.constantFrom('nearest', 'linear', 'cubic'),
    coordinates: fc.constantFrom('half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'),
    rounding: fc.constantFrom('round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'),
    excluded: flag,
    antialias: flag,
    opset: fc.constantFrom(13, 19),
  })
  .filter(({ spatial, above, below }) => spatial.every((size) => Math.floor((size * above) / below) > 0))
  // onnxruntime copies where no size changes, whatever the scale; ONNX interpolates.
  .filter(
    ({ spatial, above, below }) =>
      above === below || spatial.every((size) => Math.floor((size * above) / below) !== size),
  )
  .filter(({ mode, coordinates }) => mode !== 'nearest' || coordinates !== 'align_corners')
  .map(({ spatial, above, below, mode, coordinates, rounding, excluded, antialias, opset }): UnitCase => {
    const scale = above / below;
    const attrs: Attrs = {
      mode,
      coordinate_transformation_mode: coordinates,
      nearest_mode: rounding,
      ...(mode === 'cubic' && { exclude_outside: excluded }),
      ...(opset > 18 && mode !== 'nearest' && { antialias }),
    };
    return {
      spec: {
        opset,
        inputs: { x: [2, 2, ...spatial], scales: [4] },
        nodes: [{ op: 'Resize', inputs: ['x', '', 'scales'], outputs: ['y'], attrs }],
        outputs: ['y'],
      },
      feeds: { scales: Float32Array.of(1, 1, scale, scale) },
    };
  });

describe('units of resized pictures', function () {
  this.timeout(60_000);

  it('Resize by scales', () => unitsHold(scaled, 200, 100));

  it('names the four weights of bilinear upsampling, which make 1', async () => {
    const spec: ModelSpec = {
      opset: 13,
      inputs: { x: [1, 1, 4, 4], scales: [4] },
      nodes: [{ op: 'Resize', inputs: ['x', '', 'scales'], outputs: ['y'], attrs: { mode: 'linear' } }],
      outputs: ['y'],
    };
    const ran = await runNode(spec, 0, { scales: Float32Array.of(1, 1, 2, 2) });
    const { middle } = explainAt(ran!, [0, 0, 3, 4]);
    assert.ok(middle.kind === 'products');
    assert.deepEqual(middle.window.positions, [
      [1, 2],
      [1, 2],
    ]);
    assert.deepEqual([...middle.channels[0]!.kernel], [0.1875, 0.5625, 0.0625, 0.1875]);
  });
});
