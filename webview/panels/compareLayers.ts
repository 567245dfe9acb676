/** The layers of both nets in one table, below the graph or in its place. */
import './workbench.css';
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import type { CompareStore } from '../state/compare';
import { el } from '../ui/dom';
import { tool } from '../ui/index';
import { comparedColumns, grownText } from './comparedColumns';
import { createDock } from './dock';
import { createLayers } from './layers';
import type { LayersOf } from './layersOf';

export function mountCompareLayers(parent: HTMLElement, context: PageContext, compare: CompareStore): void {
  const { store } = context;
  const bare = (name: string): string => name.replace(/[.][^.]+$/, '');
  const layers: LayersOf = {
    columns: (room) => comparedColumns(room),
    sum: (scene, operators, whole) => grownText(scene, operators, whole ? compare.get().totals : []),
    filters: t('name, -diff:same, diff:changed, op:Conv kernel:3, params>1M'),
    fileName() {
      const { before, after } = compare.get();
      return `${bare(before.name)} - ${bare(after.name)}-layers`;
    },
  };
  const about = el('span', { class: 'wb-about' });
  const place = el('div', { class: 'wb-content' });
  const close = tool('close', t('Close the table (Esc)'), () => {
    store.dispatch({ do: 'mode', mode: 'graph' });
    context.stage?.focus();
  });
  const root = el(
    'div',
    { class: 'workbench compare-layers', attrs: { 'data-testid': 'compare-layers' } },
    el(
      'div',
      { class: 'wb-tabs' },
      el('h2', { text: t('Layers') }),
      el('span', { class: 'grow' }),
      about,
      createDock(context).element,
      close,
    ),
    place,
  );
  parent.append(root);
  const mount = createLayers(layers);
  let there = false;
  // Made when first looked at: most comparisons are of the graph alone.
  const show = (): void => {
    if (there || store.get().mode !== 'workbench') return;
    there = true;
    mount(place, context, (text) => {
      about.textContent = text;
    });
  };
  store.subscribe(show);
  show();
}
