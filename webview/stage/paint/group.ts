/** Modules, closed (a box with a second edge behind it) and opened (a frame), and the pills at the net's ends. */
import { t } from '../../../src/core/l10n/l10n';
import type { Family, Scene, SceneGroup, ScenePort } from '../../../src/core/view/types';
import type { Thumbnail } from '../../state/runner';
import { compact, integer } from '../../ui/numbers';
import type { Box } from '../scene/model';
import { bar, outlined, snap, text, type Brush } from './brush';
import { gauge } from './gauge';
import type { Look } from './look';
import { fitModule, shortKind, sizeFor } from './shortNames';
import { paintThumbnails, thumbnailPlaces } from './thumbnails';

export interface GroupFacts {
  /** `×2 blocks`, or ''. */
  readonly repeat: string;
  /** Number of equal modules it stands for; 0 when it stands for itself. */
  readonly row: number;
  /** `bottleneck`, where the name does not say it. */
  readonly kind: string;
  /** Families of what is inside, in order. */
  readonly strip: readonly string[];
  readonly input: number | null;
  /** Facts instead of parameters while coloured by a number. */
  readonly instead: string;
  /** Of the strongest maps it gives out, while it is closed. */
  readonly thumbnails: readonly Thumbnail[];
  /** Standing inside another opened module. */
  readonly inner: boolean;
}

const sees = (value: number | 'all'): string => (value === 'all' ? t('all') : integer(value));

/** A fact in words, and in fewer. */
type Fact = readonly [long: string, short: string];

function groupFacts(group: SceneGroup, instead = ''): readonly [cost: Fact, growth: Fact] {
  const { parameters, seesBefore: before, seesAfter: after } = group;
  const count = compact(parameters);
  // Nothing is said of what a module does not have.
  const cost: Fact = instead
    ? [instead, instead]
    : parameters
      ? [t('{0} parameters', count), t('{0} par.', count)]
      : ['', ''];
  if (after === null) return [cost, ['', '']];
  if (before === null || before === after) return [cost, [t('sees {0}', sees(after)), t('sees {0}', sees(after))]];
  return [cost, [t('sees {0} → {1}', sees(before), sees(after)), `${sees(before)} → ${sees(after)}`]];
}

/** How far the second edge stands out above a closed module, and above one that stands for a row. */
export const STACK = { closed: 4, row: 5 } as const;

function chevron(brush: Brush, x: number, y: number, size: number, open: boolean): void {
  const { context, theme } = brush;
  context.strokeStyle = theme.dim;
  context.lineWidth = 1.3;
  context.lineJoin = 'miter';
  context.beginPath();
  if (open) {
    context.moveTo(x - size, y - size / 2);
    context.lineTo(x, y + size / 2);
    context.lineTo(x + size, y - size / 2);
  } else {
    context.moveTo(x - size / 2, y - size);
    context.lineTo(x + size / 2, y);
    context.lineTo(x - size / 2, y + size);
  }
  context.stroke();
}

