import type { Constant } from '../ir/types';

/** The numbers of a constant that the reader kept inline; null for anything larger, for text, and for what no double can hold. */
export function decodeInline(constant: Constant): readonly number[] | null {
  if (constant.elements.kind !== 'inline') return null;
  const numbers: number[] = [];
  for (const value of constant.elements.values) {
    if (typeof value === 'string') return null;
    numbers.push(Number(value));
  }
  return numbers;
}
