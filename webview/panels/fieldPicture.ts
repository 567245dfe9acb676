/** The image as the net gets it, with what a unit sees drawn on it. */
import { t } from '../../src/core/l10n/l10n';
import type { UnitField } from '../../src/protocol/host';
import type { NetPicture } from '../state/runner';
import { readTheme } from '../ui/theme';
import type { Overlay } from './overlay';

/** Room around the picture for the parts of a box that lie outside of it, in CSS pixels. */
export const BLEED = 12;
/** What is left of the light outside of the field. */
const DIMMED = 0.38;
const HATCH = 6;
/** Pictures smaller than this are shown pixel by pixel. */
const CRISP = 96;
/** So are those whose pixels are drawn this large. */
const CRISP_FROM = 5;

/** CSS size of a picture in a column of this width. */
export function shownSize(picture: NetPicture, width: number, tallest: number): { width: number; height: number } {
  const scale = Math.min(width / picture.width, tallest / picture.height);
  return { width: picture.width * scale, height: picture.height * scale };
}

const sources = new WeakMap<NetPicture, HTMLCanvasElement>();

export function pictureCanvas(picture: NetPicture): HTMLCanvasElement {
  const known = sources.get(picture);
  if (known) return known;
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0);
  sources.set(picture, canvas);
  return canvas;
}

type Range = readonly [number, number];

