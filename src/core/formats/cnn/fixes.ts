import type { Fix, TextEdit } from '../../diagnostics/fix';
import type { LayerSyntax } from './syntax/program';
import type { GivenOptions } from './lower/given';

/** The edit that makes a layer say `name value`, in the form the layer is written in. */
export function setOption(
  source: string,
  layer: LayerSyntax,
  given: GivenOptions,
  name: string,
  value: string,
): TextEdit {
  const said = given.get(name);
  if (said) {
    const bare = said.span === said.key && !said.words.length;
    return bare
      ? { span: { start: said.key.end, end: said.key.end }, text: said.short ? ` ${value}` : `: ${value}` }
      : { span: said.span, text: value };
  }
  const { value: tree } = layer;
  if (tree.kind === 'text') return insert(lastSlotEnd(given) ?? tree.span.end, ` ${name} ${value}`);
  if (tree.kind === 'map') {
    const last = tree.entries.at(-1);
    const end = last ? Math.max(last.value.span.end, last.key.span.end) : tree.span.start + 1;
    if (tree.flow) return insert(end, `${last ? ', ' : ''}${name}: ${value}`);
    return insert(end, `\n${indentOf(source, tree.entries[0]?.key.span.start ?? tree.span.start)}${name}: ${value}`);
  }
  if (tree.kind === 'none' && layer.keys.length === 0) {
    const colon = source.slice(layer.kind.span.end).startsWith(':');
    return insert(layer.kind.span.end + (colon ? 1 : 0), `${colon ? '' : ':'} ${name} ${value}`);
  }
  return addKey(source, layer, name, value);
}

/** A key of its own beside the layer. */
export function addKey(source: string, layer: LayerSyntax, name: string, value: string): TextEdit {
  if (layer.map?.flow) return insert(layer.span.end - 1, `, ${name}: ${value}`);
  if (!layer.map) {
    // `- relu` becomes `- relu:` with a key beside it.
    const indent = indentOf(source, layer.kind.span.start);
    const colon = layer.value.kind === 'none' ? ':' : '';
    return insert(layer.kind.span.end, `${colon}\n${indent}${name}: ${value}`);
  }
  const indent = indentOf(source, layer.kind.span.start);
  const end = Math.max(layer.kind.span.end, layer.value.span.end, ...layer.keys.map(({ value: own }) => own.span.end));
  const line = source.slice(0, end).replace(/\s+$/, '').length;
  return insert(line, `\n${indent}${name}: ${value}`);
}

const insert = (at: number, text: string): TextEdit => ({ span: { start: at, end: at }, text });

export const fix = (title: string, ...edits: readonly TextEdit[]): Fix => ({ title, edits });

/** Behind `64 3x3`, before `relu`: where a person would write it. */
function lastSlotEnd(given: GivenOptions): number | null {
  const ends = ['kernel', 'channels'].map((name) => given.get(name)).filter((slot) => slot?.short);
  return ends.length ? Math.max(...ends.map((slot) => slot!.span.end)) : null;
}

/** As many blanks as stand before this place in its line, dashes counting as blanks. */
function indentOf(source: string, at: number): string {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  return ' '.repeat(at - start);
}

/** 1 for the first line. */
export function lineOf(source: string, at: number): number {
  let line = 1;
  for (let i = source.indexOf('\n'); i >= 0 && i < at; i = source.indexOf('\n', i + 1)) line++;
  return line;
}
