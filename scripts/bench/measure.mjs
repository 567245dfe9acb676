import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, inRoot } from '../lib/paths.mjs';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Wall time of a whole node process, and the bytes it read where the system tells. */
export function runNode(args) {
  const reads = path.join(cacheDir, 'bench', 'reads.txt');
  mkdirSync(path.dirname(reads), { recursive: true });
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--require', inRoot('scripts/bench/count-reads.cjs'), ...args],
    {
      env: { ...process.env, CONVLENS_READS: process.platform === 'linux' ? reads : '' },
      maxBuffer: 1 << 28,
    },
  );
  const ms = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return { ms, bytes: process.platform === 'linux' ? Number(readFileSync(reads, 'utf8')) : undefined };
}

/** Two programs turn by turn, so that what else the machine does meets both alike. */
export function alternate(count, a, b) {
  const runs = Array.from({ length: count }, () => [runNode(a), runNode(b)]);
  return [0, 1].map((side) => ({
    ms: median(runs.map((run) => run[side].ms)),
    bytes: runs[0][side].bytes,
  }));
}
