import type { Attr, Constant, Graph } from '../ir/types';

/** Reads a node's attributes by kind with defaults; a wrong kind counts as absent and is remembered for a diagnostic. */
export class AttrReader {
  readonly #attrs: ReadonlyMap<string, Attr>;
  /** Names whose kind is not what the operator expects. */
  readonly mistyped = new Set<string>();
  /** Names the operator asked for: the others are unread. */
  readonly asked = new Set<string>();

  constructor(attrs: ReadonlyMap<string, Attr>) {
    this.#attrs = attrs;
  }

  #get<K extends Attr['kind']>(name: string, kind: K): Extract<Attr, { kind: K }> | undefined {
    this.asked.add(name);
    const attr = this.#attrs.get(name);
    if (!attr) return undefined;
    if (attr.kind !== kind) {
      this.mistyped.add(name);
      return undefined;
    }
    return attr as Extract<Attr, { kind: K }>;
  }

  has(name: string): boolean {
    this.asked.add(name);
    return this.#attrs.has(name);
  }
  int(name: string): number | undefined;
  int(name: string, fallback: number): number;
  int(name: string, fallback?: number): number | undefined {
    return this.#get(name, 'int')?.value ?? fallback;
  }
  ints(name: string): readonly number[] | undefined;
  ints(name: string, fallback: readonly number[]): readonly number[];
  ints(name: string, fallback?: readonly number[]): readonly number[] | undefined {
    return this.#get(name, 'ints')?.value ?? fallback;
  }
  float(name: string): number | undefined;
  float(name: string, fallback: number): number;
  float(name: string, fallback?: number): number | undefined {
    return this.#get(name, 'float')?.value ?? fallback;
  }
  floats(name: string): readonly number[] | undefined {
    return this.#get(name, 'floats')?.value;
  }
  string(name: string): string | undefined;
  string(name: string, fallback: string): string;
  string(name: string, fallback?: string): string | undefined {
    return this.#get(name, 'string')?.value ?? fallback;
  }
  strings(name: string): readonly string[] | undefined {
    return this.#get(name, 'strings')?.value;
  }
  tensor(name: string): Constant | undefined {
    return this.#get(name, 'tensor')?.value;
  }
  graph(name: string): Graph | undefined {
    return this.#get(name, 'graph')?.value;
  }
}
