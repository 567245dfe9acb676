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

const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });
const movedWord = ({ text, span }: Word, by: number): Word => ({ text, span: movedSpan(span, by) });

/** The same tree further down in the text. */
export function moved(tree: Tree, by: number): Tree {
  if (by === 0) return tree;
  const span = movedSpan(tree.span, by);
  switch (tree.kind) {
    case 'text':
      return { kind: 'text', span, text: tree.text, verbatim: tree.verbatim };
    case 'none':
      return { kind: 'none', span };
    case 'list':
      return { kind: 'list', span, flow: tree.flow, items: tree.items.map((item) => moved(item, by)) };
    case 'map': {
      const entries = tree.entries.map(({ key, value }) => ({ key: movedWord(key, by), value: moved(value, by) }));
      return { kind: 'map', span, flow: tree.flow, entries };
    }
  }
}
