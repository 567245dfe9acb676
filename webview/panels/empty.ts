/** What stands on the stage when there is nothing to draw. */
import './empty.css';
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import { el, icon } from '../ui/dom';
import { button } from '../ui/index';

/** Enough for a net; more of the language is a completion away. */
const LINES = 'input: 28x28x1\nlayers:\n  - conv: 16 3x3 pad same relu';

export function mountEmpty(parent: HTMLElement, { store, host }: PageContext): void {
  const file = el('div', { class: 'dim', text: t('The file holds no operators.') });
  const text = el(
    'div',
    { class: 'empty-text' },
    el('div', { class: 'dim', text: t('A network begins like this:') }),
    el('pre', { text: LINES }),
    button(t('Insert a small net'), { icon: 'edit', testId: 'begin', onClick: () => void host.begin() }),
  );
  const element = el(
    'div',
    { class: 'empty', attrs: { hidden: true } },
    el('div', {}, icon('circuit-board'), el('div', {}, el('b', { text: t('Nothing to draw.') }), file, text)),
  );
  parent.append(element);
  const show = (): void => {
    const { scene } = store.get();
    const isText = scene?.header.isDefinition ?? false;
    // A text that says nothing yet has an input of unknown size, and nothing behind it.
    const drawn = scene ? (isText && scene.header.input === '' ? 0 : scene.ports.length) : 0;
    element.hidden = !scene || scene.nodes.length + drawn > 0;
    element.classList.toggle('empty-below', isText);
    file.hidden = isText;
    text.hidden = !isText;
  };
  show();
  store.subscribe((state, previous) => {
    if (state.scene !== previous.scene) show();
  });
}
