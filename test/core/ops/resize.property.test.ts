import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { naiveResize, type NaiveResize } from '../../support/naiveResize';
import { dependenceOf, runOperator, type AttrGiven } from '../../support/operatorRun';
import { readsAt } from '../../support/reads';

const coordinates = [
  'half_pixel',
  'half_pixel_symmetric',
  'pytorch_half_pixel',
  'align_corners',
  'asymmetric',
  'tf_half_pixel_for_nn',
];
const roundings = ['round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'];

/** Inputs whose change changes output r, found by changing each. */
function observed(extent: number, how: NaiveResize): readonly (readonly number[])[] {
  // Odd values, so that no interpolation cancels by accident.
  const values = Array.from({ length: extent }, (_, i) => Math.sin(i * 12.9898) * 43.7);
  const before = naiveResize(values, how);
  const reads: number[][] = Array.from({ length: how.output }, () => []);
  values.forEach((value, i) => {
    const after = naiveResize(
      values.map((v, j) => (j === i ? value + 1 : v)),
      how,
    );
    after.forEach((y, r) => {
      if (Math.abs(y - (before[r] ?? 0)) > 1e-7) reads[r]?.push(i);
    });
  });
  return reads;
}

const common = {
  mode: fc.constantFrom('nearest' as const, 'linear' as const, 'cubic' as const),
  transformation: fc.constantFrom(...coordinates),
  rounding: fc.constantFrom(...roundings),
  antialias: fc.boolean(),
  excludeOutside: fc.boolean(),
};

function check(extent: number, how: NaiveResize, attrs: Record<string, AttrGiven>, bySize: boolean): void {
  const outcome = runOperator('Resize', {
    inputs: [
      { shape: [extent] },
      null,
      bySize ? null : { shape: [1], dtype: 'float32', values: [Math.fround(how.scale)] },
      bySize ? { shape: [1], values: [how.output] } : null,
    ],
    attrs: {
      mode: how.mode,
      coordinate_transformation_mode: how.coordinates,
      nearest_mode: how.rounding,
      ...attrs,
    },
  });
  assert.deepEqual(outcome.types[0]?.shape, [how.output]);
  const dependence = dependenceOf(outcome);
  assert.ok(dependence);
  const expected = observed(extent, how);
  const found = expected.map((_, r) => readsAt(dependence, [r], [extent]));
  assert.deepEqual(found, expected);
}

describe('Resize reads exactly the inputs that change its output', () => {
  it('by sizes', () => {
    fc.assert(
      fc.property(
        fc.record({ ...common, extent: fc.integer({ min: 1, max: 14 }), output: fc.integer({ min: 1, max: 20 }) }),
        ({ mode, transformation, rounding, antialias, excludeOutside, extent, output }) => {
          const soft = antialias && mode !== 'nearest';
          const outside = excludeOutside && mode === 'cubic';
          const how = { mode, coordinates: transformation, rounding, antialias: soft, excludeOutside: outside };
          const attrs = { antialias: Number(soft), exclude_outside: Number(outside) };
          check(extent, { ...how, scale: output / extent, output }, attrs, true);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('by scales, the rest of the picture cut off', () => {
    fc.assert(
      fc.property(
        fc.record({
          ...common,
          extent: fc.integer({ min: 1, max: 14 }),
          above: fc.integer({ min: 1, max: 9 }),
          below: fc.integer({ min: 1, max: 9 }),
        }),
        ({ mode, transformation, rounding, extent, above, below }) => {
          const scale = above / below;
          const output = Math.floor(Math.fround(extent * Math.fround(scale)));
          fc.pre(output > 0);
          const how = { mode, coordinates: transformation, rounding, antialias: false, excludeOutside: false };
          check(extent, { ...how, scale, output }, {}, false);
        },
      ),
      { numRuns: 600 },
    );
  });
});
