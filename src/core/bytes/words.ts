/** Texts longer than this are rare, and left to the decoder. */
export const LONGEST_WORD = 63;

const SLOTS = 1 << 14;

/**
 * Short plain words in bytes. Nearly every name stands in a file more than once: where it is made, and wherever it is read. The same
 * bytes give the same string, which is made once, hashed once, and compared by looking at where it is.
 */
export class Words {
  readonly #known = new Array<string | undefined>(SLOTS);

  /** The bytes `[from, to)` as text; null where one of them is no ASCII. */
  at(bytes: Uint8Array, from: number, to: number): string | null {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      if (byte >= 0x80) return null;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    const known = this.#known[slot];
    if (known?.length === to - from && isAt(known, bytes, from)) return known;
    // Spread would walk an iterator.
    const made = String.fromCharCode.apply(null, bytes.subarray(from, to) as unknown as number[]);
    this.#known[slot] = made;
    return made;
  }
}

function isAt(word: string, bytes: Uint8Array, from: number): boolean {
  for (let i = 0; i < word.length; i++) if (word.charCodeAt(i) !== bytes[from + i]) return false;
  return true;
}
