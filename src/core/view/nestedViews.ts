/** What is said of any operator of the scene, those inside of bodies too. */
import { t } from '../l10n/l10n';
import { placeOfNode } from './bodies';
import { hoverCard } from './card';
import { inspector } from './inspector';
import type { Body, Drawing } from './drawing';
import type { HoverCard, Inspector, TensorRow, WeightRow } from './types';

/** Null where there is no such operator. */
export function cardOf(drawing: Drawing, node: number): HoverCard | null {
  const place = placeOfNode(drawing, node);
  const card = hoverCard(place.drawing, place.id);
  return card && { ...card, node };
}

/** Null where there is no such operator. */
export function inspectorOf(drawing: Drawing, node: number): Inspector | null {
  const { drawing: own, body, id } = placeOfNode(drawing, node);
  const found = inspector(own, id);
  if (!found || !body) return found;
  const tensors = (rows: readonly TensorRow[]): readonly TensorRow[] =>
    rows.map((row) => ({
      ...row,
      value: row.value + body.firstValue,
      links: row.links.map((n) => n + body.firstNode),
      // Its ends are no ends of the net.
      kind: row.kind === 'input' || row.kind === 'output' ? 'data' : row.kind,
    }));
  return {
    ...found,
    card: { ...found.card, node },
    position: t('{0} of a graph inside {1}', found.position, ownerName(drawing, body)),
    inputs: tensors(found.inputs),
    outputs: tensors(found.outputs),
    weights: found.weights.map((row) => weightOf(row, body)),
  };
}

function ownerName(drawing: Drawing, { ownerId, outer, branch }: Body): string {
  const owner = (outer?.drawing ?? drawing).facts.graph.nodes[ownerId];
  return [owner?.op, owner?.name, branch].filter(Boolean).join(' ');
}

/** Weights of the body itself can be shown; those of the graph around are numbered there. */
function weightOf(row: WeightRow, { drawing, firstValue }: Body): WeightRow {
  const { graph } = drawing.facts;
  const own = graph.values[row.value];
  const isOwn = own?.name === row.name && (own.constant !== null || own.producer !== null);
  if (isOwn) return { ...row, value: row.value + firstValue };
  return { ...row, stored: 'computed', reason: t('held by the graph around'), bytes: null, kernels: null };
}
