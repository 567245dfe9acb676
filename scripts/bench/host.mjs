// The process in which scripts/bench/host.entry.mjs runs, as an extension host runs beside the page.
import { build } from 'esbuild';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';

export async function startHost() {
  const outfile = path.join(cacheDir, 'bench/host.cjs');
  const entryPoints = [inRoot('scripts/bench/host.entry.mjs')];
  await build({ entryPoints, outfile, bundle: true, minify: true, platform: 'node', format: 'cjs' });
  const child = fork(outfile);
  const [{ origin }] = await once(child, 'message');
  return {
    /** Where the page asks for the scene of the file begun last. */
    origin,
    /** Reads a file to the end; ms of the processor that took. */
    async read(file) {
      child.send(file);
      const [{ failed, processorMs }] = await once(child, 'message');
      if (failed) throw new Error(`${file}: ${failed}`);
      return processorMs;
    },
    stop: () => void child.kill(),
  };
}
