import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { moved, paddedSource, reshaped, sliceList, type Moved } from '../../support/naiveArrange';
import { dependenceOf, runOperator, type Setting } from '../../support/operatorRun';
import { allPositions, readsAt } from '../../support/reads';

/** Shape, contents and dependence of an operator that only moves elements, all three against the same naive list of sources. */
function check(op: string, setting: Setting, input: readonly number[], expected: Moved, exact = true): void {
  const size = input.reduce((a, b) => a * b, 1);
  const values = Array.from({ length: size }, (_, i) => 100 + i);
  const data = { shape: input, values, constant: false };
  const first = op === 'Concat' ? setting.inputs : [data, ...setting.inputs.slice(1)];
  const outcome = runOperator(op, { ...setting, inputs: first });
  assert.deepEqual(outcome.diagnostics, []);
  assert.deepEqual(outcome.types[0]?.shape, expected.shape);
  const known = outcome.contents[0];
  if (known)
    assert.deepEqual(
      known.values,
      expected.sources.map((s) => (s === null ? null : 100 + s)),
    );
  const dependence = dependenceOf(outcome);
  assert.ok(dependence);
  allPositions(expected.shape).forEach((index, i) => {
    const source = expected.sources[i] ?? null;
    const reads = readsAt(dependence, index, input);
    if (exact) assert.deepEqual(reads, source === null ? [] : [source], `at ${index.join(',')}`);
    else assert.ok(source === null || reads.includes(source), `at ${index.join(',')}`);
  });
}

const extents = (most = 4, least = 1) =>
  fc.array(fc.integer({ min: 1, max: 5 }), { minLength: least, maxLength: most });
const ints = (values: readonly number[]) => ({ shape: [values.length], values });
const nothing = { shape: [] };

