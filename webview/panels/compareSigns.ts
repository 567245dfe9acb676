/** Signs and words of differences: never a colour alone. */
import { t } from '../../src/core/l10n/l10n';
import type { DiffMark } from '../../src/core/view/types';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';

export const MARKS: readonly DiffMark[] = ['changed', 'added', 'removed', 'follows'];

export const SIGNS: Readonly<Record<DiffMark, string>> = { added: '+', removed: '−', changed: '~', follows: '→' };
export const MARK_WORDS: Readonly<Record<DiffMark, string>> = {
  added: t('added'),
  removed: t('removed'),
  changed: t('changed'),
  follows: t('follow'),
};

export const signOf = (mark: DiffMark): HTMLElement =>
  el('span', { class: `diff-sign diff-${mark}`, text: SIGNS[mark], attrs: { 'aria-hidden': 'true' } });

export function countText(mark: DiffMark, n: number): string {
  const count = integer(n);
  switch (mark) {
    case 'added':
      return n === 1 ? t('1 added') : t('{0} added', count);
    case 'removed':
      return n === 1 ? t('1 removed') : t('{0} removed', count);
    case 'changed':
      return n === 1 ? t('1 changed') : t('{0} changed', count);
    case 'follows':
      return n === 1 ? t('1 follow') : t('{0} follow', count);
  }
}
