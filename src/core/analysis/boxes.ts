import { clipRuns, containsRuns, countOf, noRuns, type Runs, runOf, sameRuns, unionRuns } from './runs';

/** A product of one set per axis; a field is a union of boxes. */
export type Box = readonly Runs[];

const isEmpty = (box: Box): boolean => box.some((runs) => !runs.length);

/** The same union as boxes that do not overlap: slabs along the first axis, and so on within each slab. */
export function disjointBoxes(boxes: readonly Box[]): readonly Box[] {
  const present = boxes.filter((b) => !isEmpty(b));
  if (present.length <= 1) return present;
  if (present[0]!.length === 1) {
    const union = present.map((b) => b[0]!).reduce(unionRuns);
    return [[union]];
  }
  const slabs: { runs: Runs; rest: readonly Box[] }[] = [];
  for (const [first, last] of slabsOf(present)) {
    const covering = present.filter((b) => containsRuns(b[0]!, [first, last])).map((b) => b.slice(1));
    if (!covering.length) continue;
    const rest = disjointBoxes(covering);
    const equal = slabs.find((s) => sameBoxes(s.rest, rest));
    if (equal) equal.runs = unionRuns(equal.runs, runOf(first, last));
    else slabs.push({ runs: runOf(first, last), rest });
  }
  return slabs.flatMap(({ runs, rest }) => rest.map((box) => [runs, ...box]));
}

/** Cuts the first axis where any box begins or ends. */
function slabsOf(boxes: readonly Box[]): [number, number][] {
  const cuts = new Set<number>();
  for (const box of boxes) box[0]!.forEach((x, i) => cuts.add(i % 2 ? x + 1 : x));
  const sorted = [...cuts].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((x, i) => [x, sorted[i + 1]! - 1]);
}

const sameBoxes = (a: readonly Box[], b: readonly Box[]): boolean =>
  a.length === b.length && a.every((box, i) => box.every((runs, k) => sameRuns(runs, b[i]![k]!)));

const volume = (box: Box): number => box.reduce((product, runs) => product * countOf(runs), 1);

/** Distinct positions of the union. */
export const positionsIn = (boxes: readonly Box[]): number =>
  disjointBoxes(boxes).reduce((sum, b) => sum + volume(b), 0);

/** First and last position per axis; null when the union is empty. */
export function hullOfBoxes(boxes: readonly Box[]): (readonly [number, number])[] | null {
  const present = boxes.filter((b) => !isEmpty(b));
  const [first] = present;
  if (!first) return null;
  return first.map((_, k) => [
    present.reduce((low, b) => Math.min(low, b[k]![0]!), Number.MAX_SAFE_INTEGER),
    present.reduce((high, b) => Math.max(high, b[k]![b[k]!.length - 1]!), Number.MIN_SAFE_INTEGER),
  ]);
}

/** Whether positions inside the hull belong to no box. */
export function holes(boxes: readonly Box[]): boolean {
  const hull = hullOfBoxes(boxes);
  if (!hull) return false;
  return hull.reduce((product, [low, high]) => product * (high - low + 1), 1) !== positionsIn(boxes);
}

/** What of `box` lies inside the extents. */
export const clipBox = (box: Box, extents: readonly number[]): Box => {
  const clipped = box.map((runs, k) => clipRuns(runs, 0, (extents[k] ?? 0) - 1));
  return isEmpty(clipped) ? box.map(() => noRuns) : clipped;
};
