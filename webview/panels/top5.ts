/** The most probable classes, and where their names are from. */
import './top5.css';
import type { RunState } from '../state/app';
import { marked } from '../../src/core/l10n/decimals';
import { t } from '../../src/core/l10n/l10n';
import type { RunSource } from '../../src/protocol/host';
import { el, fill } from '../ui/dom';

const NO_BREAK = '\u00a0';

/** Rounding makes no certainty and no impossibility: `<0.1 %`, `>99.9 %`. */
function shareText(share: number): string {
  if (share < 0.001) return `<${marked('0.1')}${NO_BREAK}%`;
  return share > 0.999 && share < 1
    ? `>${marked('99.9')}${NO_BREAK}%`
    : `${marked((share * 100).toFixed(1))}${NO_BREAK}%`;
}

export function fillTop5(parent: HTMLElement, top5: RunState['top5'], labels: RunSource['labels']): void {
  if (!top5) {
    fill(parent);
    return;
  }
  const rows = top5.map(({ index, label, probability }) =>
    el(
      'li',
      {},
      el(
        'span',
        { class: 'top5-name', title: label ?? t('class {0}', index) },
        label ?? t('class {0}', index),
        label === null ? null : ' ',
        label === null ? null : el('span', { class: 'top5-index', text: String(index) }),
      ),
      el('span', { class: 'top5-track' }, el('i', { style: { width: `${probability * 100}%` } })),
      el('span', { class: 'top5-share', text: shareText(probability) }),
    ),
  );
  const heading = top5.length === 5 ? 'Top 5' : t('Classes');
  const names = labels?.assumed
    ? el('span', { class: 'wb-aside', text: t('names: {0}, assumed', labels.source) })
    : null;
  fill(
    parent,
    el('div', { class: 'wb-row' }, el('h3', { class: 'grow', text: heading }), names),
    el('ol', { class: 'top5', attrs: { 'data-testid': 'top5', 'aria-label': heading } }, ...rows),
  );
}
