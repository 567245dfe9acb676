/** Max unpooling: the place a max pooling kept travels here, and the value at hand is put back there. */
import type { Kept } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import type { KeptBy } from '../state/lens';
import { el, type Child } from '../ui/dom';
import { integer } from '../ui/numbers';
import { cellTable } from './microscopeCells';
import { chip, heading, tableLook, type MiddleRoom } from './microscopeMiddle';
import { indexText, placesText } from './microscopeText';
import { valueText } from './valueText';

/** Two tables and what stands between them share the room. */
const SHARE = 0.4;

/** An arrow with words on it, and what it leads to: they stay together where rows break. */
const step = (text: string, to: HTMLElement): HTMLElement =>
  el(
    'div',
    { class: 'mic-kept-step' },
    el(
      'span',
      { class: 'mic-arrow' },
      el('span', { class: 'mic-index', text }),
      el('span', { text: '→', attrs: { 'aria-hidden': 'true' } }),
    ),
    to,
  );

/** Selects the pooling at the unit that kept the index, in the same channel. */
export const lookAt =
  (store: AppStore) =>
  ({ node: { id }, unit }: KeptBy): void => {
    const { channel } = store.get();
    store.dispatch({ do: 'select', node: id });
    store.dispatch({ do: 'channel', channel });
    store.dispatch({ do: 'unit', unit });
  };

/** The window of the pooling, its winner outlined. */
function keeperTable({ node, window: { window, values, winners } }: KeptBy, room: number): HTMLElement {
  const table = cellTable(
    {
      label: t('What {0} chose from, {1}', node.shortName, placesText(window)),
      extent: window.extent,
      values,
      outside: window.outside,
      neutral: null,
      marked: new Set(winners),
    },
    tableLook(values, window.extent, room * SHARE),
  );
  const name = el('span', { class: 'mic-index', text: `${node.shortName}, ${placesText(window)}` });
  return el('div', { class: 'mic-kept-from', attrs: { 'data-testid': 'kept-by' } }, table, name);
}

export function keptView(
  { from, window, values, own }: Kept,
  keptBy: KeptBy | null,
  { room }: MiddleRoom,
  go: (keeper: KeptBy) => void,
): Child[] {
  const look = tableLook(values, window.extent, room * SHARE);
  const table = cellTable(
    {
      label: t('Output, {0}', placesText(window)),
      extent: window.extent,
      values,
      outside: window.outside,
      neutral: null,
      marked: new Set([own]),
    },
    look,
  );
  const source = from
    ? el(
        'div',
        { class: 'mic-kept-from' },
        el('span', { class: 'mic-index', text: indexText(from.name, from.index) }),
        chip(from.value, { ...look, width: 64, height: 28 }, t('pooled value')),
        keptBy ? null : el('span', { class: 'mic-index', text: t('kept index {0}', integer(from.target)) }),
      )
    : el('div', { class: 'mic-kept-from' }, el('span', { class: 'mic-index', text: t('no kept index points here') }));
  return [
    heading(t('Back to where the maximum was'), t('output {0}; this unit is outlined', placesText(window))),
    el(
      'div',
      { class: 'mic-kept' },
      keptBy && from ? keeperTable(keptBy, room) : null,
      keptBy && from ? step(t('kept index {0}', integer(from.target)), source) : source,
      step(
        '',
        el(
          'div',
          { class: 'mic-kept-from' },
          table,
          el('span', { class: 'mic-index', text: t('output {0}', placesText(window)) }),
        ),
      ),
    ),
    ...(keptBy ? [keeperWords(keptBy, go)] : []),
  ];
}

function keeperWords(keptBy: KeptBy, go: (keeper: KeptBy) => void): HTMLElement {
  const { node, unit, window } = keptBy;
  const [columns, rows] = [window.window.extent.at(-1) ?? 1, window.window.extent.at(-2) ?? 1];
  const cell = window.winners[0] ?? 0;
  const place = window.window.positions.map(
    (positions, axis) =>
      positions[axis === window.window.positions.length - 1 ? cell % columns : Math.floor(cell / columns) % rows] ?? 0,
  );
  const tie =
    window.winners.length > 1
      ? ` ${t('{0} inputs share the largest value; the first of them wins.', window.winners.length)}`
      : '';
  return el(
    'p',
    { class: 'mic-words', attrs: { 'data-testid': 'kept-words' } },
    `${t(
      'Unit [{0}] of {1} had its largest value, {2}, at [{3}] and kept that place as the index. The value here goes back to the same place; all others are 0.',
      unit.join(', '),
      node.shortName,
      valueText(window.values[cell] ?? 0),
      place.join(', '),
    )}${tie} `,
    el('button', {
      class: 'link-quiet',
      text: t('Look at {0}', node.shortName),
      attrs: { type: 'button', 'data-testid': 'kept-go' },
      on: { click: () => go(keptBy) },
    }),
  );
}
