/** What modules found by their structure are called to people. Their paths keep the English words, the same in every language. */
import { t } from '../l10n/l10n';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['residual block', t('residual block')],
  ['bottleneck', t('bottleneck')],
  ['inverted residual', t('inverted residual')],
  ['depthwise separable', t('depthwise separable')],
  ['dense layer', t('dense layer')],
  ['dense block', t('dense block')],
  ['pyramid pooling', t('pyramid pooling')],
  ['attention', t('attention')],
  ['auxiliary head', t('auxiliary head')],
  ['stage', t('stage')],
  ['encoder', t('encoder')],
  ['decoder', t('decoder')],
  ['classifier', t('classifier')],
  ['bottom', t('bottom')],
  ['block', t('block')],
]);

/** `stage 2`, or a kind without a number, in the reader's language. */
export function inWords(name: string): string {
  const [, word = name, number = ''] = /^(.*?)( \d+)?$/.exec(name) ?? [];
  return (WORDS.get(word) ?? word) + number;
}
