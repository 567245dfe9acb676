/** A corner of a map as numbers, in the colours of the map. */
import { t } from '../../src/core/l10n/l10n';
import { isInside, type MapWindow } from '../state/beside';
import { colourRgb, inkOn, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';
import { shortValue, valueText } from './valueText';

/** Longer texts would not fit into a cell. */
const LONGEST = 6;
/** More columns than this are narrower. */
const WIDE = 4;

export interface Corner {
  readonly scale: ColourScale;
  readonly window: MapWindow;
  /** Null where nothing stands. */
  value(row: number, column: number): number | null;
  /** Units that are pointed at; null where what is pointed at lies in another map. */
  readonly chosen: MapWindow | null;
  /** Outlined: the largest of a window, or where it returned to. */
  won?(row: number, column: number): boolean;
  /** Units that stand for one of a coarser map, `[rows, columns]`: lines are drawn between those. */
  readonly blocks: readonly [number, number];
  readonly testId: string;
}

const span = (first: number, count: number): string =>
  count === 1 ? integer(first) : `${integer(first)}…${integer(first + count - 1)}`;

/** `rows 30…33, columns 24…27`. */
export const cornerWords = ({ top, left, rows, columns }: MapWindow): string =>
  t('rows {0}, columns {1}', span(top, rows), span(left, columns));

/** As many digits as there is room for. */
export function cellText(value: number): string {
  const text = valueText(value);
  return text.length <= LONGEST ? text : shortValue(value);
}

export function cornerTable(corner: Corner): HTMLElement {
  const { scale, window, chosen, blocks, testId } = corner;
  const { top, left, rows, columns } = window;
  const numbers = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at);
  const edge = (at: number, block: number): boolean => block > 1 && at % block === 0;
  const cell = (row: number, column: number): HTMLElement => {
    const value = corner.value(row, column);
    const place = { 'data-row': row, 'data-column': column };
    if (value === null) return el('td', { class: 'none', attrs: place });
    const rgb = colourRgb(Number.isFinite(value) ? value : 0, scale);
    const won = corner.won?.(row, column) ?? false;
    const classes = [
      edge(row, blocks[0]) ? 'above' : '',
      edge(column, blocks[1]) ? 'before' : '',
      won ? 'won' : '',
      chosen && isInside(chosen, row, column) ? 'chosen' : '',
    ];
    return el(
      'td',
      {
        class: classes.filter(Boolean).join(' '),
        text: cellText(value),
        title: valueText(value),
        attrs: { ...place, 'data-value': value },
        style: { background: `rgb(${rgb.join(' ')})`, color: inkOn(rgb) },
      },
      won ? el('span', { class: 'sr-only', text: ` ${t('outlined')}` }) : null,
    );
  };
  const head = el(
    'tr',
    {},
    el('td', {}),
    ...numbers(left, columns).map((column) => el('th', { text: integer(column), attrs: { scope: 'col' } })),
  );
  const lines = numbers(top, rows).map((row) =>
    el(
      'tr',
      {},
      el('th', { text: integer(row), attrs: { scope: 'row' } }),
      ...numbers(left, columns).map((column) => cell(row, column)),
    ),
  );
  return el(
    'table',
    {
      class: columns > WIDE ? 'beside-corner narrow' : 'beside-corner',
      attrs: { 'data-testid': testId, 'aria-label': cornerWords(window) },
    },
    el('thead', {}, head),
    el('tbody', {}, ...lines),
  );
}
