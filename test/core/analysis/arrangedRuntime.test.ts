import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../src/core/analysis';
import { type AttrSpec, type ConstantSpec, encodeOnnx, type ModelSpec, modelOf } from '../../support/onnxModel';

/** One operator on a float input and constants. */
interface Case {
  readonly op: string;
  readonly x: readonly number[];
  readonly constants?: readonly (ConstantSpec | null)[];
  readonly attrs?: Readonly<Record<string, AttrSpec>>;
  readonly outputs?: number;
}

const whole = (...values: readonly number[]): ConstantSpec => ({ shape: [values.length], ints: values });
const scalar = (value: number): ConstantSpec => ({ shape: [], ints: [value] });
const reals = (...values: readonly number[]): ConstantSpec => ({ shape: [values.length], floats: values });

function specOf({ op, x, constants = [], attrs = {}, outputs = 1 }: Case): ModelSpec {
  const names = Array.from({ length: outputs }, (_, i) => `y${i}`);
  const given = constants.flatMap((constant, i) => (constant ? [[`c${i}`, constant] as const] : []));
  return {
    opset: 18,
    inputs: { x },
    constants: Object.fromEntries(given),
    nodes: [{ op, inputs: ['x', ...constants.map((c, i) => (c ? `c${i}` : ''))], outputs: names, attrs }],
    outputs: names,
    outputTypes: Object.fromEntries(names.map((name) => [name, 'unknown'])),
  };
}

/** Sizes of what onnxruntime makes; null where it refuses. */
async function ran(spec: ModelSpec, x: readonly number[]): Promise<readonly (readonly number[])[] | null> {
  try {
    const session = await InferenceSession.create(encodeOnnx(spec), {
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
      intraOpNumThreads: 1,
    });
    const size = x.reduce((p, d) => p * d, 1);
    const found = await session.run({ x: new Tensor('float32', new Float32Array(size), [...x]) });
    await session.release();
    return spec.outputs.map((name) => [...found[name]!.dims]);
  } catch {
    return null;
  }
}

let compared = 0;

async function agrees(found: Case): Promise<void> {
  const spec = specOf(found);
  const theirs = await ran(spec, found.x);
  const { graph, types, diagnostics } = analyze(modelOf(spec));
  const ours = spec.outputs.map((name) => types[graph.valueByName.get(name)!]?.shape ?? null);
  // What it refuses we may refuse as well, or know the size of all the same.
  if (!theirs) return;
  compared++;
  assert.deepEqual(ours, theirs, JSON.stringify(found));
  assert.deepEqual(
    diagnostics.filter((d) => d.severity === 'error'),
    [],
  );
}

const extent = fc.integer({ min: 1, max: 6 });
const shape = fc.array(extent, { minLength: 1, maxLength: 4 });
/** A shape with one of its axes, counted from the front or from the back. */
const withAxis = fc
  .tuple(shape, fc.nat(), fc.boolean())
  .map(([x, at, back]) => ({ x, axis: back ? (at % x.length) - x.length : at % x.length }));
const bound = fc.integer({ min: -9, max: 9 });
const step = fc.integer({ min: -3, max: 3 }).filter((n) => n !== 0);
const each = <T>(length: number, one: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(one, { minLength: length, maxLength: length });
const divisors = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => i + 1).filter((d) => n % d === 0);

