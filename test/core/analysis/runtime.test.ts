import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../src/core/analysis';
import { type AttrSpec, encodeOnnx, type ModelSpec, modelOf } from '../../support/onnxModel';

/** Sizes of the outputs when onnxruntime really runs the model; null where it refuses to. */
async function ranShapes(spec: ModelSpec): Promise<readonly (readonly number[])[] | null> {
  try {
    const session = await InferenceSession.create(encodeOnnx(spec), {
      graphOptimizationLevel: 'disabled',
      logSeverityLevel: 4,
      intraOpNumThreads: 1,
    });
    const feeds = Object.entries(spec.inputs).map(([name, shape]) => {
      const extents = shape.map(Number);
      const size = extents.reduce((p, d) => p * d, 1);
      return [name, new Tensor('float32', new Float32Array(size), extents)] as const;
    });
    const results = await session.run(Object.fromEntries(feeds));
    const shapes = spec.outputs.map((name) => [...results[name]!.dims]);
    await session.release();
    // A window that does not fit: it makes a tensor without elements of that, we say that it does not fit.
    return shapes.flat().includes(0) ? null : shapes;
  } catch {
    return null;
  }
}

function ourShapes(spec: ModelSpec): { readonly shapes: readonly unknown[]; readonly refused: boolean } {
  const facts = analyze(modelOf(spec));
  const shapes = spec.outputs.map((name) => facts.types[facts.graph.valueByName.get(name)!]?.shape ?? null);
  return { shapes, refused: facts.diagnostics.some((d) => d.severity === 'error') };
}

async function agrees(spec: ModelSpec): Promise<void> {
  const ran = await ranShapes(spec);
  const ours = ourShapes(spec);
  if (ran) {
    assert.deepEqual(ours.shapes, ran);
    assert.equal(ours.refused, false);
  } else {
    assert.equal(ours.refused, true, `onnxruntime refuses, we say ${JSON.stringify(ours.shapes)}`);
  }
}

const small = fc.integer({ min: 1, max: 4 });
const pads = (rank: number, max = 2): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max }), { minLength: 2 * rank, maxLength: 2 * rank });
const perAxis = (rank: number, max: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max }), { minLength: rank, maxLength: rank });
const extents = (rank: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 3, max: 13 }), { minLength: rank, maxLength: rank });

/** Explicit padding, or one of the automatic kinds. */
const padding = (rank: number, max?: number): fc.Arbitrary<Record<string, AttrSpec>> =>
  fc.oneof(
    pads(rank, max).map((p): Record<string, AttrSpec> => ({ pads: p })),
    fc.constantFrom('SAME_UPPER', 'SAME_LOWER', 'VALID').map((auto_pad): Record<string, AttrSpec> => ({ auto_pad })),
    fc.constant({}),
  );

const isSame = ({ auto_pad: mode }: Record<string, AttrSpec>): boolean =>
  typeof mode === 'string' && mode.startsWith('SAME');

/** onnxruntime does not dilate together with SAME padding; the specification allows it. */
const undilated = (dilations: readonly number[], attrs: Record<string, AttrSpec>): readonly number[] =>
  isSame(attrs) ? dilations.map(() => 1) : dilations;

const convSpec = fc.integer({ min: 1, max: 3 }).chain((rank) =>
  fc.record({
    spatial: extents(rank),
    kernel: perAxis(rank, 4),
    strides: perAxis(rank, 3),
    dilations: perAxis(rank, 3),
    padding: padding(rank),
    group: fc.constantFrom(1, 1, 2),
    channels: small,
    made: small,
    bias: fc.boolean(),
    opset: fc.constantFrom(7, 11, 22),
  }),
);

const seeded = (numRuns: number): fc.Parameters<unknown> => ({ numRuns, seed: 20_261_123 });

