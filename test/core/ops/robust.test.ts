import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyze } from '../../../src/core/analysis';
import { GraphBuilder } from '../../../src/core/ir/builder';
import { type Dim, symbol } from '../../../src/core/ir/dim';
import type { Attr, DType, TensorType } from '../../../src/core/ir/types';
import { operators } from '../../../src/core/ops';
import type { OpDef, TypedContext } from '../../../src/core/ops/operator';
import { modelAround } from '../../support/onnxModel';

/** Names that operators really ask for, so that nonsense reaches their rules. */
const attributeNames = (
  'kernel_shape strides pads dilations auto_pad group ceil_mode output_shape output_padding axis axes keepdims perm to mode ' +
  'transA transB alpha beta size p num_groups split num_outputs blocksize scales sizes value values value_ints value_int start end ' +
  'shape border epsilon coordinate_transformation_mode nearest_mode equation k largest ratio count_include_pad storage_order ' +
  'pooled_shape output_height output_width allowzero batch_dims direction hidden_size layout output_dtype equation broadcast'
).split(' ');

const extent: fc.Arbitrary<Dim> = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 7 }) },
  { weight: 2, arbitrary: fc.constantFrom(symbol('N'), symbol('H'), symbol('W')) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(2 ** 31, 2 ** 52) },
);
const dtype = fc.constantFrom<DType>('float32', 'int64', 'uint8', 'bool', 'string', 'unknown');
const type: fc.Arbitrary<TensorType | null> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ dtype, shape: fc.array(extent, { maxLength: 6 }) }) },
  { weight: 1, arbitrary: fc.record({ dtype, shape: fc.constant(null) }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

const integer = fc.oneof(fc.integer({ min: -3, max: 6 }), fc.constantFrom(2 ** 31, -(2 ** 53), 2 ** 63));
const attr: fc.Arbitrary<Attr> = fc.oneof(
  integer.map((value): Attr => ({ kind: 'int', value })),
  fc.array(integer, { maxLength: 6 }).map((value): Attr => ({ kind: 'ints', value })),
  fc.double({ min: -4, max: 4 }).map((value): Attr => ({ kind: 'float', value })),
  fc.array(fc.double({ min: -4, max: 4 }), { maxLength: 5 }).map((value): Attr => ({ kind: 'floats', value })),
  fc
    .constantFrom('', 'SAME_UPPER', 'linear', 'nearest', 'constant', 'ij,jk->ik', '...', '->', 'DCR', 'asymmetric')
    .map((value): Attr => ({ kind: 'string', value })),
  fc.constant<Attr>({ kind: 'strings', value: ['a'] }),
  fc.constant<Attr>({ kind: 'other', value: '?' }),
);

/** An input: of the graph, or a small constant. */
const input = fc.oneof(
  { weight: 3, arbitrary: type.map((t) => ({ type: t, values: null })) },
  {
    weight: 2,
    arbitrary: fc
      .array(fc.integer({ min: -3, max: 9 }), { maxLength: 6 })
      .map((values) => ({ type: null, values: values })),
  },
);

const node = fc.record({
  inputs: fc.array(fc.option(input, { nil: null, freq: 8 }), { maxLength: 7 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  attrs: fc.dictionary(fc.constantFrom(...attributeNames), attr, { maxKeys: 6 }),
  opset: fc.constantFrom(1, 6, 7, 9, 10, 11, 13, 18, 22, 24),
});

/** Every rule an operator has, asked once. */
function askEverything(def: OpDef, context: TypedContext): unknown[] {
  return [
    def.dependence?.(context),
    def.windows?.(context),
    def.macs?.(context),
    def.synapses?.(context),
    def.label?.(context),
    def.formula?.(context),
    def.activation?.(context),
  ];
}

/** NaN and Infinity anywhere in plain data. */
function noNumber(data: unknown): boolean {
  if (typeof data === 'number') return !Number.isFinite(data);
  if (typeof data === 'string') return /NaN|Infinity|undefined|\[object/.test(data);
  return typeof data === 'object' && data !== null && Object.values(data).some(noNumber);
}

describe('no operator is put out by nonsense', () => {
  for (const def of operators) {
    it(`${def.domain ?? ''}${def.domain ? '.' : ''}${def.name}`, () => {
      fc.assert(
        fc.property(node, ({ inputs, outputs, attrs, opset }) => {
          const builder = new GraphBuilder();
          inputs.forEach((i, at) => {
            if (i?.values) {
              const shape = [i.values.length];
              builder.constant(
                `i${at}`,
                { dtype: 'int64', shape, elements: { kind: 'inline', values: i.values } },
                null,
              );
            } else if (i) builder.input(`i${at}`, i.type);
          });
          const names = inputs.map((i, at) => (i ? `i${at}` : ''));
          const made = Array.from({ length: outputs }, (_, i) => `o${i}`);
          builder.node({
            name: '',
            op: def.name,
            domain: def.domain ?? '',
            inputs: names,
            outputs: made,
            attrs: new Map(Object.entries(attrs)),
          });
          made.forEach((name) => {
            builder.output(name, null);
          });
          const opsets = new Map([
            ['ai.onnx', opset],
            ['com.microsoft', 1],
          ]);
          const facts = analyze(modelAround(builder.build().graph, { opsets }));
          assert.deepEqual(
            facts.diagnostics.filter((d) => d.code === 'analysis/rule-failed' || noNumber(d.message)),
            [],
          );
          assert.ok(!noNumber(facts.types), JSON.stringify(facts.types));
          const [found] = facts.nodes;
          assert.ok(found?.def && found.context);
          const answers = askEverything(found.def, found.context);
          assert.ok(!noNumber(answers), JSON.stringify(answers));
          assert.ok(!noNumber([...facts.contents.values()].map((c) => c.values)));
        }),
        { numRuns: 150, seed: 20_261_123 },
      );
    });
  }
});
