import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { memorySource, type ByteSource, type ModelFile } from '../../src/core/bytes/source';

/** A file of the disk with the files beside it. */
export const modelFile = (path: string): ModelFile => ({
  name: basename(path),
  bytes: memorySource(readFileSync(path)),
  sibling: (relative) => {
    const beside = join(dirname(path), relative);
    if (!existsSync(beside)) return Promise.resolve({ kind: 'missing' });
    return Promise.resolve({ kind: 'found', bytes: memorySource(readFileSync(beside)) });
  },
});

/** Bytes that stand alone. */
export const loneFile = (bytes: Uint8Array | ByteSource, name = 'test.onnx'): ModelFile => ({
  name,
  bytes: bytes instanceof Uint8Array ? memorySource(bytes) : bytes,
  sibling: () => Promise.resolve({ kind: 'missing' }),
});

/** Numbers that look random and are the same every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
