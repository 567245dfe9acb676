import type { Node, NodeId } from '../ir/types';
import type { Facts } from './facts';
import { imageExtents } from './imageAxes';

/** How far the input of a layer sees, against what there is to see; px, one entry per spatial axis of the image. */
export interface Surplus {
  readonly sees: readonly number[];
  readonly image: readonly number[];
}

/**
 * Unproductive layers (Richter, Byttner, Krumnack, Wiedenroth, Schallner, Shenk 2021, "(Input) Size Matters for CNN Classifiers"):
 * convolutions whose input already sees more than the image along every axis. Widening the field further cannot bring in anything new,
 * and trained nets are found to do next to nothing there; a larger input, or fewer layers, is better. Null for any other layer.
 */
export function unproductiveBy(facts: Facts, node: Node): Surplus | null {
  const found = facts.nodes[node.id];
  const widens = found?.def?.family === 'convolution' && found.windows?.some((w) => w.kernel > 1);
  const [input = null] = node.inputs;
  const field = input === null ? null : (facts.fields[input] ?? null);
  if (!widens || !field) return null;
  const image = imageExtents(facts);
  // Of a field with global branches the local part alone is measured, as the paper does for squeeze-and-excitation.
  const sees = field.size.filter((size) => size !== null);
  if (sees.length !== field.size.length || sees.length !== image.length) return null;
  const extents = image.filter((extent) => extent !== null);
  const surplus = extents.length === sees.length && sees.every((size, k) => size > extents[k]!);
  return surplus ? { sees, image: extents } : null;
}

export const unproductive = (facts: Facts): readonly NodeId[] =>
  facts.graph.nodes.filter((node) => unproductiveBy(facts, node) !== null).map((node) => node.id);
