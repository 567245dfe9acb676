/** Totals of both nets side by side, and every difference; a click shows it in the graph. */
import './comparePanel.css';
import { t } from '../../src/core/l10n/l10n';
import type { DiffMark } from '../../src/core/view/types';
import type { ChangeText, ComparisonView, DifferenceText } from '../../src/protocol/compare';
import type { PageContext } from '../state/context';
import type { CompareStore } from '../state/compare';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { countText, MARK_WORDS, MARKS, signOf } from './compareSigns';

/** Rows that are made at a time. */
const AT_ONCE = 300;

interface Filter {
  readonly marks: ReadonlySet<DiffMark>;
  readonly plumbing: boolean;
}

export interface ComparePanel {
  readonly next: () => void;
  readonly previous: () => void;
}

export function mountComparePanel(parent: HTMLElement, context: PageContext, compare: CompareStore): ComparePanel {
  const { store } = context;
  const page = el('div', { class: 'compare-panel', attrs: { 'data-testid': 'differences' } });
  parent.append(page);
  const chips = el('div', { class: 'compare-chips', role: 'group', attrs: { 'aria-label': t('What is listed') } });
  const list = el('ul', { class: 'compare-list', attrs: { 'aria-label': t('Differences') } });
  const top = el('div');
  page.append(top, chips, list);
  let filter: Filter = { marks: new Set<DiffMark>(['changed', 'added', 'removed']), plumbing: false };
  let listed: readonly ChangeText[] = [];
  let made = 0;
  let shown: ComparisonView | null = null;

  const select = (node: number): void => {
    store.dispatch({ do: 'select', node });
    context.stage?.reveal(node);
  };
  const step = (by: number): void => {
    if (!listed.length) {
      context.announce(t('No differences are listed'));
      return;
    }
    const { selection } = store.get();
    const at = listed.findIndex(({ node }) => node === selection);
    const to = at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length;
    while (made <= to) more();
    const change = listed[to]!;
    select(change.node);
    context.announce(spoken(change));
  };
  const more = (): void => {
    const until = Math.min(listed.length, made + AT_ONCE);
    list.querySelector('.compare-more')?.remove();
    list.append(...listed.slice(made, until).map((change) => row(change, select)));
    made = until;
    if (made < listed.length) {
      const rest = el('button', {
        class: 'link',
        text: t('{0} more', integer(listed.length - made)),
        attrs: { type: 'button' },
        on: { click: more },
      });
      list.append(el('li', { class: 'compare-more' }, rest));
    }
    mark(store.get().selection);
  };
  const mark = (selection: number | null): void => {
    for (const on of list.querySelectorAll('[aria-current]')) on.removeAttribute('aria-current');
    const at = selection === null ? null : list.querySelector<HTMLElement>(`[data-node="${selection}"]`);
    at?.setAttribute('aria-current', 'true');
    at?.scrollIntoView({ block: 'nearest' });
  };
  const show = (view: ComparisonView): void => {
    shown = view;
    listed = view.changes.filter((c) => (c.plumbing ? filter.plumbing : filter.marks.has(c.mark)));
    fill(top, ...totals(view));
    fill(chips, ...filters(view));
    fill(list);
    made = 0;
    if (listed.length) more();
    else fill(list, el('li', { class: 'compare-none', text: emptyText(view) }));
  };
  const filters = (view: ComparisonView): HTMLElement[] => {
    const chip = (on: boolean, content: readonly (Node | string)[], toggle: () => void): HTMLElement => {
      const button = el('button', {
        class: 'compare-chip',
        attrs: { type: 'button', 'aria-pressed': String(on) },
        on: {
          click: () => {
            toggle();
            const index = [...chips.children].indexOf(button);
            if (shown) show(shown);
            (chips.children[index] as HTMLElement | undefined)?.focus();
          },
        },
      });
      fill(button, ...content);
      return button;
    };
    const drawn = view.changes.filter((c) => !c.plumbing);
    const plumbing = view.changes.length - drawn.length;
    return [
      ...MARKS.flatMap((one) => {
        const n = drawn.filter((c) => c.mark === one).length;
        if (!n) return [];
        return chip(filter.marks.has(one), [signOf(one), countText(one, n)], () => {
          const marks = new Set(filter.marks);
          if (!marks.delete(one)) marks.add(one);
          filter = { ...filter, marks };
        });
      }),
      ...(plumbing
        ? [
            chip(filter.plumbing, [t('{0} in constants and shapes', integer(plumbing))], () => {
              filter = { ...filter, plumbing: !filter.plumbing };
            }),
          ]
        : []),
    ];
  };
  list.addEventListener('keydown', (event) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const now = (event.target as Element).closest('li');
    const to = by > 0 ? now?.nextElementSibling : by < 0 ? now?.previousElementSibling : null;
    const button = to?.querySelector('button');
    if (!button) return;
    event.preventDefault();
    button.focus();
    if (button.dataset.node !== undefined) select(Number(button.dataset.node));
  });
  store.subscribe((state, before) => {
    if (state.selection !== before.selection) mark(state.selection);
  });
  compare.watch(show);
  return { next: () => step(1), previous: () => step(-1) };
}

