/** Characters that JSON lets through and a terminal or an editor would obey: C1 controls, and marks that turn the direction. */
const UNSAFE = /[\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** On one line; every number in it is finite, because all others were null before. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A long list or record: each entry is made when it is written, and forgotten then. */
export class Entries {
  private constructor(
    readonly isList: boolean,
    readonly all: Iterable<readonly [string, object]>,
  ) {}

  static list<T>(items: readonly T[], entry: (item: T) => object): Entries {
    return new Entries(true, pairs(items, entry));
  }

  /** Names must differ. */
  static record(entries: Iterable<readonly [string, object]>): Entries {
    return new Entries(false, entries);
  }

  toJSON(): unknown {
    return this.isList ? Array.from(this.all, ([, entry]) => entry) : recordOf(this.all);
  }
}

function* pairs<T>(items: readonly T[], entry: (item: T) => object): Iterable<readonly [string, object]> {
  for (const item of items) yield ['', entry(item)];
}

/** A document a person can read too: each member on a line of its own, and each entry of those that hold more than numbers and words. */
export function* jsonDocument(document: object): Iterable<string> {
  let before = '{';
  for (const [name, value] of Object.entries(document) as readonly [string, unknown][]) {
    yield `${before}\n ${jsonText(name)}: `;
    before = ',';
    if (value instanceof Entries) {
      yield* entriesOf(value.all, value.isList);
      continue;
    }
    const entries = isObject(value) ? (Object.entries(value) as readonly [string, unknown][]) : [];
    if (!entries.some(([, entry]) => isObject(entry))) yield jsonText(value);
    else yield* entriesOf(entries, Array.isArray(value));
  }
  yield '\n}\n';
}

function* entriesOf(entries: Iterable<readonly [string, unknown]>, isList: boolean): Iterable<string> {
  const [open, close] = isList ? '[]' : '{}';
  let before = open;
  for (const [name, entry] of entries) {
    yield `${before}\n  ${isList ? '' : `${jsonText(name)}: `}${jsonText(entry)}`;
    before = ',';
  }
  yield before === open ? `${open}${close}` : `\n ${close}`;
}

/** A record for JSON from any names, `__proto__` among them. */
export function recordOf<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) record[name] = value;
  return record;
}
