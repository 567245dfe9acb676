import type { Span } from '../diagnostics/diagnostic';
import type { LayerRun } from '../formats/cnn/lower/wire';
import type { Snapshot } from './snapshot';

/** Where an operator of the graph is written; null for none. Within a block that is the block's own line. */
export function spanOfNode(snapshot: Snapshot, node: number): Span | null {
  const run = snapshot.runOf(node);
  if (!run) return null;
  const { kind, value } = run.layer;
  return {
    start: kind.span.start,
    end: value.kind === 'text' ? Math.max(value.span.end, kind.span.end) : kind.span.end,
  };
}

/**
 * The operator that stands for the layer at a place; null where there is none. A line of a block stands for many: the one in the
 * same use of the block as `current`, else the first.
 */
export function nodeAt(snapshot: Snapshot, offset: number, current: number | null): number | null {
  const site = snapshot.siteAt(offset);
  if (!site) return null;
  const here = current === null ? null : snapshot.runOf(current);
  const near = here && site.runs.find((run) => run === here || sharesCall(run, here));
  const run = near ?? site.runs[0];
  return run ? mainNode(run) : null;
}

function sharesCall(run: LayerRun, here: LayerRun): boolean {
  for (let at: LayerRun | null = here; at; at = at.call) if (run.call && run.call === at.call) return true;
  return false;
}

/** A use of a block is shown by the last of its operators, which makes its result. */
function mainNode(run: LayerRun): number | null {
  if (run.main !== null) return run.main;
  return run.result?.run?.main ?? null;
}
