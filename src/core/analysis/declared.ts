import { type Dim, dimEquals, substitute } from '../ir/dim';
import type { TensorType } from '../ir/types';

/** Extents the user set, put in for the names the file uses. */
export type Bindings = ReadonlyMap<string, number>;

/** What the file declares, with the user's numbers put in. */
export function bound(type: TensorType | null, bindings: Bindings): TensorType | null {
  if (!type?.shape || !bindings.size) return type;
  return { ...type, shape: type.shape.map((d) => substitute(d, bindings)) };
}

/** No rule may let a number through that is no extent: what cannot be is unknown. */
const isExtent = (d: Dim): boolean => typeof d !== 'number' || (Number.isSafeInteger(d) && d >= 0);

export function sane(type: TensorType | null): TensorType | null {
  if (!type?.shape || type.shape.every(isExtent)) return type;
  return { ...type, shape: type.shape.map((d) => (isExtent(d) ? d : null)) };
}

const differ = (a: Dim, b: Dim): boolean => typeof a === 'number' && typeof b === 'number' && a !== b;

/** Whether both cannot be true. Names are no contradiction: two names may stand for the same number. */
export function contradict(inferred: TensorType, declared: TensorType): boolean {
  if (inferred.container !== declared.container) return false;
  if (inferred.dtype !== declared.dtype && inferred.dtype !== 'unknown' && declared.dtype !== 'unknown') return true;
  const [a, b] = [inferred.shape, declared.shape];
  if (!a || !b) return false;
  return a.length !== b.length || a.some((d, i) => differ(d, b[i] ?? null));
}

/** Everything known, and as declared. */
export function confirms(inferred: TensorType | null, declared: TensorType | null): boolean {
  const [a, b] = [inferred?.shape, declared?.shape];
  if (!a || !b) return false;
  return a.length === b.length && a.every((d, i) => dimEquals(d, b[i] ?? null));
}

/** The inferred type, its gaps filled from the declaration where that can still be believed. */
export function completed(
  inferred: TensorType | null,
  declared: TensorType | null,
  believed: boolean,
): TensorType | null {
  if (!declared) return inferred;
  if (!inferred) return believed ? declared : { ...declared, shape: null };
  const dtype = inferred.dtype === 'unknown' ? declared.dtype : inferred.dtype;
  const container = inferred.container ?? declared.container;
  const shape = believed ? completedShape(inferred.shape, declared.shape) : inferred.shape;
  if (dtype === inferred.dtype && shape === inferred.shape && container === inferred.container) return inferred;
  const { elements } = inferred;
  return { dtype, shape, ...(container && { container }), ...(elements && { elements }) };
}

function completedShape(inferred: readonly Dim[] | null, declared: readonly Dim[] | null): readonly Dim[] | null {
  if (!inferred) return declared;
  if (declared?.length !== inferred.length || !inferred.includes(null)) return inferred;
  return inferred.map((d, i) => d ?? declared[i] ?? null);
}
