import { t } from '../l10n/l10n';
import { firstInputPointwise } from './normalisation';
import { typeOf } from './operands';
import type { OpDef } from './operator';

export const dropout: OpDef = {
  name: 'Dropout',
  family: 'shape',
  title: 'Dropout',
  summary: t('Switches random units off while training; does nothing when the net is used.'),
  inputs: [{ name: 'data' }, { name: 'ratio' }, { name: 'training_mode' }],
  types(ctx) {
    const type = typeOf(ctx, 0);
    // The mask had the type of the data until opset 9 and is boolean since opset 10.
    return [type, type && { dtype: ctx.opset >= 10 ? 'bool' : type.dtype, shape: type.shape }];
  },
  evaluate: (ctx) => [ctx.inputs[0]?.contents ?? null, null],
  dependence: (ctx) => firstInputPointwise(ctx, 3, 2),
};
