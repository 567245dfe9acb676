/** One operator: box with family bar, or circle for a join. Exact measures from the design's drawings. */
import { t } from '../../../src/core/l10n/l10n';
import type { Family, SceneNode } from '../../../src/core/view/types';
import type { Thumbnail } from '../../state/runner';
import { compact, integer } from '../../ui/numbers';
import type { Box } from '../scene/model';
import { bar, outlined, snap, text, type Brush } from './brush';
import { gauge } from './gauge';
import type { Look } from './look';
import { fitTitle, sizeFor } from './shortNames';
import type { Texts } from './text';
import { paintThumbnails, thumbnailPlaces } from './thumbnails';

export interface NodeFacts {
  /** Largest side of the input picture; null where there is none. */
  readonly input: number | null;
  /** Share of the net's parameters, in words; for the closest level. */
  readonly share: string;
  /** What its colour stands for, or ''. */
  readonly note: string;
  /** Of its strongest maps. */
  readonly thumbnails: readonly Thumbnail[];
}

const seesText = (sees: number | 'all' | null): string =>
  sees === null ? '' : sees === 'all' ? t('all') : integer(sees);

export function paintNode(brush: Brush, node: SceneNode, box: Box, look: Look, facts: NodeFacts): void {
  if (node.join) paintJoin(brush, node, box, look);
  else paintBox(brush, node, box, look, facts);
}

function outline(brush: Brush, box: Box, look: Look, problem: SceneNode['problem'], known: boolean): void {
  const { theme, view } = brush;
  const u = Math.min(1, view.zoom);
  const bad = problem === 'error';
  const marked = look.selected || look.hit;
  const stroke = bad ? theme.error : marked ? theme.focus : look.hovered ? theme.hoverHair : theme.hair;
  outlined(brush, box.x, box.y, box.width, box.height, {
    radius: 3 * u,
    fill: theme.node,
    stroke,
    line: marked ? 2 : bad ? 1.5 : 1,
    ...(known || marked ? {} : { dash: [3, 3] }),
  });
}

function paintBox(brush: Brush, node: SceneNode, box: Box, look: Look, facts: NodeFacts): void {
  const { level, theme, view } = brush;
  const family = look.scale ?? theme.family[node.family];
  outline(brush, box, look, node.problem, node.known);
  const width = level === 'middle' || look.scale ? 8 : 4;
  bar(brush, snap(brush, box.x), box.y, Math.max(2, width * view.zoom), box.height, family, 1.5 * view.zoom);
  if (node.problem === 'error') warningSign(brush, box, theme.error);
  else if (node.problem === 'warning' && level !== 'middle') warningDot(brush, box, theme.warning);
  if (level === 'middle') paintTitle(brush, node, box);
  else if (level === 'near') paintNear(brush, node, box, facts, look);
  else paintClosest(brush, node, box, facts);
}

function paintTitle(brush: Brush, node: SceneNode, box: Box): void {
  const { texts } = brush;
  const indent = Math.max(12, 20 * brush.view.zoom);
  const room = box.width - indent - 6;
  const size = sizeFor(texts, node.title, room, 12, 11);
  const title = fitTitle(texts, node, room, size);
  text(brush, title, box.x + indent, box.y + box.height / 2 + 4.3, { size, weight: 600 });
}

