/** What every painter needs: where to draw, in which colours and how large. Positions are CSS pixels of the stage. */
import type { Theme } from '../../ui/theme';
import type { Level } from './level';
import type { Pen } from './pen';
import type { Texts } from './text';

export interface View {
  /** Screen = drawing · zoom + offset. */
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

export interface Brush {
  readonly context: Pen;
  readonly theme: Theme;
  readonly texts: Texts;
  readonly view: View;
  readonly level: Level;
  /** 0…1 while the level of detail changes: its words fade in. */
  readonly detail: number;
  /** The part of the view that has to be painted, in its pixels; all of it where left out. */
  readonly clip?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** The data flows from left to right. */
  readonly sideways: boolean;
}

/** Text smaller than this on screen is left out. */
const LEAST_TEXT = 7.8;

export interface TextStyle {
  readonly size: number;
  readonly weight?: number;
  readonly colour?: string;
  readonly align?: CanvasTextAlign;
  /** Ground drawn around the letters, where they may lie on edges. */
  readonly halo?: boolean;
}

export function text(brush: Brush, content: string, x: number, y: number, style: TextStyle): void {
  const { context, theme, texts, view } = brush;
  if (!content || style.size < LEAST_TEXT) return;
  context.font = texts.font(style.size, style.weight);
  context.textAlign = style.align ?? 'left';
  context.textBaseline = 'alphabetic';
  const [px, py] = [x, Math.round(y * view.ratio) / view.ratio];
  if (style.halo) {
    context.strokeStyle = theme.background;
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.strokeText(content, px, py);
  }
  context.fillStyle = style.colour ?? theme.foreground;
  context.fillText(content, px, py);
}

/** To the nearest device pixel. */
export const snap = (brush: Pick<Brush, 'view'>, value: number): number =>
  Math.round(value * brush.view.ratio) / brush.view.ratio;

/** Box whose hairline outline falls on whole device pixels. */
export function outlined(
  brush: Brush,
  x: number,
  y: number,
  width: number,
  height: number,
  style: {
    readonly radius: number;
    readonly fill?: string;
    readonly stroke?: string;
    readonly line?: number;
    readonly dash?: readonly number[];
  },
): void {
  const { context } = brush;
  const line = style.line ?? 1;
  const half = line / 2;
  const [left, top] = [snap(brush, x) + half, snap(brush, y) + half];
  const [right, bottom] = [snap(brush, x + width) - half, snap(brush, y + height) - half];
  if (right <= left || bottom <= top) return;
  context.beginPath();
  context.roundRect(
    left,
    top,
    right - left,
    bottom - top,
    Math.min(style.radius, (right - left) / 2, (bottom - top) / 2),
  );
  if (style.fill) {
    context.fillStyle = style.fill;
    context.fill();
  }
  if (style.stroke) {
    context.strokeStyle = style.stroke;
    context.lineWidth = line;
    context.setLineDash((style.dash ?? []) as number[]);
    context.stroke();
    if (style.dash) context.setLineDash([]);
  }
}

export function bar(
  brush: Brush,
  x: number,
  y: number,
  width: number,
  height: number,
  colour: string,
  radius = 1,
): void {
  const { context } = brush;
  context.fillStyle = colour;
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
  context.fill();
}
