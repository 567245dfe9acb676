/** Edges: thin lines with arrowheads, skips on their side lanes in the joins' colour, and the sizes written beside them. */
import { t } from '../../../src/core/l10n/l10n';
import { EdgeKind, ARROW, LANE, LEAVES, ROOMY, type Geometry } from '../layout/types';
import { text, type Brush } from './brush';
import type { Pen } from './pen';

const RADIUS = 12;
/** From about 100 % on every edge has room for its size. */
const ALL_LABELS = 0.85;

/** Points of a wire on the screen. */
function wirePoints(brush: Brush, geometry: Geometry, wire: number): number[] {
  const { points, start } = geometry.wires;
  const { zoom, left, top } = brush.view;
  const { ratio } = brush.view;
  // Lines through the middle of device pixels: all equally sharp.
  const crisp = (value: number): number => (Math.floor(value * ratio) + 0.5) / ratio;
  const out: number[] = [];
  for (let p = start[wire]!; p < start[wire + 1]!; p++)
    out.push(crisp(points[2 * p]! * zoom + left), crisp(points[2 * p + 1]! * zoom + top));
  return out;
}

function trace(context: Pen, points: readonly number[], radius: number, shorten: number): void {
  const n = points.length;
  let [ex, ey] = [points[n - 2]!, points[n - 1]!];
  if (shorten) {
    const [px, py] = [points[n - 4]!, points[n - 3]!];
    const length = Math.hypot(ex - px, ey - py) || 1;
    ex -= ((ex - px) / length) * shorten;
    ey -= ((ey - py) / length) * shorten;
  }
  context.moveTo(points[0]!, points[1]!);
  for (let i = 2; i < n - 2; i += 2) {
    const [x, y] = [points[i]!, points[i + 1]!];
    const before = Math.hypot(x - points[i - 2]!, y - points[i - 1]!);
    const after = Math.hypot(points[i + 2]! - x, points[i + 3]! - y);
    context.arcTo(
      x,
      y,
      points[i + 2]!,
      points[i + 3]!,
      Math.min(radius, before / (i === 2 ? 1 : 2), after / (i === n - 4 ? 1 : 2)),
    );
  }
  context.lineTo(ex, ey);
}

function arrowHead(context: Pen, points: readonly number[], length: number, half: number): void {
  const n = points.length;
  const [x, y] = [points[n - 2]!, points[n - 1]!];
  const d = Math.hypot(x - points[n - 4]!, y - points[n - 3]!) || 1;
  const [dx, dy] = [(x - points[n - 4]!) / d, (y - points[n - 3]!) / d];
  context.moveTo(x, y);
  context.lineTo(x - dx * length - dy * half, y - dy * length + dx * half);
  context.lineTo(x - dx * length + dy * half, y - dy * length - dx * half);
  context.closePath();
}

interface Style {
  readonly colour: string;
  readonly width: number;
  readonly dash: readonly number[];
  readonly head: { readonly length: number; readonly half: number };
}

function styleOf(brush: Brush, kind: number): Style {
  const { theme, level, view } = brush;
  const u = Math.min(1, Math.max(0.45, view.zoom));
  const skip = kind === EdgeKind.Skip;
  const colour = skip ? theme.family.join : theme.edge;
  const dash = kind === EdgeKind.Auxiliary ? [5, 4] : kind === EdgeKind.Plumbing ? [2, 3] : [];
  const width =
    level === 'far'
      ? skip
        ? Math.min(2, Math.max(0.4, 14 * view.zoom))
        : Math.min(1, Math.max(0.3, 6 * view.zoom))
      : skip
        ? 2 * Math.max(0.8, u)
        : 1.25 * Math.max(0.8, u);
  return { colour, width, dash, head: { length: (skip ? 7 : 6) * u, half: (skip ? 4 : 3.5) * u } };
}

/**
 * All of one kind in one path: ten thousand of them cost a few strokes. `before`: px of the drawing a wire ends above its box, where
 * something stands out behind that.
 */
