/** The strongest maps at the right of the box of a layer, or of the closed module that gives them out: one from near, more from closer. */
import type { Thumbnail } from '../../state/runner';
import type { Box } from '../scene/model';
import { outlined, snap, type Brush } from './brush';
import { wearsMaps } from './level';

/** What the words need at least, px: in a layer's box they grow with it until the closest level, in a module's to a fifth more. */
const wordsRoom = (of: 'node' | 'module', { level, view }: Pick<Brush, 'view' | 'level'>): number =>
  of === 'module' ? 190 * Math.min(view.zoom, 1.2) : level === 'closest' ? 172 : 180 * view.zoom;
/** Families of what is in a module stand below its maps, px of the drawing. */
const STRIP = 4;
/** Above and below, px of the drawing: a pill hangs on the lower edge. */
const PAD = 3.2;
const GAP = 4;

export interface ThumbnailPlace extends Box {
  readonly thumbnail: Thumbnail;
}

/** Where each stands, the strongest first; as many as leave room for the words. */
export function thumbnailPlaces(
  brush: Pick<Brush, 'view' | 'level'>,
  box: Box,
  list: readonly Thumbnail[],
  of: 'node' | 'module' = 'node',
): readonly ThumbnailPlace[] {
  const { level, view } = brush;
  if (!wearsMaps(level)) return [];
  const pad = PAD * view.zoom;
  const side = box.height - 2 * pad - (of === 'module' ? STRIP * view.zoom : 0);
  const room = box.width - wordsRoom(of, brush) - pad;
  const count = Math.min(list.length, Math.max(0, Math.floor(room / (side + GAP))));
  const left = box.x + box.width - pad - count * (side + GAP) + GAP;
  return list.slice(0, count).map((thumbnail, at) => {
    // Maps that are no squares keep their shape.
    const scale = side / Math.max(thumbnail.width, thumbnail.height);
    const [width, height] = [thumbnail.width * scale, thumbnail.height * scale];
    const x = snap(brush, left + at * (side + GAP) + (side - width) / 2);
    const y = snap(brush, box.y + pad + (side - height) / 2);
    return { thumbnail, x, y, width: Math.max(1, snap(brush, width)), height: Math.max(1, snap(brush, height)) };
  });
}

/** Each in a frame: the darkest of its colours is nearly that of a dark ground, and a map is to be seen where it is zero too. */
export function paintThumbnails(brush: Brush, places: readonly ThumbnailPlace[]): void {
  const { context, theme } = brush;
  for (const { thumbnail, x, y, width, height } of places) {
    // Values seen large are squares; more of them than pixels are blended.
    context.imageSmoothingEnabled = thumbnail.width > width;
    context.drawImage(thumbnail.picture, x, y, width, height);
    const line = 1 / brush.view.ratio;
    outlined(brush, x - line, y - line, width + 2 * line, height + 2 * line, {
      radius: 0,
      stroke: theme.hoverHair,
      line,
    });
  }
}
