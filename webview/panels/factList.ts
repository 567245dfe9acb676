/** Facts as label and value, one row each. */
import './factList.css';
import type { FactRow, TextPart } from '../../src/core/view/types';
import { el } from '../ui/dom';

export const partsOf = (parts: readonly TextPart[]): HTMLElement[] =>
  parts.map(({ text, tone }) => el('span', { text, ...(tone ? { class: `part-${tone}` } : {}) }));

export function factList(rows: readonly FactRow[]): HTMLElement {
  return el(
    'dl',
    { class: 'fact-list' },
    ...rows.map(({ key, label, parts, exact }) =>
      el(
        'div',
        { attrs: { 'data-fact': key }, ...(exact === undefined ? {} : { title: exact }) },
        el('dt', { text: label }),
        el('dd', {}, ...partsOf(parts)),
      ),
    ),
  );
}
