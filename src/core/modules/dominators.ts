/** Dominators of an acyclic graph: the vertex through which every way from the start must go (Cooper, Harvey, Kennedy 2001). */

/**
 * Immediate dominator of each vertex, -1 for the start itself. `previous`: predecessors; those with smaller numbers count, so that one
 * pass is enough; vertices for which `starts` holds hang below the start.
 */
export function immediateDominators(
  previous: readonly (readonly number[])[],
  starts: readonly boolean[],
): readonly number[] {
  const dominator: number[] = [];
  const common = (a: number, b: number): number => {
    let [x, y] = [a, b];
    while (x !== y) {
      if (x > y) x = dominator[x] ?? -1;
      else y = dominator[y] ?? -1;
    }
    return x;
  };
  previous.forEach((list, v) => {
    // A damaged file may hold cycles: an edge that leads back in the order counts for nothing.
    const [first = -1, ...others] = list.filter((p) => p < v);
    dominator.push(starts[v] ? -1 : others.reduce(common, first));
  });
  return dominator;
}

/** The same backwards: the vertex through which every way to the end must go. */
export function immediatePostDominators(
  next: readonly (readonly number[])[],
  ends: readonly boolean[],
): readonly number[] {
  const turn = (v: number): number => next.length - 1 - v;
  const backwards = immediateDominators(
    next.map((_, v) => (next[turn(v)] ?? []).map(turn)),
    next.map((_, v) => ends[turn(v)] ?? false),
  );
  return next.map((_, v) => {
    const d = backwards[turn(v)] ?? -1;
    return d < 0 ? -1 : turn(d);
  });
}
