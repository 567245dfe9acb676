import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../support/corpus';
import { tryMessage } from './proto';

const SMALL = 64 * 1024;

/** Files to start from: our samples, and where the corpus is at hand its small models and node tests. In a fixed order. */
export function seedFiles(): Uint8Array[] {
  const folders = [join(__dirname, '../../samples/architectures'), ...(corpus ? [join(corpus, 'models')] : [])];
  const paths = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder)
        .sort()
        .map((name) => join(folder, name)),
    );
  const nodetests = corpus && join(corpus, 'nodetests');
  if (nodetests && existsSync(nodetests)) {
    for (const name of readdirSync(nodetests).sort()) paths.push(join(nodetests, name, 'model.onnx'));
  }
  const small = paths.filter((path) => path.endsWith('.onnx') && existsSync(path) && statSync(path).size < SMALL);
  // Only what another reader can take apart is of use to a mutator of messages.
  return small.map((path) => readFileSync(path)).filter((bytes) => tryMessage(bytes, 'Model') !== null);
}
