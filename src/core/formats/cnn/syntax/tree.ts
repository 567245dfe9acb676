import type { Span } from '../../../diagnostics/diagnostic';

/** YAML as this language needs it: texts, lists and maps with their places. Numbers stay texts: the layers give them meaning. */
export type Tree = TextTree | ListTree | MapTree | NoneTree;

export interface TextTree {
  readonly kind: 'text';
  readonly span: Span;
  readonly text: string;
  /** True where `text` stands in the source as it is, from `span.start` on: words then have places of their own. */
  readonly verbatim: boolean;
}

export interface ListTree {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Tree[];
  /** `[a, b]`, not one item a line. */
  readonly flow: boolean;
}

export interface MapTree {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly Entry[];
  readonly flow: boolean;
}

/** Nothing stands there (yet): `name:`. */
export interface NoneTree {
  readonly kind: 'none';
  readonly span: Span;
}

export interface Entry {
  readonly key: Word;
  readonly value: Tree;
}

export interface Word {
  readonly text: string;
  readonly span: Span;
}

const WORD = /[^\s,]+/g;

/** The words of a text, commas being mere air. Where the text is quoted with escapes, each word has the place of the whole. */
export function wordsOf({ text, span, verbatim }: TextTree): readonly Word[] {
  return Array.from(text.matchAll(WORD), ({ 0: word, index }) => ({
    text: word,
    span: verbatim ? { start: span.start + index, end: span.start + index + word.length } : span,
  }));
}

/** The same tree further down in the text. */
export const moved = (tree: Tree, by: number): Tree =>
  by === 0 ? tree : placed(tree, ({ start, end }) => ({ start: start + by, end: end + by }));

/** The same tree with its parts in other places of the text. */
export function placed(tree: Tree, to: (span: Span) => Span): Tree {
  const span = to(tree.span);
  switch (tree.kind) {
    case 'text': {
      // Text that was put in or left out has no place for each of its words.
      const verbatim = tree.verbatim && span.end - span.start === tree.span.end - tree.span.start;
      return { kind: 'text', span, text: tree.text, verbatim };
    }
    case 'none':
      return { kind: 'none', span };
    case 'list':
      return { kind: 'list', span, flow: tree.flow, items: tree.items.map((item) => placed(item, to)) };
    case 'map':
      return { kind: 'map', span, flow: tree.flow, entries: tree.entries.map((entry) => placedEntry(entry, to)) };
  }
}

export const placedEntry = ({ key, value }: Entry, to: (span: Span) => Span): Entry => ({
  key: { text: key.text, span: to(key.span) },
  value: placed(value, to),
});
