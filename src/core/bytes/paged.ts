import { t } from '../l10n/l10n';
import { type Cursor, type Reading } from './cursor';
import type { ByteSource } from './source';

/** The source failed or lied about its size: not the model's fault. */
export class Unreadable extends Error {
  constructor(
    readonly at: number,
    readonly reason: string,
  ) {
    super(t('bytes at {0} could not be read: {1}', at, reason));
    this.name = 'Unreadable';
  }
}

export interface PageSizes {
  /** What a jump reads. Small, because most jumps land between two payloads: 4 KiB beat 64 KiB fivefold (resnet152). */
  readonly smallest: number;
  /** What reading on without jumps grows to, so that a dense graph is not fetched in crumbs. */
  readonly largest: number;
}

const PAGES: PageSizes = { smallest: 4096, largest: 256 * 1024 };

/** Reads `[start, end)`; a source that fails, or gives another number of bytes than asked, is Unreadable. */
export async function readRange(
  source: ByteSource,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  let bytes: Uint8Array;
  try {
    bytes = await unlessAborted(source.read(start, end, signal), signal);
  } catch (error) {
    signal?.throwIfAborted();
    throw new Unreadable(start, error instanceof Error ? error.message : String(error));
  }
  signal?.throwIfAborted();
  if (bytes.length !== end - start)
    throw new Unreadable(start, t('{0} bytes came instead of {1}', bytes.length, end - start));
  return bytes;
}

/** A source may never answer, signal or not: whoever gave up does not wait for it. */
async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return answer;
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([answer, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

/** Counts what is read, for the speed figures and for the tests that forbid reading payloads. */
export class CountingSource implements ByteSource {
  bytesRead = 0;

  constructor(private readonly source: ByteSource) {}

  get size(): number {
    return this.source.size;
  }

  async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await this.source.read(start, end, signal);
    this.bytesRead += bytes.length;
    return bytes;
  }
}

/** Runs a reading to its end, fetching what it misses. */
export async function drive<T>(
  reading: Reading<T>,
  cursor: Cursor,
  source: ByteSource,
  signal?: AbortSignal,
  pages: PageSizes = PAGES,
): Promise<T> {
  let length = pages.smallest;
  for (;;) {
    const step = reading.next();
    if (step.done) return step.value;
    const { start, end } = step.value;
    const readsOn = start >= cursor.base && start <= cursor.limit && cursor.limit > 0;
    length = readsOn ? Math.min(length * 2, pages.largest) : pages.smallest;
    const stop = Math.min(cursor.size, Math.max(end, start + length));
    cursor.supply(start, await readRange(source, start, stop, signal));
  }
}
