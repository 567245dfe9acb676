import type { Span } from '../../../diagnostics/diagnostic';
import type { FixableDiagnostic } from '../../../diagnostics/fix';
import { t } from '../../../l10n/l10n';
import * as problems from '../problems';
import { wordsOf, type Tree, type Word } from '../syntax/tree';
import { activationNamed, type Activation } from '../vocabulary/activations';
import { optionNamed } from '../vocabulary/options';
import { evaluate, substitute, type Parameters } from './expression';
import type { Given, GivenOptions } from './given';

/** Rows and columns. */
export type Pair = readonly [number, number];
/** top, left, bottom, right: ONNX's order. */
export type Pads = readonly [number, number, number, number];

export type Padding = 'same' | 'valid' | 'full' | Pads;
export type Border =
  { readonly mode: 'constant'; readonly value: number } | { readonly mode: 'reflect' | 'edge' | 'wrap' };

/** No layer of any net has more; what has is a slip of the finger that would only cost time. */
const MOST_CHANNELS = 1 << 17;
const LARGEST_SIZE = 1 << 14;

const ZEROS: Border = { mode: 'constant', value: 0 };

/** By every word a framework has for it. */
const BORDERS: ReadonlyMap<string, Border> = new Map<string, Border>([
  ['zeros', ZEROS],
  ['zero', ZEROS],
  ['reflect', { mode: 'reflect' }],
  ['mirror', { mode: 'reflect' }],
  ['edge', { mode: 'edge' }],
  ['replicate', { mode: 'edge' }],
  ['repeat', { mode: 'edge' }],
  ['wrap', { mode: 'wrap' }],
  ['circular', { mode: 'wrap' }],
]);

/** What the options of one layer mean, with the values of the parameters around it. Bad ones are told and read as not said. */
export class Values {
  constructor(
    private readonly given: GivenOptions,
    private readonly parameters: Parameters,
    private readonly report: (problem: FixableDiagnostic) => void,
  ) {}

  said(name: string): Given | null {
    return this.given.get(name) ?? null;
  }

  /** Where to point at when this option is the matter; else `otherwise`. */
  place(name: string, otherwise: Span): Span {
    return this.given.get(name)?.span ?? otherwise;
  }

  count(name: string, least = 1): number | null {
    return this.one(
      name,
      () => t('a whole number from {0} on', least),
      (text) => {
        const value = evaluate(text);
        return value !== null && Number.isInteger(value) && value >= least && value <= MOST_CHANNELS ? value : null;
      },
    );
  }

  number(name: string): number | null {
    return this.one(
      name,
      () => t('a number'),
      (text) => evaluate(text) ?? (/^[-+]?[\d.]+(e[-+]?\d+)?$/i.test(text) ? finite(text) : null),
    );
  }

  ratio(name: string): number | null {
    return this.one(
      name,
      () => t('a share from 0 to less than 1'),
      (text) => {
        const value = evaluate(text.replace(/%$/, '/100'));
        return value !== null && value >= 0 && value < 1 ? value : null;
      },
    );
  }

  scale(name: string): Pair | null {
    return this.one(
      name,
      () => t('how many times larger, as in 2x'),
      (text) => {
        const pair = pairOf(text.replace(/[x×]$/, ''), 0.01, (value) => value <= 64);
        return pair && pair[0] > 0 && pair[1] > 0 ? pair : null;
      },
    );
  }

  size(name: string, least = 1): Pair | null {
    this.product(name);
    return this.one(
      name,
      () => (least > 0 ? t('rows × columns from 1 on, as in 3x3') : t('rows × columns, as in 3x3')),
      (text) => pairOf(text, least, (value) => Number.isInteger(value) && value <= LARGEST_SIZE),
    );
  }

  /** `3*3` is nine. */
  private product(name: string): void {
    const [word] = this.given.get(name)?.words ?? [];
    const [, rows, columns] = /^(\d+)\*(\d+)$/.exec(word?.text ?? '') ?? [];
    if (!word || rows === undefined || columns === undefined) return;
    const text = `${rows}x${columns}`;
    const problem = problems.product(
      { location: { kind: 'text', span: word.span } },
      word.text,
      Number(rows) * Number(columns),
      text,
    );
    this.report({ ...problem, fixes: [{ title: t('Change to “{0}”', text), edits: [{ span: word.span, text }] }] });
  }

  flag(name: string): boolean | null {
    const given = this.given.get(name);
    if (!given) return null;
    const [word] = given.words;
    if (!word && !given.tree) return true;
    return this.one(
      name,
      () => t('true or false'),
      (text) => truth(text),
    );
  }

