import { readRange } from '../../bytes/paged';
import type { Diagnostic, Span } from '../../diagnostics/diagnostic';
import type { Format, Head } from '../format';
import { readDefinition } from './definition';
import { lineOf } from './fixes';

/** A definition is written by hand; what is larger is something else. */
const LARGEST = 16e6;

function lineIn(source: string, { span }: { readonly span: Span }): { readonly line: number; readonly column: number } {
  const line = lineOf(source, span.start);
  return { line, column: span.start - source.lastIndexOf('\n', span.start - 1) };
}

/** Network definitions as text: a YAML dialect. */
export const cnn: Format = {
  id: 'cnn',
  label: 'ConvLens definition',
  extensions: ['.cnn.yaml', '.cnn.yml'],
  // Any text could be one, so the name decides.
  sniff: ({ name, size }: Head) => (/\.cnn\.ya?ml$/i.test(name) && size <= LARGEST ? 'certain' : 'no'),
  async parse(file, signal) {
    const bytes = await readRange(file.bytes, 0, file.bytes.size, signal);
    const source = new TextDecoder().decode(bytes);
    const { model, diagnostics } = readDefinition(source, file.name.replace(/\.cnn\.ya?ml$/i, ''));
    const counted = diagnostics.map((problem): Diagnostic => {
      const { location } = problem;
      return location?.kind === 'text'
        ? { ...problem, location: { ...location, ...lineIn(source, location) } }
        : problem;
    });
    return { model, diagnostics: counted, bytesRead: bytes.length };
  },
};
