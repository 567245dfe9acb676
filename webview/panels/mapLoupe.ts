/** The neighbourhood of a unit, enlarged until its values can be written into it. */
import type { MapWindow } from '../state/beside';
import type { TensorView } from '../state/tensorView';
import { valueAt } from '../state/tensorView';
import { colourRgb, inkOn, type ColourScale } from '../ui/colourMaps';
import { readTheme } from '../ui/theme';
import { shortValue } from './valueText';

/** Units along each side, if the map has so many. */
const ACROSS = 7;
/** The units shown: the chosen one in the middle, or as near as the map's border lets it be. */
export function loupeWindow(height: number, width: number, [row, column]: readonly [number, number]): MapWindow {
  const [rows, columns] = [Math.min(ACROSS, height), Math.min(ACROSS, width)];
  const first = (at: number, shown: number, all: number): number =>
    Math.max(0, Math.min(all - shown, at - Math.floor(shown / 2)));
  return { top: first(row, rows, height), left: first(column, columns, width), rows, columns };
}

/** Draws the units with their values; the canvas takes the size of its frame. */
export function paintLoupe(
  canvas: HTMLCanvasElement,
  view: TensorView,
  channel: number,
  scale: ColourScale,
  { top, left, rows, columns }: MapWindow,
): void {
  const ratio = devicePixelRatio;
  const box = canvas.getBoundingClientRect();
  canvas.width = Math.max(1, Math.round(box.width * ratio));
  canvas.height = Math.max(1, Math.round(box.height * ratio));
  const context = canvas.getContext('2d');
  if (!context) return;
  const theme = readTheme();
  const [wide, high] = [canvas.width / columns, canvas.height / rows];
  context.font = `${Math.min(12 * ratio, wide / 3.2)}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const value = valueAt(view, channel, top + row, left + column);
      const [red, green, blue] = colourRgb(Number.isFinite(value) ? value : 0, scale);
      context.fillStyle = `rgb(${red} ${green} ${blue})`;
      // Edges on whole pixels, or hairlines show between cells.
      const [x, y] = [Math.round(column * wide), Math.round(row * high)];
      context.fillRect(x, y, Math.round((column + 1) * wide) - x, Math.round((row + 1) * high) - y);
      context.fillStyle = inkOn([red, green, blue]);
      context.fillText(shortValue(value), (column + 0.5) * wide, (row + 0.5) * high);
    }
}
