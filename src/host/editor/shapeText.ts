const SEPARATORS = /[\s,;x×*]+/;

/** The extents a person types, as `1×3×224×224` or `1 3 224 224`; `null` when it is no list of whole numbers. */
export function parseShape(typed: string): readonly number[] | null {
  const parts = typed.trim().split(SEPARATORS);
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null;
}