export function paintWires(
  brush: Brush,
  geometry: Geometry,
  wires: readonly number[],
  before: (wire: number) => number = () => 0,
): void {
  const { context, level, view } = brush;
  const { kind, flags } = geometry.wires;
  const byKind = new Map<number, number[]>();
  for (const wire of wires) {
    const list = byKind.get(kind[wire]!);
    if (list) list.push(wire);
    else byKind.set(kind[wire]!, [wire]);
  }
  const radius = RADIUS * view.zoom;
  const order = [EdgeKind.Plumbing, EdgeKind.Auxiliary, EdgeKind.Data, EdgeKind.Skip];
  for (const k of order) {
    const list = byKind.get(k);
    if (!list) continue;
    const style = styleOf(brush, k);
    const paths = list.map((wire) => {
      const points = wirePoints(brush, geometry, wire);
      if (flags[wire]! & ARROW) points[points.length - 1]! -= before(wire) * view.zoom;
      return points;
    });
    context.strokeStyle = style.colour;
    context.lineWidth = style.width;
    context.setLineDash(style.dash as number[]);
    context.beginPath();
    paths.forEach((points, i) => {
      const arrow = level !== 'far' && (flags[list[i]!]! & ARROW) !== 0;
      trace(context, points, radius, arrow ? style.head.length * 0.8 : 0);
    });
    context.stroke();
    context.setLineDash([]);
    if (level === 'far') continue;
    context.fillStyle = style.colour;
    context.beginPath();
    paths.forEach((points, i) => {
      if (flags[list[i]!]! & ARROW) arrowHead(context, points, style.head.length, style.head.half);
    });
    context.fill();
  }
}

/** Wires that bring together what does not fit. */
export function paintConflict(brush: Brush, geometry: Geometry, wires: readonly number[]): void {
  const { context, theme, view } = brush;
  context.strokeStyle = context.fillStyle = theme.error;
  for (const wire of wires) {
    const { head, width } = styleOf(brush, geometry.wires.kind[wire]!);
    const points = wirePoints(brush, geometry, wire);
    context.lineWidth = width + 0.5;
    context.setLineDash([5, 4]);
    context.beginPath();
    trace(context, points, RADIUS * view.zoom, head.length * 0.8);
    context.stroke();
    context.setLineDash([]);
    if (brush.level === 'far') continue;
    context.beginPath();
    arrowHead(context, points, head.length, head.half);
    context.fill();
  }
}

/** One wire drawn on top, as selected or pointed at. */
export function paintMarkedWire(brush: Brush, geometry: Geometry, wire: number): void {
  const { context, theme, view } = brush;
  context.strokeStyle = theme.focus;
  context.lineWidth = 2;
  context.beginPath();
  trace(context, wirePoints(brush, geometry, wire), RADIUS * view.zoom, 0);
  context.stroke();
}

export interface WireLabel {
  readonly wire: number;
  readonly text: string;
  /** Differs from the size before, or leaves a module: shown already below 100 %. */
  readonly telling: boolean;
  /** What hangs below the box it leaves: a pill. */
  readonly below: number;
  /** It says what does not fit. */
  readonly trouble?: boolean;
}

/** Sizes beside the wires, each tensor once where it leaves its box. */
export function paintLabels(brush: Brush, geometry: Geometry, labels: readonly WireLabel[]): void {
  const { view, theme } = brush;
  const size = 10.5 * Math.min(view.zoom, 1.15);
  const { flags, kind } = geometry.wires;
  for (const { wire, text: words, telling, below, trouble } of labels) {
    const colour = trouble ? theme.error : theme.dim;
    if (!telling && view.zoom < ALL_LABELS) continue;
    const points = wirePoints(brush, geometry, wire);
    const lane = (flags[wire]! & LANE) !== 0;
    if (lane) {
      const skip = kind[wire] === EdgeKind.Skip && !trouble;
      if (flags[wire]! & ROOMY) laneLabel(brush, points, skip ? t('skip {0}', words) : words, { size, colour });
      continue;
    }
    const place = labelPlace(brush, points, words, size, below * view.zoom);
    if (place) text(brush, words, place.x, place.y, { size, colour, halo: true, align: place.align });
  }
}

