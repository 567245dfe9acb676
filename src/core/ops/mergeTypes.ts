import { dimEquals } from '../ir/dim';
import type { ElementList, TensorType } from '../ir/types';

/** The most that holds for both: of two branches, or of a value before and after a turn of a loop. */
export function mergeTypes(a: TensorType | null, b: TensorType | null): TensorType | null {
  if (!a || !b || a.container !== b.container) return null;
  // An empty list is a list of anything.
  if (a.elements?.length === 0 && b.elements?.length !== 0) return withoutElements(b);
  if (b.elements?.length === 0 && a.elements?.length !== 0) return withoutElements(a);
  const dtype = a.dtype === b.dtype ? a.dtype : 'unknown';
  const [p, q] = [a.shape, b.shape];
  const shape = p && p.length === q?.length ? p.map((d, i) => (dimEquals(d, q[i] ?? null) ? d : null)) : null;
  const elements = mergedElements(a.elements, b.elements);
  return { dtype, shape, ...(a.container && { container: a.container }), ...(elements && { elements }) };
}

const withoutElements = ({ dtype, shape, container }: TensorType): TensorType => ({
  dtype,
  shape,
  ...(container && { container }),
});

type Elements = TensorType['elements'];

/** Lists of the same length stay lists of that length. */
const mergedElements = (a: Elements, b: Elements): Elements =>
  a && a.length === b?.length ? paired(a, b).map(([own, other]) => mergeTypes(own, other)) : undefined;

const sameElements = (a: Elements, b: Elements): boolean =>
  a === b || (!!a && a.length === b?.length && paired(a, b).every(([own, other]) => sameType(own, other)));

/** Element by element; both are as long. */
function paired(a: ElementList, b: ElementList): readonly (readonly [TensorType | null, TensorType | null])[] {
  const others = [...b];
  return Array.from(a, (element, i) => [element, others[i] ?? null]);
}

export function sameType(a: TensorType | null, b: TensorType | null): boolean {
  if (!a || !b) return a === b;
  if (a.dtype !== b.dtype || a.container !== b.container || !sameElements(a.elements, b.elements)) return false;
  if (!a.shape || !b.shape) return a.shape === b.shape;
  const other = b.shape;
  return a.shape.length === other.length && a.shape.every((d, i) => d === other[i] || dimEquals(d, other[i] ?? null));
}
