/** What a card says, as lines of text for the clipboard. */
import { t } from '../../src/core/l10n/l10n';
import type { Inspector } from '../../src/core/view/types';

export function factsText({ card, rows, synapses, attributes, operator }: Inspector): string {
  const title = [card.title, card.label, card.fused].filter(Boolean).join(' ');
  return [
    card.path ? `${title} (${card.path})` : title,
    operator,
    ...rows.map(({ label, value }) => `${label}: ${value}`),
    ...(synapses ? [`${t('Synapses')}: ${synapses.product.map(({ text }) => text).join('')}`] : []),
    ...(synapses?.counts ?? []).map(({ label, exact }) => `  ${label}: ${exact}`),
    ...(card.formula
      ? [`${t('Formula')}: ${card.formula.text}`, ...card.formula.ranges.map((range) => `  ${range}`)]
      : []),
    ...(card.formula?.notes ?? []).map((note) => `  ${note}`),
    ...(attributes.length ? [`${t('Attributes')}:`] : []),
    ...attributes.map(({ name, value, isDefault }) => `  ${name} = ${value}${isDefault ? ` (${t('default')})` : ''}`),
  ].join('\n');
}
