import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { elementsOf, lengthOf, unknownExtents } from './operands';
import type { OpContext } from './operator';
import { refuse } from './problems';
import { impossibleShape, shapeText } from './shapeProblems';

/** The shape that an input spells out; unknown elements are unknown extents. Null after a complaint about an impossible one. */
export function spelledShape(ctx: OpContext, input: number): readonly Dim[] | null {
  const elements = elementsOf(ctx, input);
  if (!elements) {
    const rank = lengthOf(ctx, input);
    return rank === null ? null : unknownExtents(rank);
  }
  const bad = elements.some((d) => typeof d === 'number' && (d < 0 || !Number.isInteger(d)));
  return bad ? refuse(ctx, impossibleShape, t('no tensor has the shape {0}', shapeText(elements))) : elements;
}
