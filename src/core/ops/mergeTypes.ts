import { dimEquals } from '../ir/dim';
import type { TensorType } from '../ir/types';

/** The most that holds for both: of two branches, or of a value before and after a turn of a loop. */
export function mergeTypes(a: TensorType | null, b: TensorType | null): TensorType | null {
  if (!a || !b || a.container !== b.container) return null;
  const dtype = a.dtype === b.dtype ? a.dtype : 'unknown';
  const [p, q] = [a.shape, b.shape];
  const shape = p && p.length === q?.length ? p.map((d, i) => (dimEquals(d, q[i] ?? null) ? d : null)) : null;
  return { dtype, shape, ...(a.container && { container: a.container }) };
}

export function sameType(a: TensorType | null, b: TensorType | null): boolean {
  if (!a || !b) return a === b;
  if (a.dtype !== b.dtype || a.container !== b.container) return false;
  if (!a.shape || !b.shape) return a.shape === b.shape;
  const other = b.shape;
  return a.shape.length === other.length && a.shape.every((d, i) => d === other[i] || dimEquals(d, other[i] ?? null));
}
