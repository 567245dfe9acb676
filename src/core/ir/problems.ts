import { declare } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';

export const duplicateOutput = declare('graph/duplicate-output', 'error', (tensor: string) =>
  t('The tensor “{0}” is defined more than once. The first definition counts; this one got a name of its own.', tensor),
);

export const undefinedInput = declare('graph/undefined-input', 'error', (tensor: string) =>
  t('The input “{0}” is made by no node, and is neither an input nor a constant of the graph.', tensor),
);

export const undefinedOutput = declare('graph/undefined-output', 'error', (tensor: string) =>
  t('The graph names “{0}” as an output, but nothing makes it.', tensor),
);

export const cycle = declare('graph/cycle', 'error', (members: string, count: number) =>
  count === 1
    ? t('This node needs its own output: {0}.', members)
    : t('These {0} nodes wait for each other: {1}.', count, members),
);

export const more = declare('graph/more', 'info', (count: number, code: string) =>
  t('{0} more problems of the kind {1} are not listed.', count, code),
);