function labelPlace(
  brush: Brush,
  points: readonly number[],
  words: string,
  size: number,
  below: number,
): { x: number; y: number; align: CanvasTextAlign } | null {
  const u = brush.view.zoom;
  if (brush.sideways) {
    const from = points[0]! + below;
    const length = points[2]! - from;
    if (Math.abs(points[3]! - points[1]!) > 0.5) return null;
    if (brush.texts.width(words, size) > length - 4) return null;
    return { x: from + length / 2, y: points[1]! - 5 * u, align: 'center' };
  }
  if (Math.abs(points[2]! - points[0]!) > 0.5) return null;
  const from = points[1]! + below;
  let to = points[3]!;
  // Where the way turns, the words stand above the turn; below a pill, beneath it.
  if (points.length > 4) to -= 3 * u;
  if (to - from > 40 * u) to = from + 40 * u;
  if (to - from < 13 * u) return null;
  // Close to the box it leaves: further down other edges may turn in.
  return { x: points[0]! + 8 * u, y: Math.min((from + to) / 2, from + 12.5 * u) + size * 0.36, align: 'left' };
}

/** Along the longest straight piece, turned by a quarter. */
function laneLabel(
  brush: Brush,
  points: readonly number[],
  words: string,
  { size, colour }: { readonly size: number; readonly colour: string },
): void {
  const { context, view, texts } = brush;
  let best = -1;
  let length = 0;
  const axis = brush.sideways ? 0 : 1;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const run = Math.abs(points[i + 2 + axis]! - points[i + axis]!);
    if (Math.abs(points[i + 3 - axis]! - points[i + 1 - axis]!) < 0.5 && run > length) [best, length] = [i, run];
  }
  if (best < 0 || length < texts.width(words, size) + 24 * view.zoom) return;
  // Long lanes leave the stage: the words stay in sight.
  const low = Math.max(Math.min(points[best + axis]!, points[best + 2 + axis]!), 0);
  const high = Math.min(Math.max(points[best + axis]!, points[best + 2 + axis]!), axis ? view.height : view.width);
  if (high - low < texts.width(words, size)) return;
  const middle = (low + high) / 2;
  context.save();
  if (axis) {
    context.translate(points[best]! + 5 * view.zoom, middle);
    context.rotate(Math.PI / 2);
    text(brush, words, 0, 0, { size, colour, align: 'center', halo: true });
  } else
    text(brush, words, middle, points[best + 1]! - 4 * view.zoom, {
      size,
      colour,
      align: 'center',
      halo: true,
    });
  context.restore();
}

/** Which wires carry a size: the first of each tensor that leaves a box, on its trunk rather than on a lane. */
export function labelWires(
  geometry: Geometry,
  sizeOf: (edge: number) => string,
  telling: (edge: number, from: number) => boolean,
  below: (from: number) => number,
): WireLabel[] {
  const { wires } = geometry;
  const labels: WireLabel[] = [];
  for (const lane of [0, LANE]) {
    /** Words by the box they come from. */
    const said = new Map<number, Set<string>>();
    /** Labels by where their wires begin. */
    const at = new Map<number, number>();
    for (let wire = 0; wire < wires.count; wire++) {
      const flags = wires.flags[wire]!;
      if ((flags & LANE) !== lane || !(flags & (LEAVES | LANE))) continue;
      const words = sizeOf(wires.edge[wire]!);
      if (!words) continue;
      const point = placeKey(wires.points, 2 * wires.start[wire]!);
      const from = wires.from[wire]!;
      // What comes through a frame is told apart by where it does.
      const source = from < 0 ? -1 - point : from;
      const known = said.get(source);
      if (known?.has(words)) continue;
      if (known) known.add(words);
      else said.set(source, new Set([words]));
      // Two tensors that leave a box at the same point have one way for a while: their sizes stand there together.
      const there = at.get(point);
      if (there !== undefined) {
        const { text, ...rest } = labels[there]!;
        labels[there] = { ...rest, text: `${text}, ${words}` };
        continue;
      }
      at.set(point, labels.length);
      const tells = lane !== 0 || telling(wires.edge[wire]!, from);
      labels.push({ wire, text: words, telling: tells, below: below(from) });
    }
  }
  return labels;
}

/** One whole number for a point, to a quarter of a pixel: text for it would take longer than all the labels. */
const placeKey = (points: Float64Array, at: number): number =>
  Math.round(4 * points[at]!) * 2 ** 26 + Math.round(4 * points[at + 1]!);
