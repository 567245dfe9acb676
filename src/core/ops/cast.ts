import type { DType } from '../ir/types';
import { sameType } from './activation';
import { contentsOf } from './contents';
import { dtypeOf, given, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, refuse } from './problems';
import { castTo, evaluateUnary } from './unary';

/** Element types by their number in ONNX's TensorProto.DataType. */
const byNumber: Readonly<Record<number, DType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
  14: 'complex64',
  15: 'complex128',
  16: 'bfloat16',
  17: 'float8',
  18: 'float8',
  19: 'float8',
  20: 'float8',
  21: 'uint4',
  22: 'int4',
};

/** An element type given as an attribute; the first files spelled its name instead of its number. */
export function dtypeAttribute(ctx: OpContext, name: string): DType | undefined {
  const code = ctx.attrs.int(name);
  if (code !== undefined) return byNumber[code] ?? 'unknown';
  const spelled = ctx.attrs.string(name)?.toLowerCase();
  if (spelled === undefined) return undefined;
  if (spelled === 'float') return 'float32';
  if (spelled === 'double') return 'float64';
  return Object.values(byNumber).find((dtype) => dtype === spelled) ?? 'unknown';
}

export const cast: OpDef = {
  name: 'Cast',
  family: 'shape',
  title: 'Cast',
  summary: 'Turns every value into another number type.',
  inputs: [{ name: 'input' }],
  plumbing: true,
  types(ctx) {
    const to = dtypeAttribute(ctx, 'to');
    if (to === undefined) return [refuse(ctx, badAttribute, 'attribute “to” is missing')];
    return [tensorType(to, shapeOf(ctx, 0))];
  },
  evaluate: (ctx) => evaluateUnary(ctx, (x) => castTo(x, ctx.outputs[0]?.dtype ?? 'unknown')),
  label: (ctx) => [ctx.outputs[0]?.dtype ?? '?'],
};

export const castLike: OpDef = {
  ...cast,
  name: 'CastLike',
  summary: 'Turns every value into the number type of another tensor.',
  inputs: [{ name: 'input' }, { name: 'target' }],
  types: (ctx) => [given(ctx, 0) ? tensorType(dtypeOf(ctx, 1), shapeOf(ctx, 0)) : null],
};

/** The input itself, whatever it is: sequences and optionals too. */
export const identity: OpDef = {
  name: 'Identity',
  family: 'shape',
  title: 'Identity',
  summary: 'Hands its input on unchanged.',
  inputs: [{ name: 'input' }],
  plumbing: true,
  types: sameType,
  evaluate(ctx) {
    const from = ctx.inputs[0]?.contents;
    return [from ? contentsOf(from.dtype, from.shape, from.values) : null];
  },
};
