/** Runs cases in a process of their own and watches it: a case that hangs, dies or fails is a find. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Report } from './child';

export interface Find {
  readonly at: number;
  readonly error: string;
  /** The file that did it; null when the process was gone before it could hand it over (the case number brings it back). */
  readonly file: Uint8Array | null;
  readonly extension: string;
}

export interface Campaign {
  readonly tried: number;
  readonly finds: readonly Find[];
  /** Cases of each kind that came to an end. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** A case takes milliseconds; who takes this long hangs. */
const PATIENCE_MS = 60_000;
/** Bounded memory is part of the promise. */
const HEAP_MB = 1024;

/** Tries the cases `from` up to `to`, or as many as begin before `until` (a time in ms). */
export async function campaign(seed: number, from: number, to: number, until = Infinity): Promise<Campaign> {
  const finds: Find[] = [];
  const kinds = new Map<string, number>();
  let next = from;
  let tried = 0;
  while (next < to && Date.now() < until) {
    const stretch = await watch(seed, next, to, until, kinds);
    finds.push(...stretch.finds);
    tried += stretch.next - next;
    next = stretch.next;
  }
  return { tried, finds, kinds };
}

function watch(
  seed: number,
  from: number,
  to: number,
  until: number,
  kinds: Map<string, number>,
): Promise<{ next: number; finds: Find[] }> {
  return new Promise((resolve) => {
    const finds: Find[] = [];
    let at = from;
    let finished = false;
    let why = '';
    const child = fork(join(__dirname, 'child.ts'), [seed, from, to].map(String), {
      execArgv: ['--require', 'tsx/cjs', `--max-old-space-size=${HEAP_MB}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let timer: NodeJS.Timeout | undefined;
    let last = '';
    child.stderr?.on('data', (chunk: Buffer) => (last = (last + chunk.toString()).slice(-2000)));
    const patience = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        why = `hangs for more than ${PATIENCE_MS / 1000} s`;
        child.kill('SIGKILL');
      }, PATIENCE_MS);
    };
    patience();
    child.on('message', ({ begun, failed, tried, done }: Report) => {
      patience();
      if (begun !== undefined) at = begun;
      if (failed) {
        const { at: number, error, extension, file } = failed;
        finds.push({ at: number, error, extension, file: Buffer.from(file, 'base64') });
      }
      if (tried) kinds.set(tried, (kinds.get(tried) ?? 0) + 1);
      if (done !== undefined) finished = true;
      if (begun !== undefined && Date.now() >= until) {
        finished = true;
        child.kill('SIGKILL');
      }
    });
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      if (finished) {
        resolve({ next: Date.now() >= until ? at : to, finds });
        return;
      }
      finds.push({ at, error: why || `the process ended with ${code ?? signal}: ${last}`, file: null, extension: '' });
      resolve({ next: at + 1, finds });
    });
  });
}
