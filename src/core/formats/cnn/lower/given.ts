import type { Span } from '../../../diagnostics/diagnostic';
import type { Fix, FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { nearest } from '../suggest';
import type { LayerSyntax } from '../syntax/program';
import { wordsOf, type Entry, type Tree, type Word } from '../syntax/tree';
import { activationNamed, ACTIVATIONS } from '../vocabulary/activations';
import { optionsOf, type LayerKind } from '../vocabulary/layers';
import { optionNamed, OPTIONS, type Option } from '../vocabulary/options';
import { weightWordNamed } from '../vocabulary/weights';
import { brackets, respelled, respelling, withoutDash } from './respell';

/** One option of a layer as it was said, in a word of the short form or under a key. */
export interface Given {
  readonly option: Option;
  /** The word or key that says which; the value itself where a slot took it. */
  readonly key: Span;
  /** The value: words, or a list or map. */
  readonly words: readonly Word[];
  readonly tree: Tree | null;
  /** Of the value; of the key where there is none. */
  readonly span: Span;
  /** Said in the short form. */
  readonly short: boolean;
}

export type GivenOptions = ReadonlyMap<string, Given>;

export interface ReadLayer {
  readonly given: GivenOptions;
  readonly problems: readonly FixableDiagnostic[];
}

const replaceWith = (span: Span, text: string): readonly Fix[] => [
  { title: t('Change to “{0}”', text), edits: [{ span, text }] },
];

const at = (span: Span) => ({ location: { kind: 'text', span } }) as const;

const spanOf = (words: readonly Word[], otherwise: Span): Span =>
  words.length ? { start: words[0]!.span.start, end: words.at(-1)!.span.end } : otherwise;

/** What a layer says, whichever way it says it. The same for every copy that blocks and repeats make of it. */
export function readLayer(layer: LayerSyntax, kind: LayerKind): ReadLayer {
  return new LayerReader(layer, kind).read();
}

class LayerReader {
  private readonly given = new Map<string, Given>();
  private readonly found: FixableDiagnostic[] = [];
  private readonly allowed: ReadonlySet<string>;

  constructor(
    private readonly layer: LayerSyntax,
    private readonly kind: LayerKind,
  ) {
    this.allowed = new Set(optionsOf(kind));
  }

  read(): ReadLayer {
    const { value, keys } = this.layer;
    if (value.kind === 'text') this.short(wordsOf(value));
    else if (value.kind === 'map') this.map(value.entries);
    else if (value.kind === 'list') this.list(value);
    for (const entry of keys) this.entry(entry, this.layer.map?.flow === false);
    return { given: this.given, problems: this.found };
  }

  /** A list behind the kind: branches of a join, layers of a head, rows of a kernel, numbers of a padding. */
  private list(value: Tree): void {
    const slot = this.kind.slots[0] ?? (this.allowed.has('layers') ? 'layers' : null);
    const option = slot === null ? null : optionNamed(slot);
    if (option) this.put(option, { key: value.span, words: [], tree: value, span: value.span, short: false });
    else
      this.report(problems.badValue(at(value.span), t('a list'), t('what {0} takes', this.kind.title.toLowerCase())));
  }

  /** A single layer may stand for a list of one, as in `head: {dense: 10}`; else the map holds the layer's keys. */
  private map(entries: readonly Entry[]): void {
    if (this.allowed.has('layers') && !entries.some(({ key }) => this.optionFor(key.text))) {
      const { value } = this.layer;
      this.put(optionNamed('layers')!, { key: value.span, words: [], tree: value, span: value.span, short: false });
      return;
    }
    for (const entry of entries) this.entry(entry);
  }

  private entry({ key, value }: Entry, ownLine = false): void {
    const named = this.optionFor(key.text);
    // `kernel: [[0, 1, 0], …]` says the weights, and the size with them.
    const option = named?.name === 'kernel' && value.kind === 'list' ? (this.optionFor('weights') ?? named) : named;
    if (option) {
      const words = value.kind === 'text' ? wordsOf(value) : [];
      const tree = value.kind === 'list' || value.kind === 'map' ? value : null;
      const span = value.kind === 'none' ? key.span : value.span;
      this.put(option, { key: key.span, words, tree, span, short: false });
      return;
    }
    const activation = activationNamed(key.text);
    if (activation && this.allowed.has('activation')) {
      // `relu: true` beside a convolution.
      const word = { text: activation.name, span: key.span };
      this.put(optionNamed('activation')!, { key: key.span, words: [word], tree: null, span: key.span, short: false });
      return;
    }
    const layer = ownLine ? withoutDash(key) : null;
    if (layer) {
      this.report(layer);
      return;
    }
    const meant = nearest(key.text, this.keys());
    const problem = problems.unknownKey(at(key.span), key.text, this.kind.name, meant);
    this.report(problem, meant === null ? [] : replaceWith(key.span, meant));
  }

  private short(words: readonly Word[]): void {
    let i = 0;
    while (i < words.length) i += this.word(words, i);
  }

  /** Reads the word at `i` and what belongs to it; gives how many words that were. */
  private word(words: readonly Word[], i: number): number {
    const word = words[i]!;
    const next = words[i + 1];
    if (word.text === 'no' && next) {
      const option = this.optionFor(next.text);
      if (option && (option.kind === 'flag' || option.kind === 'bias')) {
        const span = { start: word.span.start, end: next.span.end };
        this.put(option, { key: next.span, words: [{ text: 'no', span }], tree: null, span, short: true });
        return 2;
      }
    }
    const option = this.optionFor(word.text);
    // In `pad: 1` and `weights: box` the layer's own slot comes first.
    if (option) return this.named(option, words, i);
    const activation = this.allowed.has('activation') ? activationNamed(word.text) : null;
    if (activation || (word.text === 'none' && this.allowed.has('activation'))) {
      this.put(optionNamed('activation')!, { key: word.span, words: [word], tree: null, span: word.span, short: true });
      return 1;
    }
    const slot =
      this.slotFor(word) ??
      (this.allowed.has('pad') && /^(same|valid|full)$/.test(word.text) ? optionNamed('pad') : null);
    if (slot) {
      const taken = slot.kind === 'weights' ? this.weightWords(words, i) : 1;
      const value = words.slice(i, i + taken);
      this.put(slot, { key: word.span, words: value, tree: null, span: spanOf(value, word.span), short: true });
      return taken;
    }
    if (this.kind.chapter === 'join' && /^[A-Za-z_$]/.test(word.text)) return this.branches(words, i);
    if (/^[x×]$/.test(word.text) && next && this.given.get('kernel')?.words[0] === words[i - 1]) {
      const span = { start: words[i - 1]!.span.start, end: next.span.end };
      const text = words[i - 1]!.text;
      this.report(
        respelling({ text: `${text} ${word.text} ${next.text}`, span }, `${text}x${next.text}`, this.kind.name),
      );
      return 2;
    }
    const spelled = respelled(word.text, this.allowed);
    if (spelled !== null) {
      this.report(respelling(word, spelled, this.kind.name));
      return 1;
    }
    const meant = nearest(word.text, this.shortWords());
    const problem = problems.unknownWord(at(word.span), word.text, this.kind.name, meant);
    this.report(problem, meant === null ? [] : replaceWith(word.span, meant));
    return 1;
  }

  /** `add: a previous`: read as the list that was meant. */
  private branches(words: readonly Word[], i: number): number {
    const { words: first = [] } = this.given.get('inputs') ?? {};
    let end = i;
    while (end < words.length && !optionNamed(words[end]!.text)) end++;
    const names = [...first, ...words.slice(i, end)];
    this.report(brackets(names));
    const span = spanOf(names, words[i]!.span);
    this.given.set('inputs', {
      option: optionNamed('inputs')!,
      key: span,
      words: names,
      tree: null,
      span,
      short: true,
    });
    return end - i;
  }

  private named(option: Option, words: readonly Word[], i: number): number {
    const key = words[i]!.span;
    const taken =
      option.kind === 'flag' || option.kind === 'bias'
        ? 0
        : option.kind === 'weights'
          ? this.weightWords(words, i + 1)
          : 1;
    const value = words.slice(i + 1, i + 1 + taken);
    this.put(option, { key, words: value, tree: null, span: spanOf(value, key), short: true });
    return 1 + taken;
  }

  /** `sobel x`, `constant 0.1`: how many words from `i` on say what the weights are. */
  private weightWords(words: readonly Word[], i: number): number {
    const argument = weightWordNamed(words[i]?.text ?? '')?.argument ?? 'none';
    const next = words[i + 1]?.text ?? '';
    if (argument === 'axis' && /^[xy]$/.test(next)) return 2;
    return argument === 'number' && /^[-+.\d$]/.test(next) ? 2 : 1;
  }

  private slotFor({ text }: Word): Option | null {
    for (const name of this.kind.slots) {
      const option = optionNamed(name);
      if (option && !this.given.has(name) && fits(option, text)) return option;
    }
    return null;
  }

  private optionFor(name: string): Option | null {
    const option = optionNamed(name);
    return option && this.allowed.has(option.name) ? option : null;
  }

  private put(option: Option, given: Omit<Given, 'option'>): void {
    if (this.given.has(option.name)) this.report(problems.saidTwice(at(given.key), `“${option.name}”`));
    else this.given.set(option.name, { option, ...given });
  }

  private report(problem: FixableDiagnostic, fixes: readonly Fix[] = []): void {
    this.found.push(fixes.length ? { ...problem, fixes } : problem);
  }

  private keys(): readonly string[] {
    return OPTIONS.filter(({ name }) => this.allowed.has(name)).flatMap(({ name, aliases }) => [name, ...aliases]);
  }

  private shortWords(): readonly string[] {
    const activations = this.allowed.has('activation')
      ? ACTIVATIONS.flatMap(({ name, aliases }) => [name, ...aliases])
      : [];
    return [...this.keys(), ...activations];
  }
}

const NUMBER = /^[-+]?[\d.(]|\$/;

/** Whether a bare word can be the value of a slot. */
function fits({ kind }: Option, text: string): boolean {
  switch (kind) {
    case 'count':
      return NUMBER.test(text) && !/^\d+[x×]/.test(text);
    case 'size':
    case 'number':
    case 'ratio':
    case 'scale':
      return NUMBER.test(text);
    case 'padding':
      return NUMBER.test(text) || ['same', 'valid', 'full'].includes(text);
    case 'weights':
      return weightWordNamed(text) !== null || text.includes('$');
    default:
      return true;
  }
}
