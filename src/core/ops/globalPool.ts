import { globalPooling } from './pooling';

export const globalAveragePool = globalPooling({
  name: 'GlobalAveragePool',
  title: 'Global average pool',
  summary: 'Averages each channel over the whole picture: one number per channel.',
  summed: false,
  gather: (of, letters) => ({ kind: 'over', fn: 'mean', letters, of }),
});

export const globalMaxPool = globalPooling({
  name: 'GlobalMaxPool',
  title: 'Global max pool',
  summary: 'Keeps the largest value of each whole channel: one number per channel.',
  summed: false,
  gather: (of, letters) => ({ kind: 'over', fn: 'max', letters, of }),
});
