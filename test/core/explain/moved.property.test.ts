import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { checkUnits, oneNode, runNode, unitsHold } from '../../support/explainRun';
import type { ModelSpec } from '../../support/onnxModel';

const extent = fc.integer({ min: 1, max: 6 });

describe('units that were moved', function () {
  this.timeout(60_000);

  it('Concat along any axis', () =>
    unitsHold(
      fc
        .record({
          shape: fc.tuple(extent, extent, extent),
          axis: fc.integer({ min: -3, max: 2 }),
          counts: fc.array(extent, { minLength: 1, maxLength: 4 }),
        })
        .map(({ shape, axis, counts }) => {
          const at = axis < 0 ? axis + 3 : axis;
          const inputs = counts.map(
            (count, i) => [`x${i}`.padEnd(3 + i, '_'), shape.map((size, k) => (k === at ? count : size))] as const,
          );
          return { spec: oneNode('Concat', Object.fromEntries(inputs), { axis }) };
        }),
      60,
      60,
    ));

  it('Transpose, Flatten, Slice, Pad', async () => {
    const cases: readonly ModelSpec[] = [
      oneNode('Transpose', { x: [2, 3, 4, 5] }, { perm: [0, 3, 1, 2] }),
      oneNode('Flatten', { x: [2, 3, 4] }, { axis: 1 }),
      oneNode('Slice', { x: [4, 6, 7] }, { axes: [1, 2], starts: [1, -5], ends: [5, 100] }, 9),
      oneNode('Pad', { x: [2, 3, 4] }, { pads: [0, 1, 2, 0, 0, 3], value: { float: 7 } }, 10),
      oneNode('Pad', { x: [2, 3, 4] }, { pads: [0, 1, 2, 0, 0, 3], mode: 'reflect' }, 10),
      oneNode('Pad', { x: [2, 3, 4] }, { pads: [0, 1, 2, 0, 0, 3], mode: 'edge' }, 10),
      oneNode('Squeeze', { x: [1, 3, 1, 4] }, { axes: [0, 2] }, 11),
      oneNode('Identity', { x: [3, 4] }),
    ];
    for (const spec of cases) {
      const ran = await runNode(spec, 0, {});
      assert.ok(ran, spec.nodes[0]!.op);
      checkUnits(ran, 200);
    }
  });
});
