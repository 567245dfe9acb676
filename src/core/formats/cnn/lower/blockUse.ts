import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { nearest } from '../suggest';
import type { BlockSyntax, LayerSyntax } from '../syntax/program';
import { wordsOf, type Tree, type Word } from '../syntax/tree';
import { COMMON_OPTIONS, optionNamed } from '../vocabulary/options';
import type { Given } from './given';
import { withoutDash } from './respell';

/** The use of a block: what it says as any layer may, and the values of its parameters. */
export interface BlockUse {
  readonly given: ReadonlyMap<string, Given>;
  readonly values: ReadonlyMap<string, Word>;
  readonly problems: readonly FixableDiagnostic[];
}

const at = (word: Word) => ({ location: { kind: 'text', span: word.span } }) as const;

/** `stage: 64 2`, `stage: 64 n=2`, `stage: {c: 64, n: 2}`: values in order or by name. */
export function readBlockUse(layer: LayerSyntax, block: BlockSyntax): BlockUse {
  const found: FixableDiagnostic[] = [];
  const given = new Map<string, Given>();
  const values = new Map<string, Word>();
  const names = block.parameters.map(({ name }) => name.text);

  const set = (name: string, value: Word): void => {
    if (values.has(name)) found.push(problems.saidTwice(at(value), `“${name}”`));
    else values.set(name, value);
  };
  const words = (list: readonly Word[]): void => {
    for (let i = 0; i < list.length; i++) {
      const word = list[i]!;
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(word.text) ?? [];
      const next = list[i + 1];
      if (name !== undefined && value !== undefined && names.includes(name)) {
        const start = word.span.end - value.length;
        set(name, { text: value, span: { start, end: word.span.end } });
      } else if (name !== undefined) {
        found.push(problems.unknownParameter(at(word), name, names.join(', ')));
      } else if (names.includes(word.text) && next) {
        set(word.text, next);
        i++;
      } else {
        const free = names.find((own) => !values.has(own));
        if (free === undefined) found.push(problems.tooManyArguments(at(word), block.name.text, names.length));
        else set(free, word);
      }
    }
  };
  const entry = (key: Word, value: Tree, ownLine = false): void => {
    const option = COMMON_OPTIONS.includes(optionNamed(key.text)?.name ?? '') ? optionNamed(key.text) : null;
    if (names.includes(key.text)) {
      const [word] = value.kind === 'text' ? wordsOf(value) : [];
      if (word) set(key.text, word);
      else found.push(problems.noValue(at(key), t('The value of “{0}”', key.text), ''));
    } else if (option) {
      const tree = value.kind === 'list' || value.kind === 'map' ? value : null;
      const own = value.kind === 'text' ? wordsOf(value) : [];
      const span = value.kind === 'none' ? key.span : value.span;
      given.set(option.name, { option, key: key.span, words: own, tree, span, short: false });
    } else {
      const own = ownLine ? withoutDash(key) : null;
      if (own) {
        found.push(own);
        return;
      }
      const meant = nearest(key.text, [...names, ...COMMON_OPTIONS]);
      const problem = problems.unknownKey(at(key), key.text, block.name.text, meant);
      const fixes =
        meant === null ? [] : [{ title: t('Change to “{0}”', meant), edits: [{ span: key.span, text: meant }] }];
      found.push({ ...problem, fixes });
    }
  };

  const { value } = layer;
  if (value.kind === 'text') words(wordsOf(value));
  else if (value.kind === 'map') for (const { key, value: own } of value.entries) entry(key, own);
  else if (value.kind === 'list') words(value.items.flatMap((item) => (item.kind === 'text' ? wordsOf(item) : [])));
  for (const { key, value: own } of layer.keys) entry(key, own, layer.map?.flow === false);
  return { given, values, problems: found };
}