const emptyText = ({ equal, changes }: ComparisonView): string =>
  equal && changes.every((c) => c.plumbing)
    ? t('The same net. Names, exporters and the elements of weights are not compared.')
    : t('Nothing of the kind that is chosen above.');

const spoken = ({ mark, title, label, path, differences }: ChangeText): string =>
  [
    `${MARK_WORDS[mark]}: ${[title, label].filter(Boolean).join(' ')}, ${path}.`,
    ...differences
      .filter(({ own }) => own)
      .map((d) => t('{0}: {1}, now {2}.', d.what, d.before || t('none'), d.after || t('none'))),
  ].join(' ');

const DASH = '—';

function totals({ before, after, totals: rows, ends }: ComparisonView): HTMLElement[] {
  const head = (text: string, more = '', title = ''): HTMLElement =>
    el('th', { title, attrs: { scope: 'col' } }, el('span', { text }), more ? el('small', { text: more }) : null);
  const twice = before.name === after.name;
  const table = el(
    'table',
    { class: 'compare-totals', attrs: { 'data-testid': 'totals' } },
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        el('td'),
        ...[before, after].map(({ name, place, about }) =>
          head(name, twice ? place : '', [name, place, about].filter(Boolean).join(' · ')),
        ),
        head(t('Change')),
      ),
    ),
    el(
      'tbody',
      {},
      ...rows.map(({ label, before: old, after: now, change }) =>
        el(
          'tr',
          { class: change === '=' ? 'compare-equal' : '' },
          el('th', { text: label, attrs: { scope: 'row' } }),
          ...[old, now, change].map((text) => el('td', { class: 'num', text })),
        ),
      ),
    ),
  );
  if (!ends.length) return [table];
  return [table, el('dl', { class: 'compare-ends' }, ...ends.map(difference))];
}

function difference({ what, before, after, own }: DifferenceText): HTMLElement {
  return el(
    'div',
    { class: own ? 'compare-own' : 'compare-follows' },
    el('dt', { text: what }),
    el(
      'dd',
      { class: 'num' },
      el('del', { text: before || DASH }),
      el('span', { text: ' → ' }),
      el('ins', { text: after || DASH }),
    ),
  );
}

function row(change: ChangeText, select: (node: number) => void): HTMLElement {
  const { node, mark, title, label, path, differences } = change;
  const button = el(
    'button',
    {
      class: 'compare-row',
      attrs: { type: 'button', 'data-node': node, 'data-mark': mark },
      on: { click: () => select(node) },
    },
    signOf(mark),
    el('span', { class: 'sr-only', text: `${MARK_WORDS[mark]}: ` }),
    el('b', { text: title }),
    el('span', { class: 'compare-label', text: label }),
    el('span', { class: 'compare-path', text: path, title: path }),
  );
  return el(
    'li',
    {},
    button,
    differences.length ? el('dl', { class: 'compare-differences' }, ...differences.map(difference)) : null,
  );
}
