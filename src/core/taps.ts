/** Reads and thins out the taps behind a model file: one ModelProto with nothing but a graph with named outputs. */

export interface Tap {
  readonly name: string;
  /** The whole output field, tag and length included. */
  readonly bytes: Uint8Array;
}

const GRAPH = (7 << 3) | 2;
const OUTPUT = (12 << 3) | 2;
const NAME = (1 << 3) | 2;

interface Field {
  readonly tag: number;
  readonly start: number;
  readonly content: Uint8Array;
  readonly end: number;
}

/** Length-delimited fields only: the taps have no others. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const length = varint();
    const content = bytes.subarray(at, at + length);
    at += length;
    yield { tag, start, content, end: at };
  }
}

export function readTaps(bytes: Uint8Array): readonly Tap[] {
  const taps: Tap[] = [];
  const decoder = new TextDecoder();
  for (const graph of fields(bytes)) {
    if (graph.tag !== GRAPH) continue;
    for (const output of fields(graph.content)) {
      if (output.tag !== OUTPUT) continue;
      const name = [...fields(output.content)].find((field) => field.tag === NAME);
      if (name)
        taps.push({ name: decoder.decode(name.content), bytes: graph.content.subarray(output.start, output.end) });
    }
  }
  return taps;
}

function varintBytes(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

export function writeTaps(taps: readonly Tap[]): Uint8Array {
  if (taps.length === 0) return new Uint8Array(0);
  const size = taps.reduce((sum, tap) => sum + tap.bytes.length, 0);
  const head = [GRAPH, ...varintBytes(size)];
  const bytes = new Uint8Array(head.length + size);
  bytes.set(head);
  let at = head.length;
  for (const tap of taps) {
    bytes.set(tap.bytes, at);
    at += tap.bytes.length;
  }
  return bytes;
}

/** Taps that an error of the runtime names: in quotes or brackets, or, where it puts nothing in those, as a word. */
export function blamed<T extends { readonly name: string }>(taps: readonly T[], message: string): readonly T[] {
  const quoted = new Set([...message.matchAll(/["'“‘(]([^"'”’)]+)["'”’)]/g)].map(([, name]) => name));
  const found = taps.filter((tap) => quoted.has(tap.name));
  if (found.length > 0) return found;
  const words = new Set(message.split(/[\s,;]+/).map((word) => word.replace(/[.:]+$/, '')));
  return taps.filter((tap) => words.has(tap.name));
}
