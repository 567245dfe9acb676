import type { TextEdit } from '../../../src/core/diagnostics/fix';
import { Session, type Snapshot } from '../../../src/core/language/snapshot';

/** A text with a place in it: «here» is a span, | a cursor. */
export function marked(text: string): { readonly source: string; readonly start: number; readonly end: number } {
  const start = text.search(/[«|]/);
  const source = text.replace(/[«»|]/g, '');
  const end = text.includes('»') ? text.indexOf('»') - 1 : start;
  return { source, start, end };
}

export const snapshotOf = (source: string): Snapshot => new Session('test').read(source);

/** The text after edits, which do not overlap. */
export function edited(source: string, edits: readonly TextEdit[]): string {
  let text = source;
  for (const { span, text: replacement } of [...edits].sort((a, b) => b.span.start - a.span.start)) {
    text = text.slice(0, span.start) + replacement + text.slice(span.end);
  }
  return text;
}

/** Lines under an input and `layers:`. */
export const net = (...layers: readonly string[]): string =>
  `input: 28x28x1\nlayers:\n${layers.map((line) => `  ${line}\n`).join('')}`;
