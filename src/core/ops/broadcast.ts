import { dimEquals, type Dim } from '../ir/dim';

/**
 * Extent of two broadcast axes, numpy's rule. A number beside a symbol is the number: the symbol can only be the same or 1.
 * `undefined`: the two do not fit.
 */
function broadcastExtent(a: Dim, b: Dim): Dim | undefined {
  if (a === 1) return b;
  if (b === 1 || dimEquals(a, b)) return a;
  if (typeof a === 'number' && typeof b === 'number') return undefined;
  if (typeof a === 'number') return a;
  if (typeof b === 'number') return b;
  return null;
}

/** Shape after numpy's broadcasting, aligned at the end; `undefined`: the shapes do not fit. */
export function broadcastShapes(shapes: readonly (readonly Dim[])[]): readonly Dim[] | undefined {
  let result: readonly Dim[] = [];
  for (const shape of shapes) {
    const rank = Math.max(result.length, shape.length);
    const next: Dim[] = [];
    for (let axis = 0; axis < rank; axis++) {
      const extent = broadcastExtent(
        aligned(result, axis - rank + result.length),
        aligned(shape, axis - rank + shape.length),
      );
      if (extent === undefined) return undefined;
      next.push(extent);
    }
    result = next;
  }
  return result;
}

const aligned = (shape: readonly Dim[], axis: number): Dim => (axis < 0 ? 1 : (shape[axis] ?? null));

/** Row-major position in a tensor of shape `from` that is broadcast to the position `index` of shape `to`. */
export function broadcastPosition(index: readonly number[], to: readonly number[], from: readonly number[]): number {
  let position = 0;
  for (let axis = 0; axis < from.length; axis++) {
    const extent = from[axis] ?? 1;
    const i = extent === 1 ? 0 : (index[axis + to.length - from.length] ?? 0);
    position = position * extent + i;
  }
  return position;
}
