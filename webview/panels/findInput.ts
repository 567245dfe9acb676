import { t } from '../../src/core/l10n/l10n';
import { el } from '../ui/dom';

/** Where layers are asked for in the language of the search. */
export const createFindInput = (): HTMLInputElement =>
  el('input', {
    class: 'find-input',
    attrs: {
      type: 'text',
      spellcheck: 'false',
      placeholder: t('name, op:Conv kernel:3, params>1M, rf>=224'),
      'aria-label': t('Find layers'),
    },
  });
