/** The stage from far away: colour and form only. */
import type { Family } from '../../../src/core/view/types';
import type { Box } from '../scene/model';
import { outlined, type Brush } from './brush';
import type { Pen } from './pen';
import { paintPort } from './group';
import type { Look } from './look';
import { fadeOf, type Marks, type Prepared } from './prepared';

/** A closed module is paler than an operator. */
export const CLOSED = 0.55;

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
  // By how strongly they are drawn, then by colour: one path each.
  const layers = new Map<number, Map<string, number[]>>();
  const add = (strength: number, colour: string, place: number): void => {
    let colours = layers.get(strength);
    if (!colours) layers.set(strength, (colours = new Map<string, number[]>()));
    const list = colours.get(colour);
    if (list) list.push(place);
    else colours.set(colour, [place]);
  };
  const marked: number[] = [];
  for (const place of places) {
    if (open[place]) continue;
    const item = model.item(place);
    if (items[place] === marks.selected || marks.hits?.has(items[place]!)) marked.push(place);
    const fade = look(place).faded ? fadeOf(marks) : 1;
    if (item.kind === 'port') {
      context.globalAlpha = fade;
      paintPort(brush, item.port, screen(place), look(place));
      context.globalAlpha = 1;
      continue;
    }
    const family = item.kind === 'group' ? mainFamily(prepared.groups[item.index]!.families) : item.node.family;
    const own = marks.scale?.colour(items[place]!);
    // A paler colour would be another number.
    add(item.kind === 'group' && !own ? CLOSED * fade : fade, own ?? theme.family[family], place);
  }
  for (const [strength, colours] of layers) {
    context.globalAlpha = strength;
    for (const [colour, list] of colours) {
      context.fillStyle = colour;
      context.beginPath();
      for (const place of list) {
        const item = model.item(place);
        if (item.kind === 'node') shape(context, item.node.family, item.node.join !== null, screen(place));
        else {
          const { x, y, width, height } = screen(place);
          context.rect(x, y, width, height);
        }
      }
      context.fill();
    }
  }
  context.globalAlpha = 1;
  for (const place of marked) {
    const box = screen(place);
    outlined(brush, box.x - 2, box.y - 2, box.width + 4, box.height + 4, { radius: 2, stroke: theme.focus, line: 2 });
  }
}

/** Not by colour alone: pooling narrows downwards, upsampling widens, joins are round. */
function shape(path: Pen, family: Family, round: boolean, { x, y, width, height }: Box): void {
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

/** What a module is there for: it is not the shape arithmetic, joins and activations around its layers. */
const WEIGHT: Readonly<Record<Family, number>> = {
  convolution: 3,
  dense: 3,
  pooling: 2,
  upsampling: 2,
  join: 1,
  normalisation: 1,
  activation: 0.5,
  shape: 0.25,
};

export function mainFamily(families: readonly Family[]): Family {
  const counts = new Map<Family, number>();
  for (const f of families) counts.set(f, (counts.get(f) ?? 0) + WEIGHT[f]);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'shape';
}
