/** Values to pixels. */
import { fromFloat16, toFloat16 } from '../../src/core/image/float16';
import { CELLS, cellPlace, cellsOf, colourTable, type ColourScale } from './colourMaps';
import { halvesOf, spanOf, type Span } from './span';

/** Values of a grid, row by row, from `from` on. */
export interface Grid {
  readonly data: ArrayLike<number>;
  readonly from: number;
  readonly height: number;
  readonly width: number;
  /** Where it is known that all are finite and between these; else it is looked. */
  readonly span?: Span;
}

/** Opaque black and white, for values that are no numbers: a checkered hatch at the size of pixels. */
const INK = new Uint32Array(Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 255]).buffer);

interface Table {
  readonly theme: string;
  /** The 256 colours, and which of them a cell of the scale has. */
  readonly palette: Uint32Array;
  readonly steps: Uint8Array;
  /** The first cell of each step or one above it. */
  readonly starts: Int32Array;
  /** Both in one. */
  readonly colours: Uint32Array;
}
const tables = new Map<string, Table>();

/** Tables are made once per theme: the diverging one is another in light themes. */
function tableFor(scale: ColourScale, theme: string): Table {
  const key = `${scale.map} ${scale.exponent}`;
  const kept = tables.get(key);
  if (kept?.theme === theme) return kept;
  const palette = colourTable(scale.map);
  const steps = Uint8Array.from({ length: CELLS }, (_, cell) => Math.round(cellPlace(cell, scale) * 255));
  const starts = new Int32Array(257).fill(CELLS);
  for (let cell = 0, step = 0; cell < CELLS; cell++) while (step <= steps[cell]!) starts[step++] = cell;
  const table = { theme, palette, steps, starts, colours: Uint32Array.from(steps, (step) => palette[step]!) };
  tables.set(key, table);
  return table;
}

/** How values become cells of a table of colours. */
interface Way extends Table {
  readonly scale: ColourScale;
  readonly factor: number;
  readonly offset: number;
}
let last: Way | null = null;

/** Of the last scale most of the time: a layer's maps share one. */
function wayOf(scale: ColourScale): Way {
  const theme = document.body.className;
  const { map, low, high, exponent } = scale;
  if (
    last?.theme === theme &&
    last.scale.map === map &&
    last.scale.low === low &&
    last.scale.high === high &&
    last.scale.exponent === exponent
  )
    return last;
  return (last = { scale, ...tableFor(scale, theme), ...cellsOf(scale) });
}

/** Every value of the grid in its colour, one pixel each. Whatever is bent was bent when the table was made. */
export function colourPixels(pixels: Uint32Array, grid: Grid, scale: ColourScale): void {
  const { data, from } = grid;
  const way = wayOf(scale);
  const span = grid.span ?? spanOf(data, from, pixels.length);
  const halves = halvesOf(data);
  if (!span || !within(span, way)) colourAny(pixels, grid, way);
  else if (data instanceof Float32Array) colourSingles(pixels, data, from, way);
  else if (halves) colourHalves(pixels, halves, from, coloursOfHalves(way, span));
  else colourAny(pixels, grid, way);
}

/** Rounding is monotonous: where the ends have a cell all between them have one. */
const within = ({ min, max }: Span, { factor, offset }: Way): boolean =>
  min * factor + offset >= 0 && max * factor + offset < CELLS;

/** All within the table: the mask only shows that to the compiler. Two at a time, or the loop would take as long as what is in it. */
function colourSingles(pixels: Uint32Array, data: Float32Array, from: number, { colours, factor, offset }: Way): void {
  const { length } = pixels;
  const mask = CELLS - 1;
  let at = 0;
  for (; at + 1 < length; at += 2) {
    const a = ((data[from + at]! * factor + offset) | 0) & mask;
    const b = ((data[from + at + 1]! * factor + offset) | 0) & mask;
    pixels[at] = colours[a]!;
    pixels[at + 1] = colours[b]!;
  }
  if (at < length) pixels[at] = colours[((data[from + at]! * factor + offset) | 0) & mask]!;
}

/** Each of the 65,536 numbers of 16 bits. */
let decoded: Float32Array | null = null;
/** Their colours, of those within a span, in the way of last time. */
const direct = { way: null as Way | null, min: 0, max: 0, byBits: new Uint32Array(0) };

function coloursOfHalves(way: Way, { min, max }: Span): Uint32Array {
  if (direct.way === way && direct.min <= min && direct.max >= max) return direct.byBits;
  if (direct.way === way) [min, max] = [Math.min(min, direct.min), Math.max(max, direct.max)];
  const byBits = direct.byBits.length > 0 ? direct.byBits : new Uint32Array(65536);
  fillHalves(byBits, way, 0, toFloat16(max));
  // Where nothing lies below zero, what is left is the zero with a sign.
  fillHalves(byBits, way, 0x8000, min < 0 ? toFloat16(min) : 0x8000);
  Object.assign(direct, { way, min, max, byBits });
  return byBits;
}

/**
 * From a zero outwards numbers stand in the order of their bits, and so do their steps: each is filled as far as it reaches. Where the
 * next begins is reckoned, and where that was rounded, looked for.
 */
function fillHalves(
  byBits: Uint32Array,
  { steps, starts, palette, factor, offset }: Way,
  zero: number,
  last: number,
): void {
  const values = (decoded ??= Float32Array.from({ length: 65536 }, (_, bits) => fromFloat16(bits)));
  const stepOf = (bits: number): number => steps[(values[bits]! * factor + offset) | 0]!;
  for (let at = zero; at <= last;) {
    const step = stepOf(at);
    const edge = (starts[zero ? step : step + 1]! - offset) / factor;
    let next = Math.min(last + 1, Math.max(at + 1, zero | toFloat16(Math.abs(edge))));
    while (next <= last && stepOf(next) === step) next++;
    while (next > at + 1 && stepOf(next - 1) !== step) next--;
    byBits.fill(palette[step]!, at, next);
    at = next;
  }
}

/** The bits of each lead straight to its colour. */
function colourHalves(pixels: Uint32Array, halves: Uint16Array, from: number, byBits: Uint32Array): void {
  const { length } = pixels;
  let at = 0;
  for (; at + 3 < length; at += 4) {
    pixels[at] = byBits[halves[from + at]!]!;
    pixels[at + 1] = byBits[halves[from + at + 1]!]!;
    pixels[at + 2] = byBits[halves[from + at + 2]!]!;
    pixels[at + 3] = byBits[halves[from + at + 3]!]!;
  }
  for (; at < length; at++) pixels[at] = byBits[halves[from + at]!]!;
}

/** Values of any kind, beyond the ends of the scale and no numbers among them. */
function colourAny(pixels: Uint32Array, { data, from, width }: Grid, { colours, factor, offset }: Way): void {
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
