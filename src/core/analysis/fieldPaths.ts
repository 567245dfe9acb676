import { containsReach, type Reach, unionReach } from './reach';

/**
 * The field of a value as a union of paths. A path is a product: one reach per image axis, null where it is seen whole (or where the
 * numbers were given up). Most values have one path, because where branches meet the wide one contains the narrow one; a cross of
 * 1×7 and 7×1 needs two.
 */
export type Path = readonly (Reach | null)[];

/** More than this (it takes branches that each see what no other sees) are put together axis by axis, which may fill holes. */
const mostPaths = 12;

export const isLocal = (path: Path): boolean => path.every((reach) => reach !== null);

const containsPath = (a: Path, b: Path): boolean =>
  a.every((reach, k) => {
    const other = b[k] ?? null;
    return reach === null || (other !== null && containsReach(reach, other));
  });

/** One product for two, where it is exact: they differ along one axis only. */
function merged(a: Path, b: Path): Path | null {
  const differing = a.flatMap((reach, k) => (same(reach, b[k] ?? null) ? [] : [k]));
  const [k] = differing;
  return differing.length === 1 && k !== undefined ? unionAlong(a, b, [k]) : null;
}

const same = (a: Reach | null, b: Reach | null): boolean =>
  a === b || (a !== null && b !== null && containsReach(a, b) && containsReach(b, a));

function unionAlong(a: Path, b: Path, axes: readonly number[]): Path | null {
  const result = [...a];
  for (const k of axes) {
    const [mine, other] = [a[k] ?? null, b[k] ?? null];
    const union = mine && other ? unionReach(mine, other) : null;
    if (!union && mine && other) return null;
    result[k] = union;
  }
  return result;
}

function withPath(paths: readonly Path[], path: Path): readonly Path[] {
  if (paths.some((p) => containsPath(p, path))) return paths;
  const kept = paths.filter((p) => !containsPath(path, p));
  for (const [i, p] of kept.entries()) {
    const union = merged(p, path);
    if (union)
      return withPath(
        kept.filter((_, j) => j !== i),
        union,
      );
  }
  return [...kept, path];
}

/** Folded into as few paths as may be; the same object when `b` adds nothing. */
export function unionPaths(a: readonly Path[], b: readonly Path[]): readonly Path[] {
  let result = a;
  if (a !== b) for (const path of b) result = withPath(result, path);
  return result.length > mostPaths ? squeezed(result) : result;
}

function squeezed(paths: readonly Path[]): readonly Path[] {
  const [first, ...rest] = paths;
  let all: Path = first ?? [];
  const apart: Path[] = [];
  for (const path of rest) {
    const union = unionAlong(
      all,
      path,
      all.map((_, k) => k),
    );
    if (union) all = union;
    else if (apart.length < mostPaths) apart.push(path); // another stride: never comparable
  }
  return [all, ...apart];
}
