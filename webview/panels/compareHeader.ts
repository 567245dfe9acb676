/** The two files, how many differences there are, and the tools of the graph. */
import './header.css';
import './compareHeader.css';
import { t } from '../../src/core/l10n/l10n';
import type { ComparisonView } from '../../src/protocol/compare';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import type { CompareStore } from '../state/compare';
import { oneLevel } from '../state/modules';
import { el, fill, icon } from '../ui/dom';
import { tool } from '../ui/index';
import { integer } from '../ui/numbers';
import { countText, MARKS, signOf } from './compareSigns';

export interface CompareWays {
  readonly next: () => void;
  readonly previous: () => void;
  readonly swap: () => void;
}

export function mountCompareHeader(
  parent: HTMLElement,
  context: PageContext,
  compare: CompareStore,
  { next, previous, swap }: CompareWays,
): void {
  const { store } = context;
  const title = el('h1', { class: 'head-title' });
  const facts = el('span', { class: 'facts compare-counts', attrs: { 'data-testid': 'compare-counts' } });
  const line = (): HTMLElement => el('span', { class: 'head-line wide-only' });
  const side = tool('list-flat', t('Differences'), () => {
    store.dispatch({ do: 'inspector', open: !store.get().inspectorOpen });
  });
  const table = tool('table', t('Layers (5)'), () => {
    const open = store.get().mode === 'workbench';
    store.dispatch({ do: 'mode', mode: open ? 'graph' : 'workbench', tab: 'layers' });
  });
  fill(
    parent,
    el('span', { class: 'head-file' }, icon('git-compare'), title),
    facts,
    el(
      'span',
      { class: 'tools' },
      tool('arrow-up', t('Previous difference (P)'), previous),
      tool('arrow-down', t('Next difference (N)'), next),
    ),
    line(),
    el(
      'span',
      { class: 'tools' },
      tool('search', t('Find (/)'), () => store.dispatch({ do: 'find', find: { open: !store.get().find.open } })),
      el(
        'span',
        { class: 'tools wide-only' },
        tool('expand-all', t('Open one level (E)'), () => oneLevel(store, true)),
        tool('collapse-all', t('Close one level (Shift+E)'), () => oneLevel(store, false)),
        tool('arrow-swap', t('Direction (D)'), () => store.dispatch({ do: 'direction' })),
      ),
      tool('screen-full', t('Fit (F)'), () => context.stage?.fit()),
    ),
    line(),
    el('span', { class: 'tools' }, tool('arrow-both', t('Swap sides'), swap), table, side),
  );
  compare.watch((view) => {
    title.textContent = `${view.before.name} ↔ ${view.after.name}`;
    title.title = [view.before, view.after]
      .map(({ name, place, about }) => [name, place, about].filter(Boolean).join(' · '))
      .join('\n');
    fill(facts, ...counts(view));
  });
  const pressed = (button: HTMLElement, on: boolean): void => {
    button.classList.toggle('on', on);
    button.setAttribute('aria-pressed', String(on));
  };
  const show = ({ inspectorOpen, mode }: AppState): void => {
    pressed(side, inspectorOpen);
    pressed(table, mode === 'workbench');
  };
  show(store.get());
  store.subscribe((state, before) => {
    if (state.inspectorOpen !== before.inspectorOpen || state.mode !== before.mode) show(state);
  });
}

function counts({ changes, equal, same }: ComparisonView): HTMLElement[] {
  if (equal) return [el('span', { class: 'fact', text: t('the same net: {0} operators correspond', integer(same)) })];
  return MARKS.flatMap((mark) => {
    const n = changes.filter((change) => change.mark === mark && !change.plumbing).length;
    if (!n) return [];
    const words = countText(mark, n);
    // Where there is no room for the words, the sign and the number say it: the list beside has the words too.
    const short = el('span', { class: 'compare-short', text: integer(n), attrs: { 'aria-hidden': 'true' } });
    const fact = { class: 'fact', title: words };
    return [el('span', fact, signOf(mark), ' ', el('span', { class: 'compare-words', text: words }), short)];
  });
}
