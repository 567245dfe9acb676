import type { Attr } from './types';

/**
 * Names that bodies of If, Loop and Scan read from the graph around. What a body of a body reads from there was captured by the
 * body in between as well.
 */
export function capturedNames(attrs: ReadonlyMap<string, Attr>): string[] {
  const bodies = [...attrs.values()].flatMap((attr) =>
    attr.kind === 'graph' ? [attr.value] : attr.kind === 'graphs' ? attr.value : [],
  );
  return bodies.flatMap(({ values }) => values.filter(({ captured }) => captured).map(({ name }) => name));
}
