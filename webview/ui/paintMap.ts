import { colourTable, indexer, type ColourScale } from './colourMaps';

/** Opaque black and white, for values that are no numbers: a checkered hatch at the size of pixels. */
const INK = new Uint32Array(Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255]).buffer);

/** Values of a grid, row by row, from `from` on. */
export interface Grid {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly height: number;
  readonly width: number;
}

const tables = new Map<string, { readonly key: string; readonly table: Uint32Array }>();

/** Tables are made once per theme: the diverging one is another in light themes. */
function tableFor(map: ColourScale['map']): Uint32Array {
  const key = document.body.className;
  const kept = tables.get(map);
  if (kept?.key === key) return kept.table;
  const table = colourTable(map);
  tables.set(map, { key, table });
  return table;
}

/** Pixels of the map before, which most of the time has the same size: they are copied when they are put. */
let scratch: ImageData | null = null;

/** Colours of a grid, one pixel a value, into as many pixels. */
function colour(pixels: Uint32Array, { data, from, width }: Grid, scale: ColourScale): void {
  const table = tableFor(scale.map);
  const index = indexer(scale);
  for (let at = 0; at < pixels.length; at++) {
    const value = data[from + at]!;
    // Only a finite number less itself is zero.
    pixels[at] = value - value === 0 ? table[index(value)]! : INK[(Math.floor(at / width) + (at % width)) & 1]!;
  }
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

/** Paints a grid into a canvas of its own size, one pixel a value. */
export function paintMap(canvas: HTMLCanvasElement, grid: Grid, scale: ColourScale): void {
  const { width, height } = grid;
  // Setting a size clears, even the same one; every pixel is set below.
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  // Kept in memory: its pixels are all set here, and a round through the graphics card would cost more than they do.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return;
  if (scratch?.width !== width || scratch.height !== height) scratch = context.createImageData(width, height);
  colour(new Uint32Array(scratch.data.buffer), grid, scale);
  context.putImageData(scratch, 0, 0);
}
