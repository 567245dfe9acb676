import { t } from '../l10n/l10n';

/** Bytes somebody must fetch before reading can go on: file offsets `[start, end)`. */
interface Miss {
  readonly start: number;
  readonly end: number;
}

/**
 * Reading is a generator: it runs synchronously over the bytes at hand and yields only for bytes that are not.
 * So there is one reader for files in memory, on disk and behind a slow connection, and payloads are never fetched.
 */
export type Reading<T> = Generator<Miss, T, void>;

/** The file ends before the thing being read does. Turned into a problem in one place per format. */
export class Truncated extends Error {
  constructor(
    readonly at: number,
    readonly wanted: number,
  ) {
    super(t('the file ends {0} bytes too early at byte {1}', wanted, at));
    this.name = 'Truncated';
  }
}

/** Bytes that mean nothing in the wire format. */
export class Malformed extends Error {
  constructor(
    readonly at: number,
    readonly what: string,
  ) {
    super(what);
    this.name = 'Malformed';
  }
}

const NOTHING = new Uint8Array(0);

/** A position in a file, with the stretch of the file that is in memory around it. */
export class Cursor {
  pos = 0;
  /** `view[0]` is the byte `base` of the file. */
  view: Uint8Array = NOTHING;
  base = 0;
  /** File offset after the last byte at hand. */
  limit = 0;

  constructor(readonly size: number) {}

  /** True when the next `count` bytes are in memory. */
  has(count: number): boolean {
    return this.pos >= this.base && this.pos + count <= this.limit;
  }

  /** Waits until the next `count` bytes are in memory. */
  *need(count: number): Reading<void> {
    if (this.pos + count > this.size) throw new Truncated(this.size, this.pos + count - this.size);
    while (!this.has(count)) yield { start: this.pos, end: this.pos + count };
  }

  /** The next `count` bytes, which must be in memory, as a view: copy what is to be kept. */
  take(count: number): Uint8Array {
    const from = this.pos - this.base;
    this.pos += count;
    return this.view.subarray(from, from + count);
  }

  /** Called by whoever fetched the bytes of a miss. */
  supply(start: number, bytes: Uint8Array): void {
    this.view = bytes;
    this.base = start;
    this.limit = start + bytes.length;
  }
}
