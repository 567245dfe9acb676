/** What stands in the middle for operators that are no weighted sum over a window; the arithmetic below is the same. */
import type { Copied, Gathered, Shares, Terms } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import { el, type Child } from '../ui/dom';
import { integer } from '../ui/numbers';
import { cellSize, cellTable, largestOf, type CellLook } from './microscopeCells';
import { cellScale, indexText, placesText, powerText, signedText } from './microscopeText';
import { valueText } from './valueText';

export interface MiddleRoom {
  /** Pixels for the whole middle. */
  readonly room: number;
  readonly decimals: number;
}

export const heading = (title: string, text: string): HTMLElement =>
  el('div', { class: 'mic-heading wide' }, el('h3', { text: title }), el('p', { text }));

/** A table may take this much of the room; the arithmetic stands beside it. */
const SHARE = 0.55;

export function tableLook(values: ArrayLike<number>, extent: readonly number[], room: number): CellLook {
  const finite = Array.from(values).filter(Number.isFinite);
  const largest = largestOf(finite);
  const size = cellSize(room * SHARE, extent);
  return { largest, scale: cellScale(finite, size.width), ...size, fromZero: finite.every((value) => value >= 0) };
}

const HOW: Readonly<Record<Gathered['how'], string>> = {
  max: t('the largest wins'),
  min: t('the smallest wins'),
  mean: t('all are averaged'),
  sum: t('all are added'),
  norm: t('their norm is taken'),
};

export function gatheredView(
  { window, values, winners, neutral, how, counted, input }: Gathered,
  { room }: MiddleRoom,
): Child[] {
  const look = tableLook(values, window.extent, room);
  const outside = window.outside.filter(Boolean).length;
  const channel = input.at(-1) ?? 0;
  const words = [t('channel {0}', integer(channel)), placesText(window), HOW[how], powerText(look.scale)];
  const table = cellTable(
    {
      label: [
        t('Input patch, {0} values', integer(values.length)),
        ...(winners.length > 0 ? [t('winner {0}', valueText(values[winners[0]!]!))] : []),
      ].join(', '),
      extent: window.extent,
      values,
      outside: window.outside,
      neutral,
      marked: new Set(winners),
    },
    look,
  );
  const border =
    outside === 0
      ? ''
      : neutral === null
        ? t('Hatched: {0} outside the border do not take part; {1} do.', integer(outside), integer(counted))
        : t('Hatched: {0} outside the border; the neutral value {1} enters.', integer(outside), String(neutral));
  return [
    heading(t('Input patch'), words.filter((part) => part !== '').join(', ')),
    el('div', { class: 'mic-block' }, table),
    border ? el('p', { class: 'mic-words', text: border }) : null,
  ];
}

/** A value in the look of a cell, wherever it stands. */
export const chip = (value: number, look: CellLook, label: string): HTMLElement =>
  cellTable({ label, extent: [1], values: [value] }, look);

const listLook = (values: readonly number[]): CellLook => {
  const largest = largestOf(values);
  return { largest, scale: cellScale(values, 72), width: 72, height: 24 };
};

export function termsView({ terms, count, rest }: Terms, { decimals }: MiddleRoom): Child[] {
  const looks = {
    x: listLook(terms.map(({ x }) => x.value)),
    w: listLook(terms.map(({ w }) => w.value)),
    product: listLook(terms.map(({ product }) => product)),
  };
  const lines = terms.map(({ x, w, product }) =>
    el(
      'div',
      { class: 'mic-term', role: 'listitem' },
      el('span', { class: 'mic-index', text: indexText(x.name, x.index) }),
      chip(x.value, looks.x, indexText(x.name, x.index)),
      el('span', { class: 'mic-sign', text: '×' }),
      el('span', { class: 'mic-index', text: indexText(w.name, w.index) }),
      chip(w.value, looks.w, indexText(w.name, w.index)),
      el('span', { class: 'mic-sign', text: '=' }),
      chip(product, looks.product, t('product')),
    ),
  );
  const powers = [looks.x, looks.w, looks.product].map(({ scale }) => powerText(scale));
  const notes = [t('inputs'), t('weights'), t('products')].flatMap((what, i) =>
    powers[i] ? [`${what} ${powers[i]}`] : [],
  );
  const all = count === 1 ? t('1 product') : t('{0} products', integer(count));
  const words = rest ? t('the {0} largest of {1} products', integer(terms.length), integer(count)) : all;
  return [
    heading(t('Every input times its own weight'), [words, ...notes].join('; ')),
    el('div', { class: 'mic-terms', role: 'list' }, ...lines),
    rest
      ? el(
          'div',
          { class: 'mic-rest' },
          el('span', { text: t('{0} more products', integer(rest.count)) }),
          el('span', { class: 'mic-number', text: signedText({ sign: '+', value: rest.sum }, decimals) }),
        )
      : null,
  ];
}

export function sharesView({ parts, count, rest }: Shares): Child[] {
  const largest = largestOf(parts.map(({ part }) => part)) || 1;
  const lines = parts.map(({ x, part, own }) =>
    el(
      'div',
      { class: own ? 'mic-share own' : 'mic-share', role: 'listitem', attrs: own ? { 'aria-current': 'true' } : {} },
      el('span', { class: 'mic-index', text: indexText(x.name, x.index) }),
      el('span', { class: 'mic-number', text: valueText(x.value) }),
      el('span', { class: 'mic-track' }, el('i', { style: { width: `${(100 * part) / largest}%` } })),
      el('span', { class: 'mic-number', text: valueText(part) }),
    ),
  );
  return [
    heading(t('Powers of all scores'), t('exp(X − largest X) of {0}; this unit’s own is marked', integer(count))),
    el('div', { class: 'mic-shares', role: 'list' }, ...lines),
    rest
      ? el(
          'div',
          { class: 'mic-rest' },
          el('span', { text: t('{0} more', integer(rest.count)) }),
          el('span', { class: 'mic-number', text: `+ ${valueText(rest.sum)}` }),
        )
      : null,
  ];
}

export function copiedView({ from, parts }: Copied): Child[] {
  const title = from ? t('Taken over as it is') : t('Filled in');
  const own = parts.find((part) => part.own);
  const words = from
    ? own
      ? t(
          'from {0}: {1} of the joined channels, from {2} on',
          indexText(from.name, from.index),
          integer(own.count),
          integer(own.start),
        )
      : t('from {0}', indexText(from.name, from.index))
    : t('no element of the input stands here');
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  return [
    heading(title, words),
    parts.length > 1
      ? el(
          'div',
          {
            class: 'mic-parts',
            role: 'img',
            attrs: { 'aria-label': parts.map(({ name, count }) => `${name} ${count}`).join(' + ') },
          },
          ...parts.map((part) =>
            el('span', {
              class: part.own ? 'own' : '',
              text: `${part.name} · ${integer(part.count)}`,
              style: { 'flex-grow': String(part.count / total) },
            }),
          ),
        )
      : null,
  ];
}
