/** A layer in a list: its name with the module it lies in, figures at the right, and a bar of its share. */
import './shareRow.css';
import { spokenNode } from '../../src/core/spoken';
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { AppStore } from '../state/app';
import { el } from '../ui/dom';
import { pathOf } from './walk';

/** Its name with the module it lies in: alone it may stand for many. */
export const placedName = (scene: Scene, layer: SceneNode): string =>
  pathOf(scene, layer).split(' › ').slice(-2).join(' › ') || layer.title;

/** `share`: 0 to 1, of the longest bar. A click selects the layer. Null where there is no such layer. */
export function shareRow(store: AppStore, node: number, share: number, figures: readonly string[]): HTMLElement | null {
  const { scene } = store.get();
  const layer = scene?.nodes[node];
  if (!layer) return null;
  return el(
    'button',
    {
      class: 'share-row',
      title: spokenNode(layer),
      attrs: { type: 'button', 'data-node': node },
      // The second figure stands in a column of its own.
      style: {
        '--share': `${share * 100}%`,
        'grid-template-columns': `minmax(0, 1fr) auto${' 40px'.repeat(figures.length - 1)}`,
      },
      on: { click: () => store.dispatch({ do: 'select', node }) },
    },
    el('span', { class: 'wb-cut', text: placedName(scene, layer) }),
    ...figures.map((text) => el('span', { class: 'share-figure', text })),
  );
}
