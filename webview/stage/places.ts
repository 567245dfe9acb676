/** Where an operator or a module stands: in the drawing, and on the page. */
import type { ScreenBox } from '../state/context';
import type { View } from './paint/brush';
import type { Box, StageModel } from './scene/model';

/** Of an operator itself: inside a closed module it is nowhere. */
export function nodeBox(model: StageModel | null, node: number): Box | null {
  const item = model?.shownFor(node) ?? -1;
  return model && item >= 0 && item < model.scene.nodes.length ? model.box(model.placeOf[item]!) : null;
}

export function groupBox(model: StageModel | null, group: number): Box | null {
  const place = model?.placeOf[model.scene.nodes.length + group] ?? -1;
  return model && place >= 0 ? model.box(place) : null;
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