const cases: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  Slice: withAxis.chain(({ x, axis }) =>
    fc.tuple(bound, bound, step).map(([from, to, by]) => ({
      op: 'Slice',
      x,
      constants: [whole(from), whole(to), whole(axis), whole(by)],
    })),
  ),
  Pad: shape.chain((x) =>
    fc
      .tuple(each(2 * x.length, fc.integer({ min: -1, max: 3 })), fc.constantFrom('constant', 'reflect', 'edge'))
      .map(([pads, mode]) => ({ op: 'Pad', x, constants: [whole(...pads)], attrs: { mode } })),
  ),
  Split: withAxis.chain(({ x, axis }) =>
    fc
      .integer({ min: 1, max: 4 })
      .map((parts) => ({ op: 'Split', x, attrs: { axis, num_outputs: parts }, outputs: parts })),
  ),
  Tile: shape.chain((x) =>
    each(x.length, fc.integer({ min: 1, max: 3 })).map((times) => ({ op: 'Tile', x, constants: [whole(...times)] })),
  ),
  Expand: shape.chain((x) => shape.map((to) => ({ op: 'Expand', x, constants: [whole(...to)] }))),
  Reshape: shape.chain((x) => {
    const size = x.reduce((p, d) => p * d, 1);
    return fc.tuple(fc.constantFrom(...divisors(size)), fc.boolean(), fc.boolean()).map(([first, open, kept]) => ({
      op: 'Reshape',
      x,
      constants: [kept && x.length > 1 ? whole(0, -1) : whole(first, open ? -1 : size / first)],
    }));
  }),
  Flatten: withAxis.map(({ x, axis }) => ({ op: 'Flatten', x, attrs: { axis } })),
  Unsqueeze: shape.chain((x) =>
    fc
      .uniqueArray(fc.integer({ min: 0, max: x.length + 1 }), { minLength: 2, maxLength: 2 })
      .map((axes) => ({ op: 'Unsqueeze', x, constants: [whole(...axes)] })),
  ),
  Squeeze: fc
    .tuple(shape, fc.boolean())
    .map(([x, said]) => ({ op: 'Squeeze', x: [1, ...x, 1], constants: said ? [whole(-1)] : [] })),
  Transpose: shape.chain((x) =>
    fc
      .shuffledSubarray(
        x.map((_, i) => i),
        { minLength: x.length },
      )
      .map((perm) => ({ op: 'Transpose', x, attrs: { perm } })),
  ),
  Gather: withAxis.chain(({ x, axis }) =>
    fc.array(fc.constantFrom(0, -1), { minLength: 1, maxLength: 4 }).chain((indices) =>
      fc.boolean().map((nested) => ({
        op: 'Gather',
        x,
        constants: [{ shape: nested ? [1, indices.length] : [indices.length], ints: indices }],
        attrs: { axis },
      })),
    ),
  ),
  Reductions: withAxis.chain(({ x, axis }) =>
    fc
      .tuple(fc.constantFrom('ReduceMean', 'ReduceMax', 'ReduceL2', 'ReduceProd'), fc.constantFrom(0, 1), fc.boolean())
      .map(([op, keepdims, all]) => ({ op, x, constants: all ? [] : [whole(axis)], attrs: { keepdims } })),
  ),
  ArgMax: withAxis.chain(({ x, axis }) =>
    fc.constantFrom(0, 1).map((keepdims) => ({ op: 'ArgMax', x, attrs: { axis, keepdims } })),
  ),
  TopK: withAxis.map(({ x, axis }) => ({ op: 'TopK', x, constants: [whole(1)], attrs: { axis }, outputs: 2 })),
  Resize: fc.tuple(each(2, extent), each(2, fc.constantFrom(0.5, 0.7, 1, 1.5, 2, 3.3))).map(([spatial, scales]) => ({
    op: 'Resize',
    x: [1, 1, ...spatial.map((d) => d + 1)],
    constants: [null, reals(1, 1, ...scales)],
    attrs: { mode: 'nearest' },
  })),
  'Depth and space': fc
    .tuple(extent, extent, extent, fc.integer({ min: 1, max: 3 }), fc.boolean())
    .map(([c, h, w, blocksize, deep]) => ({
      op: deep ? 'DepthToSpace' : 'SpaceToDepth',
      x: deep ? [1, c * blocksize ** 2, h, w] : [1, c, h * blocksize, w * blocksize],
      attrs: { blocksize },
    })),
  CumSum: withAxis.map(({ x, axis }) => ({ op: 'CumSum', x, constants: [scalar(axis)] })),
  'Softmax and norms': withAxis.chain(({ x, axis }) =>
    fc.constantFrom('Softmax', 'LogSoftmax', 'Hardmax', 'LpNormalization').map((op) => ({ op, x, attrs: { axis } })),
  ),
  Size: fc.tuple(shape, fc.constantFrom('Shape', 'Size')).map(([x, op]) => ({ op, x })),
};

describe('random arrangements have the size onnxruntime gives them', function () {
  this.timeout(60_000);
  for (const [name, found] of Object.entries(cases))
    it(name, async () => {
      const before = compared;
      await fc.assert(fc.asyncProperty(found, agrees), { numRuns: 40, seed: 20_261_123 });
      assert.ok(compared - before >= 8, `only ${compared - before} were run`);
    });
});