describe('Operators that move elements read exactly where they come from', () => {
  it('Slice, in both forms, in both directions', () => {
    const bound = fc.integer({ min: -7, max: 7 });
    const cut = fc.record({ start: bound, end: bound, step: fc.constantFrom(1, 2, 3, -1, -2) });
    fc.assert(
      fc.property(extents(3), fc.array(cut, { minLength: 3, maxLength: 3 }), fc.boolean(), (shape, cuts, old) => {
        const used = cuts.slice(0, shape.length).map((c) => (old ? { ...c, step: 1 } : c));
        const lists = shape.map((extent, axis) => {
          const { start = 0, end = 0, step = 1 } = used[axis] ?? {};
          return sliceList(extent, start, end, step);
        });
        const sizes = lists.map((list) => list.length);
        const expected = moved(shape, sizes, (index) => index.map((i, axis) => lists[axis]?.[i] ?? null));
        const [starts, ends, steps] = [used.map((c) => c.start), used.map((c) => c.end), used.map((c) => c.step)];
        const axes = shape.map((_, i) => i);
        const setting = old
          ? { opset: 9, inputs: [nothing], attrs: { starts, ends, axes } }
          : { inputs: [nothing, ints(starts), ints(ends), ints(axes), ints(steps)] };
        check('Slice', setting, shape, expected);
      }),
      { numRuns: 500 },
    );
  });

  it('Transpose', () => {
    fc.assert(
      fc.property(
        extents().chain((shape) =>
          fc.tuple(
            fc.constant(shape),
            fc.shuffledSubarray(
              shape.map((_, i) => i),
              { minLength: shape.length },
            ),
          ),
        ),
        ([shape, perm]) => {
          const sizes = perm.map((axis) => shape[axis] ?? 1);
          const expected = moved(shape, sizes, (index) => shape.map((_, axis) => index[perm.indexOf(axis)] ?? 0));
          check('Transpose', { inputs: [nothing], attrs: { perm } }, shape, expected);
        },
      ),
    );
  });

  it('Pad in every mode, negative padding too', () => {
    const amount = fc.integer({ min: -2, max: 4 });
    const mode = fc.constantFrom('constant', 'edge', 'reflect', 'wrap');
    fc.assert(
      fc.property(extents(3), fc.array(amount, { minLength: 6, maxLength: 6 }), mode, (shape, amounts, how) => {
        const before = shape.map((_, i) => amounts[i] ?? 0);
        const after = shape.map((_, i) => amounts[i + 3] ?? 0);
        const sizes = shape.map((d, i) => d + (before[i] ?? 0) + (after[i] ?? 0));
        fc.pre(sizes.every((d) => d > 0));
        const expected = moved(shape, sizes, (index) =>
          index.map((i, axis) => paddedSource(i, before[axis] ?? 0, shape[axis] ?? 1, how)),
        );
        check('Pad', { inputs: [nothing, ints([...before, ...after])], attrs: { mode: how } }, shape, expected);
      }),
      { numRuns: 300 },
    );
  });

  it('Tile', () => {
    fc.assert(
      fc.property(extents(3), fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }), (shape, n) => {
        const repeats = n.slice(0, shape.length);
        const sizes = shape.map((d, i) => d * (repeats[i] ?? 1));
        const expected = moved(shape, sizes, (index) => index.map((i, axis) => i % (shape[axis] ?? 1)));
        check('Tile', { inputs: [nothing, ints(repeats)] }, shape, expected);
      }),
    );
  });

  it('Gather by a list, negative indices too', () => {
    fc.assert(
      fc.property(
        extents(3),
        fc.nat(2),
        fc.array(fc.integer({ min: -5, max: 4 }), { minLength: 1, maxLength: 6 }),
        (shape, wanted, raw) => {
          const axis = wanted % shape.length;
          const extent = shape[axis] ?? 1;
          const indices = raw.map((i) => (i < 0 ? -((-i - 1) % extent) - 1 : i % extent));
          const sizes = shape.map((d, i) => (i === axis ? indices.length : d));
          const at = (i: number): number => ((indices[i] ?? 0) + extent) % extent;
          const expected = moved(shape, sizes, (index) => index.map((i, k) => (k === axis ? at(i) : i)));
          check('Gather', { inputs: [nothing, ints(indices)], attrs: { axis } }, shape, expected);
        },
      ),
    );
  });

  it('Reshape that merges axes reads single elements, one that splits them no fewer', () => {
    const groups = fc.array(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(groups, (parts) => {
        const split = parts.flat();
        const merged = parts.map((group) => group.reduce((a, b) => a * b, 1));
        fc.pre(merged.reduce((a, b) => a * b, 1) <= 400);
        check('Reshape', { inputs: [nothing, ints(merged)] }, split, reshaped(split, merged));
        check('Reshape', { inputs: [nothing, ints(split)] }, merged, reshaped(merged, split), false);
      }),
      { numRuns: 300 },
    );
  });

  it('Reshape of any kind never reads too little', () => {
    fc.assert(
      fc.property(
        extents(4).chain((shape) =>
          fc.tuple(fc.constant(shape), fc.shuffledSubarray(shape, { minLength: shape.length })),
        ),
        ([shape, other]) => {
          check('Reshape', { inputs: [nothing, ints(other)] }, shape, reshaped(shape, other), false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('DepthToSpace and SpaceToDepth never read too little and stay inside the block', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (b, h, w) => {
          const deep = [1, 2 * b * b, h, w];
          const wide = [1, 2, h * b, w * b];
          const source = ([n = 0, c = 0, y = 0, x = 0]: readonly number[]): readonly number[] => [
            n,
            ((y % b) * b + (x % b)) * 2 + c,
            Math.floor(y / b),
            Math.floor(x / b),
          ];
          const toSpace = runOperator('DepthToSpace', { inputs: [{ shape: deep }], attrs: { blocksize: b } });
          const toDepth = runOperator('SpaceToDepth', { inputs: [{ shape: wide }], attrs: { blocksize: b } });
          assert.deepEqual([toSpace.types[0]?.shape, toDepth.types[0]?.shape], [wide, deep]);
          const [spaces, depths] = [dependenceOf(toSpace), dependenceOf(toDepth)];
          assert.ok(spaces && depths);
          allPositions(wide).forEach((index, i) => {
            const from = source(index);
            const flat = from.reduce((p, at, axis) => p * (deep[axis] ?? 1) + at, 0);
            const reads = readsAt(spaces, index, deep);
            // Channels are not followed: one position, all channels.
            assert.ok(reads.includes(flat) && reads.length === 2 * b * b);
            const back = readsAt(depths, from, wide);
            assert.ok(back.includes(i) && back.length === 2 * b * b);
          });
        },
      ),
    );
  });

  it('Concat along any axis, Split back', () => {
    fc.assert(
      fc.property(
        extents(3),
        fc.nat(2),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
        (shape, wanted, parts) => {
          const axis = wanted % shape.length;
          const shapes = parts.map((part) => shape.map((d, i) => (i === axis ? part : d)));
          const total = parts.reduce((a, b) => a + b, 0);
          const whole = shape.map((d, i) => (i === axis ? total : d));
          const joined = runOperator('Concat', { inputs: shapes.map((s) => ({ shape: s })), attrs: { axis } });
          const cut = runOperator('Split', {
            inputs: [{ shape: whole }, ints(parts)],
            attrs: { axis },
            outputs: parts.length,
          });
          assert.deepEqual(joined.types[0]?.shape, whole);
          let start = 0;
          parts.forEach((part, input) => {
            const own = shapes[input] ?? [];
            assert.deepEqual(cut.types[input]?.shape, own);
            const [into, out] = [dependenceOf(joined, 0, input), dependenceOf(cut, input, 0)];
            assert.ok(into && out);
            allPositions(whole).forEach((index, i) => {
              const from = index.map((at, k) => (k === axis ? at - start : at));
              const inside = (from[axis] ?? 0) >= 0 && (from[axis] ?? 0) < part;
              const flat = from.reduce((p, at, k) => p * (own[k] ?? 1) + at, 0);
              assert.deepEqual(readsAt(into, index, own), inside ? [flat] : []);
              if (inside) assert.deepEqual(readsAt(out, from, whole), [i]);
            });
            start += part;
          });
        },
      ),
    );
  });
});
