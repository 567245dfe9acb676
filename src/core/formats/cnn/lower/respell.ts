import type { Fix, FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import type { Word } from '../syntax/tree';
import { activationNamed } from '../vocabulary/activations';
import { layerNamed } from '../vocabulary/layers';
import { optionNamed } from '../vocabulary/options';

/** How other languages abbreviate what a window does. */
const LETTERS: Readonly<Record<string, string>> = { s: 'stride', p: 'pad', d: 'dilation', g: 'groups', k: 'kernel' };

/** `stride=2`, `s2`, `k3`: the same in words of this language; null where nothing is meant that the layer knows. */
export function respelled(text: string, allowed: ReadonlySet<string>): string | null {
  const [, key = '', value = ''] = /^([A-Za-z_]\w*)=(.+)$/.exec(text) ?? /^([a-z])(\d.*)$/.exec(text) ?? [];
  const plain = value.replace(/^['"]|['"]$/g, '').toLowerCase();
  const option = optionNamed(text.includes('=') ? key : (LETTERS[key] ?? ''));
  if (!option || !allowed.has(option.name)) return null;
  if (option.name === 'activation') return activationNamed(plain)?.name ?? null;
  if (option.name === 'kernel') return /^\d+$/.test(plain) ? `${plain}x${plain}` : plain;
  if (option.kind === 'flag' || option.kind === 'bias') {
    if (plain === 'true') return option.name;
    return plain === 'false' ? `no ${option.name}` : null;
  }
  return `${option.name} ${plain}`;
}

const change = (span: Word['span'], text: string): readonly Fix[] => [
  { title: t('Change to “{0}”', text), edits: [{ span, text }] },
];

/** A word of a layer that means something in another language. */
export function respelling(word: Word, meant: string, layer: string): FixableDiagnostic {
  const at = { location: { kind: 'text', span: word.span } } as const;
  return { ...problems.unknownWord(at, word.text, layer, meant), fixes: change(word.span, meant) };
}

/** A layer where the key of another one was expected: it lacks its dash. Null for any other key. */
export function withoutDash(key: Word, blocks?: ReadonlySet<string>): FixableDiagnostic | null {
  if (layerNamed(key.text) === null && !blocks?.has(key.text)) return null;
  const { start } = key.span;
  const dash = { span: { start: start - 2, end: start }, text: '- ' };
  const problem = problems.ownDash({ location: { kind: 'text', span: key.span } }, key.text);
  return { ...problem, fixes: [{ title: t('Make it a layer of its own'), edits: [dash] }] };
}

/** `add: a b`: branches that meet stand in brackets. */
export function brackets(names: readonly Word[]): FixableDiagnostic {
  const span = { start: names[0]!.span.start, end: names.at(-1)!.span.end };
  const text = `[${names.map((name) => name.text).join(', ')}]`;
  return { ...problems.noBrackets({ location: { kind: 'text', span } }, text), fixes: change(span, text) };
}
