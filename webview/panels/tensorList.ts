/** Inputs and outputs of an operator, and the way to the operators at their other ends. */
import './tensorList.css';
import { t } from '../../src/core/l10n/l10n';
import type { Scene, TensorRow } from '../../src/core/view/types';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';

/** More neighbours than these are opened by a click. */
const FIRST = 6;

const KINDS: Readonly<Record<TensorRow['kind'], string>> = {
  data: '',
  constant: t('constant'),
  input: t('input of the net'),
  output: t('output of the net'),
};

export function tensorList(
  rows: readonly TensorRow[],
  way: 'from' | 'to',
  scene: Scene,
  go: (node: number) => void,
): HTMLElement {
  return el('ul', { class: 'tensor-list' }, ...rows.map((row) => tensorItem(row, way, scene, go)));
}

function tensorItem(row: TensorRow, way: 'from' | 'to', scene: Scene, go: (node: number) => void): HTMLElement {
  const { name, port, dtype, size, links, kind, contents } = row;
  const facts = [KINDS[kind], dtype].filter(Boolean).join(' · ');
  return el(
    'li',
    { attrs: { 'data-value': row.value } },
    el(
      'div',
      { class: 'tensor-line' },
      port ? el('span', { class: 'code tensor-port', text: port }) : null,
      el('span', { class: 'tensor-name', text: name, title: name }),
      el('span', { class: 'num tensor-size', text: size }),
    ),
    el(
      'div',
      { class: 'tensor-facts' },
      el('span', { text: contents ? `${facts}: ${contents}` : facts }),
      ...(links.length ? linkList(links, way, scene, go) : []),
    ),
  );
}

/** What leads on, as the children of one line. */
function linkList(
  links: readonly number[],
  way: 'from' | 'to',
  scene: Scene,
  go: (node: number) => void,
): HTMLElement[] {
  const button = (id: number): HTMLElement => {
    const node = scene.nodes[id];
    const label = [node?.title, node?.shortName].filter(Boolean).join(' ');
    return el('button', {
      class: 'link',
      text: label,
      title: node?.name ? t('Go to {0}', node.name) : t('Go to {0}', label),
      attrs: { type: 'button', 'data-go': id, 'aria-label': t('Go to {0}', label) },
      on: { click: () => go(id) },
    });
  };
  const list = [el('span', { text: way === 'from' ? t('from') : t('to') }), ...links.slice(0, FIRST).map(button)];
  const rest = links.slice(FIRST);
  if (!rest.length) return list;
  const more = el('button', { class: 'link', text: t('{0} more', integer(rest.length)), attrs: { type: 'button' } });
  more.addEventListener('click', () => {
    const added = rest.map(button);
    more.replaceWith(...added);
    added[0]?.focus();
  });
  return [...list, more];
}
