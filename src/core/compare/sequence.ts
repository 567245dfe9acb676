/** Longest common subsequences of numbers: what two lists share in the same order. */

export type Match = readonly [a: number, b: number];

/** Beyond this many differences the shortest script is not looked for. */
const MOST_DIFFERENCES = 1000;

/**
 * Places that correspond, in order: a longest common subsequence (Myers 1986) while the lists differ in at most a thousand places,
 * else one that is found in a single walk. Time O((n + m) · differences), bounded; memory O(differences²).
 */
export function commonSubsequence(a: readonly number[], b: readonly number[]): readonly Match[] {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  const matches: Match[] = [];
  for (let i = 0; i < head; i++) matches.push([i, i]);
  const [innerA, innerB] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  for (const [i, j] of shortest(innerA, innerB) ?? inOneWalk(innerA, innerB)) matches.push([head + i, head + j]);
  for (let i = tail; i > 0; i--) matches.push([a.length - i, b.length - i]);
  return matches;
}

/** Null when they differ too much. */
function shortest(a: readonly number[], b: readonly number[]): readonly Match[] | null {
  const [n, m] = [a.length, b.length];
  if (!n || !m) return [];
  const most = Math.min(n + m, MOST_DIFFERENCES);
  /** Furthest place in `a` on each diagonal, before each step. */
  const before: Int32Array[] = [];
  const furthest = new Int32Array(2 * most + 3);
  for (let d = 0; d <= most; d++) {
    // Diagonals −d−1…d+1.
    before.push(furthest.slice(most - d, most + d + 3));
    for (let k = -d; k <= d; k += 2) {
      const at = most + 1 + k;
      const down = k === -d || (k !== d && furthest[at - 1]! < furthest[at + 1]!);
      let x = down ? furthest[at + 1]! : furthest[at - 1]! + 1;
      while (x < n && x - k < m && a[x] === b[x - k]) x++;
      furthest[at] = x;
      if (x >= n && x - k >= m) return walkBack(a, before, d);
    }
  }
  return null;

  function walkBack(list: readonly number[], trace: readonly Int32Array[], steps: number): Match[] {
    const matches: Match[] = [];
    let [x, y] = [list.length, m];
    for (let d = steps; d >= 0; d--) {
      const row = trace[d]!;
      const value = (k: number): number => row[k + d + 1]!;
      const k = x - y;
      const down = k === -d || (k !== d && value(k - 1) < value(k + 1));
      const x0 = d ? value(down ? k + 1 : k - 1) : 0;
      const y0 = d ? x0 - (down ? k + 1 : k - 1) : 0;
      // After the one step that is no match.
      const [startX, startY] = d === 0 ? [0, 0] : down ? [x0, y0 + 1] : [x0 + 1, y0];
      while (x > startX && y > startY) matches.push([--x, --y]);
      [x, y] = [x0, y0];
    }
    return matches.reverse();
  }
}

/** How far ahead the single walk looks for a counterpart. */
const LOOK_AHEAD = 256;

function inOneWalk(a: readonly number[], b: readonly number[]): readonly Match[] {
  const places = new Map<number, number[]>();
  b.forEach((token, j) => {
    const list = places.get(token);
    if (list) list.push(j);
    else places.set(token, [j]);
  });
  const used = new Map<number, number>();
  const matches: Match[] = [];
  let last = -1;
  a.forEach((token, i) => {
    const list = places.get(token);
    if (!list) return;
    let at = used.get(token) ?? 0;
    while (at < list.length && list[at]! <= last) at++;
    used.set(token, at);
    const j = list[at];
    if (j === undefined || j - last > LOOK_AHEAD) return;
    last = j;
    matches.push([i, j]);
  });
  return matches;
}

/** Indices of a longest rising subsequence, in order; O(n log n). */
export function rising(list: readonly number[]): readonly number[] {
  const ends: number[] = [];
  const previous = new Int32Array(list.length);
  list.forEach((value, i) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[ends[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = i;
  });
  const found: number[] = [];
  for (let i = ends.at(-1) ?? -1; i >= 0; i = previous[i]!) found.push(i);
  return found.reverse();
}
