import type { Dim } from '../ir/dim';
import type { DType } from '../ir/types';
import { allNumbers } from './operands';
import type { Contents, TypedContext } from './operator';

/** Contents are followed for shapes and the like only: never for more elements than this. */
export const mostElements = 4096;

export const countOf = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Null unless the shape is known, small and as long as the values. */
export function contentsOf(dtype: DType, shape: readonly Dim[] | null, values: readonly Dim[]): Contents | null {
  if (!shape || !allNumbers(shape) || countOf(shape) !== values.length || values.length > mostElements) return null;
  return { dtype, shape, values };
}

/** The shape of an output where it is known and small enough to follow its contents. */
export function followedShape(ctx: TypedContext, output = 0): readonly number[] | null {
  const shape = ctx.outputs[output]?.shape;
  return shape && allNumbers(shape) && countOf(shape) <= mostElements ? shape : null;
}

/** All positions of a shape in row-major order. */
export function positions(shape: readonly number[]): readonly (readonly number[])[] {
  // An empty tensor may have huge other extents: nothing must be listed along them first.
  if (shape.includes(0)) return [];
  return shape.reduce<readonly (readonly number[])[]>(
    (heads, extent) => heads.flatMap((head) => Array.from({ length: extent }, (_, i) => [...head, i])),
    [[]],
  );
}

export function flatPosition(index: readonly number[], shape: readonly number[]): number {
  return shape.reduce((position, extent, axis) => position * extent + (index[axis] ?? 0), 0);
}

/** The output rearranges elements of the first input: `source` gives the position to read for each output position. */
export function rearranged(
  ctx: TypedContext,
  source: (index: readonly number[], from: readonly number[]) => readonly number[],
): readonly (Contents | null)[] {
  const from = ctx.inputs[0]?.contents;
  const shape = followedShape(ctx);
  if (!from || !shape) return [null];
  const values = positions(shape).map(
    (index) => from.values[flatPosition(source(index, from.shape), from.shape)] ?? null,
  );
  return [contentsOf(from.dtype, shape, values)];
}

/** The same elements in another shape: Reshape, Flatten, Squeeze, Unsqueeze. */
export function reshaped(ctx: TypedContext): readonly (Contents | null)[] {
  const from = ctx.inputs[0]?.contents;
  const shape = followedShape(ctx);
  return [from && shape ? contentsOf(from.dtype, shape, from.values) : null];
}

export const isWhole = (dtype: DType): boolean => /^u?int/.test(dtype) || dtype === 'bool';
