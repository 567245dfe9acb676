/** What the page asks is looked at before it is done: the page shows strings of models, and is not trusted with more than it needs. */

export function whole(value: unknown, what: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw new TypeError(`${what} is no whole number`);
  }
  return value;
}

export function text(value: unknown, what: string, longest = 1_000_000): string {
  if (typeof value !== 'string' || value.length > longest) throw new TypeError(`${what} is no text`);
  return value;
}

export function wholes(value: unknown, what: string): readonly number[] {
  if (!Array.isArray(value) || value.length > 64) throw new TypeError(`${what} is no list of numbers`);
  return value.map((entry) => whole(entry, what));
}

export function record(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${what} is no object`);
  return value as Readonly<Record<string, unknown>>;
}

/** Bytes arrive as whatever the wire made of them. */
export function bytes(value: unknown, what: string): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  throw new TypeError(`${what} holds no bytes`);
}
