/** Small pictures of numbers, and what units see of a picture. */
import type { CourseField, CourseGrid } from '../../src/core/course/types';
import { t } from '../../src/core/l10n/l10n';
import { colourRgb, scaleFor } from '../ui/colourMaps';
import { el } from '../ui/dom';

/** Numbers of at most this many signs can be read in a cell. */
const LONGEST = 4;
/** Of so many signs, a cell has to be wider. */
const LONG = 3;

/** More columns of results are told by their colours. */
const MOST_COLUMNS = 5;

function written(value: number): string {
  const parts = Math.abs(value) < 1 ? 100 : 10;
  return String(Math.round(value * parts) / parts).replace('-', '−');
}

/** `write`: a digit was put in place of another. */
export function gridFigure(grid: CourseGrid, write: (setting: string, digit: number) => void): HTMLElement {
  const { title, caption, rows, columns, cells, look } = grid;
  const scale = scaleFor(Math.min(0, ...cells), Math.max(...cells), 'linear');
  const around = { ...scale, map: 'diverging' as const, low: -Math.max(scale.high, -scale.low) };
  const longest = Math.max(...cells.map((value) => written(value).length));
  const readable = look === 'digits' && longest <= LONGEST && (columns <= MOST_COLUMNS || grid.settings !== undefined);
  const { settings } = grid;
  const cell = (value: number, at: number): HTMLElement => {
    if (look === 'lit') return el('td', { class: value === 0 ? 'hole' : 'lit' });
    const rgb = colourRgb(value, around);
    // Black or white, whichever can be read on it.
    const light = (0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]) / 255 > 0.42;
    const style = { background: `rgb(${rgb.join(' ')})`, color: light ? '#000' : '#fff' };
    if (settings === undefined)
      return el('td', { style, ...(readable ? { text: written(value) } : { title: written(value) }) });
    const label = t('row {0}, column {1}', Math.floor(at / columns) + 1, (at % columns) + 1);
    return el('td', { style }, digit(`${settings}${at}`, label, value, write));
  };
  const lines = Array.from({ length: rows }, (_, r) =>
    el('tr', {}, ...cells.slice(r * columns, (r + 1) * columns).map((value, c) => cell(value, r * columns + c))),
  );
  const spoken = look === 'lit' ? t('{0}: {1} rows, {2} columns; {3}', title, rows, columns, caption) : title;
  const table = el('table', {
    class: `course-grid ${readable ? 'course-digits' : ''} ${settings === undefined ? '' : 'course-written'} ${readable && longest >= LONG ? 'course-wide' : ''}`,
    style: { '--columns': String(columns), '--rows': String(rows) },
    attrs: { 'aria-label': spoken, role: readable ? null : 'img' },
  });
  table.append(el('tbody', {}, ...lines));
  return el(
    'figure',
    { class: `course-figure course-${look}`, attrs: { 'data-grid': title } },
    table,
    el('figcaption', {}, el('span', { text: title }), caption ? el('span', { class: 'dim', text: caption }) : null),
  );
}

/** One digit that can be written over, typed or counted up and down. */
function digit(
  setting: string,
  label: string,
  value: number,
  write: (setting: string, digit: number) => void,
): HTMLElement {
  const input = el('input', {
    attrs: { type: 'number', min: 0, max: 9, step: 1, value, 'aria-label': label, 'data-cell': setting },
    on: {
      focus: () => input.select(),
      input: () => {
        // What is typed behind another digit takes its place.
        const typed = /\d(?=\D*$)/.exec(input.value);
        if (!typed) return;
        input.value = typed[0];
        write(setting, Number(typed[0]));
      },
    },
  });
  return input;
}

/** Windows within windows on the picture: the further in the net, the wider. */
export function fieldFigure({ title, caption, rows, columns, boxes }: CourseField): HTMLElement {
  const percent = (part: number, of: number): string => `${(100 * part) / of}%`;
  const frames = boxes.map(([top, bottom, left, right]) =>
    el('i', {
      style: {
        top: percent(top, rows),
        left: percent(left, columns),
        height: percent(bottom - top + 1, rows),
        width: percent(right - left + 1, columns),
      },
    }),
  );
  return el(
    'figure',
    { class: 'course-figure', attrs: { 'data-grid': title } },
    el(
      'div',
      {
        class: 'course-field',
        style: { 'aspect-ratio': `${columns} / ${rows}` },
        attrs: { role: 'img', 'aria-label': `${title}: ${caption}` },
      },
      ...frames,
    ),
    el('figcaption', {}, el('span', { text: title }), el('span', { class: 'dim', text: caption })),
  );
}
