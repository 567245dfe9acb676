/** Names and values as the file spells them. */
import './pairList.css';
import { el } from '../ui/dom';

export interface Pair {
  readonly name: string;
  readonly value: string;
  /** Said quieter, with this word behind it. */
  readonly note?: string;
}

export const pairList = (pairs: readonly Pair[]): HTMLElement =>
  el(
    'dl',
    { class: 'pair-list' },
    ...pairs.map(({ name, value, note }) =>
      el(
        'div',
        { class: note === undefined ? '' : 'pair-quiet' },
        el('dt', { class: 'code', text: name }),
        el(
          'dd',
          {},
          el('span', { class: 'code', text: value }),
          note === undefined ? null : el('span', { class: 'pair-note', text: note }),
        ),
      ),
    ),
  );
