/** By how much a layer grew from one model to the other. */
import type { LayerChange, SceneNode } from '../view/types';

/** Elements of `64×56×56`, as shown; null where an extent is symbolic or unknown. */
function elements(size: string): number | null {
  const extents = size.split('×').map(Number);
  return extents.every((extent) => Number.isInteger(extent) && extent > 0)
    ? extents.reduce((product, extent) => product * extent, 1)
    : null;
}

const less = (now: number | null, then: number | null): number | null =>
  now === null || then === null ? null : now - then;

/** Nothing at all where a layer is not there: it costs nothing then, but has no size or receptive field to compare with. */
const cost = (node: SceneNode | null, of: (node: SceneNode) => number | null): number | null => (node ? of(node) : 0);
const sees = (node: SceneNode | null): number | null => (typeof node?.sees === 'number' ? node.sees : null);

/** One of the two is there; null for the side that has no such layer. */
export function changeOf(was: SceneNode | null, is: SceneNode | null): LayerChange {
  const grown = (of: (node: SceneNode) => number | null): number | null => less(cost(is, of), cost(was, of));
  return {
    place: (is ?? was)?.id ?? 0,
    was: was && {
      place: was.id,
      label: was.label,
      sizeOut: was.sizeOut,
      sees: was.sees,
      parameters: was.parameters,
      macs: was.macs,
    },
    parameters: grown((node) => node.parameters),
    macs: grown((node) => node.macs),
    sees: less(sees(is), sees(was)),
    elements: was && is ? less(elements(is.sizeOut), elements(was.sizeOut)) : null,
  };
}
