import { CELLS, cellPlace, cellsOf, colourTable, type ColourScale } from './colourMaps';

/** Opaque black and white, for values that are no numbers: a checkered hatch at the size of pixels. */
const INK = new Uint32Array(Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255]).buffer);

/** Values of a grid, row by row, from `from` on. */
export interface Grid {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly height: number;
  readonly width: number;
}

interface Table {
  readonly theme: string;
  /** By cell of the scale. */
  readonly colours: Uint32Array;
}
const tables = new Map<string, Table>();

/** Tables are made once per theme: the diverging one is another in light themes. */
function tableFor(scale: ColourScale): Uint32Array {
  const key = `${scale.map} ${scale.exponent}`;
  const theme = document.body.className;
  const kept = tables.get(key);
  if (kept?.theme === theme) return kept.colours;
  const all = colourTable(scale.map);
  const colours = Uint32Array.from({ length: CELLS }, (_, cell) => all[Math.round(cellPlace(cell, scale) * 255)]!);
  tables.set(key, { theme, colours });
  return colours;
}

/** Pixels of the map before, which most of the time has the same size: they are copied when they are put. */
let scratch: { readonly image: ImageData; readonly pixels: Uint32Array } | null = null;

function scratchOf(width: number, height: number): { readonly image: ImageData; readonly pixels: Uint32Array } {
  if (scratch?.image.width === width && scratch.image.height === height) return scratch;
  const image = new ImageData(width, height);
  return (scratch = { image, pixels: new Uint32Array(image.data.buffer) });
}

/** As large as a box of the graph shows it on most screens, px. */
const PICTURE = 160;

/** A grid as a small picture: one pixel a value, shrunk to 160 along its longer side where it has more. */
export function mapPicture(grid: Grid, scale: ColourScale): Promise<ImageBitmap> {
  const { width, height } = grid;
  const image = new ImageData(width, height);
  colour(new Uint32Array(image.data.buffer), grid, scale);
  const share = PICTURE / Math.max(width, height);
  if (share >= 1) return createImageBitmap(image);
  const [resizeWidth, resizeHeight] = [Math.max(1, Math.round(width * share)), Math.max(1, Math.round(height * share))];
  return createImageBitmap(image, { resizeWidth, resizeHeight, resizeQuality: 'medium' });
}

/** Asking a canvas for its context takes longer than putting a small map on it. */
const contexts = new WeakMap<HTMLCanvasElement, CanvasRenderingContext2D>();

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D | null {
  const kept = contexts.get(canvas);
  if (kept) return kept;
  // Kept in memory: its pixels are all set here, and a round through the graphics card would cost more than they do.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context) contexts.set(canvas, context);
  return context;
}

/** Paints a grid into a canvas of its own size, one pixel a value. */
export function paintMap(canvas: HTMLCanvasElement, grid: Grid, scale: ColourScale): void {
  const { width, height } = grid;
  // Setting a size clears, even the same one; every pixel is set below.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = contextOf(canvas);
  if (!context) return;
  const { image, pixels } = scratchOf(width, height);
  colour(pixels, grid, scale);
  context.putImageData(image, 0, 0);
}

/** Every value in its colour. Whatever is bent was bent when the table was made: this runs over every value of every map. */
function colour(pixels: Uint32Array, { data, from, width }: Grid, scale: ColourScale): void {
  const colours = tableFor(scale);
  const { factor, offset } = cellsOf(scale);
  const { length } = pixels;
  const last = CELLS - 1;
  for (let at = 0; at < length; at++) {
    const value = data[from + at]!;
    const cell = value * factor + offset;
    // Only a finite number less itself is zero.
    pixels[at] =
      value - value === 0
        ? colours[(cell < 0 ? 0 : cell > last ? last : cell) | 0]!
        : INK[(Math.floor(at / width) + (at % width)) & 1]!;
  }
}
