import type { LayerSyntax } from '../syntax/program';
import type { Word } from '../syntax/tree';
import type { LayerRun, Wire } from './wire';
import type { Parameters } from './expression';

/** What a name stands for. */
export interface Named {
  readonly wire: Wire;
  /** `null` for a line that is no layer yet. */
  readonly run: LayerRun | null;
  /** Where the name was given. */
  readonly word: Word;
  /** Names inside, where it is the use of a block. */
  readonly inside: Scope | null;
}

/** Names of one body of layers; what is not found here is looked for around the block's use. */
export class Scope {
  private readonly names = new Map<string, Named>();

  constructor(readonly parent: Scope | null) {}

  own(name: string): Named | null {
    return this.names.get(name) ?? null;
  }

  define(name: string, named: Named): void {
    this.names.set(name, named);
  }

  find(name: string): Named | null {
    return this.names.get(name) ?? this.parent?.find(name) ?? null;
  }

  /** `stage1.pool`: a layer inside the use of a block. */
  path(text: string): Named | null {
    const whole = this.find(text);
    if (whole) return whole;
    const parts = text.split('.');
    let named = this.find(parts[0]!);
    for (const part of parts.slice(1)) named = named?.inside?.own(part) ?? null;
    return named;
  }

  *visible(): Generator<string> {
    yield* this.names.keys();
    if (this.parent) yield* this.parent.visible();
  }
}

/** A body of layers while it is lowered. */
export interface Frame {
  readonly scope: Scope;
  readonly parameters: Parameters;
  /** The use of the block that this is the body of. */
  readonly call: LayerRun | null;
  /** `stage1/`, before the names of what is inside. */
  readonly prefix: string;
  /** All layers of the body, later ones too. */
  readonly body: readonly LayerSyntax[];
  previous: Wire;
}
