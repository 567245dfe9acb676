import { colourTable, placeOf, type ColourScale } from './colourMaps';

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

/** Paints a grid into a canvas of its own size, one pixel a value. */
export function paintMap(canvas: HTMLCanvasElement, grid: Grid, scale: ColourScale): void {
  const { data, from, width, height } = grid;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const table = tableFor(scale.map);
  for (let at = 0; at < pixels.length; at++) {
    const value = data[from + at]!;
    pixels[at] = Number.isFinite(value)
      ? table[Math.round(placeOf(value, scale) * 255)]!
      : INK[(Math.floor(at / width) + (at % width)) & 1]!;
  }
  context.putImageData(image, 0, 0);
}
