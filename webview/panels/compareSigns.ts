/** Signs and words of differences: never a colour alone. */
import type { DiffMark } from '../../src/core/view/types';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';

export const MARKS: readonly DiffMark[] = ['changed', 'added', 'removed', 'follows'];

const SIGNS: Readonly<Record<DiffMark, string>> = { added: '+', removed: '−', changed: '~', follows: '→' };
export const MARK_WORDS: Readonly<Record<DiffMark, string>> = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  follows: 'follow',
};

export const signOf = (mark: DiffMark): HTMLElement =>
  el('span', { class: `diff-sign diff-${mark}`, text: SIGNS[mark], attrs: { 'aria-hidden': 'true' } });

export const countText = (mark: DiffMark, n: number): string => `${integer(n)} ${MARK_WORDS[mark]}`;