export function paintClosed(brush: Brush, group: SceneGroup, box: Box, look: Look, facts: GroupFacts): void {
  const { theme, texts, view, level } = brush;
  const u = view.zoom;
  const radius = 4 * Math.min(1, u);
  const marked = look.selected || look.hit;
  outlined(brush, box.x + 6 * u, box.y - STACK.closed * u, box.width - 12 * u, box.height, {
    radius,
    fill: theme.node,
    stroke: theme.hair,
  });
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius,
    fill: theme.node,
    stroke: marked ? theme.focus : look.hovered ? theme.hoverHair : theme.hair,
    line: marked ? 2 : 1,
  });
  if (look.scale) bar(brush, snap(brush, box.x), box.y, 8 * u, box.height, look.scale, 1.5 * u);
  else paintStrip(brush, box, facts.strip);
  const indent = look.scale ? 8 * u : 0;
  if (level === 'middle') {
    const room = box.width - 24 * u;
    const repeat = facts.row ? `×${facts.row}` : facts.repeat;
    const width = texts.width(repeat, 11);
    const whole = texts.width(group.name, 12, 600);
    // The name comes first; how many there are must be said of a row.
    const left = facts.row || whole + width + 8 <= room ? room - (repeat ? width + 8 : 0) : room;
    const tight = whole > left ? group.name.replace(' … ', '…') : group.name;
    const size = sizeFor(texts, tight, left, 12, 10.5);
    const name = texts.fit(tight, left, size, 600);
    const y = box.y + box.height / 2 + 2.5;
    text(brush, name, box.x + indent + 14 * u, y, { size, weight: 600 });
    if (left < room || !repeat)
      text(brush, repeat, box.x + box.width - 12 * u, y, { size: 11, colour: theme.dim, align: 'right' });
    return;
  }
  const scale = Math.min(u, 1.2);
  const hasGauge = facts.input !== null && group.seesAfter !== null;
  const left = box.x + indent + 20 * u;
  const places = thumbnailPlaces(brush, box, facts.thumbnails, 'module');
  paintThumbnails(brush, places);
  const edge = places[0]?.x ?? box.x + box.width;
  const right = edge - (hasGauge ? 30 : 10) * u;
  chevron(brush, box.x + indent + 12 * u, box.y + 13 * u, 4 * u, false);
  const wholeName = texts.width(group.name, 12.5 * scale, 600);
  const fits = (words: string): boolean => wholeName + 12 * u + texts.width(words, 12 * scale) <= right - left;
  // How many there are must be said of a row; what it is called, only where there is room.
  const repeat = facts.row && !fits(facts.repeat) ? `×${facts.row}` : facts.repeat;
  const repeatWidth = repeat ? texts.width(repeat, 12 * scale) + 12 * u : 0;
  const name = fitModule(texts, group.name, right - left - repeatWidth, 12.5 * scale);
  text(brush, name, left, box.y + 17 * u, { size: 12.5 * scale, weight: 600 });
  const nameEnd = left + texts.width(name, 12.5 * scale, 600);
  const beside = repeat || ([facts.kind, shortKind(facts.kind)].find(fits) ?? '');
  text(brush, beside, nameEnd + 10 * u, box.y + 17 * u, { size: 12 * scale, colour: theme.dim });
  const words = fitFacts(brush, groupFacts(group, facts.instead), edge - 8 * u - left, 11 * scale);
  text(brush, words, left, box.y + 31.5 * u, { size: 11 * scale, colour: theme.dim });
  if (hasGauge) gauge(brush, edge - 22 * u, box.y + 6 * u, 14 * u, group.seesAfter, facts.input);
}

/** In fewer words before one of them is left out. */
function fitFacts(
  brush: Brush,
  [[cost, less], [growth, shorter]]: readonly [Fact, Fact],
  room: number,
  size: number,
): string {
  const wordings = [[cost, growth], [less, growth], [less, shorter], [cost], [less], [growth]];
  const joined = wordings.map((words) => words.filter(Boolean).join(' · '));
  return joined.find((words) => brush.texts.width(words, size) <= room) ?? '';
}

function paintStrip(brush: Brush, box: Box, strip: readonly string[]): void {
  if (!strip.length) return;
  const u = brush.view.zoom;
  const step = (box.width - 16 * u) / strip.length;
  const gap = Math.min(2 * u, step * 0.3);
  strip.forEach((colour, i) => {
    bar(brush, box.x + 8 * u + i * step, box.y + box.height - 6 * u, Math.max(0.5, step - gap), 3 * u, colour, u);
  });
}

export function paintOpen(brush: Brush, box: Box, look: Look, facts: GroupFacts): void {
  const { theme, view, level } = brush;
  const u = view.zoom;
  const marked = look.selected || look.hit;
  const quiet = facts.inner && !marked && !facts.row;
  if (facts.row)
    outlined(brush, box.x + 5 * u, box.y - STACK.row * u, box.width - 10 * u, box.height, {
      radius: 4 * Math.min(1, u),
      fill: theme.node,
      stroke: theme.hair,
    });
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius: (facts.inner ? 4 : 5) * Math.min(1, u),
    fill: facts.row ? theme.background : facts.inner ? theme.frame : '',
    stroke: marked ? theme.focus : look.hovered ? theme.hoverHair : facts.inner && !facts.row ? theme.hair : theme.dim,
    line: marked ? 2 : 1,
    ...(quiet && level !== 'far' ? { dash: [3, 3] } : {}),
  });
}

