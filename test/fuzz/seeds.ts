import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { corpus } from '../support/corpus';
import { tryMessage } from './proto';

const SMALL = 64 * 1024;
const samples = join(__dirname, '../../samples');

const filesOf = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .sort()
        .map((name) => join(folder, name))
    : [];

const read = (paths: readonly string[]): Uint8Array[] => paths.map((path) => readFileSync(path));

/** Files to start from: our samples, and where the corpus is at hand its small models and node tests. In a fixed order. */
export function seedFiles(): Uint8Array[] {
  const paths = [join(samples, 'architectures'), ...(corpus ? [join(corpus, 'models')] : [])].flatMap(filesOf);
  const nodetests = corpus && join(corpus, 'nodetests');
  if (nodetests && existsSync(nodetests)) {
    for (const name of readdirSync(nodetests).sort()) paths.push(join(nodetests, name, 'model.onnx'));
  }
  const small = paths.filter((path) => path.endsWith('.onnx') && existsSync(path) && statSync(path).size < SMALL);
  // Only what another reader can take apart is of use to a mutator of messages.
  return small.map((path) => readFileSync(path)).filter((bytes) => tryMessage(bytes, 'Model') !== null);
}

/** Network definitions: the lecture's and the zoo's. */
export const seedTexts = (): Uint8Array[] =>
  read(['lecture', 'zoo'].flatMap((folder) => filesOf(join(samples, folder))).filter((path) => path.endsWith('.yaml')));

/** Small pictures of both formats that are decoded by us. */
export const seedPictures = (): Uint8Array[] =>
  read(
    ['images', 'fashion-mnist/images', 'shapes/images']
      .flatMap((folder) => filesOf(join(samples, folder)))
      .filter((path) => /\.(png|jpe?g)$/.test(path) && statSync(path).size < SMALL),
  );

/** Arrays as NumPy writes them: both orders, both headers, several types. */
export function seedArrays(): Uint8Array[] {
  const array = (version: 1 | 2, descr: string, order: 'True' | 'False', shape: string, values: number): Uint8Array => {
    const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`.padEnd(117) + '\n';
    const length = version === 1 ? [header.length & 255, header.length >> 8] : [header.length & 255, 0, 0, 0];
    const head = [0x93, ...Buffer.from('NUMPY'), version, 0, ...length];
    return Buffer.concat([Buffer.from(head), Buffer.from(header), Buffer.alloc(values, 63)]);
  };
  return [
    array(1, '<f4', 'False', '1, 3, 4, 4', 192),
    array(2, '>f8', 'True', '2, 3', 48),
    array(1, '|u1', 'False', '', 1),
    array(1, '<i8', 'True', '7,', 56),
    array(1, '|b1', 'False', '0, 3', 0),
  ];
}
