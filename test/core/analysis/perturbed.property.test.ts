import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../../src/core/analysis';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan } from '../../../src/core/analysis/fieldPlan';
import { encodeOnnx, modelOf, type AttrSpec, type ConstantSpec, type ModelSpec } from '../../support/onnxModel';

/** One operator on one channel, whose weights are all 1. */
interface Step {
  readonly op: 'Conv' | 'ConvTranspose' | 'MaxPool' | 'AveragePool' | 'Resize' | 'Relu' | 'Skip';
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly pads: readonly [number, number, number, number];
}

const pair = (min: number, max: number) => fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }));
const step: fc.Arbitrary<Step> = fc.record({
  op: fc.constantFrom('Conv', 'Conv', 'ConvTranspose', 'MaxPool', 'AveragePool', 'Resize', 'Relu', 'Skip'),
  kernel: pair(1, 3),
  stride: pair(1, 2),
  dilation: pair(1, 2),
  pads: fc.tuple(
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 1 }),
    fc.integer({ min: 0, max: 1 }),
  ),
});

function specOf(steps: readonly Step[], [height, width]: readonly [number, number]): ModelSpec {
  const constants: Record<string, ConstantSpec> = {};
  const nodes: ModelSpec['nodes'][number][] = [];
  steps.forEach(({ op, kernel, stride, dilation, pads }, i) => {
    const [from, to] = [i === 0 ? 'v0' : `v${i}`, `v${i + 1}`];
    const window: Record<string, AttrSpec> = { kernel_shape: kernel, strides: stride };
    // Padding as wide as the window makes windows of nothing, which runtimes refuse.
    const padded = { pads: pads.map((pad, k) => Math.min(pad, kernel[k % 2]! - 1)) };
    const add = (name: string, inputs: readonly string[], attrs: Record<string, AttrSpec>): void =>
      void nodes.push({ op: name, inputs, outputs: [to], attrs });
    if (op === 'Conv' || op === 'ConvTranspose') {
      constants[`w${i}`] = { shape: [1, 1, ...kernel], floats: new Array<number>(kernel[0] * kernel[1]).fill(1) };
      add(op, [from, `w${i}`], { ...window, ...padded, dilations: dilation });
    } else if (op === 'MaxPool') add(op, [from], { ...window, ...padded, dilations: dilation });
    else if (op === 'AveragePool') add(op, [from], { ...window, ...padded });
    else if (op === 'Resize') {
      constants[`s${i}`] = { shape: [4], floats: [1, 1, ...stride] };
      const attrs = { mode: 'nearest', nearest_mode: 'floor', coordinate_transformation_mode: 'asymmetric' };
      add(op, [from, '', `s${i}`], attrs);
    } else if (op === 'Skip') {
      // What lies beside and what stays: a 3×3 window and the unit itself.
      constants[`w${i}`] = { shape: [1, 1, 3, 3], floats: [1, 0, 1, 0, 1, 0, 1, 0, 1].map((one) => one + 1) };
      nodes.push({ op: 'Conv', inputs: [from, `w${i}`], outputs: [`b${i}`], attrs: { pads: [1, 1, 1, 1] } });
      add('Add', [`b${i}`, from], {});
    } else add('Relu', [from], {});
  });
  const pixels = height * width;
  return { opset: 13, inputs: { v0: [pixels, 1, height, width] }, constants, nodes, outputs: [`v${steps.length}`] };
}

const numbersOf = (runs: readonly number[]): number[] => {
  const all: number[] = [];
  for (let i = 0; i < runs.length; i += 2) for (let x = runs[i]!; x <= runs[i + 1]!; x++) all.push(x);
  return all;
};

/**
 * All that any unit sees, from one run: picture number p of the batch is black but for pixel p. No weight is negative and no sum can
 * cancel, so a unit lights up exactly where it depends on that pixel. Null where onnxruntime refuses the net.
 */
async function litUnits(spec: ModelSpec): Promise<{ dims: readonly number[]; lit: ArrayLike<number> } | null> {
  const [pixels = 0, , height = 0, width = 0] = spec.inputs.v0!.map(Number);
  const pictures = new Float32Array(pixels * pixels);
  for (let p = 0; p < pixels; p++) pictures[p * pixels + p] = 1;
  try {
    const options = { logSeverityLevel: 4, intraOpNumThreads: 1 } as const;
    const session = await InferenceSession.create(encodeOnnx(spec), options);
    const results = await session.run({ v0: new Tensor('float32', pictures, [pixels, 1, height, width]) });
    await session.release();
    const output = results[spec.outputs[0]!]!;
    return { dims: output.dims, lit: output.data as Float32Array };
  } catch {
    return null;
  }
}

describe('the exact field against pixels lit one by one', function () {
  this.timeout(120_000);

  it('is what onnxruntime’s units answer to, in random nets', async () => {
    let [nets, units] = [0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), pair(4, 9), async (steps, [height, width]) => {
        const spec = specOf(steps, [height, width]);
        const found = await litUnits(spec);
        if (!found || found.lit.length === 0) return;
        const facts = analyze(modelOf(spec));
        // A window larger than the padded picture is an error, which onnxruntime's division hides.
        if (facts.diagnostics.some(({ severity }) => severity === 'error')) return;
        const plan = fieldPlan(facts);
        assert.ok(plan, 'there is an image');
        const value = facts.graph.valueByName.get(spec.outputs[0]!)!;
        const [, , rows = 0, columns = 0] = found.dims;
        const size = rows * columns;
        for (let unit = 0; unit < size; unit++) {
          const at = [Math.floor(unit / columns), unit % columns];
          const field = unitField(plan, value, at);
          assert.ok(field, `nothing is known of [${at.join(', ')}]`);
          const own = new Set(
            field.boxes.flatMap(([down = [], across = []]) =>
              numbersOf(down).flatMap((y) => numbersOf(across).map((x) => y * width + x)),
            ),
          );
          const answered: readonly number[] = Array.from({ length: height * width }, (_, p) => p).filter(
            (p) => found.lit[p * size + unit] !== 0,
          );
          assert.deepEqual(
            [...own].sort((a, b) => a - b),
            answered,
            `unit [${at.join(', ')}] of ${rows}×${columns}`,
          );
          assert.equal(field.pixels, answered.length);
          units++;
        }
        nets++;
      }),
      { numRuns: 150 },
    );
    assert.ok(nets > 80 && units > 1000, `only ${nets} nets with ${units} units were compared`);
  });
});
