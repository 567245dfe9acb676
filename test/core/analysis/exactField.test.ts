import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { coverage, dependents } from '../../../src/core/analysis/coverage';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import type { Runs } from '../../../src/core/analysis/runs';
import { factsOfNet, type FieldNet } from '../../support/fieldNet';
import { bitsOf, litBy } from '../../support/naiveFields';
import { nets } from '../../support/randomNets';
import { allPositions } from '../../support/reads';

const numbers = (runs: Runs): readonly number[] => {
  const all: number[] = [];
  for (let i = 0; i < runs.length; i += 2) for (let x = runs[i]!; x <= runs[i + 1]!; x++) all.push(x);
  return all;
};

/** Flat positions of boxes over the spatial extents, in order. */
function flatOf(boxes: readonly (readonly Runs[])[], extents: readonly number[]): readonly number[] {
  const flat = boxes.flatMap((box) =>
    box.reduce<readonly number[]>(
      (heads, runs, k) => heads.flatMap((h) => numbers(runs).map((x) => h * extents[k]! + x)),
      [0],
    ),
  );
  return flat.sort((a, b) => a - b);
}

/** Every unit of every value against the oracle; and the same numbers turned round, by coverage and by pixel. */
function checkNet(net: FieldNet): void {
  const facts = factsOfNet(net);
  const plan = JSON.parse(JSON.stringify(fieldPlan(facts))) as NonNullable<ReturnType<typeof fieldPlan>>;
  const lit = litBy(net);
  const image = net.image.slice(2);
  lit.forEach((values, v) => {
    const value = facts.graph.valueByName.get(`v${v}`)!;
    const shape = v === 0 ? net.image : net.layers[v - 1]!.shape;
    const axes = facts.fields[value]!.axes;
    const counts = Array<number>(lit[0]!.length).fill(0);
    allPositions(shape).forEach((position, i) => {
      const want = bitsOf(values[i]!);
      for (const pixel of want) counts[pixel]! += 1;
      const at = axes.map((axis) => (axis === null ? 0 : position[axis]!));
      const found = unitField(plan, value, at);
      assert.ok(found, 'can be told');
      assert.equal(found.pixels, want.length, `value ${v} at ${String(at)}`);
      assert.deepEqual(flatOf(found.boxes, image), want);
      assert.equal(found.ranges === null, want.length === 0);
    });
    assert.deepEqual(coverage(plan, value)?.counts, counts, `coverage of value ${v}`);
    const pixel = counts.length >> 1;
    const at = image.length === 1 ? [pixel] : [Math.floor(pixel / image[1]!), pixel % image[1]!];
    const users = dependents(plan, value, at);
    assert.ok(users ?? turnsOver(net));
    if (users) assert.equal(users.count, counts[pixel]);
  });
}

const turnsOver = (net: FieldNet): boolean =>
  net.layers.some((layer) => layer.inputs.some((i) => i.dependence.axes[2]?.[0]?.from === 3));

describe('the exact field of a unit', () => {
  it('is what lighting every single pixel finds, along one axis', () => {
    fc.assert(fc.property(nets({ axes: 1, bends: true }), checkNet), { numRuns: 300 });
  }).timeout(20000);

  it('is what lighting every single pixel finds, on pictures', () => {
    fc.assert(fc.property(nets({ axes: 2, bends: true }), checkNet), { numRuns: 150 });
  }).timeout(20000);

  it('agrees with the summary where no border is in the way', () => {
    fc.assert(
      fc.property(nets({ axes: 1, bends: false }), (net) => {
        const facts = factsOfNet(net);
        const plan = fieldPlan(facts)!;
        net.layers.forEach((layer, i) => {
          const value = facts.graph.valueByName.get(`v${i + 1}`)!;
          const field = facts.fields[value]!;
          const [size, smallest] = [field.size[0] ?? null, field.smallest[0] ?? null];
          if (size === null || smallest === null) return;
          const extent = layer.shape[2]!;
          for (let unit = 0; unit < extent; unit++) {
            const { box, ranges } = unitField(plan, value, [unit])!;
            const span = box ? box[0]![1] - box[0]![0] + 1 : 0;
            assert.ok(span <= size && span >= smallest, `value ${i + 1} unit ${unit}: ${smallest} ≤ ${span} ≤ ${size}`);
            if (unit === 0) assert.equal(field.start[0], box?.[0]?.[0] ?? null);
            assert.ok(!ranges || !box || ranges[0]![0] >= box[0]![0]);
          }
        });
      }),
      { numRuns: 500 },
    );
  }).timeout(20000);
});
