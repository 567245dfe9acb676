/** A piece of the layer's input around the window, pixel by pixel, with the window and its next place. */
import type { Patch } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { UnitAnswer } from '../state/lens';
import type { Runner, RunTensor } from '../state/runner';
import { scaleFor } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { paintMap } from '../ui/paintMap';
import { svg } from '../ui/svg';
import { pictureCanvas } from './fieldPicture';

/** Around the window so many times its size is shown, between these many pixels. */
const AROUND = 11;
const LEAST = 24;
const MOST = 56;

export interface WindowPlace {
  readonly patch: Patch;
  /** Indices before those of the window: batch and channel. */
  readonly lead: readonly number[];
}

interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function boxOf({ positions }: Patch): Box | null {
  const [rows, columns] = positions.length === 1 ? [[0], positions[0]!] : [positions[0] ?? [], positions[1] ?? []];
  const [top, left, bottom, right] = [rows[0], columns[0], rows.at(-1), columns.at(-1)];
  if (top === undefined || left === undefined || bottom === undefined || right === undefined) return null;
  return { top, left, height: bottom - top + 1, width: right - left + 1 };
}

/** As large as lets single pixels be seen; inside of the input. */
function regionOf(box: Box, rows: number, columns: number): Box {
  const side = Math.min(MOST, Math.max(LEAST, Math.max(box.height, box.width) * AROUND));
  const [height, width] = [Math.min(rows, side), Math.min(columns, side)];
  const from = (start: number, length: number, size: number, all: number): number =>
    Math.max(0, Math.min(all - size, Math.round(start + length / 2 - size / 2)));
  return {
    top: from(box.top, box.height, height, rows),
    left: from(box.left, box.width, width, columns),
    height,
    width,
  };
}

/** White on black: readable on any picture. */
export function outline(x: number, y: number, width: number, height: number): readonly SVGElement[] {
  const box = { x, y, width, height, fill: 'none' };
  return [
    svg('rect', { ...box, stroke: '#000', 'stroke-width': 3.5 }),
    svg('rect', { ...box, stroke: '#fff', 'stroke-width': 1.5 }),
  ];
}

/** One channel of a tensor, around the window, in the colours of the whole channel. */
function paintChannel(
  canvas: HTMLCanvasElement,
  { data, dims }: RunTensor,
  lead: readonly number[],
  region: Box,
): void {
  const [rows, columns] = [lead.length === dims.length - 1 ? 1 : dims.at(-2)!, dims.at(-1)!];
  const plane = rows * columns;
  const from = lead.reduce((flat, position, axis) => flat * dims[axis]! + position, 0) * plane;
  const { top, left, height, width } = region;
  const cut = new Float64Array(height * width);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      cut[row * width + column] = data[from + (top + row) * columns + left + column]!;
  let [low, high] = [Infinity, -Infinity];
  for (let i = from; i < from + plane; i++) {
    low = Math.min(low, data[i]!);
    high = Math.max(high, data[i]!);
  }
  paintMap(canvas, { data: cut, from: 0, height, width }, scaleFor(low, high));
}

export interface InputPicture {
  readonly element: HTMLElement;
  /** False where the window cannot be shown in a picture: more than two axes, no tensor. `channel` is the one in view. */
  show(answer: UnitAnswer, window: WindowPlace, channel: number, side: number, imageInput: number | null): boolean;
  /** Marks one pixel; null for none. */
  mark(place: readonly number[] | null): void;
}

export function createInputPicture(runner: Runner): InputPicture {
  const canvas = el('canvas', { class: 'mic-picture', attrs: { role: 'img' } });
  const marks = svg('svg', { class: 'mic-marks', 'aria-hidden': 'true' });
  const element = el('div', { class: 'mic-frame' }, canvas, marks);
  let box: Box | null = null;
  let region: Box | null = null;
  /** How far the window moves to the right with the next unit. */
  let stride = 0;
  let pixel = 1;
  let marked: readonly number[] | null = null;

  function drawMarks(): void {
    marks.replaceChildren();
    if (!box || !region) return;
    const [y, x] = [(box.top - region.top) * pixel, (box.left - region.left) * pixel];
    const [h, w] = [box.height * pixel, box.width * pixel];
    if (stride > 0) {
      const next = { x: x + stride * pixel, y, width: w, height: h, fill: 'none', stroke: '#fff' };
      marks.append(svg('rect', { ...next, 'stroke-dasharray': '2 3' }));
    }
    marks.append(...outline(x, y, w, h));
    const [row, column] = marked?.length === 1 ? [0, marked[0]] : [marked?.[0], marked?.[1]];
    if (row === undefined || column === undefined) return;
    marks.append(...outline((column - region.left) * pixel, (row - region.top) * pixel, pixel, pixel));
  }

  return {
    element,
    show(answer, { patch, lead }, channel, side, imageInput) {
      const input = answer.inputs[0];
      const tensor = input ? runner.peek(input.value) : null;
      box = boxOf(patch);
      const rank = patch.positions.length;
      if (!input || !tensor || !box || rank > 2) return false;
      const [rows, columns] = [rank === 1 ? 1 : tensor.dims.at(-2)!, tensor.dims.at(-1)!];
      region = regionOf(box, rows, columns);
      const { picture } = runner;
      const isPicture = input.value === imageInput && picture?.width === columns && picture.height === rows;
      if (isPicture) {
        canvas.width = region.width;
        canvas.height = region.height;
        canvas.getContext('2d')?.drawImage(pictureCanvas(picture), -region.left, -region.top);
      } else paintChannel(canvas, tensor, [...lead.slice(0, -1), channel], region);
      canvas.setAttribute(
        'aria-label',
        isPicture ? t('the input around the window') : t('the input around the window, channel {0}', channel),
      );
      pixel = side / Math.max(region.height, region.width);
      const [w, h] = [region.width * pixel, region.height * pixel];
      element.style.width = `${w}px`;
      element.style.height = `${h}px`;
      marks.setAttribute('viewBox', `0 0 ${w} ${h}`);
      stride = answer.node.family === 'upsampling' ? 0 : (answer.strides.at(-1) ?? 0);
      drawMarks();
      return true;
    },
    mark(place) {
      marked = place;
      drawMarks();
    },
  };
}
