import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type ParsedNode } from 'yaml';
import type { Span } from '../../../diagnostics/diagnostic';
import type { Entry, Tree } from './tree';

export interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

export interface Parsed {
  readonly tree: Tree;
  readonly errors: readonly YamlError[];
}

/** Aliases can make a large tree of a small text: beyond this many parts nothing more is read. */
const MOST_PARTS = 200_000;
/** Deeper nesting than any net needs; what lies deeper is left out, so that walking the tree needs no guard. */
const DEEPEST = 60;

/** Any text as a tree, with what is wrong in it; half a line gives half a tree. */
export function parseYaml(source: string): Parsed {
  let document: Document.Parsed;
  try {
    document = parseDocument(source, {
      // Everything is text: `on` is a name, and 1e3 kernels are what was typed.
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      keepSourceTokens: false,
    });
  } catch (error) {
    // The parser recovers from errors; should it stumble over one after all (deep nesting), the text has no tree.
    const message = error instanceof Error ? error.message : String(error);
    const span = { start: 0, end: source.length };
    return { tree: { kind: 'none', span }, errors: [{ code: 'unreadable', message, span }] };
  }
  const errors = [...document.errors, ...document.warnings].map(({ code, message, pos: [start, end] }) => ({
    code: code.toLowerCase().replaceAll('_', '-'),
    message,
    // What is missing at the end is said to be one character behind it.
    span: { start: Math.min(start, source.length), end: Math.min(Math.max(end, start), source.length) },
  }));
  const tree = new Converter(source, document).convert(document.contents, 0, 0);
  return { tree, errors };
}

class Converter {
  private parts = 0;

  constructor(
    private readonly source: string,
    private readonly document: Document.Parsed,
  ) {}

  /** `at` is where an empty node stands. */
  convert(node: ParsedNode | null, at: number, depth: number): Tree {
    if (!node || depth > DEEPEST || ++this.parts > MOST_PARTS) return { kind: 'none', span: { start: at, end: at } };
    const [start, end] = node.range;
    const span = { start, end };
    if (isAlias(node))
      return this.convert((node.resolve(this.document) as ParsedNode | undefined) ?? null, at, depth + 1);
    if (isSeq(node)) {
      const items = (node.items as (ParsedNode | null)[]).map((item) => this.convert(item, end, depth + 1));
      const flow = node.flow === true;
      return { kind: 'list', span: flow ? span : trimmed(span, items), flow, items };
    }
    if (isMap(node)) {
      const entries = node.items.map((pair) => this.entry(pair.key as ParsedNode | null, pair.value, end, depth));
      const flow = node.flow === true;
      const parts = entries.flatMap(({ key, value }) => [key, value]);
      return { kind: 'map', span: flow ? span : trimmed(span, parts), flow, entries };
    }
    if (isScalar(node)) return this.text(node.type === 'PLAIN', textOf(node.value), span);
    return { kind: 'none', span };
  }

  private entry(key: ParsedNode | null, value: ParsedNode | null, at: number, depth: number): Entry {
    const [start, end] = key?.range ?? [at, at];
    const text = isScalar(key) ? textOf(key.value) : this.source.slice(start, end);
    return { key: { text, span: { start, end } }, value: this.convert(value, end, depth + 1) };
  }

  private text(plain: boolean, value: string, span: Span): Tree {
    const stands = this.source.slice(span.start, span.end);
    if (stands === '' && value === '') return { kind: 'none', span };
    // Folded over several lines, the source is as good as the value: only its words count.
    if (plain) return { kind: 'text', span, text: stands, verbatim: true };
    // A quote that opens at the very end has no inside.
    const inner = { start: span.start + 1, end: Math.max(span.start + 1, span.end - 1) };
    if (this.source.slice(inner.start, inner.end) === value) {
      return { kind: 'text', span: inner, text: value, verbatim: true };
    }
    return { kind: 'text', span, text: value, verbatim: false };
  }
}

/** With the failsafe schema every scalar is a text, or nothing. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** One item a line ends where the last of them ends, not in the line after. */
const trimmed = (span: Span, parts: readonly { readonly span: Span }[]): Span => ({
  start: span.start,
  end: Math.max(span.start, ...parts.map((part) => part.span.end)),
});
