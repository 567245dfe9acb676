/** Where an operator or a module stands: in the drawing, and on the page. */
import type { ScreenBox } from '../state/context';
import type { Thumbnails } from '../state/runner';
import type { View } from './paint/brush';
import { levelAt, wearsMaps } from './paint/level';
import { thumbnailPlaces } from './paint/thumbnails';
import { axisPoint, type Box, type StageModel } from './scene/model';
import { outletOf } from './scene/outlet';

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

/** The operator whose maps an item wears: of a closed module the one it gives out, of a row of equal ones that of the last. */
export function layerOf({ scene, placeOf, geometry, repeats }: StageModel, item: number): number | null {
  if (item < scene.nodes.length) return scene.nodes[item]?.join ? null : item;
  const [group, place] = [item - scene.nodes.length, placeOf[item] ?? -1];
  if (group >= scene.groups.length || place < 0 || geometry.open[place]) return null;
  const row = geometry.folded[place] ? repeats.members.get(group)?.at(-1) : undefined;
  return outletOf(scene, row ?? group);
}

/** Operators whose maps are worn in sight, none where boxes are too small for any. */
export function layersIn(model: StageModel, view: View): readonly number[] {
  const { zoom, left, top, width, height } = view;
  if (!wearsMaps(levelAt(zoom))) return [];
  const places = model.boxesIn(-left / zoom, -top / zoom, (width - left) / zoom, (height - top) / zoom);
  return places.flatMap((place) => layerOf(model, model.geometry.items[place]!) ?? []);
}

/** Where the maps in the box of an item are drawn, in CSS pixels of the canvas; for tests, which read the pixels there. */
export function thumbnailsAt(
  model: StageModel | null,
  view: View,
  item: number,
  maps: Thumbnails,
): readonly (Box & { readonly channel: number })[] {
  const place = model?.placeOf[item] ?? -1;
  const layer = model && place >= 0 ? layerOf(model, item) : null;
  if (!model || layer === null) return [];
  const box = model.box(place);
  const { zoom, left, top } = view;
  const drawn = { x: box.x * zoom + left, y: box.y * zoom + top, width: box.width * zoom, height: box.height * zoom };
  const of = item < model.scene.nodes.length ? 'node' : 'module';
  return thumbnailPlaces({ view, level: levelAt(view.zoom) }, drawn, maps.of(layer), of).map(
    ({ thumbnail, x, y, width, height }) => ({
      channel: thumbnail.channel,
      ...{ x, y, width, height },
    }),
  );
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
