import type { Dim } from '../ir/dim';
import type { DType, TensorType } from '../ir/types';
import type { OpContext, Operand } from './operator';

/** Questions that most operators ask about their inputs. */

const operand = (ctx: OpContext, index: number): Operand | null => ctx.inputs[index] ?? null;

export const typeOf = (ctx: OpContext, index: number): TensorType | null => operand(ctx, index)?.type ?? null;

export const shapeOf = (ctx: OpContext, index: number): readonly Dim[] | null => typeOf(ctx, index)?.shape ?? null;

export const rankOf = (ctx: OpContext, index: number): number | null => shapeOf(ctx, index)?.length ?? null;

export const dtypeOf = (ctx: OpContext, index: number): DType => typeOf(ctx, index)?.dtype ?? 'unknown';

export const tensorType = (dtype: DType, shape: readonly Dim[] | null): TensorType => ({ dtype, shape });

/** Elements of a small input, symbolic extents among them; null where the contents are unknown or the input is left out. */
export const elementsOf = (ctx: OpContext, index: number): readonly Dim[] | null =>
  operand(ctx, index)?.contents?.values ?? null;

/** Elements of a small input where all of them are numbers. */
export function numbersOf(ctx: OpContext, index: number): readonly number[] | null {
  const values = elementsOf(ctx, index);
  return values?.every((v): v is number => typeof v === 'number') ? values : null;
}

/** A list of axes, extents or limits has as many entries as a tensor has axes: a longer one is nonsense, and nothing is made per entry. */
const longestList = 4096;

/** How many elements an input of rank 1 (or a scalar) has, even where they are unknown. */
export function lengthOf(ctx: OpContext, index: number): number | null {
  const values = elementsOf(ctx, index);
  if (values) return values.length;
  const shape = shapeOf(ctx, index);
  if (!shape) return null;
  if (!shape.length) return 1;
  const [length] = shape;
  return shape.length === 1 && typeof length === 'number' && length <= longestList ? length : null;
}

/** True where the input was not left out. */
export const given = (ctx: OpContext, index: number): boolean => operand(ctx, index) !== null;

export const allNumbers = (dims: readonly Dim[]): dims is readonly number[] => dims.every((d) => typeof d === 'number');

/** As many unknown extents as the rank says. */
export const unknownExtents = (rank: number): readonly Dim[] => Array.from({ length: Math.max(0, rank) }, () => null);

/** Counts an axis from the front; null where the tensor has no such axis. */
export function frontAxis(axis: number, rank: number): number | null {
  const front = axis < 0 ? axis + rank : axis;
  return Number.isInteger(front) && front >= 0 && front < rank ? front : null;
}

/** The attribute `axes`, or the input that took its place in a later opset. Null: given but unknown; undefined: left out. */
export function axesOf(ctx: OpContext, input: number): readonly number[] | null | undefined {
  const attribute = ctx.attrs.ints('axes');
  if (attribute) return attribute;
  return given(ctx, input) ? numbersOf(ctx, input) : undefined;
}
