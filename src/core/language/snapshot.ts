import { analyze, type Facts } from '../analysis';
import type { Span } from '../diagnostics/diagnostic';
import { DefinitionReader, type Definition } from '../formats/cnn/definition';
import type { LayerRun } from '../formats/cnn/lower/wire';
import { nestedLayers, type BlockSyntax, type LayerSyntax } from '../formats/cnn/syntax/program';
import { draw, type Drawing } from '../view/scene';
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
  readonly sites: readonly Site[];
  private drawn: Drawing | null = null;

  constructor(readonly definition: Definition) {
    this.lines = new Lines(definition.source);
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
    const visit = (layers: readonly LayerSyntax[], block: BlockSyntax | null, parent: Site | null): void => {
      for (const layer of layers) {
        const site: Site = { layer, block, parent, runs: runs.get(placeOf(layer)) ?? [] };
        sites.push(site);
        visit(nestedLayers(layer, names), block, site);
      }
    };
    for (const block of program.blocks) visit(block.layers, block, null);
    visit(program.layers, null, null);
    this.sites = sites;
  }

  get source(): string {
    return this.definition.source;
  }

  get drawing(): Drawing {
    this.drawn ??= draw(analyze(this.definition.model), this.definition.diagnostics);
    return this.drawn;
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
    if (this.last?.source !== source) this.last = new Snapshot(this.reader.read(source, this.name));
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
