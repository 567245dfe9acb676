/** What stands on the stage when there is nothing to draw. */
import './empty.css';
import type { PageContext } from '../state/context';
import { el, icon } from '../ui/dom';

export function mountEmpty(parent: HTMLElement, { store }: PageContext): void {
  const element = el(
    'div',
    { class: 'empty', attrs: { hidden: true } },
    el(
      'div',
      {},
      icon('circuit-board'),
      el(
        'div',
        {},
        el('b', { text: 'Nothing to draw.' }),
        el('div', { class: 'dim', text: 'The file holds no operators.' }),
      ),
    ),
  );
  parent.append(element);
  const show = (): void => {
    const { scene } = store.get();
    element.hidden = !scene || scene.nodes.length + scene.ports.length > 0;
  };
  show();
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) show();
  });
}