describe('random layers have the size onnxruntime gives them', function () {
  this.timeout(60_000);

  it('Conv', () =>
    fc.assert(
      fc.asyncProperty(convSpec, async (c) => {
        await agrees({
          opset: c.opset,
          inputs: { x: [2, c.channels * c.group, ...c.spatial] },
          constants: {
            w: { shape: [c.made * c.group, c.channels, ...c.kernel] },
            ...(c.bias && { b: { shape: [c.made * c.group] } }),
          },
          nodes: [
            {
              op: 'Conv',
              inputs: c.bias ? ['x', 'w', 'b'] : ['x', 'w'],
              outputs: ['y'],
              attrs: {
                ...c.padding,
                group: c.group,
                strides: c.strides,
                dilations: undilated(c.dilations, c.padding),
                kernel_shape: c.kernel,
              },
            },
          ],
          outputs: ['y'],
        });
      }),
      seeded(250),
    ));

  it('ConvTranspose', () =>
    fc.assert(
      fc.asyncProperty(convSpec, fc.nat(1), fc.nat(2), async (c, extra, larger) => {
        const outputPadding = c.strides.map((s) => Math.min(extra, s - 1));
        // Sometimes the wanted size is said outright: the natural one and a little less.
        const natural = c.spatial.map(
          (d, i) => (d - 1) * (c.strides[i] ?? 1) + ((c.kernel[i] ?? 1) - 1) * (c.dilations[i] ?? 1) + 1,
        );
        const said = natural.map((d) => Math.max(1, d - larger));
        const shaped = c.bias && !('pads' in c.padding);
        await agrees({
          opset: c.opset,
          inputs: { x: [2, c.channels * c.group, ...c.spatial] },
          constants: { w: { shape: [c.channels * c.group, c.made, ...c.kernel] } },
          nodes: [
            {
              op: 'ConvTranspose',
              inputs: ['x', 'w'],
              outputs: ['y'],
              attrs: {
                ...c.padding,
                group: c.group,
                strides: c.strides,
                dilations: c.dilations,
                kernel_shape: c.kernel,
                ...(shaped ? { output_shape: said } : { output_padding: outputPadding }),
              },
            },
          ],
          outputs: ['y'],
        });
      }),
      seeded(250),
    ));

  const poolSpec = fc.integer({ min: 1, max: 3 }).chain((rank) =>
    fc.record({
      op: fc.constantFrom('MaxPool', 'AveragePool', 'LpPool'),
      spatial: extents(rank),
      kernel: perAxis(rank, 4),
      strides: perAxis(rank, 5),
      dilations: perAxis(rank, 2),
      padding: padding(rank, 1),
      ceil: fc.nat(1),
      opset: fc.constantFrom(7, 10, 12, 19, 22),
    }),
  );

  it('pooling', () =>
    fc.assert(
      fc.asyncProperty(poolSpec, async (p) => {
        // What each operator of each opset knows; padding must stay smaller than the window.
        const ceils = p.op === 'LpPool' ? p.opset >= 18 : p.opset >= 10;
        const dilates = p.op === 'MaxPool' ? p.opset >= 10 : p.op === 'AveragePool' ? p.opset >= 19 : p.opset >= 18;
        const kernel = 'pads' in p.padding ? p.kernel.map((k) => Math.max(2, k)) : p.kernel;
        // onnxruntime divides towards zero and pools once where the window is larger than the picture; that is an error.
        const span = (i: number): number => (kernel[i]! - 1) * (dilates ? p.dilations[i]! : 1) + 1;
        fc.pre(p.spatial.every((d, i) => span(i) <= d));
        // SAME padding of a window smaller than its stride comes out negative there, which it then refuses.
        const same = isSame(p.padding);
        fc.pre(!same || kernel.every((k, i) => k >= p.strides[i]!));
        await agrees({
          opset: p.opset,
          inputs: { x: [1, 2, ...p.spatial] },
          nodes: [
            {
              op: p.op,
              inputs: ['x'],
              outputs: ['y'],
              attrs: {
                ...p.padding,
                kernel_shape: kernel,
                strides: p.strides,
                ...(ceils && { ceil_mode: p.ceil }),
                ...(dilates && { dilations: undilated(p.dilations, p.padding) }),
              },
            },
          ],
          outputs: ['y'],
        });
      }),
      seeded(400),
    ));

  it('Gemm and MatMul', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          a: fc.array(small, { minLength: 1, maxLength: 4 }),
          b: fc.array(small, { minLength: 1, maxLength: 4 }),
        }),
        fc.boolean(),
        fc.nat(1),
        fc.nat(1),
        async ({ a, b }, fits, transA, transB) => {
          const inner = a.at(-1)!;
          const right = fits ? (b.length === 1 ? [inner] : [...b.slice(0, -2), inner, b.at(-1)!]) : b;
          await agrees({
            opset: 13,
            inputs: { a, b: right },
            nodes: [{ op: 'MatMul', inputs: ['a', 'b'], outputs: ['y'] }],
            outputs: ['y'],
          });
          await agrees({
            opset: 13,
            inputs: { a: [a[0]!, inner], b: transB ? [b[0]!, inner] : [inner, b[0]!] },
            nodes: [{ op: 'Gemm', inputs: ['a', 'b'], outputs: ['y'], attrs: { transA, transB } }],
            outputs: ['y'],
          });
        },
      ),
      seeded(150),
    ));
});
