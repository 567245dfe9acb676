/** What grouping looks at: the boxes a person would draw, and how data runs from box to box. Made by the view from facts. */
import type { Family } from '../ops/operator';
import { pacer, type Steps } from '../steps';

export interface SketchBox {
  readonly node: number;
  /** What is drawn in its pill. */
  readonly fused: readonly number[];
  readonly op: string;
  readonly family: Family;
  /** Of a convolution or pooling; null where unknown or none. */
  readonly kernel: readonly number[] | null;
  /** Each channel is convolved alone. */
  readonly depthwise: boolean;
  readonly channelsIn: number | null;
  readonly channelsOut: number | null;
  /** Product of the spatial extents of the first input and output; null where unknown, 0 where there are none. */
  readonly areaIn: number | null;
  readonly areaOut: number | null;
  readonly weighs: boolean;
  /** Everything it gives goes to auxiliary outputs. */
  readonly auxiliary: boolean;
}

export interface Sketch {
  /** In flow order. */
  readonly boxes: readonly SketchBox[];
  /** By NodeId: index of the box that shows it, -1 for plumbing. */
  readonly boxOf: readonly number[];
  /** By box, without repeats. */
  readonly next: readonly (readonly number[])[];
  readonly previous: readonly (readonly number[])[];
  /** By box: takes an input of the net, gives an output of it. */
  readonly enters: readonly boolean[];
  readonly leaves: readonly boolean[];
}

/** The sketch seen from one level of modules: units are boxes or whole modules, in a topological order. */
export interface Level {
  /** Boxes of each unit. */
  readonly units: readonly (readonly number[])[];
  readonly next: readonly (readonly number[])[];
  readonly previous: readonly (readonly number[])[];
  readonly enters: readonly boolean[];
  readonly leaves: readonly boolean[];
  /** Position of each unit of the caller's list in `units`. */
  readonly placeOf: readonly number[];
}

/** Null when collapsing these units would make a cycle. */
export function* levelOf(sketch: Sketch, units: readonly (readonly number[])[]): Steps<Level | null> {
  const unitOf = new Map<number, number>();
  units.forEach((boxes, u) => {
    for (const b of boxes) unitOf.set(b, u);
  });
  const next = units.map(() => new Set<number>());
  const previous = units.map(() => new Set<number>());
  const enters = units.map(() => false);
  const leaves = units.map(() => false);
  const due = pacer();
  for (const [u, boxes] of units.entries()) {
    if (due()) yield;
    for (const b of boxes) {
      for (const c of sketch.next[b] ?? []) {
        const v = unitOf.get(c);
        if (v === undefined) leaves[u] = true;
        else if (v !== u) {
          next[u]?.add(v);
          previous[v]?.add(u);
        }
      }
      enters[u] ||= (sketch.enters[b] ?? false) || (sketch.previous[b] ?? []).some((p) => !unitOf.has(p));
      leaves[u] ||= sketch.leaves[b] ?? false;
    }
  }
  const order = sorted(units, next, previous);
  if (order.length < units.length) return null;
  yield;
  const placeOf = new Array<number>(units.length).fill(0);
  order.forEach((u, place) => (placeOf[u] = place));
  const inPlaces = (set: ReadonlySet<number>): number[] => [...set].map((u) => placeOf[u] ?? 0).sort((a, b) => a - b);
  return {
    units: order.map((u) => units[u] ?? []),
    next: order.map((u) => inPlaces(next[u] ?? new Set())),
    previous: order.map((u) => inPlaces(previous[u] ?? new Set())),
    enters: order.map((u) => enters[u] ?? false),
    leaves: order.map((u) => leaves[u] ?? false),
    placeOf,
  };
}

/** Kahn's order; of those that are ready the one that was made ready last, so that a branch is walked to its end. */
function sorted(
  units: readonly (readonly number[])[],
  next: readonly ReadonlySet<number>[],
  previous: readonly ReadonlySet<number>[],
): number[] {
  const open = previous.map((set) => set.size);
  const ready = units.map((_, u) => u).filter((u) => open[u] === 0);
  ready.sort((a, b) => (units[b]?.[0] ?? 0) - (units[a]?.[0] ?? 0));
  const order: number[] = [];
  for (let u = ready.pop(); u !== undefined; u = ready.pop()) {
    order.push(u);
    const made: number[] = [];
    for (const v of next[u] ?? []) if (--open[v]! === 0) made.push(v);
    made.sort((a, b) => (units[b]?.[0] ?? 0) - (units[a]?.[0] ?? 0));
    for (const v of made) ready.push(v);
  }
  return order;
}
