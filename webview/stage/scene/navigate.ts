/** Walking along the flow by keyboard: from box to box over the edges that are drawn, in the order of the drawing. */
import type { LayoutScene } from '../layout/types';
import { EdgeKind } from '../layout/types';
import { visibleOf, type Folding } from '../layout/visible';
import type { StageModel } from './model';

export interface Walk {
  readonly next: (item: number) => number | null;
  readonly previous: (item: number) => number | null;
  /** The nearest box to the side: -1 towards the left (or up, sideways). */
  readonly beside: (item: number, side: -1 | 1) => number | null;
  /** Items in flow order, opened modules before what is in them. */
  readonly order: readonly number[];
}

export function walkOf(layout: LayoutScene, model: StageModel, folding: Folding): Walk {
  const { geometry, placeOf } = model;
  const sideways = geometry.direction === 'horizontal';
  const visible = visibleOf(layout, folding);
  const out = new Map<number, { item: number; skip: boolean }[]>();
  const back = new Map<number, { item: number; skip: boolean }[]>();
  const add = (map: typeof out, from: number, to: number, skip: boolean): void => {
    const list = map.get(from);
    if (list) list.push({ item: to, skip });
    else map.set(from, [{ item: to, skip }]);
  };
  for (const edge of visible.edges) {
    const skip = edge.kind !== EdgeKind.Data;
    add(out, edge.from, edge.to, skip);
    add(back, edge.to, edge.from, skip);
  }
  const centre = (item: number): { across: number; along: number } => {
    const box = model.box(placeOf[item]!);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    return sideways ? { across: y, along: x } : { across: x, along: y };
  };
  /** Straight on before aside, the main path before a skip. */
  const nearest = (item: number, list: readonly { item: number; skip: boolean }[] | undefined): number | null => {
    const at = centre(item);
    const cost = (to: { item: number; skip: boolean }): number => {
      const c = centre(to.item);
      return Math.abs(c.across - at.across) + 0.2 * Math.abs(c.along - at.along) + (to.skip ? 400 : 0);
    };
    const drawn = (list ?? []).filter((to) => placeOf[to.item]! >= 0);
    return drawn.length ? drawn.reduce((a, b) => (cost(b) < cost(a) ? b : a)).item : null;
  };
  const order = Array.from(geometry.items);
  const open_ = (item: number): boolean => geometry.open[placeOf[item]!] === 1;
  return {
    order,
    // From an opened module's frame into it, and from its first box back out to the frame's own predecessor.
    next: (item) => (open_(item) ? (order[order.indexOf(item) + 1] ?? null) : nearest(item, out.get(item))),
    previous: (item) => (open_(item) ? (order[order.indexOf(item) - 1] ?? null) : nearest(item, back.get(item))),
    beside(item, side) {
      const at = centre(item);
      let best: number | null = null;
      let least = Infinity;
      for (const other of order) {
        if (other === item || open_(other)) continue;
        const c = centre(other);
        const across = (c.across - at.across) * side;
        const along = Math.abs(c.along - at.along);
        if (across < 12 || along > 400) continue;
        const cost = across + 3 * along;
        if (cost < least) [best, least] = [other, cost];
      }
      return best;
    },
  };
}
