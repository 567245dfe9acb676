import { colourPixels, type Grid } from './colourPixels';
import type { ColourScale } from './colourMaps';

export type { Grid } from './colourPixels';

/** Memory that is fresh costs more than the colours that go into it. */
let memory = new ArrayBuffer(0);

/** Pixels of the map before, which most of the time has the same size: they are copied when they are put. */
let scratch: { readonly image: ImageData; readonly pixels: Uint32Array } | null = null;

function scratchOf(width: number, height: number): { readonly image: ImageData; readonly pixels: Uint32Array } {
  const count = width * height;
  if (scratch?.pixels.length === count && scratch.image.width === width) return scratch;
  if (memory.byteLength < 4 * count) memory = new ArrayBuffer(4 * count);
  const image = new ImageData(new Uint8ClampedArray(memory, 0, 4 * count), width, height);
  return (scratch = { image, pixels: new Uint32Array(memory, 0, count) });
}

/** As large as a box of the graph shows it on most screens, px. */
const PICTURE = 160;

/** A grid as a small picture: one pixel a value, shrunk to 160 along its longer side where it has more. */
export function mapPicture(grid: Grid, scale: ColourScale): Promise<ImageBitmap> {
  const { width, height } = grid;
  const image = new ImageData(width, height);
  colourPixels(new Uint32Array(image.data.buffer), grid, scale);
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
  // None lets anything through, so nothing has to be multiplied by how much.
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
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
  colourPixels(pixels, grid, scale);
  context.putImageData(image, 0, 0);
}
