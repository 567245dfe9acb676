/** Find: a query, its hits by module, and walking them with Enter. */
import './findBar.css';
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { find, standing } from '../state/find';
import { el, fill, icon, type Child } from '../ui/dom';
import { compact, integer, percent } from '../ui/numbers';
import { createFindInput } from './findInput';

/** Rows that exist; a query with more hits says how many there are. */
const MOST_ROWS = 300;

export function mountFindBar(parent: HTMLElement, context: PageContext): void {
  const { store } = context;
  const input = createFindInput();
  const count = el('span', { class: 'find-count num' });
  const summary = el('div', { class: 'find-summary dim' });
  const list = el('div', { class: 'find-list', role: 'listbox', attrs: { 'aria-label': t('Hits'), tabindex: -1 } });
  fill(parent, el('div', { class: 'find-field' }, icon('search'), input, count), summary, list);

  const walk = (step: number): void => {
    const { hits, at } = store.get().find;
    if (!hits.length) return;
    const next = (at + step + hits.length) % hits.length;
    choose(context, hits, next);
  };
  let fresh = true;
  let last: { readonly key: readonly unknown[]; readonly found: ReturnType<typeof standing> } | null = null;
  // Walking the hits asks for the same again.
  const search = (scene: Scene, query: string): ReturnType<typeof standing> => {
    const { plumbing } = store.get();
    const key = [scene, query, plumbing];
    if (!last?.key.every((one, i) => one === key[i]))
      last = { key, found: standing(scene, find(scene, query), plumbing) };
    return last.found;
  };
  input.addEventListener('input', () => {
    const { scene } = store.get();
    const { hits, folded } = scene ? search(scene, input.value) : { hits: [], folded: 0 };
    fresh = true;
    store.dispatch({ do: 'find', find: { query: input.value, hits, at: 0 } });
    const counted = hits.length === 1 ? t('1 hit') : t('{0} hits', hits.length);
    context.announce(folded ? `${counted}, ${foldedText(folded)}` : counted);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      // The first Enter goes to the first hit, not to the second.
      walk(fresh ? 0 : event.shiftKey ? -1 : 1);
      fresh = false;
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      walk(event.key === 'ArrowDown' ? 1 : -1);
      fresh = false;
    } else if (event.key === 'Escape') {
      store.dispatch({ do: 'find', find: { open: false } });
      context.stage?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const show = (state: AppState, previous: AppState | null): void => {
    const opened = state.find.open && previous?.find.open !== true;
    parent.hidden = !state.find.open;
    if (!state.find.open || !state.scene) return;
    if (input.value !== state.find.query) input.value = state.find.query;
    const { hits, at, query } = state.find;
    count.textContent = query.trim() ? (hits.length ? t('{0} of {1}', at + 1, hits.length) : t('no hits')) : '';
    fill(summary, ...summaryOf(context, state.scene, hits, search(state.scene, query).folded));
    if (opened || hits !== previous?.find.hits || state.scene !== previous.scene)
      fill(list, ...rows(context, state.scene, hits));
    mark(list, at);
    if (opened) {
      input.focus();
      input.select();
    }
  };
  show(store.get(), null);
  store.subscribe((state, previous) => {
    const { scene, find: asked } = state;
    if (state.plumbing !== previous.plumbing && scene && asked.query)
      store.dispatch({ do: 'find', find: { hits: search(scene, asked.query).hits, at: 0 } });
    if (state.find !== previous.find || state.scene !== previous.scene) show(state, previous);
  });
}

function choose({ store, stage }: PageContext, hits: readonly number[], at: number): void {
  const node = hits[at];
  if (node === undefined) return;
  store.dispatch({ do: 'find', find: { at } });
  store.dispatch({ do: 'select', node });
  stage?.reveal(node);
}

const foldedText = (count: number): string => t('{0} folded away in constants and shapes', integer(count));

/** `37 of 122 operators · 4.28 G MACs · 37 % · 12 folded away`, the last as a way to them. */
function summaryOf({ store }: PageContext, scene: Scene, hits: readonly number[], folded: number): Child[] {
  const words = totalsOf(scene, hits);
  if (!folded) return [words];
  const show = el('button', {
    class: 'link',
    text: foldedText(folded),
    title: t('Show shape plumbing'),
    attrs: { type: 'button', 'data-testid': 'find-folded' },
    on: { click: () => store.dispatch({ do: 'toggle', what: 'plumbing' }) },
  });
  return [words && `${words} · `, show];
}

function totalsOf(scene: Scene, hits: readonly number[]): string {
  if (!hits.length) return '';
  // As everywhere: constants and shape arithmetic are not counted among the operators.
  const { operators } = scene.header;
  const counted = hits.filter((n) => !scene.nodes[n]?.plumbing).length;
  const macs = hits.reduce((sum, n) => sum + (scene.nodes[n]?.macs ?? 0), 0);
  const parts = [t('{0} of {1} operators', integer(counted), integer(operators))];
  if (counted < hits.length) parts.push(t('{0} in constants and shapes', integer(hits.length - counted)));
  if (macs) parts.push(t('{0} MACs', compact(macs)));
  if (macs && scene.header.macs) parts.push(percent(macs / scene.header.macs));
  return parts.join(' · ');
}

function rows(context: PageContext, scene: Scene, hits: readonly number[]): HTMLElement[] {
  const counts = new Map<string, number>();
  const moduleOf = (node: number): string => {
    let group = scene.nodes[node]?.group ?? null;
    while (group !== null && (scene.groups[group]?.parent ?? null) !== null)
      group = scene.groups[group]?.parent ?? null;
    return group === null ? '' : (scene.groups[group]?.name ?? '');
  };
  for (const node of hits) counts.set(moduleOf(node), (counts.get(moduleOf(node)) ?? 0) + 1);
  const elements: HTMLElement[] = [];
  let module: string | null = null;
  hits.slice(0, MOST_ROWS).forEach((id, at) => {
    const node = scene.nodes[id];
    if (!node) return;
    const name = moduleOf(id);
    if (name !== module && name)
      elements.push(
        el(
          'div',
          { class: 'find-module', role: 'presentation' },
          el('span', { text: name }),
          el('span', { class: 'dim num', text: String(counts.get(name) ?? 0) }),
        ),
      );
    module = name;
    const sees = node.sees === null ? '' : node.sees === 'all' ? t('sees all') : t('sees {0}', integer(node.sees));
    elements.push(
      el(
        'div',
        {
          class: 'find-hit num',
          role: 'option',
          attrs: { 'data-at': at, 'data-node': id },
          on: { click: () => choose(context, hits, at) },
        },
        el('span', { class: 'find-name', text: nameOf(scene, id), title: node.name }),
        el('span', { class: 'right', text: sees }),
        el('span', { class: 'right', text: node.macs ? compact(node.macs) : node.title }),
      ),
    );
  });
  if (hits.length > MOST_ROWS)
    elements.push(el('div', { class: 'find-hit dim', text: t('{0} more…', integer(hits.length - MOST_ROWS)) }));
  return elements;
}

/** `layer3.6.conv2`: the innermost module and the layer's own name. */
function nameOf(scene: Scene, id: number): string {
  const node = scene.nodes[id];
  if (!node) return '';
  const group = node.group === null ? '' : (scene.groups[node.group]?.name ?? '');
  return group ? `${group}.${node.shortName}` : node.shortName || node.name;
}

function mark(list: HTMLElement, at: number): void {
  for (const row of list.querySelectorAll('.find-hit')) {
    const on = row.getAttribute('data-at') === String(at);
    row.classList.toggle('on', on);
    row.setAttribute('aria-selected', String(on));
    if (on) row.scrollIntoView({ block: 'nearest' });
  }
}
