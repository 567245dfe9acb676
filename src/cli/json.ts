/** Characters that JSON lets through and a terminal or an editor would obey: C1 controls, and marks that turn the direction. */
const UNSAFE = /[\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** On one line; every number in it is finite, because all others were null before. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(UNSAFE, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A document a person can read too: each member on a line of its own, and each entry of those that hold more than numbers and words. */
export function* jsonDocument(document: object): Iterable<string> {
  let before = '{';
  for (const [name, value] of Object.entries(document) as readonly [string, unknown][]) {
    yield `${before}\n ${jsonText(name)}: `;
    const entries = isObject(value) ? (Object.entries(value) as readonly [string, unknown][]) : [];
    if (!entries.some(([, entry]) => isObject(entry))) yield jsonText(value);
    else yield* entriesOf(entries, Array.isArray(value));
    before = ',';
  }
  yield '\n}\n';
}

function* entriesOf(entries: readonly (readonly [string, unknown])[], isList: boolean): Iterable<string> {
  let before = isList ? '[' : '{';
  for (const [name, entry] of entries) {
    yield `${before}\n  ${isList ? '' : `${jsonText(name)}: `}${jsonText(entry)}`;
    before = ',';
  }
  yield isList ? '\n ]' : '\n }';
}

/** A record for JSON from any names, `__proto__` among them. */
export function recordOf<T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> {
  const record = Object.create(null) as Record<string, T>;
  for (const [name, value] of entries) record[name] = value;
  return record;
}
