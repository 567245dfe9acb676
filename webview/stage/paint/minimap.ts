/** The whole drawing in colour blocks, and where the stage looks at it. */
import type { Theme } from '../../ui/theme';
import type { Prepared, Scale } from './prepared';
import { CLOSED, mainFamily } from './far';
import { EdgeKind } from '../layout/types';

/** Tall for a graph that runs down, wide for one that runs to the right. */
export const minimapSize = (sideways: boolean): { readonly width: number; readonly height: number } =>
  sideways ? { width: 200, height: 92 } : { width: 112, height: 166 };
const PAD = 8;

export interface MinimapScale {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

export function minimapScale(prepared: Prepared): MinimapScale {
  const { geometry } = prepared.model;
  const { width, height } = minimapSize(geometry.direction === 'horizontal');
  const zoom = Math.min((width - 2 * PAD) / geometry.width, (height - 2 * PAD) / geometry.height);
  return {
    zoom,
    left: (width - geometry.width * zoom) / 2,
    top: (height - geometry.height * zoom) / 2,
  };
}

/** Drawn once per layout, theme and colouring; the frame of what is seen goes on top of it. */
export function paintMinimap(
  context: CanvasRenderingContext2D,
  theme: Theme,
  prepared: Prepared,
  colours: Scale | null,
  ratio: number,
): void {
  const { model, groups } = prepared;
  const { geometry } = model;
  const scale = minimapScale(prepared);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const { width, height } = minimapSize(geometry.direction === 'horizontal');
  context.clearRect(0, 0, width, height);
  context.setTransform(ratio * scale.zoom, 0, 0, ratio * scale.zoom, ratio * scale.left, ratio * scale.top);
  const { wires } = geometry;
  const line = 1 / scale.zoom;
  for (const skip of [false, true]) {
    context.beginPath();
    for (let w = 0; w < wires.count; w++) {
      if ((wires.kind[w] === EdgeKind.Skip) !== skip) continue;
      for (let p = wires.start[w]!; p < wires.start[w + 1]!; p++) {
        const [x, y] = [wires.points[2 * p]!, wires.points[2 * p + 1]!];
        if (p === wires.start[w]) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    }
    context.strokeStyle = skip ? theme.family.join : theme.edge;
    context.lineWidth = line * (skip ? 1 : 0.5);
    context.stroke();
  }
  for (let place = 0; place < geometry.items.length; place++) {
    const item = model.item(place);
    const box = model.box(place);
    // Thinner than half a pixel it would vanish.
    const height = Math.max(box.height, 0.75 * line);
    if (item.kind === 'group' && item.open) {
      // Quieter than what is in it, in high contrast too, where hairlines are as loud as text.
      context.strokeStyle = theme.track;
      context.lineWidth = line * 0.75;
      context.strokeRect(box.x, box.y, box.width, box.height);
      continue;
    }
    const own = item.kind === 'port' ? null : (colours?.colour(geometry.items[place]!) ?? null);
    context.fillStyle =
      item.kind === 'port'
        ? theme.dim
        : (own ?? theme.family[item.kind === 'node' ? item.node.family : mainFamily(groups[item.index]!.families)]);
    // A paler colour would be another number.
    context.globalAlpha = item.kind === 'node' || own ? 1 : CLOSED;
    if (item.kind === 'node' && item.node.join) {
      context.beginPath();
      context.arc(box.x + box.width / 2, box.y + box.height / 2, Math.max(box.width / 2, line), 0, 2 * Math.PI);
      context.fill();
    } else context.fillRect(box.x, box.y, box.width, height);
    context.globalAlpha = 1;
  }
}
