/** Layers in words, for screen readers: put together where one is spoken of, since no one hears of ten thousand. */
import { t } from './l10n/l10n';
import { count, integer } from './view/numbers';
import type { DiffMark, SceneNode } from './view/types';

const MARKED: Readonly<Record<DiffMark, string>> = {
  added: t('Added.'),
  removed: t('Removed.'),
  changed: t('Changed.'),
  follows: t('Same operator, other sizes.'),
};

/** A large net has few different sizes. */
const spelled = new Map<string, string>();
const MOST_SPELLED = 1000;

function spell(text: string): string {
  let words = spelled.get(text);
  if (words === undefined) {
    if (spelled.size >= MOST_SPELLED) spelled.clear();
    words = text
      .replace(/^\/(\d+)/, (_, stride: string) => t('stride {0}', stride))
      .split('×')
      .reduce((a, b) => t('{0} by {1}', a, b));
    spelled.set(text, words);
  }
  return words;
}

/** What a screen reader says of an operator (design/ui §6). */
export function spokenNode(node: SceneNode): string {
  const sentences = [[node.title, node.name].filter(Boolean).join(', ')];
  if (node.label.length) sentences.push(node.label.map(spell).join(', '));
  const sizes = [
    node.sizeIn && t('in {0}', spell(node.sizeIn)),
    node.sizeOut && t('out {0}', spell(node.sizeOut)),
  ].filter(Boolean);
  if (sizes.length) sentences.push(capital(sizes.join(', ')));
  if (node.sees === 'all') sentences.push(t('Sees the whole input'));
  else if (node.sees !== null)
    sentences.push(node.sees === 1 ? t('Sees 1 pixel') : t('Sees {0} pixels', integer(node.sees)));
  if (node.parameters)
    sentences.push(node.parameters === 1 ? t('1 parameter') : t('{0} parameters', count(node.parameters)));
  if (node.skipStarts) sentences.push(t('Skip starts here'));
  if (!node.known) sentences.push(t('Operator not known to ConvLens'));
  if (node.problem) sentences.push(node.problem === 'error' ? t('Has an error') : t('Has a note'));
  const words = `${sentences.join('. ')}.`;
  return node.mark ? `${MARKED[node.mark]} ${words}` : words;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