/** Rows and columns of a field; a signal's only axis lies along the columns. */
function axesOf(ranges: readonly Range[], height: number): readonly [Range, Range] {
  return ranges.length === 1 ? [[0, height - 1], ranges[0]!] : [ranges[0]!, ranges[1]!];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The part of a picture of that size that is shown, in CSS pixels. */
export interface Cut extends Size {
  readonly left: number;
  readonly top: number;
}

/** The picture alone, on a canvas with room around it; the context counts in CSS pixels from the picture's corner. */
function drawPlain(
  canvas: HTMLCanvasElement,
  picture: NetPicture,
  size: Size,
  part?: Cut,
): CanvasRenderingContext2D | null {
  const cut = part ?? { ...size, left: 0, top: 0 };
  const ratio = devicePixelRatio;
  const [wide, high] = [cut.width + 2 * BLEED, cut.height + 2 * BLEED];
  canvas.width = Math.round(wide * ratio);
  canvas.height = Math.round(high * ratio);
  canvas.style.width = `${wide}px`;
  canvas.style.height = `${high}px`;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.setTransform(ratio, 0, 0, ratio, (BLEED - cut.left) * ratio, (BLEED - cut.top) * ratio);
  if (part) {
    context.beginPath();
    context.rect(part.left, part.top, part.width, part.height);
    context.clip();
  }
  const large = size.width > picture.width * CRISP_FROM;
  context.imageSmoothingEnabled = Math.max(picture.width, picture.height) > CRISP && !large;
  context.imageSmoothingQuality = 'high';
  context.drawImage(pictureCanvas(picture), 0, 0, size.width, size.height);
  return context;
}

/** The picture with one pixel marked. */
export function drawPixel(
  canvas: HTMLCanvasElement,
  picture: NetPicture,
  size: Size,
  [row = 0, column = 0]: readonly number[],
): void {
  const context = drawPlain(canvas, picture, size);
  const [high, wide] = [size.height / picture.height, size.width / picture.width];
  if (context) frame(context, [column * wide, row * high, wide, high], false);
}

export function drawField(
  canvas: HTMLCanvasElement,
  picture: NetPicture,
  size: Size,
  field: UnitField | null,
  overlay: Overlay | null,
  cut?: Cut,
): void {
  const context = drawPlain(canvas, picture, size, cut);
  if (!context) return;
  overlay?.paint(context, size);
  if (!field?.ranges) return;
  const [perRow, perColumn] = [size.height / picture.height, size.width / picture.width];
  const rect = ([rows, columns]: readonly [Range, Range]): [number, number, number, number] => [
    columns[0] * perColumn,
    rows[0] * perRow,
    (columns[1] - columns[0] + 1) * perColumn,
    (rows[1] - rows[0] + 1) * perRow,
  ];
  const seen = rect(axesOf(field.ranges, picture.height));
  const box = field.box ? rect(axesOf(field.box, picture.height)) : seen;
  const holes = field.runs.length > 0;

  // Over a mask or boxes the field's box alone: a dimmed mask could not be read.
  if (overlay) {
    frame(context, box, holes);
    return;
  }
  // Dimmed by black, never tinted; what is lit keeps its colour.
  context.save();
  context.fillStyle = `rgb(0 0 0 / ${1 - DIMMED})`;
  context.fillRect(0, 0, size.width, size.height);
  context.beginPath();
  if (holes)
    for (const [row, first, last] of field.runs)
      context.rect(first * perColumn, row * perRow, (last - first + 1) * perColumn, perRow);
  else context.rect(...seen);
  context.clip();
  context.drawImage(pictureCanvas(picture), 0, 0, size.width, size.height);
  context.restore();
  hatchOutside(context, box, size);
  frame(context, box, holes);
}

/** Padding is hatched, outside of the picture, never over pixels. */
function hatchOutside(
  context: CanvasRenderingContext2D,
  box: [number, number, number, number],
  size: { width: number; height: number },
): void {
  const [x, y, w, h] = box;
  if (x >= 0 && y >= 0 && x + w <= size.width && y + h <= size.height) return;
  context.save();
  context.beginPath();
  context.rect(-BLEED, -BLEED, size.width + 2 * BLEED, size.height + 2 * BLEED);
  context.rect(0, 0, size.width, size.height);
  context.clip('evenodd');
  context.beginPath();
  context.rect(x, y, w, h);
  context.clip();
  context.strokeStyle = readTheme().foreground;
  context.globalAlpha = 0.45;
  context.lineWidth = 1;
  context.beginPath();
  const [left, top] = [Math.max(x, -BLEED), Math.max(y, -BLEED)];
  const [right, bottom] = [Math.min(x + w, size.width + BLEED), Math.min(y + h, size.height + BLEED)];
  const pitch = HATCH * Math.SQRT2;
  for (let at = Math.floor((left + top) / pitch) * pitch; at < right + bottom; at += pitch) {
    context.moveTo(at - top, top);
    context.lineTo(at - bottom, bottom);
  }
  context.stroke();
  context.restore();
}

/** White on black, readable on any picture; dashed when not everything inside counts. */
function frame(
  context: CanvasRenderingContext2D,
  [x, y, w, h]: [number, number, number, number],
  dashed: boolean,
): void {
  context.save();
  // A box of one pixel still has to be seen.
  const grow = Math.max(0, (6 - Math.min(w, h)) / 2);
  context.lineWidth = 3.5;
  context.strokeStyle = '#000';
  context.strokeRect(x - grow, y - grow, w + 2 * grow, h + 2 * grow);
  context.lineWidth = 1.5;
  context.strokeStyle = '#fff';
  if (dashed) context.setLineDash([4, 3]);
  context.strokeRect(x - grow, y - grow, w + 2 * grow, h + 2 * grow);
  context.restore();
}

/** `sees rows 156…178, columns 108…130: 529 pixels, no padding`, as parts of which every second is strong. */
export function fieldWords(field: UnitField): readonly string[] {
  if (!field.ranges) return [t('sees no pixel of the image')];
  const span = ([first, last]: Range): string => (first === last ? String(first) : `${first}…${last}`);
  const names = field.ranges.length === 1 ? [t('samples')] : [t('rows'), t('columns')];
  const where = field.ranges.map((range, axis) => `${names[axis] ?? ''} ${span(range)}`.trim()).join(', ');
  const inside = field.ranges.reduce((area, [first, last]) => area * (last - first + 1), 1);
  const holes = inside > field.pixels ? [t('{0} % holes', Math.round((1 - field.pixels / inside) * 100))] : [];
  // The place of the number stays open: it is strong.
  const [before, after] = t(
    'sees {0}: {1} pixels, {2}',
    where,
    '{1}',
    [...holes, paddingWords(field)].join(', '),
  ).split('{1}') as [string, string];
  return [before, String(field.pixels), after];
}

function paddingWords({ padding }: UnitField): string {
  if (padding === null) return t('countless places of padding');
  return padding === 0 ? t('no padding') : t('{0} of padding', padding);
}
