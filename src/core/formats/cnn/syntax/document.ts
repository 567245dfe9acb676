import type { Steps } from '../../../steps';
import { mended, slipsOf, type Slip } from './mend';
import { moved, placedEntry, type Entry, type Tree } from './tree';
import { parseYaml, type Parsed, type YamlError } from './yaml';

/** The entries at the left edge of the text. */
export interface Outline {
  readonly entries: readonly Entry[];
  readonly errors: readonly YamlError[];
  /** What was read as it was meant. */
  readonly slips: readonly Slip[];
}

/** A stretch of the text that can be parsed alone. */
interface Chunk {
  readonly start: number;
  readonly text: string;
}

/** A key at the left edge; what does not begin with one belongs to the entry before. */
const KEY = /^[^\s#\-[\]{}].*$/;
/** `layers:` and nothing behind it but a comment: the items follow, one or more lines each. */
const LIST_KEY = /^([^\s#:]+)[ \t]*:[ \t]*(?:#.*)?$/;
const ITEM = /^( *)-(?:\s|$)/;
/** Anchors bind distant parts of a text, and markers part it into documents: such texts are parsed whole. */
const BINDS = /(?:^|[\s[{,])[&*][^\s&*]|^(?:---|\.\.\.|%)/m;

/**
 * Parses a definition again and again while it is typed: what stands at a line's beginning parts the text into entries and items,
 * and only those that changed are parsed. 5,000 lines take YAML's parser a second when it is cold, one item a fraction of a millisecond.
 */
export class DocumentParser {
  private known = new Map<string, Parsed>();

  /** In steps of an item each; what was parsed before somebody stopped is kept too. */
  *parse(source: string): Steps<Outline> {
    const fresh = new Map<string, Parsed>();
    let outline: Outline | null = null;
    try {
      outline = yield* this.mended(source, fresh);
      return outline;
    } finally {
      if (outline) this.known = fresh;
      else for (const [text, parsed] of fresh) this.known.set(text, parsed);
    }
  }

  private *mended(source: string, fresh: Map<string, Parsed>): Steps<Outline> {
    const slips = slipsOf(source);
    if (!slips.length) return { ...(yield* this.read(source, fresh)), slips };
    const { text, back } = mended(
      source,
      slips.flatMap(({ edits }) => edits),
    );
    const { entries, errors } = yield* this.read(text, fresh);
    return {
      entries: entries.map((entry) => placedEntry(entry, back)),
      errors: errors.map((error) => ({ ...error, span: back(error.span) })),
      slips,
    };
  }

  private *read(source: string, fresh: Map<string, Parsed>): Steps<Omit<Outline, 'slips'>> {
    const bound = BINDS.test(source);
    const whole = bound ? [{ start: 0, text: source }] : split(source, (line) => KEY.test(line));
    const entries: Entry[] = [];
    const errors: YamlError[] = [];
    const place = ({ start, text }: Chunk): Tree => {
      const parsed = fresh.get(text) ?? this.known.get(text) ?? parseYaml(text);
      fresh.set(text, parsed);
      for (const error of parsed.errors) {
        errors.push({ ...error, span: { start: error.span.start + start, end: error.span.end + start } });
      }
      return moved(parsed.tree, start);
    };
    for (const chunk of whole) {
      const list = bound ? null : itemsOf(chunk);
      if (list) {
        // Comments before the first item are a chunk without a tree.
        const items: Tree[] = [];
        for (const item of list.items) {
          const tree = place(item);
          if (tree.kind === 'list') items.push(...tree.items);
          else if (tree.kind !== 'none') items.push(tree);
          yield;
        }
        const span = { start: list.items[0]!.start, end: chunk.start + chunk.text.trimEnd().length };
        entries.push({ key: list.key, value: { kind: 'list', span, flow: false, items } });
      } else {
        const tree = place(chunk);
        if (tree.kind === 'map') entries.push(...tree.entries);
        else if (tree.kind !== 'none') entries.push({ key: { text: '', span: tree.span }, value: tree });
      }
      yield;
    }
    return { entries, errors };
  }
}

/** Parts a text before every line that begins something. */
function split(text: string, begins: (line: string) => boolean, base = 0): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    if (at > from && begins(text.slice(at, end).replace(/\r$/, ''))) {
      chunks.push({ start: base + from, text: text.slice(from, at) });
      from = at;
    }
    at = end + 1;
  }
  if (from < text.length) chunks.push({ start: base + from, text: text.slice(from) });
  return chunks;
}

/** The items of `layers:`, where each begins with a dash in the same column; null where it is anything else. */
function itemsOf({ start, text }: Chunk): { readonly key: Entry['key']; readonly items: readonly Chunk[] } | null {
  const firstEnd = text.indexOf('\n');
  const key = firstEnd < 0 ? null : LIST_KEY.exec(text.slice(0, firstEnd).replace(/\r$/, ''));
  if (!key) return null;
  const body = text.slice(firstEnd + 1);
  let indent: number | null = null;
  for (const line of body.split('\n')) {
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const column = line.length - content.length;
    if (line.slice(0, column).includes('\t')) return null;
    indent ??= column;
    if (column < indent || (column === indent && !ITEM.test(line))) return null;
  }
  if (indent === null) return null;
  const prefix = ' '.repeat(indent);
  const items = split(body, (line) => line.startsWith(`${prefix}-`) && ITEM.test(line), start + firstEnd + 1);
  const name = key[1]!;
  return { key: { text: name, span: { start, end: start + name.length } }, items };
}
