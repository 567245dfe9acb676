import { t } from '../l10n/l10n';
import { figuresOf, synapsesText } from './figures';
import type { Site, Snapshot } from './snapshot';

/** A hint behind a line: `→ 64×112×112 · sees 7 · 9 472 synapses`. */
export interface Inlay {
  readonly offset: number;
  readonly text: string;
}

/** Hints of the layers whose lines lie between two places. One to a line: that of the layer the line begins with. */
export function inlays(snapshot: Snapshot, from: number, to: number): readonly Inlay[] {
  const { lines } = snapshot;
  const taken = new Set<number>();
  const hints: Inlay[] = [];
  for (const site of snapshot.sites) {
    const { start } = site.layer.span;
    const line = lines.lineAt(site.layer.kind.span.start);
    if (start > to || lines.span(line).end < from || taken.has(line)) continue;
    taken.add(line);
    const text = inlayText(snapshot, site);
    if (text !== null) hints.push({ offset: endInLine(snapshot, site, line), text });
  }
  return hints;
}

function inlayText(snapshot: Snapshot, site: Site): string | null {
  const figures = figuresOf(snapshot, site);
  if (!figures) return null;
  const times = figures.layers > 1 ? t('{0} layers', figures.layers) : '';
  return `→ ${[figures.size, figures.sees, synapsesText(figures), times].filter(Boolean).join(' · ')}`;
}

/** Behind what the layer says in its first line, before a comment. */
function endInLine({ lines }: Snapshot, { layer }: Site, line: number): number {
  const { end: lineEnd } = lines.span(line);
  const ends = [layer.kind.span.end, layer.value.span.end, ...(layer.map?.flow ? [layer.span.end] : [])];
  const inLine = Math.max(...ends.filter((end) => end <= lineEnd));
  const rest = lines.text.slice(inLine, lineEnd);
  // `- relu:` ends behind its colon.
  return inLine + (/^ *:/.exec(rest)?.[0].length ?? 0);
}
