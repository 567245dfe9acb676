import { dtypeName, dtypeNamed } from '../ir/dtype';
import type { DType } from '../ir/types';
import { t } from '../l10n/l10n';
import { sameType } from './activation';
import { contentsOf } from './contents';
import { dtypeOf, given, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, refuse } from './problems';
import { castTo, evaluateUnary } from './unary';

/** Names the first files spelled where numbers stand today. */
const SPELLED: Readonly<Record<string, DType>> = { float: 'float32', double: 'float64' };

/** An element type given as an attribute; the first files spelled its name instead of its number. */
export function dtypeAttribute(ctx: OpContext, name: string): DType | undefined {
  const code = ctx.attrs.int(name);
  if (code !== undefined) return dtypeName(code) ?? 'unknown';
  const spelled = ctx.attrs.string(name)?.toLowerCase();
  if (spelled === undefined) return undefined;
  return SPELLED[spelled] ?? dtypeNamed(spelled) ?? 'unknown';
}

export const cast: OpDef = {
  name: 'Cast',
  family: 'shape',
  title: 'Cast',
  summary: t('Turns every value into another number type.'),
  inputs: [{ name: 'input' }],
  plumbing: true,
  types(ctx) {
    const to = dtypeAttribute(ctx, 'to');
    if (to === undefined) return [refuse(ctx, badAttribute, t('attribute “to” is missing'))];
    return [tensorType(to, shapeOf(ctx, 0))];
  },
  evaluate: (ctx) => evaluateUnary(ctx, (x) => castTo(x, ctx.outputs[0]?.dtype ?? 'unknown')),
  label: (ctx) => [ctx.outputs[0]?.dtype ?? '?'],
};

export const castLike: OpDef = {
  ...cast,
  name: 'CastLike',
  summary: t('Turns every value into the number type of another tensor.'),
  inputs: [{ name: 'input' }, { name: 'target' }],
  types: (ctx) => [given(ctx, 0) ? tensorType(dtypeOf(ctx, 1), shapeOf(ctx, 0)) : null],
};

/** The input itself, whatever it is: sequences and optionals too. */
export const identity: OpDef = {
  name: 'Identity',
  family: 'shape',
  title: t('Identity'),
  summary: t('Hands its input on unchanged.'),
  inputs: [{ name: 'input' }],
  plumbing: true,
  types: sameType,
  evaluate(ctx) {
    const from = ctx.inputs[0]?.contents;
    return [from ? contentsOf(from.dtype, from.shape, from.values) : null];
  },
};
