import { t } from '../l10n/l10n';
import { convolution } from './conv';
import { along, type Dependence } from './dependence';
import { everywhere } from './firstOnly';
import { shapeOf } from './operands';
import type { OpDef } from './operator';

const plain = convolution(
  {
    name: 'DeformConv',
    title: t('Deformable conv'),
    summary: t('A convolution whose taps are moved by offsets that the net itself computes.'),
  },
  {
    inputs: [
      { name: 'X' },
      { name: 'W', parameter: 'weight' },
      { name: 'offset' },
      { name: 'B', parameter: 'bias' },
      { name: 'mask' },
    ],
    data: 0,
    weight: 1,
    bias: 3,
  },
);

export const deformConv: OpDef = {
  ...plain,
  dependence(ctx) {
    const rank = ctx.outputs[0]?.shape?.length ?? shapeOf(ctx, 0)?.length ?? 4;
    const axes = Array.from({ length: rank }, (_, i) => i);
    // Offsets are data: a tap may read any pixel.
    const anywhere: Dependence = { axes: axes.map((i) => (i === 0 ? along(0) : [])), global: true };
    const near = (input: number): Dependence =>
      shapeOf(ctx, input)?.length === rank ? { axes: axes.map((i) => (i === 1 ? [] : along(i))) } : everywhere(rank);
    return [[anywhere, null, near(2), null, ctx.inputs[4] ? near(4) : null]];
  },
  formula(ctx) {
    const formula = plain.formula?.(ctx);
    return formula
      ? { ...formula, notes: [...formula.notes, t('every tap is moved by its offset, between pixels bilinearly')] }
      : null;
  },
};
