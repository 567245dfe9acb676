import { strict as assert } from 'node:assert';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { analyze, type Facts } from '../../src/core/analysis';
import { unitField } from '../../src/core/analysis/exactField';
import { fieldPlan } from '../../src/core/analysis/fieldPlan';
import { openModel } from '../../src/core/formats';
import { type Dim, substitute } from '../../src/core/ir/dim';
import type { Model } from '../../src/core/ir/types';
import { loneFile, seeded } from './modelFile';
import { encodeOnnx, type ModelSpec } from './onnxModel';

/** Extents of each input when the model is run. */
export type Sizes = Readonly<Record<string, readonly number[]>>;

type Ran = Readonly<Record<string, Tensor>>;

/** A model that runs with every tensor of its main graph as an output. */
interface Runnable {
  readonly model: Model;
  readonly run: (feeds: Readonly<Record<string, Tensor>>) => Promise<Ran>;
}

async function runnable(spec: ModelSpec): Promise<Runnable> {
  // The runtime's binding gives tensors only, no lists of them.
  const tensors = spec.nodes.filter(({ op }) => !op.includes('Sequence') || op === 'ConcatFromSequence');
  const outputs = tensors.flatMap((node) => node.outputs).filter((name) => name !== '');
  const bytes = encodeOnnx({ ...spec, outputs, outputTypes: Object.fromEntries(outputs.map((o) => [o, 'unknown'])) });
  const session = await InferenceSession.create(bytes, {
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
  });
  const { model, diagnostics } = await openModel(loneFile(encodeOnnx(spec)));
  assert.ok(model);
  assert.deepEqual(diagnostics, []);
  return { model, run: (feeds) => session.run(feeds) };
}

/** Small numbers, the same every time. */
export function floats(shape: readonly number[], seed = 1): readonly number[] {
  const next = seeded(seed);
  return Array.from({ length: shape.reduce((p, d) => p * d, 1) }, () => next() - 0.5);
}

function feedsOf(spec: ModelSpec, sizes: Sizes, seed = 7): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(sizes).map(([name, dims]): readonly [string, Tensor] => {
      const values = floats(dims, seed);
      const type = spec.inputTypes?.[name] ?? 'float32';
      if (type === 'float32') return [name, new Tensor('float32', Float32Array.from(values), dims)];
      if (type === 'uint8')
        return [
          name,
          new Tensor(
            'uint8',
            Uint8Array.from(values, (v) => (v + 0.5) * 255),
            dims,
          ),
        ];
      assert.equal(type, 'bool');
      return [
        name,
        new Tensor(
          'bool',
          Uint8Array.from(values, (v) => Number(v > 0)),
          dims,
        ),
      ];
    }),
  );
}

const shapeText = (shape: readonly Dim[] | null | undefined): string => JSON.stringify(shape ?? null);

/** Every size and element type that analysis gives, against those of a run; unknown ones only where `unknown` names them. */
function compareTypes(facts: Facts, ran: Ran, bindings: ReadonlyMap<string, number>, unknown: readonly string[]): void {
  for (const [name, tensor] of Object.entries(ran)) {
    const type = facts.types[facts.graph.valueByName.get(name)!];
    const shape = type?.shape?.map((d) => substitute(d, bindings));
    const open = shape?.map((d, i) => d ?? (unknown.includes(name) ? tensor.dims[i]! : null));
    if (type?.shape || !unknown.includes(name)) assert.equal(shapeText(open), shapeText(tensor.dims), name);
    if (type && type.dtype !== 'unknown') assert.equal(type.dtype, tensor.type, name);
  }
}

/** The extents a file leaves open, by their names. */
function bindingsOf(spec: ModelSpec, sizes: Sizes): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(spec.inputs).flatMap(([name, shape]) =>
      shape.flatMap((d, i) => (typeof d === 'string' ? [[d, sizes[name]![i]!] as const] : [])),
    ),
  );
}

/**
 * Runs the model and compares every tensor with what analysis says: as the file declares its inputs, formulas filled in, and with the
 * sizes of the run.
 */
export async function checkTypes(spec: ModelSpec, sizes: Sizes, unknown: readonly string[] = []): Promise<void> {
  const { model, run } = await runnable(spec);
  const ran = await run(feedsOf(spec, sizes));
  const open = analyze(model);
  const facts = analyze(model, { inputShapes: new Map(Object.entries(sizes)) });
  for (const { diagnostics } of [open, facts]) {
    assert.deepEqual(
      diagnostics.filter((d) => d.severity !== 'info'),
      [],
    );
  }
  compareTypes(open, ran, bindingsOf(spec, sizes), unknown);
  compareTypes(facts, ran, new Map(), unknown);
}

/** Units of a tensor along the image's axes, as `row,column`; 0 along axes it has lost. */
function unitsOf(tensor: Tensor, axes: readonly (number | null)[]): readonly (readonly number[])[] {
  let units: readonly (readonly number[])[] = [[]];
  for (const axis of axes) {
    const extent = axis === null ? 1 : tensor.dims[axis]!;
    units = units.flatMap((head) => Array.from({ length: extent }, (_, i) => [...head, i]));
  }
  return units;
}

