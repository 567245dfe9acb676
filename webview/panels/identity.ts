/** Who an operator is: family bar, title, telling attributes, name; and what is wrong with it. */
import './identity.css';
import { t } from '../../src/core/l10n/l10n';
import type { HoverCard, SceneProblem } from '../../src/core/view/types';
import { el, icon } from '../ui/dom';

export function identity(
  { family, title, label, fused }: Pick<HoverCard, 'family' | 'title' | 'label' | 'fused'>,
  path: string,
  position = '',
): HTMLElement {
  const last = Math.max(path.lastIndexOf('/'), path.lastIndexOf('.'));
  return el(
    'div',
    { class: 'identity' },
    el('i', { class: 'family-bar', style: { background: `var(--${family})` } }),
    el(
      'div',
      { class: 'grow' },
      el(
        'div',
        { class: 'identity-title' },
        el('b', { text: title }),
        label ? ` ${label}` : null,
        fused ? el('span', { class: 'dim', text: ` ${fused}` }) : null,
      ),
      // Cut in the middle where there is no room: the end tells most.
      el(
        'div',
        { class: 'identity-name', title: path },
        el('span', { class: 'identity-way', text: path.slice(0, Math.max(0, last)) }),
        el('span', { class: 'identity-end', text: path.slice(Math.max(0, last)) }),
      ),
      position ? el('div', { class: 'identity-place', text: position }) : null,
    ),
  );
}

const SEVERITIES = { error: t('error'), warning: t('warning'), info: t('info') } as const;

export const problemList = (problems: readonly SceneProblem[]): HTMLElement =>
  el(
    'ul',
    { class: 'problem-list' },
    ...problems.map(({ severity, message }) =>
      el('li', { class: `problem-${severity}` }, icon(severity, SEVERITIES[severity]), el('span', { text: message })),
    ),
  );
