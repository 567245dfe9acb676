import { t } from '../l10n/l10n';
import { broadcastPosition } from './broadcast';
import { contentsOf, followedShape, positions } from './contents';
import { dtypeOf, tensorType } from './operands';
import type { OpDef } from './operator';
import { variadicShape } from './variadic';

export const where: OpDef = {
  name: 'Where',
  family: 'join',
  title: 'Where',
  summary: t('Takes each element from one of two tensors, as a condition says.'),
  inputs: [{ name: 'condition' }, { name: 'X' }, { name: 'Y' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 1), variadicShape(ctx))],
  evaluate(ctx) {
    const [condition, x, y] = ctx.inputs.map((input) => input?.contents ?? null);
    const shape = followedShape(ctx);
    if (!condition || !x || !y || !shape) return [null];
    const values = positions(shape).map((index) => {
      const chosen = condition.values[broadcastPosition(index, shape, condition.shape)] ?? null;
      if (chosen === null) return null;
      const from = chosen === 0 ? y : x;
      return from.values[broadcastPosition(index, shape, from.shape)] ?? null;
    });
    return [contentsOf(x.dtype, shape, values)];
  },
};