/** Units with an element that differs by more than rounding. */
function changed(a: Tensor, b: Tensor, axes: readonly (number | null)[], least: number): ReadonlySet<string> {
  const [p, q] = [a.data as Float32Array, b.data as Float32Array];
  const strides = a.dims.map((_, k) => a.dims.slice(k + 1).reduce((product, d) => product * d, 1));
  const units = new Set<string>();
  for (let i = 0; i < p.length; i++) {
    if (Math.abs(p[i]! - q[i]!) <= least * Math.max(1, Math.abs(p[i]!))) continue;
    units.add(axes.map((axis) => (axis === null ? 0 : Math.floor(i / strides[axis]!) % a.dims[axis]!)).join());
  }
  return units;
}

const positionsIn = (extents: readonly number[]): readonly (readonly number[])[] =>
  extents.reduce<readonly (readonly number[])[]>(
    (heads, extent) => heads.flatMap((h) => Array.from({ length: extent }, (_, i) => [...h, i])),
    [[]],
  );

export interface FieldOptions {
  readonly image: string;
  /** The image's spatial axes; all but the first two unless others are said. */
  readonly imageAxes?: readonly number[];
  /** How much one pixel is raised, then lowered. */
  readonly step?: number;
  /** Several pictures, where a change may hide behind a larger value. */
  readonly pictures?: number;
  /** Tensors in which a unit may see more than these changes show, with the reason. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** Tensors whose units cannot be told, because a size is not known. */
  readonly unknown?: readonly string[];
}

/**
 * Every unit of every tensor: which pixels of the image change it when the model really runs, against what analysis says it sees. What
 * changes it must be seen; what is seen must change it, but for `hidden` ones.
 */
export async function checkFields(spec: ModelSpec, sizes: Sizes, options: FieldOptions): Promise<void> {
  const { image, step = 3, pictures = 1, hidden = {}, unknown = [] } = options;
  const axes = options.imageAxes ?? sizes[image]!.map((_, axis) => axis).slice(2);
  const { model, run } = await runnable(spec);
  const facts = analyze(model, { inputShapes: new Map(Object.entries(sizes)), imageInput: image });
  const plan = fieldPlan(facts);
  assert.ok(plan);
  const pixels = positionsIn(axes.map((axis) => sizes[image]![axis]!));
  const observed = new Observed(facts, Math.max(1e-6, step * 2e-7));
  for (let seed = 0; seed < pictures; seed++) {
    const feeds = feedsOf(spec, sizes, 100 + seed);
    const before = await run(feeds);
    for (const pixel of pixels) {
      for (const by of [step, -step]) {
        const after = await run({ ...feeds, [image]: raised(feeds[image]!, axes, pixel, by) });
        observed.note(before, after, pixel.join());
      }
    }
  }
  const wrong: string[] = [];
  let compared = 0;
  for (const [name, units] of observed.units) {
    const id = facts.graph.valueByName.get(name)!;
    for (const [unit, seen] of units) {
      const said = unitField(plan, id, unit.split(',').map(Number));
      if (!said) {
        if (!unknown.includes(name)) wrong.push(`${name} ${unit}: not known`);
        continue;
      }
      const pixelsSaid = new Set<string>();
      for (const box of said.boxes) for (const p of pixelsIn(box)) pixelsSaid.add(p);
      const extra = [...seen].filter((p) => !pixelsSaid.has(p));
      const missing = hidden[name] === undefined ? [...pixelsSaid].filter((p) => !seen.has(p)) : [];
      if (extra.length) wrong.push(`${name} ${unit}: changed by ${extra.slice(0, 3).join(' ')}, which it does not see`);
      if (missing.length) wrong.push(`${name} ${unit}: not changed by ${missing.slice(0, 3).join(' ')}`);
      compared++;
    }
  }
  assert.ok(compared > 0);
  assert.deepEqual(wrong.slice(0, 8), []);
}

/** All channels of one pixel. */
function raised(picture: Tensor, axes: readonly number[], pixel: readonly number[], by: number): Tensor {
  const strides = picture.dims.map((_, k) => picture.dims.slice(k + 1).reduce((product, d) => product * d, 1));
  const values = Float32Array.from(picture.data as Float32Array, (value, i) =>
    axes.every((axis, k) => Math.floor(i / strides[axis]!) % picture.dims[axis]! === pixel[k]) ? value + by : value,
  );
  return new Tensor('float32', values, picture.dims);
}

/** What changed what, by tensor and unit. */
class Observed {
  readonly units = new Map<string, ReadonlyMap<string, Set<string>>>();

  constructor(
    private readonly facts: Facts,
    private readonly least: number,
  ) {}

  note(before: Ran, after: Ran, pixel: string): void {
    for (const [name, tensor] of Object.entries(before)) {
      const field = this.facts.fields[this.facts.graph.valueByName.get(name)!];
      if (!field || tensor.type !== 'float32') continue;
      const units =
        this.units.get(name) ?? new Map(unitsOf(tensor, field.axes).map((u) => [u.join(), new Set<string>()]));
      this.units.set(name, units);
      for (const unit of changed(tensor, after[name]!, field.axes, this.least)) units.get(unit)?.add(pixel);
    }
  }
}

/** All positions of a product of runs. */
function pixelsIn(box: readonly (readonly number[])[]): readonly string[] {
  const sets = box.map((runs) => {
    const set: number[] = [];
    for (let i = 0; i < runs.length; i += 2) for (let p = runs[i]!; p <= runs[i + 1]!; p++) set.push(p);
    return set;
  });
  return sets
    .reduce<readonly (readonly number[])[]>((heads, set) => heads.flatMap((h) => set.map((p) => [...h, p])), [[]])
    .map((p) => p.join());
}
