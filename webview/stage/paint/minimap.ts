/** The whole drawing in colour blocks, and where the stage looks at it. */
import type { Theme } from '../../ui/theme';
import type { Prepared, Scale } from './prepared';
import { CLOSED, mainFamily } from './far';
import { EdgeKind } from '../layout/types';

/** Tall for a graph that runs down, wide for one that runs to the right. */
export const minimapSize = (sideways: boolean): { readonly width: number; readonly height: number } =>
  sideways ? { width: 200, height: 92 } : { width: 112, height: 166 };
const PAD = 8;

/** Across the flow a long graph is drawn wider than it is: at its own proportions it would be a line. */
const LEAST_ACROSS = 44;

export interface MinimapScale {
  /** Pixels of the minimap for one of the drawing. */
  readonly zoomX: number;
  readonly zoomY: number;
  readonly left: number;
  readonly top: number;
}

export function minimapScale({ model: { geometry } }: Prepared): MinimapScale {
  const sideways = geometry.direction === 'horizontal';
  const { width, height } = minimapSize(sideways);
  const [fitX, fitY] = [(width - 2 * PAD) / geometry.width, (height - 2 * PAD) / geometry.height];
  const zoom = Math.min(fitX, fitY);
  const across = (fit: number, extent: number): number => Math.min(fit, Math.max(zoom, LEAST_ACROSS / extent));
  const zoomX = sideways ? zoom : across(fitX, geometry.width);
  const zoomY = sideways ? across(fitY, geometry.height) : zoom;
  return {
    zoomX,
    zoomY,
    left: (width - geometry.width * zoomX) / 2,
    top: (height - geometry.height * zoomY) / 2,
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
  const { wires } = geometry;
  for (const skip of [false, true]) {
    context.beginPath();
    for (let w = 0; w < wires.count; w++) {
      if ((wires.kind[w] === EdgeKind.Skip) !== skip) continue;
      for (let p = wires.start[w]!; p < wires.start[w + 1]!; p++) {
        const x = wires.points[2 * p]! * scale.zoomX + scale.left;
        const y = wires.points[2 * p + 1]! * scale.zoomY + scale.top;
        if (p === wires.start[w]) context.moveTo(x, y);
        else context.lineTo(x, y);
      }
    }
    context.strokeStyle = skip ? theme.family.join : theme.edge;
    context.lineWidth = skip ? 1 : 0.5;
    context.stroke();
  }
  for (let place = 0; place < geometry.items.length; place++) {
    const item = model.item(place);
    const drawn = model.box(place);
    const box = {
      x: drawn.x * scale.zoomX + scale.left,
      y: drawn.y * scale.zoomY + scale.top,
      // Thinner than half a pixel it would vanish.
      width: Math.max(drawn.width * scale.zoomX, 0.75),
      height: Math.max(drawn.height * scale.zoomY, 0.75),
    };
    if (item.kind === 'group' && item.open) {
      // Quieter than what is in it, in high contrast too, where hairlines are as loud as text.
      context.strokeStyle = theme.track;
      context.lineWidth = 0.75;
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
      const radius = Math.max(Math.min(box.width, box.height) / 2, 1);
      context.beginPath();
      context.arc(box.x + box.width / 2, box.y + box.height / 2, radius, 0, 2 * Math.PI);
      context.fill();
    } else context.fillRect(box.x, box.y, box.width, box.height);
    context.globalAlpha = 1;
  }
}
