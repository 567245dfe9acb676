import type { Span } from '../../../diagnostics/diagnostic';
import type { TextEdit } from '../../../diagnostics/fix';
import { layerNamed } from '../vocabulary/layers';
import { optionNamed } from '../vocabulary/options';
import { SETTINGS } from '../vocabulary/settings';
import type { Word } from './tree';

/** `-conv: 8`, `conv:8`; `name a`; a key in a column of its own; tabs; layers without dashes. */
export type SlipKind = 'blank' | 'colon' | 'column' | 'tab' | 'dash';

/** A slip of the fingers behind which YAML would read nothing more. */
export interface Slip {
  readonly kind: SlipKind;
  readonly word: Word;
  /** What puts it right. */
  readonly edits: readonly TextEdit[];
}

const settings = new Set(SETTINGS.map(({ name }) => name));
const isKey = (word: string): boolean => optionNamed(word) !== null;
const isLayer = (word: string): boolean => layerNamed(word) !== null;

const LINE = /^([ \t]*)((?:- +)*)(.*)$/;
const KEY = /^([A-Za-z]\w*) *:(?=\s|$)/;
/** A blank is missing behind it; `http://` is no key. */
const GLUED = /^([A-Za-z]\w*):(?=[^\s:/])/;
const NO_COLON = /^([A-Za-z]\w*)(?: +([^\s:#][^:]*))?$/;
const HEAD = /^([A-Za-z]\w*\([^)]*\))\s*(?:#.*)?$/;
/** Nothing, or nothing but a comment. */
const EMPTY = /^\s*(?:#|$)/;

/** Where something stands that is written line by line: its dash, and its first letter. */
interface Column {
  readonly dash: number;
  readonly first: number;
}

/** All slips of a text, in their order. */
export function slipsOf(source: string): readonly Slip[] {
  const reader = new SlipReader();
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf('\n', at);
    const end = next < 0 ? source.length : next;
    const line = source.slice(at, end).replace(/\r$/, '');
    if (!EMPTY.test(line)) reader.line(line, at);
    at = end + 1;
  }
  return reader.found();
}

class SlipReader {
  private readonly slips: Slip[] = [];
  private readonly open: Column[] = [];
  /** The line before says all it has to say: what stands further in below is no part of it. */
  private said = true;
  /** The setting the line belongs to. */
  private section = '';
  /** The line before was `layers:`. */
  private begins = false;
  /** Where layers without dashes stand. */
  private bare: number | null = null;
  private readonly dashes: TextEdit[] = [];
  private undashed: Word | null = null;

  found(): readonly Slip[] {
    const { undashed } = this;
    return undashed ? [...this.slips, { kind: 'dash', word: undashed, edits: this.dashes }] : this.slips;
  }

  line(line: string, start: number): void {
    const [, blanks = '', dashes = '', rest = ''] = LINE.exec(line) ?? [];
    const tabs = blanks.includes('\t');
    if (tabs && (dashes || KEY.test(rest))) this.tabs(blanks, start);
    const indent = blanks.replaceAll('\t', '  ').length;
    const glued = /^-(?=[A-Za-z])/.test(rest);
    const at = start + blanks.length + dashes.length;
    if (glued) this.slip('blank', at, '-', insert(at + 1, ' '));
    const alone = !dashes && !glued;
    this.close(indent, alone);
    if (alone && indent > 0 && !this.said) this.open.push({ dash: indent, first: indent });
    const dashed = glued ? `${dashes}- ` : dashes;
    for (const { index } of dashed.matchAll(/-/g)) {
      const next = dashed.indexOf('-', index + 1);
      this.open.push({ dash: indent + index, first: indent + (next < 0 ? dashed.length : next) });
    }
    const content = glued ? rest.slice(1) : rest;
    if (alone) this.undash(content, indent, start + blanks.length);
    this.begins = false;
    this.content(content, glued ? at + 1 : at, indent, alone, tabs);
  }

  /** What this line is no part of any more. */
  private close(indent: number, alone: boolean): void {
    for (let last = this.open.at(-1); last; last = this.open.at(-1)) {
      if (last.dash < indent || (last.dash === indent && alone)) return;
      this.open.pop();
    }
  }

  /** Layers that stand below `layers:` as if they were keys. */
  private undash(content: string, indent: number, at: number): void {
    const [word = ''] = /^\w+/.exec(content) ?? [];
    if (this.begins && indent > 0 && isLayer(word)) {
      this.bare = indent;
      this.undashed ??= wordAt(at, word);
    }
    if (this.bare === null) return;
    if (indent < this.bare) {
      this.bare = null;
      return;
    }
    const layer = indent === this.bare && isLayer(word) && !(isKey(word) && !this.begins);
    this.dashes.push(insert(at, layer ? '- ' : '  '));
    if (!layer) return;
    this.open.length = 0;
    this.open.push({ dash: indent - 2, first: indent });
  }

  private content(content: string, at: number, indent: number, alone: boolean, tabs: boolean): void {
    const below = this.said;
    const [, glued = ''] = GLUED.exec(content) ?? [];
    if (glued && (indent === 0 && alone ? settings.has(glued) : isLayer(glued) || isKey(glued))) {
      this.slip('blank', at, `${glued}:`, insert(at + glued.length + 1, ' '));
      this.said = true;
      return;
    }
    if (alone && this.colonless(content, at, indent)) return;
    const [key = '', word = ''] = KEY.exec(content) ?? [];
    const empty = EMPTY.test(content.slice(key.length));
    // What goes on in the next line, such as the rows of a kernel, is not looked at.
    this.said = key ? !empty : !/[,[{:]\s*$/.test(content);
    if (alone && indent === 0) {
      this.section = word;
      this.begins = word === 'layers' && empty;
    }
    const setting = indent === 0 && settings.has(word);
    if (alone && below && !tabs && isKey(word) && !setting) this.column(word, at, indent);
  }

  /** `name a`, `stage(c)`, `input 8x8x1`. */
  private colonless(content: string, at: number, indent: number): boolean {
    const [, head = ''] = HEAD.exec(content) ?? [];
    const [, word = '', value] = NO_COLON.exec(content) ?? [];
    const own =
      indent === 0
        ? settings.has(word) && (value !== undefined || word === 'layers' || word === 'blocks')
        : isKey(word) && value !== undefined && this.open.at(-1)?.first === indent;
    const found = head && indent > 0 && this.section === 'blocks' ? head : own ? word : '';
    if (!found) return false;
    this.slip('colon', at, found, insert(at + found.length, ':'));
    this.said = found === word && value !== undefined;
    if (indent === 0) {
      this.section = word;
      this.begins = word === 'layers' && value === undefined;
    }
    return true;
  }

  /** A key in the column of nothing above it. */
  private column(word: string, at: number, indent: number): void {
    const last = this.open.at(-1);
    if (!last || this.open.some(({ first }) => first === indent)) return;
    const line = at - indent;
    const by = last.first - indent;
    const edit = by > 0 ? insert(line, ' '.repeat(by)) : { span: { start: line, end: line - by }, text: '' };
    this.slip('column', at, word, edit);
  }

  private tabs(blanks: string, start: number): void {
    const edits = Array.from(blanks.matchAll(/\t/g), ({ index }) => ({
      span: { start: start + index, end: start + index + 1 },
      text: '  ',
    }));
    this.slips.push({ kind: 'tab', word: wordAt(start, blanks), edits });
  }

  private slip(kind: SlipKind, at: number, text: string, edit: TextEdit): void {
    this.slips.push({ kind, word: wordAt(at, text), edits: [edit] });
  }
}

const insert = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });
const wordAt = (at: number, text: string): Word => ({ text, span: { start: at, end: at + text.length } });

/** A text with edits done, and where its places stood before. */
export interface Mended {
  readonly text: string;
  readonly back: (span: Span) => Span;
}

export function mended(source: string, edits: readonly TextEdit[]): Mended {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start);
  let text = '';
  let from = 0;
  /** Where each edit ends, in the mended text and in the one before. */
  const ends: { readonly start: number; readonly end: number; readonly was: Span }[] = [];
  for (const { span, text: put } of sorted) {
    text += source.slice(from, span.start);
    ends.push({ start: text.length, end: text.length + put.length, was: span });
    text += put;
    from = span.end;
  }
  text += source.slice(from);
  const place = (at: number): number => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ends[middle]!.start < at) low = middle + 1;
      else high = middle;
    }
    const last = ends[low - 1];
    if (!last) return at;
    return at < last.end ? last.was.start : last.was.end + at - last.end;
  };
  return { text, back: ({ start, end }) => ({ start: place(start), end: place(end) }) };
}
