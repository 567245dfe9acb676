/**
 * Plain data as text, records by their columns: JSON says the names of thirty fields ten thousand times and the same word as often as
 * it stands. One line a column, in the order they are read; values that JSON has no word for are null, as in JSON.
 */
import type { Steps } from '../core/steps';

type Primitive = string | number | boolean | null;
/** Of a record: which of the rows have this field, null for all. */
type Field = readonly [key: string, has: readonly number[] | null];

type Line =
  | readonly [kind: 'same', value: Primitive, count: number]
  /** Whole numbers one after the other. */
  | readonly [kind: 'from', first: number, count: number]
  | readonly [kind: 'each', values: readonly Primitive[]]
  /** Few different values: each once, and which of them stands where. */
  | readonly [kind: 'word', words: readonly Primitive[], at: readonly number[]]
  /** Lists by their lengths, -1 for null; what is in them follows as one column. */
  | readonly [kind: 'list', lengths: readonly number[]]
  /** Records, 0 where there is null; their fields follow, a column each. */
  | readonly [kind: 'rows', has: readonly number[] | null, count: number, fields: readonly Field[]];

type Row = Readonly<Record<string, unknown>>;

/** After so many values it is known whether they repeat. */
const SAMPLE = 400;

/** Everything in `value` has to be plain: records, lists, strings, numbers, booleans, null; a column is of one kind, or null. */
export function* columnsText(value: unknown): Steps<string> {
  const lines: string[] = [];
  yield* write([value], lines);
  return lines.join('\n');
}

/** What `columnsText` was given; equal words are the same string. */
export function* readColumns(text: string): Steps<unknown> {
  const [value] = yield* read(text.split('\n')[Symbol.iterator]());
  return value;
}

function* write(values: readonly unknown[], lines: string[]): Steps<void> {
  yield;
  const put = (line: Line): void => void lines.push(JSON.stringify(line));
  const some = values.find((value) => typeof value === 'object' && value !== null);
  if (some === undefined) {
    put(primitives(values as readonly Primitive[]));
    return;
  }
  if (Array.isArray(some)) {
    const lists = values as readonly (readonly unknown[] | null)[];
    put(['list', lists.map((list) => list?.length ?? -1)]);
    const items: unknown[] = [];
    for (const list of lists) if (list) for (const item of list) items.push(item);
    yield* write(items, lines);
    return;
  }
  const rows = (values as readonly (Row | null)[]).filter((row) => row !== null);
  const place = lines.push('') - 1;
  const fields: Field[] = [];
  for (const key of keysOf(rows)) {
    const column = rows.map((row) => row[key]);
    const whole = !column.includes(undefined);
    fields.push([key, whole ? null : column.map((entry) => (entry === undefined ? 0 : 1))]);
    yield* write(whole ? column : column.filter((entry) => entry !== undefined), lines);
  }
  const has = rows.length < values.length ? values.map((row) => (row ? 1 : 0)) : null;
  lines[place] = JSON.stringify(['rows', has, values.length, fields] satisfies Line);
}

/** Most kinds of records have the same fields each: looking at every name of every record would take longer than all the rest. */
function keysOf(rows: readonly Row[]): readonly string[] {
  const keys = Object.keys(rows[0] ?? {});
  const alike = (row: Row): boolean => {
    let at = 0;
    // Makes no list of the names of each, as `Object.keys` would.
    for (const key in row) if (key !== keys[at++]) return false;
    return true;
  };
  return rows.every(alike) ? keys : [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

function primitives(values: readonly Primitive[]): Line {
  const { length } = values;
  const first = values[0] ?? null;
  let alike = 1;
  while (alike < length && values[alike] === first) alike++;
  if (alike >= length) return ['same', first, length];
  if (typeof first === 'number') {
    let next = 1;
    while (next < length && values[next] === first + next) next++;
    if (next === length) return ['from', first, length];
  }
  const places = new Map<Primitive, number>();
  const at: number[] = [];
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    let place = places.get(value);
    if (place === undefined) places.set(value, (place = places.size));
    at.push(place);
    if (at.length === SAMPLE && places.size > SAMPLE / 2) return ['each', values];
  }
  return places.size > values.length / 2 ? ['each', values] : ['word', [...places.keys()], at];
}

function* read(lines: Iterator<string, undefined>): Steps<unknown[]> {
  yield;
  const text = lines.next().value;
  if (text === undefined) throw new Error('columns are missing');
  const line = JSON.parse(text) as Line;
  switch (line[0]) {
    case 'same':
      return new Array<unknown>(line[2]).fill(line[1]);
    case 'from': {
      const [, first, count] = line;
      return Array.from({ length: count }, (_, i) => first + i);
    }
    case 'each':
      return line[1] as unknown[];
    case 'word': {
      const [, words, at] = line;
      return at.map((place) => words[place]);
    }
    case 'list': {
      const items = yield* read(lines);
      let next = 0;
      return line[1].map((length) => (length < 0 ? null : items.slice(next, (next += length))));
    }
    case 'rows':
      return yield* readRows(line[1], line[2], line[3], lines);
  }
}

function* readRows(
  has: readonly number[] | null,
  count: number,
  fields: readonly Field[],
  lines: Iterator<string, undefined>,
): Steps<unknown[]> {
  // Copies of one record have one layout in memory.
  const blank = Object.fromEntries(fields.flatMap(([key, some]) => (some ? [] : [[key, null]])));
  const all = Array.from({ length: count }, (_, i): Record<string, unknown> | null =>
    has?.[i] === 0 ? null : { ...blank },
  );
  const rows = all.filter((row) => row !== null);
  for (const [key, some] of fields) {
    const values = yield* read(lines);
    const holders = some ? rows.filter((_, i) => some[i] === 1) : rows;
    holders.forEach((row, i) => (row[key] = values[i]));
  }
  return all;
}
