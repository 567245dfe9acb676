/** Skips out of a module leave it at its side: straight from where they fork to the lane outside, not down inside it and then across. */

/** A wire on the sheet while it is gathered: its corners x, y across and along the flow. */
export interface Way {
  points: number[];
  readonly lane: boolean;
}

/** An opened module: its place among the gathered, and what is in the frame around it (half open ranges of places and of ways). */
export interface Opened {
  readonly place: number;
  readonly around: Span;
  readonly waysAround: Span;
}

interface Span {
  from: number;
  to: number;
}

/** One tensor that leaves a module: its way inside, and those that go on from there. */
export interface Exit {
  frame: Opened | null;
  readonly inner: number[];
  readonly outer: number[];
}

const CLEAR = 6;

/** `boxes`: x, y, width, height across and along the flow. The ways of `exits` are drawn anew where nothing stands between. */
export function leaveSideways(ways: readonly Way[], boxes: readonly number[], exits: Iterable<Exit>): void {
  for (const { frame, inner, outer } of exits) {
    const way = ways[inner[0] ?? -1];
    if (!frame || !way?.lane || inner.length > 1 || !outer.length || outer.some((w) => !ways[w]!.lane)) continue;
    const p = way.points;
    const n = p.length;
    if (n < 6) continue;
    const [x0, y, x] = [p[n - 6]!, p[n - 5]!, p[n - 4]!];
    const turns = outer.map((w) => ways[w]!.points);
    const [lane, below] = [turns[0]![4] ?? NaN, turns[0]![3] ?? NaN];
    const right = boxes[4 * frame.place]! + boxes[4 * frame.place + 2]!;
    // Across, down to the edge; from there down, across to the lane, and on.
    const fits =
      p[n - 3] === y && p[n - 2] === x && x > x0 && lane > right && turns.every((q) => q.length >= 8 && q[4] === lane);
    if (!fits || !isClear(boxes, frame, { x0: x, x1: lane + CLEAR, y0: y - CLEAR, y1: y + CLEAR })) continue;
    if (!isClear(boxes, frame, { x0: Math.max(right + 1, lane - CLEAR), x1: lane + CLEAR, y0: y, y1: below })) continue;
    const own = new Set([...inner, ...outer]);
    if (crossed(ways, frame.waysAround, own, { x, lane, y, below })) continue;
    way.points = [...p.slice(0, n - 4), right, y];
    for (const w of outer) ways[w]!.points = [right, y, lane, y, ...ways[w]!.points.slice(6)];
  }
}

interface Area {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
}

/** Nothing but the module itself in the way. */
function isClear(boxes: readonly number[], { place, around }: Opened, area: Area): boolean {
  for (let i = around.from; i < around.to; i++) {
    const [x, y, width, height] = [boxes[4 * i]!, boxes[4 * i + 1]!, boxes[4 * i + 2]!, boxes[4 * i + 3]!];
    if (i !== place && x < area.x1 && x + width > area.x0 && y < area.y1 && y + height > area.y0) return false;
  }
  return true;
}

/** Another lane would be crossed, or lies where this one goes on. */
function crossed(
  ways: readonly Way[],
  around: Span,
  own: ReadonlySet<number>,
  { x, lane, y, below }: { readonly x: number; readonly lane: number; readonly y: number; readonly below: number },
): boolean {
  for (let w = around.from; w < around.to; w++) {
    const { points, lane: isLane } = ways[w]!;
    if (!isLane || own.has(w)) continue;
    for (let p = 0; p + 3 < points.length; p += 2) {
      const at = points[p]!;
      if (at !== points[p + 2]) continue;
      const [top, bottom] = [Math.min(points[p + 1]!, points[p + 3]!), Math.max(points[p + 1]!, points[p + 3]!)];
      if (at > x && at < lane && top < y && bottom > y) return true;
      if (Math.abs(at - lane) < CLEAR && top < below && bottom > y) return true;
    }
  }
  return false;
}
