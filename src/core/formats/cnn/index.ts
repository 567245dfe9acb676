import { readRange } from '../../bytes/paged';
import type { Format, Head } from '../format';
import { readDefinition } from './definition';

/** A definition is written by hand; what is larger is something else. */
const LARGEST = 16e6;

/** Network definitions as text: a YAML dialect. */
export const cnn: Format = {
  id: 'cnn',
  label: 'ConvLens definition',
  extensions: ['.cnn.yaml', '.cnn.yml'],
  // Any text could be one, so the name decides.
  sniff: ({ name, size }: Head) => (/\.cnn\.ya?ml$/i.test(name) && size <= LARGEST ? 'certain' : 'no'),
  async parse(file, signal) {
    const bytes = await readRange(file.bytes, 0, file.bytes.size, signal);
    const { model, diagnostics } = readDefinition(
      new TextDecoder().decode(bytes),
      file.name.replace(/\.cnn\.ya?ml$/i, ''),
    );
    return { model, diagnostics, bytesRead: bytes.length };
  },
};
