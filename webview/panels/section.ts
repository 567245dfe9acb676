/** A section of the inspector: a heading that folds it away; which are folded is remembered. */
import './section.css';
import type { AppStore } from '../state/app';
import { el, icon, type Child } from '../ui/dom';

export interface SectionProps {
  readonly id: string;
  readonly title: string;
  /** Behind the title, as code: a size. */
  readonly code?: string;
  /** At the right of the heading. */
  readonly aside?: Child;
}

export function section(
  store: AppStore,
  { id, title, code, aside }: SectionProps,
  ...children: readonly Child[]
): HTMLElement {
  const folded = store.get().folded.has(id);
  const body = el('div', { class: 'sect-body' }, ...children);
  body.hidden = folded;
  const fold = el(
    'button',
    { class: 'sect-fold', attrs: { type: 'button', 'aria-expanded': String(!folded) } },
    icon(folded ? 'chevron-right' : 'chevron-down'),
    title,
    code === undefined ? null : el('span', { class: 'code', text: ` ${code}` }),
  );
  fold.addEventListener('click', () => {
    store.dispatch({ do: 'foldSection', section: id });
    body.hidden = !body.hidden;
    fold.setAttribute('aria-expanded', String(!body.hidden));
    fold.firstElementChild!.className = `codicon codicon-chevron-${body.hidden ? 'right' : 'down'}`;
  });
  return el(
    'section',
    { class: `sect sect-${id}` },
    el('div', { class: 'sect-head' }, el('h2', {}, fold), el('span', { class: 'sect-aside' }, aside)),
    body,
  );
}