function paintNear(brush: Brush, node: SceneNode, whole: Box, facts: NodeFacts, look: Look): void {
  const { theme, texts, view } = brush;
  const u = view.zoom;
  const { sees } = node;
  const { input } = facts;
  const places = thumbnailPlaces(brush, whole, facts.thumbnails);
  // Words and gauge have what the maps leave.
  const box = places[0] ? { ...whole, width: places[0].x - whole.x } : whole;
  paintThumbnails(brush, places);
  const hasGauge = sees !== null && input !== null && node.problem !== 'error';
  const right = box.x + box.width - (hasGauge || node.problem ? 28 : 8) * u;
  const indent = (look.scale ? 16 : 12) * u;
  // Words can be cut and still be read; numbers cannot.
  const labelWidth = texts.width(close(node.label.join(' · ')), 12 * u);
  const titleRoom = Math.max(box.width * 0.4, right - box.x - indent - labelWidth - 10 * u);
  const title = fitTitle(texts, node, titleRoom, 12.5 * u);
  const titleEnd = box.x + indent + texts.width(title, 12.5 * u, 600);
  text(brush, title, box.x + indent, box.y + 16 * u, { size: 12.5 * u, weight: 600 });
  const label = fitLabel(brush, node.label, right - titleEnd - 10 * u, 12 * u);
  text(brush, label, right, box.y + 16 * u, { size: 12 * u, align: 'right' });
  const below = node.problem === 'error' ? '' : seesText(sees);
  text(brush, below, box.x + box.width - 8 * u, box.y + 31 * u, { size: 10.4 * u, colour: theme.dim, align: 'right' });
  if (hasGauge) gauge(brush, box.x + box.width - 22 * u, box.y + 6 * u, 14 * u, sees, input);
  const room = box.width - indent - 14 * u - texts.width(below, 10.4 * u);
  const own = node.shortName === node.op ? '' : node.shortName;
  const words = node.problem === 'error' ? [own, t('see the message')] : [facts.note, own];
  const all = words.filter(Boolean).join(' · ');
  // What the colour stands for must be read: its pill is not to lie over it.
  const free =
    node.pill && !brush.sideways ? whole.width / 2 - indent - (pillWidth(texts, node.pill.title) / 2 + 4) * u : room;
  const name = facts.note && texts.width(all, 11 * u) > Math.min(room, free) ? facts.note : all;
  const colour = node.problem === 'error' ? theme.error : theme.dim;
  text(brush, texts.fit(name, room, 11 * u), box.x + indent, box.y + 31 * u, { size: 11 * u, colour });
}

/** Sums and arrows need no air: `192+208+48+64`, `600→120`. */
const close = (words: string): string => words.replaceAll(' + ', '+').replaceAll(' → ', '→');

/** As many attributes as fit, the telling ones first. */
export function fitLabel(
  { texts }: Pick<Brush, 'texts'>,
  label: readonly string[],
  room: number,
  size: number,
): string {
  const fits = (words: string): boolean => texts.width(words, size) <= room;
  for (let n = label.length; n > 0; n--) {
    const whole = label.slice(0, n).join(' · ') + (n < label.length ? ' …' : '');
    if (fits(whole)) return whole;
    if (fits(close(whole))) return close(whole);
  }
  // Half a number is none: a sum ends with a summand.
  const summands = (label[0] ?? '').split(' + ');
  for (let n = summands.length - 1; n > 0; n--) {
    const some = `${summands.slice(0, n).join('+')}+…`;
    if (fits(some)) return some;
  }
  return texts.fit(label[0] ?? '', room, size, 400, 'end');
}

/** From 150 % on: the words stop growing and make room for a third line. */
function paintClosest(brush: Brush, node: SceneNode, box: Box, facts: NodeFacts): void {
  const { theme, texts, view } = brush;
  const u = view.zoom;
  const indent = 12 * u;
  const places = thumbnailPlaces(brush, box, facts.thumbnails);
  const right = places[0] ? places[0].x - 10 : box.x + box.width - 10 * u;
  const { input } = facts;
  const hasGauge = node.sees !== null && input !== null;
  const side = 20;
  const label = hasGauge ? right - side - 8 : right;
  // Three lines, evenly in the height there is.
  const line = Math.min(19, (box.height - 8) / 3);
  const first = box.y + (box.height - 3 * line) / 2 + line * 0.76;
  const title = texts.fit(node.title, (right - box.x) * 0.62, 14.5, 600, 'end');
  text(brush, title, box.x + indent, first, { size: 14.5, weight: 600 });
  const room = label - box.x - indent - texts.width(title, 14.5, 600) - 10;
  text(brush, fitLabel(brush, node.label, room, 13.5), label, first, { size: 13.5, align: 'right' });
  const small = { size: 12, colour: theme.dim };
  const sees = node.sees === null ? '' : node.sees === 'all' ? t('sees all') : t('sees {0}', integer(node.sees));
  const nameRoom = right - side - 8 - box.x - indent - texts.width(sees, 12) - 12;
  text(brush, texts.fit(node.shortName, nameRoom, 12), box.x + indent, first + line, small);
  text(brush, sees, hasGauge ? label : right, first + line, { ...small, align: 'right' });
  const synapses = node.parameters ? t('{0} synapses', compact(node.parameters)) : t('no synapses');
  text(brush, synapses, box.x + indent, first + 2 * line, { size: 12 });
  const left = right - box.x - indent - texts.width(synapses, 12) - 12;
  const beside = facts.share || node.sizeOut;
  if (texts.width(beside, 12) <= left) text(brush, beside, right, first + 2 * line, { size: 12, align: 'right' });
  paintThumbnails(brush, places);
  if (hasGauge) gauge(brush, right - side, box.y + 6 * u, side, node.sees, input);
}

