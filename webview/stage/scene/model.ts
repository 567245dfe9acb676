/** The scene in its places: what is drawn where, and what lies under a point. */
import type { Scene, SceneGroup, SceneNode, ScenePort } from '../../../src/core/view/types';
import { readIndex } from '../layout/spatial';
import { LANE, type Geometry } from '../layout/types';
import { repeatsOf, rowGroup, type Repeats } from '../../state/repeats';

/** `row`: how many equal modules this one stands for; 0 for a module that stands for itself. */
export type Item =
  | { readonly kind: 'node'; readonly node: SceneNode }
  | {
      readonly kind: 'group';
      readonly group: SceneGroup;
      readonly index: number;
      readonly open: boolean;
      readonly row: number;
    }
  | { readonly kind: 'port'; readonly port: ScenePort };

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface StageModel {
  readonly scene: Scene;
  readonly geometry: Geometry;
  /** Place in the geometry of each item number, -1 when it is not drawn. */
  readonly placeOf: Int32Array;
  readonly repeats: Repeats;
  item(place: number): Item;
  box(place: number): Box;
  /** Places of boxes that touch a rectangle, in the order of painting. */
  boxesIn(x0: number, y0: number, x1: number, y1: number): number[];
  wiresIn(x0: number, y0: number, x1: number, y1: number): number[];
  /** Item number drawn for a node: itself, the operator its pill hangs on, or the closed module around it; -1 for none. */
  shownFor(node: number): number;
}

export function stageModel(scene: Scene, geometry: Geometry, repeats = repeatsOf(scene)): StageModel {
  const [nodes, groups] = [scene.nodes.length, scene.groups.length];
  const placeOf = new Int32Array(nodes + groups + scene.ports.length).fill(-1);
  geometry.items.forEach((item, place) => (placeOf[item] = place));
  const { boxes } = geometry;
  const boxIndex = readIndex(geometry.boxIndex);
  const wireIndex = readIndex(geometry.wireIndex);

  const rows = new Map([...repeats.members].map(([first, members]) => [first, rowGroup(scene, members)]));
  const item = (place: number): Item => {
    const number = geometry.items[place]!;
    if (number < nodes) return { kind: 'node', node: scene.nodes[number]! };
    const index = number - nodes;
    if (index < groups) {
      const open = geometry.open[place] === 1;
      const row = geometry.folded[place] ? (repeats.members.get(index)?.length ?? 0) : 0;
      return { kind: 'group', group: row ? rows.get(index)! : scene.groups[index]!, index, open, row };
    }
    return { kind: 'port', port: scene.ports[index - groups]! };
  };
  const lookUp = (node: number): number => {
    if (placeOf[node]! >= 0) return node;
    let shown = -1;
    for (let g = scene.nodes[node]?.group ?? null; g !== null; g = scene.groups[g]?.parent ?? null) {
      const place = placeOf[nodes + g]!;
      if (place >= 0 && !geometry.open[place]) shown = nodes + g;
    }
    return shown;
  };
  return {
    scene,
    geometry,
    placeOf,
    repeats,
    item,
    box: (i) => ({ x: boxes[4 * i]!, y: boxes[4 * i + 1]!, width: boxes[4 * i + 2]!, height: boxes[4 * i + 3]! }),
    boxesIn: (x0, y0, x1, y1) => boxIndex?.search(x0, y0, x1, y1).sort((a, b) => a - b) ?? [],
    wiresIn: (x0, y0, x1, y1) => wireIndex?.search(x0, y0, x1, y1) ?? [],
    shownFor(node) {
      const host = scene.nodes[node]?.pillOf ?? node;
      const direct = lookUp(host);
      // In a row that is drawn once its counterpart stands for it.
      return direct >= 0 ? direct : lookUp(repeats.stands[host] ?? host);
    },
  };
}

/** Operators in the pill on a box's edge, in the order of the data. */
export const pillNodes = (node: SceneNode | undefined): readonly number[] =>
  node?.pill?.parts.flatMap((part) => part.nodes) ?? [];

/** Where the data enters a box: frames grow to both sides of it, so this is what stays put when one opens. */
export function axisPoint(model: StageModel, place: number): { readonly x: number; readonly y: number } {
  const box = model.box(place);
  const { wires, items, direction, open } = model.geometry;
  const sideways = direction === 'horizontal';
  if (open[place]) {
    let into = -1;
    // What comes by a lane comes in beside it.
    for (let w = 0; w < wires.count; w++)
      if (wires.to[w] === items[place] && (into < 0 || (wires.flags[into]! & LANE) > (wires.flags[w]! & LANE)))
        into = w;
    const end = into < 0 ? -1 : wires.start[into + 1]! - 1;
    if (end >= 0) return { x: wires.points[2 * end]!, y: wires.points[2 * end + 1]! };
  }
  return sideways ? { x: box.x, y: box.y + box.height / 2 } : { x: box.x + box.width / 2, y: box.y };
}

/** Closed box nearest to a point, up and down before to the side, of those that will do; -1 where there is none. */
export function middleItem(
  model: StageModel,
  { x, y }: { readonly x: number; readonly y: number },
  willDo: (item: number) => boolean,
): number {
  let best = -1;
  let least = Infinity;
  model.geometry.items.forEach((item, place) => {
    const box = model.box(place);
    const d = Math.abs(box.y + box.height / 2 - y) + Math.abs(box.x + box.width / 2 - x) * 0.3;
    if (!model.geometry.open[place] && d < least && willDo(item)) [best, least] = [item, d];
  });
  return best;
}

export type Hit =
  | { readonly on: 'box'; readonly place: number }
  /** Header of an opened module. */
  | { readonly on: 'header'; readonly place: number }
  | { readonly on: 'wire'; readonly wire: number }
  | null;

/** Height of an opened module's header, across the flow where this goes sideways. */
const HEADER = 24;

export function hitTest(model: StageModel, x: number, y: number, slack: number): Hit {
  const { geometry } = model;
  const under = model.boxesIn(x, y, x, y);
  for (let i = under.length - 1; i >= 0; i--) {
    const place = under[i]!;
    if (!geometry.open[place]) return { on: 'box', place };
  }
  // Innermost frames come last.
  for (let i = under.length - 1; i >= 0; i--) {
    const place = under[i]!;
    if (geometry.open[place] && y < geometry.boxes[4 * place + 1]! + HEADER) return { on: 'header', place };
  }
  const { points, start } = geometry.wires;
  let best: number | null = null;
  let nearest = slack;
  for (const wire of model.wiresIn(x - slack, y - slack, x + slack, y + slack)) {
    for (let p = start[wire]!; p + 1 < start[wire + 1]!; p++) {
      const d = distance(x, y, points[2 * p]!, points[2 * p + 1]!, points[2 * p + 2]!, points[2 * p + 3]!);
      if (d < nearest) {
        nearest = d;
        best = wire;
      }
    }
  }
  return best === null ? null : { on: 'wire', wire: best };
}

function distance(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}
