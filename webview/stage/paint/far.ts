/** The stage from far away: colour and form only. */
import type { Family } from '../../../src/core/view/types';
import type { Box } from '../scene/model';
import { outlined, type Brush } from './brush';
import { paintPort } from './group';
import type { Look } from './look';
import type { Marks, Prepared } from './prepared';

/** Of what is not looked for. */
export const FADED = 0.55;

/** All boxes of one colour in one path. */
export function paintFar(
  brush: Brush,
  prepared: Prepared,
  places: readonly number[],
  marks: Marks,
  screen: (place: number) => Box,
  look: (place: number) => Look,
): void {
  const { context, theme } = brush;
  const { model } = prepared;
  const { open, items } = model.geometry;
  const paths = new Map<string, Path2D>();
  const closed = new Map<string, Path2D>();
  const pathOf = (map: Map<string, Path2D>, colour: string): Path2D => {
    let path = map.get(colour);
    if (!path) map.set(colour, (path = new Path2D()));
    return path;
  };
  const marked: number[] = [];
  for (const place of places) {
    if (open[place]) continue;
    const item = model.item(place);
    const box = screen(place);
    if (items[place] === marks.selected || marks.hits?.has(items[place]!)) marked.push(place);
    if (item.kind === 'port') {
      paintPort(brush, item.port, box, look(place));
      continue;
    }
    const scale = marks.scale?.colour(items[place]!) ?? null;
    if (item.kind === 'group') {
      const family = mainFamily(prepared.groups[item.index]!.families);
      pathOf(closed, scale ?? theme.family[family]).rect(box.x, box.y, box.width, box.height);
      continue;
    }
    const path = pathOf(paths, scale ?? theme.family[item.node.family]);
    shape(path, item.node.family, item.node.join !== null, box);
  }
  const fade = marks.hits ? FADED : 1;
  for (const [colour, path] of paths) {
    context.globalAlpha = fade;
    context.fillStyle = colour;
    context.fill(path);
  }
  for (const [colour, path] of closed) {
    context.globalAlpha = 0.55 * fade;
    context.fillStyle = colour;
    context.fill(path);
  }
  context.globalAlpha = 1;
  for (const place of marked) {
    const box = screen(place);
    outlined(brush, box.x - 2, box.y - 2, box.width + 4, box.height + 4, { radius: 2, stroke: theme.focus, line: 2 });
  }
}

/** Not by colour alone: pooling narrows downwards, upsampling widens, joins are round. */
function shape(path: Path2D, family: Family, round: boolean, { x, y, width, height }: Box): void {
  if (round) {
    path.moveTo(x + width, y + height / 2);
    path.arc(x + width / 2, y + height / 2, Math.max(1.5, width / 2), 0, 2 * Math.PI);
    return;
  }
  const slant = family === 'pooling' ? width * 0.08 : family === 'upsampling' ? -width * 0.08 : 0;
  if (!slant) {
    path.rect(x, y, width, height);
    return;
  }
  const [top, bottom] = slant > 0 ? [0, slant] : [-slant, 0];
  path.moveTo(x + top, y);
  path.lineTo(x + width - top, y);
  path.lineTo(x + width - bottom, y + height);
  path.lineTo(x + bottom, y + height);
  path.closePath();
}

export function mainFamily(families: readonly Family[]): Family {
  const counts = new Map<Family, number>();
  for (const f of families) counts.set(f, (counts.get(f) ?? 0) + (f === 'convolution' ? 1.5 : 1));
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'shape';
}
