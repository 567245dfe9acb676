import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Model files made elsewhere with their ground truth lie beside the repository, not in it; null on machines without them. */
const beside = process.env.CONVLENS_CORPUS ?? resolve(__dirname, '../../../shared/corpus');
export const corpus: string | null = existsSync(join(beside, 'truth')) ? beside : null;

/** A suite over the corpus: skipped, and said to be, where there is none. */
export function describeCorpus(title: string, body: (folder: string) => void): void {
  const folder = corpus;
  if (folder === null) describe.skip(`${title} (no corpus beside the repository)`, () => undefined);
  else
    describe(title, () => {
      body(folder);
    });
}
