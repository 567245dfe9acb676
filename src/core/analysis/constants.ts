import type { Dim } from '../ir/dim';
import type { Constant, Value } from '../ir/types';
import { countOf, mostElements } from '../ops/contents';
import type { Contents } from '../ops/operator';

/** Beyond what a double counts exactly only limits are meant: INT64_MAX ends a Slice at the end. */
const asDim = (value: number | bigint | string): Dim => {
  const number = Number(value);
  return typeof value !== 'string' && Number.isFinite(number) ? number : null;
};

/** The elements of a stored constant where the reader kept them: tiny tensors, which shapes may depend on. */
function storedContents(constant: Constant): Contents | null {
  if (constant.elements.kind !== 'inline' || constant.dtype === 'string') return null;
  const { values } = constant.elements;
  if (values.length > mostElements || values.length !== countOf(constant.shape)) return null;
  return { dtype: constant.dtype, shape: constant.shape, values: values.map(asDim) };
}

export const contentsOfValue = (value: Value): Contents | null =>
  value.constant ? storedContents(value.constant) : null;