/** The words of an opened module's header; after the edges, so that its ground hides none of them. */
export function paintHeader(
  brush: Brush,
  group: SceneGroup,
  box: Box,
  facts: GroupFacts,
  cuts: readonly number[],
): void {
  const { theme, texts, view, level } = brush;
  const u = view.zoom;
  if (level === 'middle') {
    if (facts.inner) return;
    const name = texts.fit(group.name, Math.min(box.width - 16, (cuts[0] ?? Infinity) - box.x - 14), 11.5, 600);
    if (24 * u >= 11) text(brush, name, box.x + 8, box.y + 12 * u + 4.5, { size: 11.5, weight: 600 });
    return;
  }
  const scale = Math.min(u, 1.2);
  const full = (facts.inner ? 11 : 12.5) * scale;
  // High enough for the ground around the letters to end above the second edge of a module inside.
  const y = box.y + (facts.inner ? 14.5 : 15) * u;
  chevron(brush, box.x + 14 * u, box.y + 11 * u, (facts.inner ? 3.4 : 4) * u, true);
  const left = box.x + 24 * u;
  const end = box.x + box.width - 10 * u;
  // Lines run down through the header: no words on them.
  const lines = cuts.filter((x) => x > left && x < box.x + box.width);
  const nameRoom = (lines.length ? lines[0]! - 8 * u : end) - left;
  const size = sizeFor(texts, group.name, nameRoom, full, 10.5 * scale);
  const name = texts.fit(group.name, nameRoom, size, facts.inner ? 400 : 600);
  text(brush, name, left, y, facts.inner && !facts.row ? { size, colour: theme.dim } : { size, weight: 600 });
  if (facts.inner && !facts.row) return;
  const nameEnd = left + texts.width(name, size, 600) + 12 * u;
  const starts = lines.length ? lines.map((x) => Math.max(nameEnd, x + 8 * u)) : [nameEnd];
  const ends = [...lines.slice(1).map((x) => x - 8 * u), end];
  const [cost, growth] = groupFacts(group, facts.instead);
  const first: Fact = facts.row ? [facts.repeat, facts.repeat] : cost;
  const said = starts.map((from, i) => fitFacts(brush, [first, growth], ends[i]! - from, 11 * scale));
  // As far to the right as all of it has room; otherwise where most of it has.
  const best = said.reduce((at, words, i) => (words.length >= said[at]!.length ? i : at), 0);
  // A skip may pass under the words.
  text(brush, said[best]!, ends[best]!, y, { size: 11 * scale, colour: theme.dim, align: 'right', halo: true });
}

export function paintPort(brush: Brush, port: ScenePort, place: Box, look: Look): void {
  const { theme, texts, view, level } = brush;
  const u = view.zoom;
  // Seen from afar it stays as high as its words.
  const height = level === 'middle' ? Math.max(place.height, 14) : place.height;
  const box = { ...place, y: place.y - (height - place.height) / 2, height };
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius: box.height / 2,
    fill: theme.background,
    stroke: look.selected || look.hit ? theme.focus : theme.foreground,
    line: look.selected || look.hit ? 2 : 1,
    ...(port.auxiliary ? { dash: [5, 4] } : {}),
  });
  if (level === 'far') return;
  const size = level === 'middle' ? 10.5 : 11.5 * Math.min(u, 1.2);
  const room = box.width - box.height * 0.7;
  const sizeText = level === 'middle' ? '' : port.size;
  const sizeWidth = texts.width(sizeText, size);
  const name = texts.fit(port.name, Math.max(room * 0.35, room - sizeWidth - 5 * u), size, 600);
  const nameWidth = texts.width(name, size, 600);
  const shown = texts.fit(sizeText, room - nameWidth - 5 * u, size, 400, 'end');
  const total = nameWidth + (shown ? 5 * u + texts.width(shown, size) : 0);
  const y = box.y + box.height / 2 + size * 0.36;
  const x = box.x + (box.width - total) / 2;
  text(brush, name, x, y, { size, weight: 600 });
  text(brush, shown, x + nameWidth + 5 * u, y, { size });
}

const MOST_STRIPES = 16;

/**
 * As many of each family as its share, where it occurs: what a stripe cannot show is owed to the ones after it. Every so many of them
 * would beat with blocks of the same length and show one family alone.
 */
export function stripes(families: readonly Family[]): readonly Family[] {
  const count = families.length;
  if (count <= MOST_STRIPES) return families;
  const owed = new Map<Family, number>();
  let from = 0;
  return Array.from({ length: MOST_STRIPES }, (_, stripe) => {
    const to = Math.round(((stripe + 1) * count) / MOST_STRIPES);
    for (; from < to; from++) owed.set(families[from]!, (owed.get(families[from]!) ?? 0) + MOST_STRIPES / count);
    const [best] = [...owed].reduce((a, b) => (b[1] > a[1] ? b : a));
    owed.set(best, owed.get(best)! - 1);
    return best;
  });
}

/** `×2 blocks`: modules directly inside, and the families of what is in them. */
export function describeGroups(
  scene: Scene,
): readonly { readonly blocks: number; readonly families: readonly Family[] }[] {
  const blocks = new Array<number>(scene.groups.length).fill(0);
  for (const group of scene.groups) if (group.parent !== null && group.twin !== null) blocks[group.parent]!++;
  for (const group of scene.groups)
    if (group.parent !== null && group.twin === null && blocks[group.parent]! > 0) blocks[group.parent]!++;
  return scene.groups.map((group, index) => {
    const drawn = group.nodes.filter((n) => !scene.nodes[n]?.plumbing && scene.nodes[n]?.pillOf === null);
    const families = stripes(drawn.map((n) => scene.nodes[n]?.family ?? 'shape'));
    return { blocks: blocks[index]! > 1 ? blocks[index]! : 0, families };
  });
}