  /** Whether there is a bias, and the number it is set to. */
  bias(usual: boolean): { readonly has: boolean; readonly value: number | null } {
    const given = this.given.get('bias');
    if (!given) return { has: usual, value: null };
    if (!given.words.length && !given.tree) return { has: true, value: null };
    const read = this.one(
      'bias',
      () => t('true, false or a number'),
      (text) => truth(text) ?? evaluate(text),
    );
    if (typeof read === 'number') return { has: true, value: read };
    return { has: read ?? usual, value: null };
  }

  padding(name = 'pad'): Padding | null {
    const given = this.given.get(name);
    if (given?.tree?.kind === 'list') return this.fourSides(given, given.tree.items);
    return this.one(
      name,
      () => t('same, valid, full, pixels, rows × columns or [top, left, bottom, right]'),
      (text) => {
        if (text === 'same' || text === 'valid' || text === 'full') return text;
        const pair = pairOf(text, 0, (value) => Number.isInteger(value) && value <= LARGEST_SIZE);
        return pair && [pair[0], pair[1], pair[0], pair[1]];
      },
    );
  }

  border(): Border | null {
    return this.one(
      'border',
      () => t('a neutral value, reflect, edge or wrap'),
      (text) => {
        const value = evaluate(text);
        return BORDERS.get(text) ?? (value === null ? null : { mode: 'constant', value });
      },
    );
  }

  activation(): Activation | null {
    const none = new Set(['none', 'linear', 'no', 'false']);
    const given = this.given.get('activation');
    if (given?.words[0] && none.has(given.words[0].text)) return null;
    return this.one(
      'activation',
      () => t('an activation such as relu'),
      (text) => activationNamed(text),
    );
  }

  /** A single word as it stands, parameters replaced: names. */
  word(name: string): Word | null {
    const given = this.given.get(name);
    const [word] = given?.words ?? [];
    return word ? this.resolved(word) : null;
  }

  /** All words of an option. */
  words(name: string): readonly Word[] {
    return (this.given.get(name)?.words ?? []).map((word) => this.resolved(word));
  }

  resolved(word: Word): Word {
    const { text, unknown } = substitute(word.text, this.parameters);
    for (const name of unknown) {
      const known = [...this.parameters.keys()].map((key) => `$${key}`).join(', ');
      this.report(problems.unknownParameter(place(word.span), name, known));
    }
    return text === word.text ? word : { text, span: word.span };
  }

  private fourSides(given: Given, items: readonly Tree[]): Pads | null {
    const sides = items
      .flatMap((item) => (item.kind === 'text' ? wordsOf(item) : []))
      .map((word) => {
        const value = evaluate(this.resolved(word).text);
        return value !== null && Number.isInteger(value) && value >= 0 && value <= LARGEST_SIZE ? value : null;
      });
    const known = sides.filter((side) => side !== null);
    const [top = 0, left = 0, bottom = 0, right = 0] = known;
    if (sides.length !== 4 || known.length !== 4) {
      this.report(
        problems.badValue(place(given.span), t('this list'), t('four whole numbers: [top, left, bottom, right]')),
      );
      return null;
    }
    return [top, left, bottom, right];
  }

  /** The first word of an option, read; what cannot be read is told. */
  private one<T>(name: string, wanted: () => string, read: (text: string) => T | null): T | null {
    const given = this.given.get(name);
    if (!given) return null;
    const [word, more] = given.words;
    if (!word) {
      const what = given.tree
        ? problems.badValue(place(given.span), given.tree.kind === 'list' ? t('a list') : t('a map'), wanted())
        : null;
      this.report(
        what ?? problems.noValue(place(given.key), t('The value of “{0}”', name), optionNamed(name)?.examples[0] ?? ''),
      );
      return null;
    }
    if (more && !given.short)
      this.report(problems.badValue(place(more.span), more.text, t('wanted here: {0} is {1}', name, wanted())));
    const { text } = this.resolved(word);
    const value = text.includes('$') ? null : read(text);
    // A parameter nobody knows has been told already.
    if (value === null && !text.includes('$')) this.report(problems.badValue(place(word.span), text, wanted()));
    return value;
  }
}

const place = (span: Span) => ({ location: { kind: 'text', span } }) as const;

const finite = (text: string): number | null => (Number.isFinite(Number(text)) ? Number(text) : null);

function truth(text: string): boolean | null {
  if (['true', 'yes', 'on'].includes(text)) return true;
  return ['false', 'no', 'off'].includes(text) ? false : null;
}

/** `3x5` or `3`, each an expression. */
function pairOf(text: string, least: number, allowed: (value: number) => boolean): Pair | null {
  const parts = text.split(/[x×]/).map((part) => evaluate(part));
  const [rows = null, columns = rows] = parts;
  if (parts.length > 2 || rows === null || columns === null) return null;
  return [rows, columns].every((value) => value >= least && allowed(value)) ? [rows, columns] : null;
}
