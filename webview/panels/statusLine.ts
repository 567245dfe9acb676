/** Where the selection lies in the net, what it sees, and the zoom. */
import './statusLine.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppState } from '../state/app';
import type { PageContext } from '../state/context';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';

export function mountStatusLine(parent: HTMLElement, context: PageContext): void {
  const { store } = context;
  const path = el('nav', { class: 'crumbs', attrs: { 'aria-label': t('Modules around the selection') } });
  const facts = el('span', { class: 'status-facts' });
  const hint = el('span', { class: 'status-hint' });
  const zoom = el('span', { class: 'status-zoom', title: t('Zoom') });
  fill(parent, path, facts, el('span', { class: 'grow' }), hint, zoom);

  const show = (state: AppState): void => {
    fill(path, ...crumbs(state, context));
    facts.textContent = sightOf(state);
    hint.textContent = hintOf(state);
  };
  show(store.get());
  store.subscribe((state, previous) => {
    if (
      state.scene !== previous.scene ||
      state.selection !== previous.selection ||
      state.selectedGroup !== previous.selectedGroup ||
      state.find !== previous.find ||
      state.hover !== previous.hover ||
      state.mode !== previous.mode ||
      state.tab !== previous.tab ||
      state.direction !== previous.direction
    )
      show(state);
  });
  let shown = '';
  context.stage?.onMove(() => {
    const percent = (context.stage?.camera().zoom ?? 1) * 100;
    const text = percent < 1 ? '<1\u00a0%' : `${Math.round(percent)}\u00a0%`;
    if (text !== shown) zoom.textContent = shown = text;
  });
}

function crumbs({ scene, selection, selectedGroup }: AppState, { store, stage }: PageContext): HTMLElement[] {
  if (!scene) return [];
  const title = scene.title.replace(/(\.cnn)?\.[^.]+$/, '');
  const groups: number[] = [];
  const first = selectedGroup ?? (selection === null ? null : (scene.nodes[selection]?.group ?? null));
  for (let g = first; g !== null; g = scene.groups[g]?.parent ?? null) groups.unshift(g);
  const crumb = (text: string, run: () => void): HTMLElement =>
    el('button', { class: 'crumb', text, attrs: { type: 'button' }, on: { click: run } });
  const list = [
    crumb(title, () => {
      store.dispatch({ do: 'select', node: null });
      stage?.fit();
    }),
    ...groups.map((g) =>
      crumb(scene.groups[g]?.name ?? '', () => store.dispatch({ do: 'select', node: null, group: g })),
    ),
  ];
  if (selection !== null) list.push(el('span', { class: 'crumb here', text: scene.nodes[selection]?.shortName ?? '' }));
  return list;
}

/** `sees 99 of 224 px`; of a module, at its end. */
function sightOf({ scene, selection, selectedGroup }: AppState): string {
  if (!scene) return '';
  const sees = selectedGroup === null ? scene.nodes[selection ?? -1]?.sees : scene.groups[selectedGroup]?.seesAfter;
  if (sees === null || sees === undefined) return '';
  const atEnd = selectedGroup !== null;
  if (sees === 'all') return atEnd ? t('sees all of the input at its end') : t('sees all of the input');
  const px = integer(sees);
  if (!scene.imageSize) return atEnd ? t('sees {0} px at its end', px) : t('sees {0} px', px);
  const input = Math.max(...scene.imageSize);
  const whole = integer(input);
  if (sees > input)
    return atEnd
      ? t('sees {0} px at its end, more than the {1} of the input', px, whole)
      : t('sees {0} px, more than the {1} of the input', px, whole);
  return atEnd ? t('sees {0} of {1} px at its end', px, whole) : t('sees {0} of {1} px', px, whole);
}

function hintOf({ scene, selection, hover, find, mode, tab }: AppState): string {
  if (!scene) return '';
  if (mode === 'workbench' && tab === 'layers')
    return t('click a heading to sort · Enter shows the layer in the graph · / filter');
  if (mode === 'workbench' && tab === 'depth') return t('click selects a layer · Enter shows it in the graph');
  if (find.open) return t('Enter next hit · Shift+Enter previous · Esc clear');
  const under = hover === null ? null : scene.nodes[hover];
  if (under && selection !== null && selection !== hover)
    return t('pinned: {0} · under the pointer: {1}', scene.nodes[selection]?.shortName ?? '', under.shortName);
  const dashed = scene.edges.find((e) => e.kind === 'auxiliary');
  // Only what stands in the first of two models carries no value of the scene.
  if (dashed)
    return dashed.value === -1 ? t('dashed: only in the first model') : t('dashed: leads to an auxiliary output');
  return t('size of every edge: C×H×W');
}
