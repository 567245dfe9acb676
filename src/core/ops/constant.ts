import { t } from '../l10n/l10n';
import { plain } from './activation';
import { decodeInline } from './inline';
import type { DType, TensorType } from '../ir/types';
import type { Dim } from '../ir/dim';
import { contentsOf, countOf, mostElements } from './contents';
import { allNumbers, tensorType } from './operands';
import type { Contents, OpContext, OpDef } from './operator';
import { spelledShape } from './spelledShape';

interface Literal {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly number[] | null;
}

/** Each way ONNX has of writing a constant into an attribute. */
function literal(ctx: OpContext): Literal | null {
  const { attrs } = ctx;
  const tensor = attrs.tensor('value');
  if (tensor) return { dtype: tensor.dtype, shape: tensor.shape, values: decodeInline(tensor) };
  const one = (dtype: DType, value: number | undefined): Literal | null =>
    value === undefined ? null : { dtype, shape: [], values: [value] };
  const many = (dtype: DType, values: readonly number[] | undefined): Literal | null =>
    values === undefined ? null : { dtype, shape: [values.length], values };
  const texts = attrs.strings('value_strings');
  return (
    one('int64', attrs.int('value_int')) ??
    one('float32', attrs.float('value_float')) ??
    many('int64', attrs.ints('value_ints')) ??
    many('float32', attrs.floats('value_floats')) ??
    (attrs.string('value_string') === undefined ? null : { dtype: 'string', shape: [], values: null }) ??
    (texts === undefined ? null : { dtype: 'string', shape: [texts.length], values: null })
  );
}

const contentsOfLiteral = (found: Literal | null): Contents | null =>
  found?.values ? contentsOf(found.dtype, found.shape, found.values) : null;

export const constant: OpDef = {
  name: 'Constant',
  family: 'shape',
  title: t('Constant'),
  summary: t('A tensor written into the graph.'),
  inputs: [],
  plumbing: true,
  types(ctx): readonly (TensorType | null)[] {
    if (ctx.attrs.has('sparse_value')) return [{ dtype: 'unknown', shape: null }];
    const found = literal(ctx);
    return [found && tensorType(found.dtype, found.shape)];
  },
  evaluate: (ctx) => [contentsOfLiteral(literal(ctx))],
  label(ctx) {
    const values = literal(ctx)?.values;
    return values && values.length <= 4 ? [values.map(plain).join(', ')] : [];
  },
};

export const constantOfShape: OpDef = {
  name: 'ConstantOfShape',
  family: 'shape',
  title: t('Fill'),
  summary: t('A tensor of a given shape with the same value everywhere.'),
  inputs: [{ name: 'shape' }],
  plumbing: true,
  types: (ctx) => [tensorType(ctx.attrs.tensor('value')?.dtype ?? 'float32', spelledShape(ctx, 0))],
  evaluate(ctx) {
    const type = ctx.outputs[0];
    if (!type?.shape || !allNumbers(type.shape) || countOf(type.shape) > mostElements) return [null];
    const value = ctx.attrs.tensor('value');
    const [fill] = value ? (decodeInline(value) ?? [null]) : [0];
    return [contentsOf(type.dtype, type.shape, Array<Dim>(countOf(type.shape)).fill(fill ?? null))];
  },
  dependence: (ctx) => [ctx.inputs.map(() => null)],
};
