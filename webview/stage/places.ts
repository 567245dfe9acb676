/** Where an operator or a module stands: in the drawing, and on the page. */
import type { ScreenBox } from '../state/context';
import type { Thumbnails } from '../state/runner';
import type { View } from './paint/brush';
import { levelAt } from './paint/level';
import { thumbnailPlaces } from './paint/thumbnails';
import { axisPoint, type Box, type StageModel } from './scene/model';

/** Of an operator itself: inside a closed module it is nowhere. */
export function nodeBox(model: StageModel | null, node: number): Box | null {
  const item = model?.shownFor(node) ?? -1;
  return model && item >= 0 && item < model.scene.nodes.length ? model.box(model.placeOf[item]!) : null;
}

export function groupBox(model: StageModel | null, group: number): Box | null {
  const place = model?.placeOf[model.scene.nodes.length + group] ?? -1;
  return model && place >= 0 ? model.box(place) : null;
}

export interface Move {
  readonly x: number;
  readonly y: number;
}

/** How far an item has moved from one layout to the next, where it may bear another number; not at all where it is not in both. */
export function movedBy(before: StageModel, item: number, after: StageModel, next: number): Move {
  const [old, now] = [before.placeOf[item] ?? -1, after.placeOf[next] ?? -1];
  if (old < 0 || now < 0) return { x: 0, y: 0 };
  const [a, b] = [axisPoint(before, old), axisPoint(after, now)];
  return { x: b.x - a.x, y: b.y - a.y };
}

/** Operators in sight that are drawn as boxes. */
export function nodesIn(model: StageModel, view: View): readonly number[] {
  const { zoom, left, top, width, height } = view;
  return model.boxesIn(-left / zoom, -top / zoom, (width - left) / zoom, (height - top) / zoom).flatMap((place) => {
    const item = model.item(place);
    return item.kind === 'node' && !item.node.join ? [item.node.id] : [];
  });
}

/** Where the maps in an operator's box are drawn, in CSS pixels of the canvas; for tests, which read the pixels there. */
export function thumbnailsAt(
  model: StageModel | null,
  view: View,
  node: number,
  maps: Thumbnails,
): readonly (Box & { readonly channel: number })[] {
  const box = nodeBox(model, node);
  if (!box || levelAt(view.zoom) !== 'closest') return [];
  const { zoom, left, top } = view;
  const drawn = { x: box.x * zoom + left, y: box.y * zoom + top, width: box.width * zoom, height: box.height * zoom };
  return thumbnailPlaces({ view }, drawn, maps.of(node)).map(({ thumbnail, x, y, width, height }) => ({
    channel: thumbnail.channel,
    ...{ x, y, width, height },
  }));
}

/** In CSS pixels of the page; null where it is off the canvas. */
export function onScreen(box: Box | null, view: View, canvas: HTMLCanvasElement): ScreenBox | null {
  if (!box) return null;
  const x = box.x * view.zoom + view.left;
  const y = box.y * view.zoom + view.top;
  const [width, height] = [box.width * view.zoom, box.height * view.zoom];
  if (x + width < 0 || y + height < 0 || x > view.width || y > view.height) return null;
  const origin = canvas.getBoundingClientRect();
  return { x: x + origin.left, y: y + origin.top, width, height };
}
