/** The lecture's three ways of counting a layer's synapses, as bars on a log scale that is the same for all layers. */
import './synapses.css';
import type { SynapseView } from '../../src/core/view/types';
import { el } from '../ui/dom';
import { partsOf } from './factList';

const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const power = (n: number): string =>
  n === 0 ? '1' : `10${String(n).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)]!)}`;

/** Length of a bar, in parts of the scale's. */
const share = (value: number, scale: number): number =>
  Math.min(1, Math.max(0, Math.log10(Math.max(1, value)) / scale));

export function synapseBars({ counts, scale, sentence }: SynapseView): HTMLElement {
  const marks = [0, 3, 6, 9, 12].filter((n) => n <= scale - 4);
  const at = (n: number): string => `${(100 * n) / scale}%`;
  return el(
    'div',
    { class: 'synapses' },
    ...counts.map(({ label, value, text, exact, key }) =>
      el(
        'div',
        { class: 'synapse-row', title: exact, attrs: { 'data-synapses': key } },
        el('span', { class: 'dim', text: label }),
        value === null
          ? null
          : el(
              'span',
              { class: 'synapse-track', style: { '--decade': `${100 / scale}%` }, attrs: { 'aria-hidden': 'true' } },
              el('i', { style: { width: `${100 * share(value, scale)}%` } }),
            ),
        el('span', { class: value === null ? 'synapse-formula' : 'right', text }),
      ),
    ),
    counts.some(({ value }) => value !== null)
      ? el(
          'div',
          { class: 'synapse-row synapse-axis', attrs: { 'aria-hidden': 'true' } },
          el('span'),
          el(
            'span',
            {},
            ...marks.map((n) => el('span', { text: power(n), style: { left: at(n) } })),
            el('span', { text: power(scale), style: { left: '100%' } }),
          ),
          el('span'),
        )
      : null,
    sentence.length ? el('p', { class: 'synapse-sentence' }, ...partsOf(sentence)) : null,
  );
}
