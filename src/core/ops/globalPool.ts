import { t } from '../l10n/l10n';
import { globalPooling } from './pooling';

export const globalAveragePool = globalPooling({
  name: 'GlobalAveragePool',
  title: t('Global average pool'),
  summary: t('Averages each channel over the whole picture: one number per channel.'),
  summed: false,
  gather: (of, letters) => ({ kind: 'over', fn: 'mean', letters, of }),
});

export const globalMaxPool = globalPooling({
  name: 'GlobalMaxPool',
  title: t('Global max pool'),
  summary: t('Keeps the largest value of each whole channel: one number per channel.'),
  summed: false,
  gather: (of, letters) => ({ kind: 'over', fn: 'max', letters, of }),
});
