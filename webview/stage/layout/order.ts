/** Order of the data's flow inside one frame, and which edges merely repeat another way. */
import { FRAME, type LocalEdge } from './local';

/** The local graph as plain adjacency; vertex `n` is where data comes in, `n + 1` where it leaves. */
export interface Flow {
  readonly size: number;
  readonly source: number;
  readonly sink: number;
  /** Place of each vertex in flow order. */
  readonly rank: Int32Array;
  readonly byRank: Int32Array;
  /** Distinct successors, back edges left out. */
  readonly next: readonly (readonly number[])[];
  /** Edges against the flow: modules can make cycles of a graph that has none. */
  readonly back: ReadonlySet<LocalEdge>;
}

export function flowOf(children: number, edges: readonly LocalEdge[]): Flow {
  const [source, sink, size] = [children, children + 1, children + 2];
  const from = (e: LocalEdge): number => (e.from === FRAME ? source : e.from);
  const to = (e: LocalEdge): number => (e.to === FRAME ? sink : e.to);
  const all: Set<number>[] = Array.from({ length: size }, () => new Set());
  for (const e of edges) if (from(e) !== to(e)) all[from(e)]!.add(to(e));
  const byRank = topological(all, source, sink);
  const rank = new Int32Array(size);
  byRank.forEach((v, i) => (rank[v] = i));

  const back = new Set(edges.filter((e) => rank[from(e)]! >= rank[to(e)]!));
  const next = all.map((set, v) => [...set].filter((w) => rank[w]! > rank[v]!));
  const fed = new Uint8Array(size);
  for (const list of next) for (const w of list) fed[w] = 1;
  for (let v = 0; v < children; v++) {
    if (!fed[v]) next[source]!.push(v);
    if (!next[v]!.length) next[v]!.push(sink);
  }
  return { size, source, sink, rank, byRank, next, back };
}

/** Kahn's order, the earliest in the file first; where a cycle blocks the way the earliest goes ahead. */
function topological(next: readonly ReadonlySet<number>[], source: number, sink: number): Int32Array {
  const size = next.length;
  const missing = new Int32Array(size);
  for (const set of next) for (const w of set) missing[w]!++;
  const order = new Int32Array(size);
  const done = new Uint8Array(size);
  const ready: number[] = [];
  let filled = 0;
  let blocked = 0;
  const take = (v: number): void => {
    done[v] = 1;
    order[filled++] = v;
    for (const w of next[v]!) if (!--missing[w]! && !done[w] && w !== sink) push(ready, w);
  };
  for (let v = 0; v < source; v++) if (!missing[v]) push(ready, v);
  take(source);
  while (filled < size - 1) {
    let v = pop(ready);
    while (v !== undefined && done[v]) v = pop(ready);
    if (v === undefined) {
      while (done[blocked]) blocked++;
      v = blocked;
    }
    take(v);
  }
  order[filled] = sink;
  return order;
}

/** Smallest number first. */
function push(heap: number[], value: number): void {
  let at = heap.push(value) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent]! <= value) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = value;
}

function pop(heap: number[]): number | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (last === undefined || !heap.length) return top;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child++;
    if (heap[child]! >= last) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = last;
  return top;
}

/** Columns of reachability looked at in one go: bounds the memory whatever the size of the graph. */
const BLOCK = 4096;

/** `from * size + to` of edges whose ends are joined by a longer way too: the skips, as far as the drawing is concerned. */
export function repeatedWays(flow: Flow): Set<number> {
  const { size, byRank, rank, next } = flow;
  const repeated = new Set<number>();
  const sorted = next.map((list) => [...list].sort((a, b) => rank[a]! - rank[b]!));
  // Only edges that jump over something can be repeated: chains cost nothing.
  if (sorted.every((list) => list.length < 2)) return repeated;
  for (let first = 0; first < size; first += BLOCK) {
    const words = Math.ceil(Math.min(BLOCK, size - first) / 32);
    const reach = new Int32Array(size * words);
    for (let r = size - 1; r >= 0; r--) {
      const v = byRank[r]!;
      for (const w of sorted[v]!) {
        const column = rank[w]! - first;
        if (column >= 0 && column < BLOCK) {
          const word = v * words + (column >> 5);
          if (reach[word]! & (1 << (column & 31))) repeated.add(v * size + w);
          reach[word]! |= 1 << (column & 31);
        }
        for (let i = 0; i < words; i++) reach[v * words + i]! |= reach[w * words + i]!;
      }
    }
  }
  return repeated;
}
