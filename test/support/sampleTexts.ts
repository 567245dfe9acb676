import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The definitions that ship. */
export const samples = ['lecture', 'zoo'].flatMap((folder) => {
  const path = join(__dirname, '../../samples', folder);
  return readdirSync(path)
    .filter((name) => name.endsWith('.cnn.yaml'))
    .map((name) => ({ name, source: readFileSync(join(path, name), 'utf8') }));
});
