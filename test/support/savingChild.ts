/** Saves over the file it is given, again and again, as the editor's own file system writes: a process to be killed. */
import { open, rename, rm } from 'node:fs/promises';
import type { Uri } from 'vscode';
import { writeAtomically } from '../../src/host/editor/atomic';

const SIZE = 32 << 20;
const PIECE = 1 << 16;

const uri = (path: string): Uri => ({ path, with: (change: { path: string }) => uri(change.path) }) as unknown as Uri;

const disk = {
  async writeFile(target: Uri, content: Uint8Array): Promise<void> {
    const file = await open(target.path, 'w');
    for (let at = 0; at < content.length; at += PIECE)
      await file.write(content, at, Math.min(PIECE, content.length - at));
    await file.close();
  },
  rename: (from: Uri, to: Uri) => rename(from.path, to.path),
  delete: (target: Uri) => rm(target.path),
};

async function main(path: string): Promise<never> {
  for (let version = 2; ; version++) {
    await writeAtomically(disk, uri(path), new Uint8Array(SIZE).fill(version));
    process.send!(version);
  }
}

void main(process.argv[2]!);
