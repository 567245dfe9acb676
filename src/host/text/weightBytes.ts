import type { Model } from '../../core/ir/types';

/** Bytes that the weights of a definition take once they are made. */
export function weightBytes({ graph }: Model): number {
  let elements = 0;
  for (const { constant } of graph.values) {
    if (constant) elements += constant.shape.reduce((product, extent) => product * extent, 1);
  }
  return 4 * elements;
}
