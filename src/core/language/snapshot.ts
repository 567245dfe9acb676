import { analysing, type Facts } from '../analysis';
import type { Span } from '../diagnostics/diagnostic';
import { DefinitionReader, type Definition } from '../formats/cnn/definition';
import type { LayerRun } from '../formats/cnn/lower/wire';
import { nestedLayers, type BlockSyntax, type LayerSyntax } from '../formats/cnn/syntax/program';
import { atOnce, type Steps } from '../steps';
import { drawing, type Drawing } from '../view/scene';
import { Lines } from './lines';

/** One layer as it is written, with its surroundings. */
export interface Site {
  readonly layer: LayerSyntax;
  /** The block it stands in; null among the layers of the net. */
  readonly block: BlockSyntax | null;
  /** The join or head it is a branch of. */
  readonly parent: Site | null;
  /** Everything the net makes of it, in the order of computation; none in a block nobody uses. */
  readonly runs: readonly LayerRun[];
}

/** One state of a text, and what follows from it; analysis only once somebody asks. */
export class Snapshot {
  readonly lines: Lines;
  private drawn: Drawing | null = null;
  private places: ReadonlyMap<number, LayerRun> | null = null;

  private constructor(
    readonly definition: Definition,
    readonly sites: readonly Site[],
  ) {
    this.lines = new Lines(definition.source);
  }

  /** In steps of a layer each. */
  static *of(definition: Definition): Steps<Snapshot> {
    const runs = new Map<number, LayerRun[]>();
    for (const run of definition.runs) {
      const at = placeOf(run.layer);
      const known = runs.get(at);
      if (known) known.push(run);
      else runs.set(at, [run]);
    }
    const { program } = definition;
    const names = new Set(program.blocks.map(({ name }) => name.text));
    const sites: Site[] = [];
    function* visit(layers: readonly LayerSyntax[], block: BlockSyntax | null, parent: Site | null): Steps<void> {
      for (const layer of layers) {
        const site: Site = { layer, block, parent, runs: runs.get(placeOf(layer)) ?? [] };
        sites.push(site);
        yield;
        yield* visit(nestedLayers(layer, names), block, site);
      }
    }
    for (const block of program.blocks) yield* visit(block.layers, block, null);
    yield* visit(program.layers, null, null);
    return new Snapshot(definition, sites);
  }

  get source(): string {
    return this.definition.source;
  }

  get drawing(): Drawing {
    this.drawn ??= atOnce(this.analysing());
    return this.drawn;
  }

  /** Analysis and drawing in steps of an operator each: once they are done, whoever asks is answered at once. */
  *analysing(): Steps<Drawing> {
    const { model, diagnostics } = this.definition;
    this.drawn ??= yield* drawing(yield* analysing(model), diagnostics);
    return this.drawn;
  }

  /** The layer that an operator of the graph belongs to. */
  runOf(node: number): LayerRun | null {
    this.places ??= new Map(this.definition.runs.flatMap((run) => run.nodes.map((own) => [own, run] as const)));
    return this.places.get(node) ?? null;
  }

  get facts(): Facts {
    return this.drawing.facts;
  }

  /** The innermost layer that a place lies in; at the end of its line counts too. */
  siteAt(offset: number): Site | null {
    let found: Site | null = null;
    for (const site of this.sites) {
      if (contains(extentOf(this, site), offset)) found = site;
    }
    return found;
  }
}

/** Reads the states of one text one after the other. */
export class Session {
  private readonly reader = new DefinitionReader();
  private last: Snapshot | null = null;

  constructor(private readonly name: string) {}

  /** The same text gives the same snapshot. */
  read(source: string): Snapshot {
    return atOnce(this.reading(source));
  }

  /** The same in steps of a layer each; of several begun, the one that ends last is kept. */
  *reading(source: string): Steps<Snapshot> {
    if (this.last?.source !== source) this.last = yield* Snapshot.of(yield* this.reader.reading(source, this.name));
    return this.last;
  }
}

/** What tells one written layer from another. */
const placeOf = ({ kind, span }: LayerSyntax): number => (kind.text === '' ? span.start : kind.span.start);

export const contains = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** From the layer's first word to its last, and the blanks behind it in that line. */
function extentOf({ lines }: Snapshot, { layer }: Site): Span {
  const last = Math.max(layer.span.end, layer.kind.span.end, layer.value.span.end);
  const text = lines.text;
  // A map's span may end in the next line: what counts is where its text ends.
  let end = Math.min(last, text.length);
  while (end > layer.span.start && /\s/.test(text[end - 1]!)) end--;
  while (end < text.length && (text[end] === ' ' || text[end] === ':')) end++;
  return { start: layer.span.start, end };
}
