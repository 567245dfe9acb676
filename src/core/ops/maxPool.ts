import { t } from '../l10n/l10n';
import { pooledType, pooling, poolingFormula } from './pooling';

export const maxPool = pooling({
  name: 'MaxPool',
  title: 'Max pool',
  summary: t('Keeps the largest value of every window, channel by channel.'),
  inputs: [{ name: 'X' }],
  outputs: 2,
  types(ctx) {
    const type = pooledType(ctx);
    // The second output holds the winners' positions, counted over the whole tensor.
    return [type, { dtype: 'int64', shape: type.shape }];
  },
  formula: (ctx) =>
    poolingFormula(ctx, (of, letters) => (letters.length ? { kind: 'over', fn: 'max', letters, of } : of), false, [
      t('positions outside the border do not take part'),
    ]),
});
