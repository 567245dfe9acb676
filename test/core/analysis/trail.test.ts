import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import type { Runs } from '../../../src/core/analysis/runs';
import { trail } from '../../../src/core/analysis/trail';
import { factsOfNet, type FieldNet } from '../../support/fieldNet';
import { nets } from '../../support/randomNets';
import { allPositions, readsAt } from '../../support/reads';

const numbers = (runs: Runs): readonly number[] => {
  const all: number[] = [];
  for (let i = 0; i < runs.length; i += 2) for (let x = runs[i]!; x <= runs[i + 1]!; x++) all.push(x);
  return all;
};

/** Every position of every value that a position of the last one is made of, found one by one. */
function neededBy(net: FieldNet, flat: number): readonly ReadonlySet<number>[] {
  const shapes = [net.image, ...net.layers.map((layer) => layer.shape)];
  const needed = shapes.map(() => new Set<number>());
  needed.at(-1)!.add(flat);
  for (let v = net.layers.length; v > 0; v--) {
    const positions = allPositions(shapes[v]!);
    for (const at of needed[v]!)
      for (const { value, dependence } of net.layers[v - 1]!.inputs)
        for (const read of readsAt(dependence, positions[at]!, shapes[value]!)) needed[value]!.add(read);
  }
  return needed;
}

function checkTrail(net: FieldNet, pick: number): void {
  const facts = factsOfNet(net);
  const plan = fieldPlan(facts)!;
  const last = net.layers.length;
  const shape = net.layers.at(-1)!.shape;
  const positions = allPositions(shape);
  const flat = pick % positions.length;
  const value = facts.graph.valueByName.get(`v${last}`)!;
  const axesOf = (v: number): readonly (number | null)[] => facts.fields[facts.graph.valueByName.get(`v${v}`)!]!.axes;
  const at = axesOf(last).map((axis) => (axis === null ? 0 : positions[flat]![axis]!));
  const steps = trail(plan, value, at);
  assert.ok(steps, 'can be told');
  const shapes = [net.image, ...net.layers.map((layer) => layer.shape)];
  neededBy(net, flat).forEach((needed, v) => {
    const step = steps.find((one) => one.value === facts.graph.valueByName.get(`v${v}`));
    if (needed.size === 0) {
      assert.equal(step, undefined, `value ${v} is not needed`);
      return;
    }
    assert.ok(step, `value ${v} is needed`);
    const all = allPositions(shapes[v]!);
    const places = new Set(
      [...needed].map((one) =>
        axesOf(v)
          .map((axis) => (axis === null ? 0 : all[one]![axis]!))
          .join(),
      ),
    );
    const found = step.boxes.flatMap((box) =>
      box.reduce<readonly (readonly number[])[]>(
        (heads, runs) => heads.flatMap((h) => numbers(runs).map((x) => [...h, x])),
        [[]],
      ),
    );
    assert.deepEqual(new Set(found.map(String)), places, `value ${v}`);
    assert.equal(step.places, places.size);
  });
  const order = steps.map((step) => Number(facts.graph.values[step.value]!.name.slice(1)));
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    'from the image on',
  );
}

describe('the trail of a unit', () => {
  it('is every place of every layer that the unit is made of, along one axis', () => {
    fc.assert(fc.property(nets({ axes: 1, bends: true }), fc.nat(), checkTrail), { numRuns: 300 });
  }).timeout(20000);
  it('and on pictures', () => {
    fc.assert(fc.property(nets({ axes: 2, bends: true }), fc.nat(), checkTrail), { numRuns: 100 });
  }).timeout(20000);
  it('is not told of what is none', () => {
    fc.assert(
      fc.property(nets({ axes: 1, bends: true }), (net) => {
        const facts = factsOfNet(net);
        const value = facts.graph.valueByName.get(`v${net.layers.length}`)!;
        assert.equal(trail(fieldPlan(facts)!, value, [1000]), null);
        assert.equal(trail(fieldPlan(facts)!, 999, [0]), null);
      }),
      { numRuns: 20 },
    );
  });
});
