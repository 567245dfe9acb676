import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { symbol, type Dim } from '../../../src/core/ir/dim';
import type { DType, TensorType } from '../../../src/core/ir/types';
import { operators } from '../../../src/core/ops';
import type { Dependence } from '../../../src/core/ops/dependence';
import { runOperator, type AttrGiven, type Given, type Outcome } from '../../support/operatorRun';

/** Whatever a file says, rules give an answer: nothing thrown, no NaN, no Infinity, no negative extent. */

const extent: fc.Arbitrary<Dim> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom<Dim>(symbol('H'), symbol('W'), null) },
);
const dtype = fc.constantFrom<DType>('float32', 'int64', 'bool', 'unknown');
const element: fc.Arbitrary<Dim> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom<Dim>(symbol('H'), null, 0.5, 2 ** 63, -(2 ** 63)) },
);

const input: fc.Arbitrary<Given | null> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ shape: fc.array(extent, { maxLength: 5 }), dtype }) },
  {
    weight: 4,
    arbitrary: fc.array(element, { maxLength: 6 }).map((values): Given => ({ shape: [values.length], values })),
  },
  { weight: 1, arbitrary: element.map((value): Given => ({ shape: [], values: [value] })) },
  { weight: 1, arbitrary: fc.constant<Given>({ shape: null }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const attributeNames = [
  'axis axes perm pads paddings mode split num_outputs keepdims starts ends steps scales blocksize border scale to dtype',
  'kernel_shape strides dilations group auto_pad output_padding output_shape ceil_mode equation batch_dims k shape',
  'start end size p alpha beta gamma min max hidden_size layout direction num_heads q_num_heads kv_num_heads',
  'coordinate_transformation_mode nearest_mode antialias keep_aspect_ratio_policy exclude_outside allowzero broadcast',
  'noop_with_empty_axes transA transB pooled_shape output_height output_width block_size stash_type time_axis value_ints',
  'channels_last new_axis height_scale width_scale sample_size num_groups training_mode qkv_hidden_sizes',
].flatMap((line) => line.split(' '));

const attribute: fc.Arbitrary<AttrGiven> = fc.oneof(
  fc.integer({ min: -4, max: 6 }),
  fc.array(fc.integer({ min: -3, max: 6 }), { maxLength: 6 }),
  fc.constantFrom(
    '',
    'nearest',
    'linear',
    'cubic',
    'reflect',
    'SAME_UPPER',
    'VALID',
    'align_corners',
    'tf_crop_and_resize',
    'ij,jk->ik',
    '...',
    'not_larger',
  ),
  fc.double({ noNaN: true, min: -3, max: 3 }).map((float) => ({ float })),
  fc.array(fc.double({ noNaN: true, min: -1, max: 3 }), { maxLength: 5 }).map((list) => ({ floats: list })),
);

function checkDim(d: Dim): void {
  if (typeof d === 'number') assert.ok(Number.isFinite(d), `the extent ${d}`);
}

function checkType(type: TensorType | null): void {
  type?.shape?.forEach((d) => {
    checkDim(d);
    if (typeof d === 'number') assert.ok(d >= 0 && Number.isInteger(d), `the extent ${d}`);
  });
}

function checkDependence(d: Dependence | null, outcome: Outcome, output: number, port: number): void {
  if (!d) return;
  const [to, from] = [outcome.types[output]?.shape, outcome.context.inputs[port]?.type?.shape];
  // After a complaint nobody asks any more.
  if (outcome.diagnostics.length) return;
  if (to) assert.equal(d.axes.length, to.length, 'one list of links for each axis of the output');
  for (const link of d.axes.flat())
    if (from) assert.ok(link.from >= 0 && link.from < from.length, 'an axis of the input');
  const text = JSON.stringify(d, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value,
  );
  assert.ok(!text.includes('BAD'), text);
}

function checkOutcome(outcome: Outcome): void {
  const { def, context, types, contents } = outcome;
  types.forEach(checkType);
  for (const c of contents) c?.values.forEach(checkDim);
  def.dependence?.(context).forEach((row, output) =>
    row.forEach((d, port) => {
      checkDependence(d, outcome, output, port);
    }),
  );
  for (const text of [...(def.label?.(context) ?? []), def.activation?.(context) ?? '']) {
    assert.ok(!/NaN|Infinity|undefined|null/.test(text), text);
  }
  const formula = JSON.stringify(def.formula?.(context) ?? null, (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? 'BAD' : value,
  );
  assert.ok(!/BAD|NaN|Infinity|undefined/.test(formula), formula);
  checkDim(def.macs?.(context) ?? null);
  const windows = def.windows?.(context) ?? [];
  for (const w of windows) for (const n of Object.values(w)) assert.ok(Number.isFinite(n));
}

describe('Rules of operators answer whatever they are asked', () => {
  for (const def of operators) {
    it(`${def.domain ? `${def.domain}.` : ''}${def.name}`, () => {
      fc.assert(
        fc.property(
          fc.array(input, { maxLength: Math.max(2, def.inputs.length) }),
          fc.dictionary(fc.constantFrom(...attributeNames), attribute, { maxKeys: 6 }),
          fc.constantFrom(1, 6, 9, 10, 12, 13, 18, 22),
          fc.integer({ min: 1, max: 3 }),
          (inputs, attrs, opset, outputs) => {
            const domain = def.domain ?? '';
            checkOutcome(runOperator(def.name, { domain, inputs, attrs, opset, outputs }));
          },
        ),
        { numRuns: 100 },
      );
    });
  }
});
