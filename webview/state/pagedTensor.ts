/** Elements of a stored tensor, fetched page by page as they are looked at. */

/** Elements `[from, from + count)`, fewer at the end. Rejects with the reason where they cannot be had. */
export type ReadElements = (from: number, count: number) => Promise<ArrayLike<number>>;

const PAGE = 8192;
/** 32 kB each: as much as a long scroll needs to go back without asking again. */
const MOST_PAGES = 128;

export class PagedTensor {
  /** In the order they were last used. */
  readonly #pages = new Map<number, ArrayLike<number>>();
  readonly #asked = new Set<number>();

  constructor(
    readonly total: number,
    readonly read: ReadElements,
    /** More elements are at hand, or cannot be had. */
    readonly changed: (error: string | null) => void,
  ) {}

  /** Undefined as long as it is not there. */
  at(index: number): number | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Asks for what is not there of `[from, to)`. */
  need(from: number, to: number): void {
    const last = Math.floor((Math.min(to, this.total) - 1) / PAGE);
    for (let page = Math.floor(from / PAGE); page <= last; page++) {
      const there = this.#pages.get(page);
      if (there) {
        this.#pages.delete(page);
        this.#pages.set(page, there);
      } else if (!this.#asked.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    this.#asked.add(page);
    try {
      this.#pages.set(page, await this.read(page * PAGE, PAGE));
      const [oldest] = this.#pages.keys();
      if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
      this.#asked.delete(page);
      this.changed(null);
    } catch (error) {
      // Stays among those asked for: what cannot be read is not asked for at every scroll.
      this.changed(error instanceof Error ? error.message : String(error));
    }
  }
}

/** All elements up to this many; of more a sample. 4 MB of float32. */
export const MOST_READ = 1 << 20;
const READ_AT_ONCE = 1 << 18;
const STRETCHES = 64;
const STRETCH = 4096;

export interface Sample {
  readonly values: Float32Array;
  readonly total: number;
  /** Every element is in it. */
  readonly whole: boolean;
}

/** `[from, count]` of what is read for a sample: everything, or stretches evenly apart with the first and the last element. */
export function stretchesOf(total: number): readonly (readonly [number, number])[] {
  if (total <= MOST_READ) {
    const parts = Math.ceil(total / READ_AT_ONCE);
    return Array.from({ length: parts }, (_, i) => [
      i * READ_AT_ONCE,
      Math.min(READ_AT_ONCE, total - i * READ_AT_ONCE),
    ]);
  }
  return Array.from({ length: STRETCHES }, (_, i) => [Math.floor(((total - STRETCH) * i) / (STRETCHES - 1)), STRETCH]);
}

/** Reads what a histogram is made of; `stop` ends it early with null. */
export async function sampleOf(total: number, read: ReadElements, stop: () => boolean): Promise<Sample | null> {
  const parts: ArrayLike<number>[] = [];
  for (const [from, count] of stretchesOf(total)) {
    if (stop()) return null;
    parts.push(await read(from, count));
  }
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part, at);
    at += part.length;
  }
  return { values, total, whole: values.length >= total };
}
