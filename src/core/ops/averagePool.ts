import { t } from '../l10n/l10n';
import { pooling, poolingFormula } from './pooling';

export const averagePool = pooling({
  name: 'AveragePool',
  title: t('Average pool'),
  summary: t('Averages every window, channel by channel.'),
  inputs: [{ name: 'X' }],
  formula: (ctx) =>
    poolingFormula(ctx, (of, letters) => (letters.length ? { kind: 'over', fn: 'mean', letters, of } : of), false, [
      ctx.attrs.int('count_include_pad', 0)
        ? t('outside the border X is 0 and counts in the mean')
        : t('positions outside the border do not count in the mean'),
    ]),
});
