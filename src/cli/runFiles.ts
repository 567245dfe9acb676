/** What a run takes from the extension's own folder: the runtime, and names of classes. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const MANIFEST = 'package.json';

/** The folder of the extension: the program lies in its `dist`, its sources two floors below. */
function home(): string {
  let folder = __dirname;
  while (!existsSync(path.join(folder, MANIFEST)) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return folder;
}

/** The page's own runtime; before anything is built, the package's. */
const WASM = ['dist/webview', 'node_modules/onnxruntime-web/dist'].map((folder) =>
  path.join(folder, 'ort-wasm-simd-threaded.wasm'),
);

/** Throws where neither is there. */
export async function runtimeBytes(): Promise<Uint8Array> {
  const found = WASM.map((file) => path.join(home(), file)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the runtime is missing: ${WASM[0]} is not in ${home()}`);
  return readFile(found);
}

/** One name a line; null where the file is gone. */
export const imageNetLabels = (): Promise<string | null> =>
  readFile(path.join(home(), 'samples/labels/imagenet.txt'), 'utf8').catch(() => null);
