/** Which layers stand side by side: found by a query, ticked in the order they shall stand. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { AppStore } from '../state/app';
import { MOST_BESIDE, toggled } from '../state/beside';
import { matcher } from '../state/find';
import { el, fill, icon } from '../ui/dom';
import { integer } from '../ui/numbers';
import { createFindInput } from './findInput';
import { layerWords, pathOf } from './walk';

/** Rows that exist; with more hits one types a longer query. */
const MOST_ROWS = 200;

/** Layers whose output has places, with the steps of a box (before an activation, after it) each on its own. */
export const comparable = (node: SceneNode): boolean =>
  !node.plumbing && node.outputs.length > 0 && (node.spatial.length > 0 || node.sizeOut === '');

/** Hits of a query, those of the first chosen layer's extents before the others. */
export function offered(scene: Scene, query: string, layers: readonly number[]): readonly SceneNode[] {
  const test = matcher(query) ?? (() => true);
  const hits = scene.nodes.filter((node) => comparable(node) && test(node));
  const extents = scene.nodes[layers[0] ?? -1]?.spatial.join();
  if (extents === undefined) return hits;
  const equal = (node: SceneNode): boolean => node.spatial.join() === extents;
  return [...hits.filter(equal), ...hits.filter((node) => !equal(node))];
}

export interface BesideChoice {
  readonly element: HTMLElement;
  open(): void;
  stop(): void;
}

/** `closed` is called when Escape or its button closes it. */
export function createBesideChoice(store: AppStore, closed: () => void): BesideChoice {
  const input = createFindInput();
  const count = el('span', { class: 'find-count num', attrs: { 'aria-live': 'polite' } });
  const list = el('div', {
    class: 'beside-list',
    role: 'group',
    attrs: { 'aria-label': t('Layers to put side by side') },
  });
  const element = el(
    'div',
    { class: 'beside-choice', attrs: { 'data-testid': 'beside-choice' } },
    el('div', { class: 'find-field' }, icon('search'), input, count),
    list,
  );
  const boxes = new Map<number, HTMLInputElement>();

  const toggle = (node: number): void =>
    store.dispatch({ do: 'beside', beside: { layers: toggled(store.get().beside.layers, node) } });

  function row(scene: Scene, node: SceneNode): HTMLElement {
    const box = el('input', {
      attrs: { type: 'checkbox', 'data-node': node.id },
      on: { change: () => toggle(node.id) },
    });
    boxes.set(node.id, box);
    return el(
      'label',
      { class: 'beside-row' },
      box,
      el('i', { class: 'beside-dot', style: { background: `var(--${node.family})` } }),
      el('span', { class: 'wb-cut', text: layerWords(node) }),
      el('span', { class: 'wb-cut dim', text: pathOf(scene, node), title: node.name }),
      el('span', { class: 'dim num', text: node.sizeOut }),
    );
  }

  /** Rows stay where they are while they are ticked: they are put in order when one looks for something. */
  function offer(): void {
    const { scene, beside } = store.get();
    boxes.clear();
    const hits = scene ? offered(scene, input.value, beside.layers) : [];
    const rows = scene ? hits.slice(0, MOST_ROWS).map((node) => row(scene, node)) : [];
    const more = hits.length - rows.length;
    fill(list, ...rows, more > 0 && el('p', { class: 'wb-note', text: t('{0} more…', integer(more)) }));
    if (hits.length === 0) fill(list, el('p', { class: 'wb-note', text: t('no hits') }));
    list.scrollTop = 0;
    mark();
  }

  function mark(): void {
    const { layers } = store.get().beside;
    const full = layers.length >= MOST_BESIDE;
    count.textContent = t('{0} of {1}', layers.length, MOST_BESIDE);
    for (const [node, box] of boxes) {
      box.checked = layers.includes(node);
      box.disabled = full && !box.checked;
    }
  }

  input.addEventListener('input', offer);
  element.addEventListener('keydown', (event) => {
    const stops = [input, ...[...boxes.values()].filter((box) => !box.disabled)];
    const at = stops.indexOf(document.activeElement as HTMLInputElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
    else if (event.key === 'Enter' && at >= 0) (at === 0 ? stops[1] : stops[at])?.click();
    else if (event.key === 'Escape') closed();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const stop = store.subscribe((state, previous) => {
    if (element.hidden) return;
    if (state.scene !== previous.scene) offer();
    else if (state.beside.layers !== previous.beside.layers) mark();
  });
  return {
    element,
    open() {
      input.value = '';
      offer();
      input.focus();
    },
    stop,
  };
}
