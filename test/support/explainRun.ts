import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze } from '../../src/core/analysis';
import { agreementOf, roundingOf } from '../../src/core/explain/agreement';
import { placeOf, runsOf, sizeOf, wholeOf, type Elements, type Runs } from '../../src/core/explain/elements';
import type { Explainer } from '../../src/core/explain/explainer';
import type { Explanation } from '../../src/core/explain/explanation';
import { explainerOf } from '../../src/core/explain';
import { nodeSource } from '../../src/core/explain/nodeSource';
import { unitContext, type UnitContext } from '../../src/core/explain/unitContext';
import { packNumbers } from '../../src/core/image/numbers';
import { dtypeOf, encodeOnnx, modelOf, type AttrSpec, type ModelSpec } from './onnxModel';

interface Values {
  readonly dims: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

/** Small tensors are handed over with their elements, as the page does: scales, sizes, limits. */
const SMALL = 64;

/** A node of a small model, with everything onnxruntime computed around it. */
export interface Ran {
  readonly explainer: Explainer;
  readonly context: UnitContext;
  readonly inputs: readonly (Values | null)[];
  readonly output: Values;
}

const numbersOf = ({ data, dims, type }: Tensor): Values => ({
  dims,
  dtype: type,
  data: Array.from(data as Float32Array, Number),
});

/** What is fed: noise where nothing was said, as whole numbers within the type where it takes those. */
function fedTensor(spec: ModelSpec, name: string, feeds: Readonly<Record<string, Float32Array>>): Tensor {
  const shape = spec.inputs[name]!.map(Number);
  const dtype = spec.inputTypes?.[name] ?? 'float32';
  const values = feeds[name] ?? noise(sizeOf(shape), name.length);
  const data = packNumbers(feeds[name] || dtype === 'float32' ? values : values.map((value) => value * 60), dtype);
  assert.ok(data, `no noise of type ${dtype}`);
  return new Tensor(dtype as 'float32', data as Float32Array, shape);
}

/** Numbers without any pattern that a wrong index could hide in; of both signs. */
export const noise = (size: number, seed: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => ((((i + seed) * 7919 + seed * 104729) % 2003) - 1001) / 512);

/** Runs a model with all of its values as outputs and looks at one node; null where onnxruntime refuses the model. */
export async function runNode(
  spec: ModelSpec,
  node: number,
  feeds: Readonly<Record<string, Float32Array>>,
): Promise<Ran | null> {
  const made = [...new Set([...spec.outputs, ...spec.nodes.flatMap((one) => one.outputs)])];
  const options = { graphOptimizationLevel: 'disabled', logSeverityLevel: 4, intraOpNumThreads: 1 } as const;
  const fed = Object.keys(spec.inputs).map((name) => [name, fedTensor(spec, name, feeds)] as const);
  let results: InferenceSession.OnnxValueMapType;
  try {
    const session = await InferenceSession.create(encodeOnnx({ ...spec, outputs: made }), options);
    results = await session.run(Object.fromEntries(fed));
    await session.release();
  } catch {
    return null;
  }
  const facts = analyze(modelOf(spec));
  const source = nodeSource(facts, node);
  const { op, inputs: names, outputs } = spec.nodes[node]!;
  const explainer = explainerOf('', op);
  assert.ok(source && explainer, `nothing explains ${op}`);
  const values = new Map<string, Values>([
    ...fed.map(([name, tensor]) => [name, numbersOf(tensor)] as const),
    ...Object.entries(results).map(([name, tensor]) => [name, numbersOf(tensor)] as const),
    ...Object.entries(spec.constants ?? {}).map(
      ([name, one]) => [name, { dims: one.shape, dtype: dtypeOf(one), data: one.ints ?? one.floats ?? [] }] as const,
    ),
  ]);
  const inputs = names.map((name) => values.get(name) ?? null);
  const output = values.get(outputs[0]!)!;
  const operands = inputs.map(
    (input) => input && { shape: input.dims, contents: input.data.length <= SMALL ? input.data : null },
  );
  return { explainer, context: unitContext(explainer.def, source, operands, output.dims), inputs, output };
}

/** Only what was asked for: an element that `reads` forgot is NaN. */
function fetched(runs: Runs | null | undefined, data: readonly number[]): Elements {
  if (!runs) return wholeOf(data);
  const values = Array.from({ length: runs.times }, (_, run) => {
    const from = runs.from + run * runs.step;
    return data.slice(from, from + runs.count);
  });
  return runsOf(runs, values.flat());
}

export function explainAt({ explainer, context, inputs }: Ran, place: readonly number[]): Explanation {
  const reads = explainer.reads?.(context, place) ?? [];
  const elements = inputs.map((input, i) => input && fetched(reads[i], input.data));
  const answer = explainer.explain(context, place, elements);
  if (answer.kind === 'unexplained') assert.fail(answer.why);
  return answer;
}

/** The arithmetic as it is shown leads from line to line to the value. */
function checkSteps({ steps, value, scale }: Explanation): void {
  const near = (a: number, b: number): boolean => Object.is(a, b) || Math.abs(a - b) <= 1e-9 * Math.max(1, scale);
  let so = 0;
  steps.forEach(({ sign, value: number, result }, i) => {
    if (i === 0 || sign === 'g') so = number;
    else if (result) assert.ok(near(so, number), `line ${i} says ${number}, the lines above make ${so}`);
    else if (sign === '+') so += number;
    else if (sign === '−') so -= number;
    else if (sign === '×') so *= number;
    else if (sign === '÷') so /= number;
    else so = number;
  });
  assert.ok(near(so, value), `the last line is ${so}, the value ${value}`);
}

/** Explains up to `most` units, spread evenly, and holds each against onnxruntime. */
export function checkUnits(ran: Ran, most = 60): void {
  const { dims, data, dtype } = ran.output;
  assert.ok(ran.context.asSpecified, 'the output has another shape than the rule says');
  const step = Math.max(1, Math.floor(data.length / most));
  for (let flat = 0; flat < data.length; flat += step) {
    const place = placeOf(flat, dims);
    const explanation = explainAt(ran, place);
    checkSteps(explanation);
    const { kind, difference } = agreementOf(explanation.value, roundingOf(explanation, dtype), data[flat]!, dtype);
    const where = `[${place.join(', ')}] of ${dims.join('×')}`;
    assert.notEqual(kind, 'different', `${where}: ${explanation.value} against ${data[flat]!}, ${difference} apart`);
  }
}

/** A model of one operator with output `y`. */
export const oneNode = (
  op: string,
  inputs: ModelSpec['inputs'],
  attrs: Readonly<Record<string, AttrSpec>> = {},
  opset = 13,
  types: Pick<ModelSpec, 'inputTypes' | 'outputTypes'> = {},
): ModelSpec => ({
  opset,
  ...types,
  inputs,
  nodes: [{ op, inputs: Object.keys(inputs), outputs: ['y'], attrs }],
  outputs: ['y'],
});

export interface UnitCase {
  readonly spec: ModelSpec;
  readonly feeds?: Readonly<Record<string, Float32Array>>;
  /** The node looked at. */
  readonly node?: number;
}

/** Holds units of generated models against onnxruntime; at least `least` of them must be ones it runs. */
export async function unitsHold(cases: fc.Arbitrary<UnitCase>, runs: number, least: number): Promise<void> {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(cases, async ({ spec, feeds, node }) => {
      const ran = await runNode(spec, node ?? 0, feeds ?? {});
      if (!ran || ran.output.data.length === 0) return;
      checkUnits(ran, 30);
      compared++;
    }),
    { numRuns: runs },
  );
  assert.ok(compared >= least, `only ${compared} were compared`);
}
