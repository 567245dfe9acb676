import type { Span } from '../diagnostics/diagnostic';
import type { Lines } from './lines';

/**
 * Where one is about to type, read from the lines alone: half a line is no YAML yet, and completion is wanted most right there.
 */
export type Place =
  | { readonly is: 'settingKey'; readonly span: Span }
  | { readonly is: 'inputKey'; readonly span: Span }
  | { readonly is: 'settingValue'; readonly span: Span; readonly name: string }
  /** `dash` where the layer lacks its dash. */
  | { readonly is: 'layerKind'; readonly span: Span; readonly colon: boolean; readonly dash?: true }
  /** In the short form behind a layer's colon; `before` are the words already there. */
  | { readonly is: 'layerWord'; readonly span: Span; readonly kind: string; readonly before: readonly string[] }
  | { readonly is: 'layerKey'; readonly span: Span; readonly kind: string; readonly said: readonly string[] }
  | { readonly is: 'keyValue'; readonly span: Span; readonly kind: string; readonly key: string }
  | { readonly is: 'parameter'; readonly span: Span };

/** What is typed so far of a word, and what already stands behind. */
const BEFORE = /[\w$.-]*$/;
const BEHIND = /^[\w.-]*/;

/** The key a line begins with, dashes aside. */
const LINE = /^(\s*)((?:-\s+)*)([\w ]+?)\s*:\s*(.*)$/;
const ITEM = /^\s*(?:-\s+)*-\s*([\w ]*)$/;
const KEY = /^(\s+)([\w]*)$/;

export function placeAt(lines: Lines, offset: number): Place | null {
  const source = lines.text;
  const line = lines.lineAt(offset);
  const start = lines.start(line);
  const before = source.slice(start, offset);
  const after = source.slice(offset, lines.span(line).end);
  if (/(^|\s)#/.test(before)) return null;
  const typed = BEFORE.exec(before)?.[0] ?? '';
  const span = { start: offset - typed.length, end: offset + (BEHIND.exec(after)?.[0].length ?? 0) };
  const section = sectionOf(lines, line);
  if (/\$\w*$/.test(before))
    return { is: 'parameter', span: { ...span, start: offset - (/\$\w*$/.exec(before)?.[0].length ?? 0) } };
  if (section === null || !/^[\s-]/.test(before)) {
    if (/^\w*$/.test(before)) return { is: 'settingKey', span };
    const [, name = ''] = /^(\w+)\s*:\s/.exec(before) ?? [];
    if (name && name !== 'layers' && name !== 'blocks') return { is: 'settingValue', span, name };
  }
  if (section === 'input' && /^\s+\w*$/.test(before)) return { is: 'inputKey', span };
  if (section === 'input') return { is: 'settingValue', span, name: /^\s+(\w+)\s*:/.exec(before)?.[1] ?? '' };
  if (section !== 'layers' && section !== 'blocks') return null;
  return inLayers(lines, line, before, after, span);
}

function inLayers(lines: Lines, line: number, before: string, after: string, span: Span): Place | null {
  const colon = /^\s*:/.test(after.slice(span.end - (lines.start(line) + before.length)));
  const flow = inFlow(before);
  if (flow)
    return flow.key && flow.key !== 'head'
      ? { is: 'keyValue', span, kind: flow.key, key: 'inputs' }
      : { is: 'layerKind', span, colon };
  const [, bare] = ITEM.exec(before) ?? [];
  if (bare !== undefined) {
    const own = { start: lines.start(line) + before.length - bare.trimStart().length, end: span.end };
    return { is: 'layerKind', span: own, colon };
  }
  const [, indent = '', dashes = '', key = '', rest = ''] = LINE.exec(before) ?? [];
  if (key) {
    const kind = dashes ? key : layerAbove(lines, line, indent.length);
    const words = rest.split(/[\s,]+/).filter(Boolean);
    const done = /[\s,]$/.test(rest) || rest === '' ? words : words.slice(0, -1);
    if (dashes) return { is: 'layerWord', span, kind: key, before: done };
    return kind === null ? null : { is: 'keyValue', span, kind, key };
  }
  const [, blanks] = KEY.exec(before) ?? [];
  const owner = blanks === undefined ? null : layerAbove(lines, line, blanks.length);
  if (owner !== null) return { is: 'layerKey', span, kind: owner, said: keysAround(lines, line, blanks!.length) };
  return blanks !== undefined && inList(lines, line, blanks.length)
    ? { is: 'layerKind', span, colon, dash: true }
    : null;
}

/** Within brackets: the key they belong to, or whether a layer is wanted there. */
function inFlow(before: string): { readonly key: string | null } | null {
  let depth = 0;
  for (const character of before) {
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
  }
  if (depth <= 0) return null;
  const [, key = ''] = /([\w ]+?)\s*:\s*\[[^[\]{}]*$/.exec(before) ?? [];
  return { key: key.trim() || null };
}

/** The key at the left edge that a line stands under; null for the left edge itself. */
function sectionOf(lines: Lines, line: number): string | null {
  for (let at = line; at >= 0; at--) {
    const text = lines.content(at);
    const [, key] = /^([^\s#\-:]+)\s*:/.exec(text) ?? [];
    if (key !== undefined) return key;
    if (at === line && /^\w/.test(text)) return null;
  }
  return null;
}

/** The kind of the layer whose keys stand in a column: its dash is further left. */
function layerAbove(lines: Lines, line: number, column: number): string | null {
  for (let at = line - 1; at >= 0; at--) {
    const text = lines.content(at);
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    const indent = text.length - text.trimStart().length;
    const [whole, , dashes = '', key = ''] = LINE.exec(`${text}${/:\s*$|:\s/.test(text) ? '' : ':'}`) ?? [];
    if (whole !== undefined && dashes && indent + dashes.length === column) return key;
    if (indent < column && dashes === '') return null;
    if (indent + dashes.length < column) return null;
  }
  return null;
}

/** Whether a layer could begin in this column: below another's dash, or first below `layers:` or a block's head. */
function inList(lines: Lines, line: number, column: number): boolean {
  for (let at = line - 1; at >= 0; at--) {
    const text = lines.content(at);
    const content = text.trimStart();
    const indent = text.length - content.length;
    if (content === '' || content.startsWith('#') || indent > column) continue;
    if (indent === column) return content.startsWith('-');
    return /^(layers|[A-Za-z]\w*\([^)]*\))\s*:\s*(#.*)?$/.test(content) || (indent > 0 && /^\w+:\s*$/.test(content));
  }
  return false;
}

/** Keys that a layer's item has already, above and below the line. */
function keysAround(lines: Lines, line: number, column: number): readonly string[] {
  const found: string[] = [];
  const walk = (step: 1 | -1): void => {
    for (let at = line + step; at >= 0 && at < lines.count; at += step) {
      const text = lines.content(at);
      const indent = text.length - text.trimStart().length;
      const [, , dashes = '', key = ''] = LINE.exec(text) ?? [];
      if (text.trim() !== '' && indent + dashes.length < column) return;
      if (indent === column && key) found.push(key);
      if (dashes) return;
    }
  };
  walk(-1);
  walk(1);
  return found;
}
