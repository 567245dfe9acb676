import type { Facts, ReceptiveField } from './facts';
import type { NodeId } from '../ir/types';
import { imageAxes } from './imageAxes';

/**
 * Unproductive layers (Richter, Byttner, Krumnack, Wiedenroth, Schallner, Shenk 2021, "(Input) Size Matters for CNN Classifiers"):
 * convolutions whose input already sees more than the image along every axis. Widening the field further cannot bring in anything new,
 * and trained nets are found to do next to nothing there; a larger input, or fewer layers, is better.
 */
export function unproductive(facts: Facts): readonly NodeId[] {
  const extents = imageExtents(facts);
  if (!extents) return [];
  return facts.graph.nodes
    .filter((node) => {
      const found = facts.nodes[node.id];
      const [input] = node.inputs;
      const field = input === null || input === undefined ? null : (facts.fields[input] ?? null);
      const widens = found?.def?.family === 'convolution' && found.windows?.some((w) => w.kernel > 1);
      return widens === true && field !== null && seesMore(field, extents);
    })
    .map((node) => node.id);
}

/** Of a field with global branches the local part alone is measured, as the paper does for squeeze-and-excitation. */
const seesMore = (field: ReceptiveField, extents: readonly number[]): boolean =>
  field.size.length === extents.length &&
  field.size.every((size, k) => size !== null && size > (extents[k] ?? Number.MAX_SAFE_INTEGER));

function imageExtents(facts: Facts): readonly number[] | null {
  const shape = facts.imageInput === null ? null : (facts.types[facts.imageInput]?.shape ?? null);
  if (!shape) return null;
  const extents = imageAxes(shape).map((axis) => shape[axis]);
  const known = extents.filter((e) => typeof e === 'number');
  return known.length === extents.length ? known : null;
}
