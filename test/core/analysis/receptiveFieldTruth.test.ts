import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze, type Facts } from '../../../src/core/analysis';
import { unitField } from '../../../src/core/analysis/exactField';
import { fieldPlan, type FieldPlan } from '../../../src/core/analysis/fieldPlan';
import type { Dim } from '../../../src/core/ir/dim';
import type { Model, ValueId } from '../../../src/core/ir/types';
import { describeCorpus } from '../../support/corpus';
import { openFile } from '../../support/openFile';

/** Measured by gradients through the file's own graph, one unit at a time: no formula of receptive fields behind it. */
interface Truth {
  readonly executed: { readonly inputs?: readonly { readonly name: string; readonly dims: readonly number[] }[] };
  readonly receptive_field?: { readonly input: string; readonly tensors: Readonly<Record<string, Measured>> };
}

interface Measured {
  readonly op: string;
  /** Has an ancestor that reads the picture whole. */
  readonly global_: boolean;
  readonly canonical_canvas: readonly number[];
  readonly at_canonical_size?: readonly Unit[];
  readonly unclipped?: {
    readonly canvas: readonly number[];
    readonly units: readonly Unit[];
    readonly rf_size?: readonly number[];
    readonly pixels?: number;
    readonly dense?: boolean;
    readonly stride?: readonly number[];
  };
}

interface Unit {
  readonly unit: readonly number[];
  readonly lo: readonly number[] | null;
  readonly hi: readonly number[] | null;
  readonly count: number;
}

const fixedResize =
  'the file resizes to 224×224 whatever comes in; the measurement resized to the canvas, so that other units were measured';

/** Tensors whose `unclipped` is not compared, each with its reason. Shrink it. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fcn_resnet50: { out: fixedResize, aux: fixedResize },
};

interface Analysed {
  readonly facts: Facts;
  readonly plan: FieldPlan;
}

/** The same model at several sizes of its picture. */
class Sizes {
  readonly #known = new Map<string, Analysed>();

  constructor(
    readonly model: Model,
    readonly input: string,
    readonly dims: readonly number[],
  ) {}

  at(canvas: readonly number[]): Analysed {
    const key = canvas.join('×');
    let known = this.#known.get(key);
    if (!known) {
      const shape: readonly Dim[] = [...this.dims.slice(0, this.dims.length - canvas.length), ...canvas];
      const facts = analyze(this.model, { inputShapes: new Map([[this.input, shape]]), imageInput: this.input });
      const plan = fieldPlan(facts);
      assert.ok(plan, 'there is a picture');
      this.#known.set(key, (known = { facts, plan }));
    }
    return known;
  }
}

const textOf = (lo: readonly number[] | null, hi: readonly number[] | null, count: number): string =>
  `${lo?.join(',') ?? 'nothing'}–${hi?.join(',') ?? ''} (${count})`;

function wrongUnits({ plan }: Analysed, value: ValueId, units: readonly Unit[], cutGlobal: boolean): readonly string[] {
  return units.flatMap(({ unit, lo, hi, count }) => {
    const found = unitField(plan, value, unit, { cutGlobal });
    const ends = (end: 0 | 1): readonly number[] | null => found?.ranges?.map((range) => range[end]) ?? null;
    const [got, want] = [found && textOf(ends(0), ends(1), found.pixels), textOf(lo, hi, count)];
    return got === want ? [] : [`unit ${unit.join(',')}: ${got} ≠ ${want}`];
  });
}

/** The summary: equal where units are alike; where they differ by phase, every measured unit lies in its range. */
function wrongSummary(
  { facts }: Analysed,
  value: ValueId,
  measured: NonNullable<Measured['unclipped']>,
): readonly string[] {
  const field = facts.fields[value];
  if (!field) return ['no field'];
  const { rf_size: size, dense, stride, units } = measured;
  const wrong: string[] = [];
  if (dense !== undefined && dense !== field.dense) wrong.push(`dense is ${field.dense}`);
  const alike = String(field.size) === String(field.smallest);
  // Fractions of pixels only come with upsampling, where the README calls its stride rounded.
  const whole = field.stride.every((s) => Number.isInteger(s));
  if (size && alike && String(size) !== String(field.size)) wrong.push(`size ${String(field.size)} ≠ ${String(size)}`);
  if (stride && alike && whole && String(stride.map(Number)) !== String(field.stride))
    wrong.push(`stride ${String(field.stride)} ≠ ${String(stride)}`);
  field.size.forEach((largest, k) => {
    const spans = units.map(({ lo, hi }) => (lo && hi ? hi[k]! - lo[k]! + 1 : 0));
    const [least, most] = [Math.min(...spans), Math.max(...spans)];
    if (largest === null || most > largest || least < (field.smallest[k] ?? 0))
      wrong.push(`axis ${k}: ${least}–${most} measured, ${field.smallest[k]}–${largest} said`);
  });
  return wrong;
}

function wrongTensor(sizes: Sizes, name: string, measured: Measured, exempt: boolean): readonly string[] {
  const canonical = sizes.at(measured.canonical_canvas);
  const value = canonical.facts.graph.valueByName.get(name);
  const field = value === undefined ? null : canonical.facts.fields[value];
  if (value === undefined || !field) return [`${name}: no field`];
  const wrong = [...wrongUnits(canonical, value, measured.at_canonical_size ?? [], false)];
  if (field.whole !== measured.global_) wrong.push(`whole is ${field.whole}`);
  if (measured.unclipped) {
    const large = sizes.at(measured.unclipped.canvas);
    const found = [
      ...wrongUnits(large, value, measured.unclipped.units, true),
      ...wrongSummary(large, value, measured.unclipped),
    ];
    if (!exempt) wrong.push(...found);
    else if (!found.length) wrong.push('no longer needs its exception');
  }
  return wrong.map((text) => `${name} (${measured.op}): ${text}`);
}

describeCorpus('Receptive fields measured by gradients', (folder) => {
  const names = readdirSync(join(folder, 'truth')).filter((f) => f.endsWith('.json') && !f.startsWith('_'));
  for (const name of names.map((f) => f.slice(0, -'.json'.length))) {
    const truth = JSON.parse(readFileSync(join(folder, 'truth', `${name}.json`), 'utf8')) as Truth;
    const measured = truth.receptive_field;
    if (!measured) continue;
    for (const file of [`${name}.onnx`, `${name}_light.onnx`]) {
      const path = join(folder, 'models', file);
      if (!existsSync(path)) continue;
      it(`${file}: ${Object.keys(measured.tensors).length} tensors`, async () => {
        const { model } = await openFile(path);
        assert.ok(model, 'is read');
        const dims = truth.executed.inputs?.find((i) => i.name === measured.input)?.dims ?? [];
        const sizes = new Sizes(model, measured.input, dims);
        const wrong = Object.entries(measured.tensors).flatMap(([tensor, m]) =>
          wrongTensor(sizes, tensor, m, allowed[name]?.[tensor] !== undefined),
        );
        assert.deepEqual(wrong, []);
      }).timeout(20000);
    }
  }
});
