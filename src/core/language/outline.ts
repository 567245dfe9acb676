import type { Span } from '../diagnostics/diagnostic';
import { layerNamed } from '../formats/cnn/vocabulary/layers';
import { figuresOf } from './figures';
import type { Site, Snapshot } from './snapshot';

export interface Symbol {
  readonly name: string;
  /** Its figures, or what it is. */
  readonly detail: string;
  readonly kind: 'setting' | 'block' | 'layer' | 'join' | 'head';
  readonly span: Span;
  readonly selection: Span;
  readonly children: readonly Symbol[];
}

/** Settings, blocks and layers, branches inside of their joins. */
export function outline(snapshot: Snapshot): readonly Symbol[] {
  const { program } = snapshot.definition;
  const inside = new Map<Site | null, Site[]>();
  for (const site of snapshot.sites) {
    const siblings = inside.get(site.parent);
    if (siblings) siblings.push(site);
    else inside.set(site.parent, [site]);
  }
  const top = inside.get(null) ?? [];
  const symbol = (site: Site): Symbol => layerSymbol(snapshot, site, (inside.get(site) ?? []).map(symbol));

  const found: Symbol[] = [];
  for (const [name, { key, value }] of program.settings) {
    const span = cover(key.span, value.span);
    if (name === 'blocks') {
      const children = program.blocks.map((block): Symbol => {
        const parameters = block.parameters.map((parameter) => parameter.name.text).join(', ');
        const layers = top.filter((site) => site.block === block).map(symbol);
        return {
          name: block.name.text || '?',
          detail: parameters && `(${parameters})`,
          kind: 'block',
          span: cover(block.span, block.name.span),
          selection: block.name.span,
          children: layers,
        };
      });
      found.push({ name, detail: '', kind: 'setting', span, selection: key.span, children });
    } else if (name === 'layers') {
      const children = top.filter((site) => site.block === null).map(symbol);
      found.push({ name, detail: '', kind: 'setting', span, selection: key.span, children });
    } else {
      const detail = value.kind === 'text' ? value.text.trim().split('\n')[0]! : '';
      found.push({ name, detail, kind: 'setting', span, selection: key.span, children: [] });
    }
  }
  return found;
}

function layerSymbol(snapshot: Snapshot, site: Site, children: readonly Symbol[]): Symbol {
  const { layer } = site;
  const kind = layerNamed(layer.kind.text);
  const named = layer.keys.find(({ key }) => key.text === 'name')?.value;
  const name = named?.kind === 'text' ? named.text.trim() : '';
  const what = layer.kind.text || '?';
  return {
    name: name || what,
    detail: [name && what, figuresOf(snapshot, site)?.size ?? ''].filter(Boolean).join(' · '),
    kind: kind?.name === 'head' ? 'head' : kind?.chapter === 'join' ? 'join' : 'layer',
    span: cover(layer.span, layer.kind.span),
    selection: layer.kind.text === '' ? { start: layer.span.start, end: layer.span.start } : layer.kind.span,
    children,
  };
}

const cover = (a: Span, b: Span): Span => ({ start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) });