function warningSign(brush: Brush, box: Box, colour: string): void {
  const { context, view } = brush;
  const r = 6.5 * Math.max(0.6, view.zoom);
  const [x, y] = [box.x + box.width - 16 * view.zoom, box.y + box.height / 2];
  context.strokeStyle = colour;
  context.lineWidth = 1.3;
  context.beginPath();
  context.arc(x, y, r, 0, 2 * Math.PI);
  const d = r * 0.4;
  context.moveTo(x - d, y - d);
  context.lineTo(x + d, y + d);
  context.moveTo(x + d, y - d);
  context.lineTo(x - d, y + d);
  context.stroke();
}

function warningDot(brush: Brush, box: Box, colour: string): void {
  const { context, view } = brush;
  const r = 3.2 * Math.min(1.2, view.zoom);
  context.fillStyle = colour;
  context.beginPath();
  context.arc(box.x + box.width, box.y, r, 0, 2 * Math.PI);
  context.fill();
}

function paintJoin(brush: Brush, node: SceneNode, box: Box, look: Look): void {
  const { context, theme, view, level } = brush;
  const u = view.zoom;
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const r = box.width / 2;
  context.beginPath();
  context.arc(cx, cy, Math.max(1, r - u), 0, 2 * Math.PI);
  context.fillStyle = theme.node;
  context.fill();
  context.strokeStyle = node.problem === 'error' ? theme.error : (look.scale ?? theme.family[node.family]);
  context.lineWidth = 2 * Math.min(1.3, u);
  context.stroke();
  if (look.selected || look.hit || look.hovered) {
    context.beginPath();
    context.arc(cx, cy, r + 2.5, 0, 2 * Math.PI);
    context.strokeStyle = look.selected || look.hit ? theme.focus : theme.hoverHair;
    context.lineWidth = look.selected || look.hit ? 2 : 1;
    context.stroke();
  }
  paintSign(brush, node.join ?? '+', cx, cy, 5 * u);
  if (level === 'middle') return;
  const size = Math.min(13, 11 * u);
  const words = node.pill ? `${node.title} · ${node.pill.title}` : node.title;
  const sideways = brush.sideways;
  if (sideways) text(brush, words, cx, cy - r - 6 * u, { size, align: 'center', halo: true });
  else text(brush, words, cx - r - 7 * u, cy + 4 * u, { size, align: 'right', halo: true });
}

function paintSign(brush: Brush, sign: string, cx: number, cy: number, arm: number): void {
  const { context, theme, view } = brush;
  context.strokeStyle = theme.foreground;
  context.lineWidth = 1.5 * Math.min(1.3, Math.max(0.7, view.zoom));
  context.beginPath();
  const d = arm * 0.75;
  if (sign === '×') {
    context.moveTo(cx - d, cy - d);
    context.lineTo(cx + d, cy + d);
    context.moveTo(cx + d, cy - d);
    context.lineTo(cx - d, cy + d);
  } else {
    context.moveTo(cx - arm, cy);
    context.lineTo(cx + arm, cy);
    if (sign !== '−') {
      context.moveTo(cx, cy - arm);
      context.lineTo(cx, cy + arm);
    }
  }
  context.stroke();
}

/** At a zoom of 1. */
export const pillWidth = (texts: Texts, words: string): number => Math.max(41, texts.width(words, 10) + 16);

/** What alone follows the operator: a pill on the way out. */
export function paintPill(brush: Brush, node: SceneNode, box: Box, selected: boolean, family: Family): void {
  if (!node.pill || node.join) return;
  const { theme, texts, view, level } = brush;
  // The words stop growing with those in the box.
  const u = level === 'closest' ? Math.min(view.zoom, 1.25) : view.zoom;
  const size = 10 * u;
  const width = pillWidth(texts, node.pill.title) * u;
  const height = 15 * u;
  const { x, y } = brush.sideways
    ? { x: box.x + box.width - 3 * view.zoom, y: box.y + box.height / 2 - height / 2 }
    : { x: box.x + box.width / 2 - width / 2, y: box.y + box.height - 3 * view.zoom };
  outlined(brush, x, y, width, height, {
    radius: height / 2,
    fill: theme.background,
    stroke: selected ? theme.focus : theme.family[family],
    line: selected ? 2 : 1,
  });
  text(brush, node.pill.title, x + width / 2, y + height / 2 + size * 0.36, {
    size: Math.max(size, 7.8),
    align: 'center',
  });
}
