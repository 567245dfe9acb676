import type { Attr, Constant, Graph } from '../ir/types';

const none: readonly string[] = [];

/** Reads a node's attributes by kind with defaults; a wrong kind, and a number that is none, count as absent and are remembered for a diagnostic. */
export class AttrReader {
  readonly #attrs: ReadonlyMap<string, Attr>;
  /** Made when first needed: a large graph has a reader per node, and nearly none of them a problem. */
  #mistyped: Set<string> | null = null;

  constructor(attrs: ReadonlyMap<string, Attr>) {
    this.#attrs = attrs;
  }

  /** Names whose kind is not what the operator expects. */
  get mistyped(): Iterable<string> {
    return this.#mistyped ?? none;
  }

  #get<K extends Attr['kind']>(name: string, kind: K): Extract<Attr, { kind: K }> | undefined {
    const attr = this.#attrs.get(name);
    if (!attr) return undefined;
    if (attr.kind !== kind) {
      (this.#mistyped ??= new Set()).add(name);
      return undefined;
    }
    return attr as Extract<Attr, { kind: K }>;
  }

  has(name: string): boolean {
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
    const value = this.#get(name, 'float')?.value;
    if (value === undefined || !Number.isNaN(value)) return value ?? fallback;
    (this.#mistyped ??= new Set()).add(name);
    return fallback;
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
