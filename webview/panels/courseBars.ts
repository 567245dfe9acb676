/** Bars of one or two series, a row for each layer, its name leading to it. */
import type { CourseBlock } from '../../src/core/course/types';
import { el } from '../ui/dom';

type Bars = Extract<CourseBlock, { readonly kind: 'bars' }>;

export function courseBars({ series, bars, log }: Bars, select: (node: number) => void): HTMLElement {
  const length = (value: number): number => (log ? Math.log10(Math.max(1, value)) : value);
  const most = Math.max(1, ...bars.flatMap(({ values }) => values.map((value) => length(value ?? 0))));
  const row = ({ label, values, texts, node }: Bars['bars'][number]): HTMLElement =>
    el(
      'tr',
      {},
      el(
        'th',
        { attrs: { scope: 'row' } },
        node === null
          ? label
          : el('button', {
              class: 'link',
              text: label,
              title: label,
              attrs: { type: 'button' },
              on: { click: () => select(node) },
            }),
      ),
      el(
        'td',
        { class: 'course-track', attrs: { 'aria-hidden': 'true' } },
        ...values.map((value, at) =>
          value === null ? null : el('i', { class: `bar-${at}`, style: { width: `${(100 * length(value)) / most}%` } }),
        ),
      ),
      ...texts.map((text) => el('td', { class: 'right num', text })),
    );
  const heading = (name: string): HTMLElement => el('th', { class: 'sr-only', text: name, attrs: { scope: 'col' } });
  const table = el(
    'table',
    { class: 'course-bars' },
    el(
      'colgroup',
      {},
      ...['name', 'track', ...(bars[0]?.texts ?? [])].map((_, at) =>
        el('col', { class: at === 0 ? 'col-name' : at === 1 ? 'col-track' : `col-text-${bars[0]?.texts.length ?? 1}` }),
      ),
    ),
    series.length
      ? el('thead', {}, el('tr', {}, el('td'), el('td', { attrs: { 'aria-hidden': 'true' } }), ...series.map(heading)))
      : null,
    el('tbody', {}, ...bars.map(row)),
  );
  if (!series.length) return table;
  const legend = series.map((name, at) => el('span', {}, el('i', { class: `swatch bar-${at}` }), name));
  return el('div', {}, el('div', { class: 'course-legend', attrs: { 'aria-hidden': 'true' } }, ...legend), table);
}
