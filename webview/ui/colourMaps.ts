/** The two colour maps of the design, as tables of 256 colours. */
import { themeKind, type Rgb } from './theme';

export type Exponent = 'root' | 'linear' | 'log';

/** How values become colours. */
export interface ColourScale {
  /** Magnitude from zero, around zero, or plain grey for one-channel pictures. */
  readonly map: 'magnitude' | 'diverging' | 'grey';
  readonly low: number;
  readonly high: number;
  readonly exponent: Exponent;
}

const hex = (text: string): Rgb[] =>
  text
    .split(' ')
    .map((colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)) as [number, number, number]);

const MAGNITUDE = hex('#0D0828 #3B0F70 #7B2379 #B83763 #E75C3C #F8951E #F9D44B #FCFDC8');
const AROUND_ZERO_DARK = hex('#78C4FF #3884CD #204C7C #242426 #804218 #D67828 #FFC478');
const AROUND_ZERO_LIGHT = hex('#084081 #4084C4 #A0C8E6 #F7F7F7 #FACA96 #DA7628 #7F3C08');
const GREY = hex('#000000 #FFFFFF');

/** Colour at a share of 0…1 of the way along the stops. */
function between(stops: readonly Rgb[], share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const at = Math.min(stops.length - 2, Math.floor(place));
  const rest = place - at;
  const [a, b] = [stops[at]!, stops[at + 1]!];
  return [a[0] + (b[0] - a[0]) * rest, a[1] + (b[1] - a[1]) * rest, a[2] + (b[2] - a[2]) * rest];
}

function stopsOf(map: ColourScale['map']): readonly Rgb[] {
  if (map === 'magnitude') return MAGNITUDE;
  if (map === 'grey') return GREY;
  const kind = themeKind();
  return kind === 'light' || kind === 'hcLight' ? AROUND_ZERO_LIGHT : AROUND_ZERO_DARK;
}

/** 256 colours, opaque, in the byte order of a canvas. */
export function colourTable(map: ColourScale['map']): Uint32Array {
  const stops = stopsOf(map);
  const table = new Uint32Array(256);
  const bytes = new Uint8ClampedArray(table.buffer);
  for (let index = 0; index < 256; index++) bytes.set([...between(stops, index / 255), 255], index * 4);
  return table;
}

const LOG_REACH = 999;

/** 0…1 bent so that small values show: by default the square root. */
function bend(share: number, exponent: Exponent): number {
  if (exponent === 'linear') return share;
  return exponent === 'root' ? Math.sqrt(share) : Math.log1p(share * LOG_REACH) / Math.log1p(LOG_REACH);
}

/** Place of a value in the table, 0…1. Around zero both signs have the same reach. */
export function placeOf(value: number, scale: ColourScale): number {
  const { low, high, map, exponent } = scale;
  if (map === 'grey') return high > low ? (value - low) / (high - low) : 0.5;
  const reach = Math.max(Math.abs(low), Math.abs(high));
  if (reach === 0) return map === 'diverging' ? 0.5 : 0;
  const share = bend(Math.min(1, Math.abs(value) / reach), exponent);
  return map === 'diverging' ? 0.5 + (Math.sign(value) * share) / 2 : value < 0 ? 0 : share;
}

/** Cells of a table that many values of one scale are looked up in. */
export const CELLS = 65536;

/**
 * The cell of a value is the whole part of `value · factor + offset`, from 0 up to `CELLS`. So fine that the root near zero is at most
 * one of 255 steps off.
 */
export function cellsOf({ low, high, map }: ColourScale): { readonly factor: number; readonly offset: number } {
  const reach = map === 'grey' ? high - low : Math.max(Math.abs(low), Math.abs(high));
  const middle = CELLS / 2;
  const factor = (map === 'diverging' ? middle - 1 : CELLS - 1) / reach;
  const flat = !(reach > 0 && Number.isFinite(factor));
  if (map === 'magnitude') return { factor: flat ? 0 : factor, offset: 0.5 };
  if (map === 'diverging' || flat) return { factor: flat ? 0 : factor, offset: middle + 0.5 };
  return { factor, offset: 0.5 - low * factor };
}

/** Where in the colours a cell stands, 0…1. */
export function cellPlace(cell: number, { map, exponent }: Pick<ColourScale, 'map' | 'exponent'>): number {
  const middle = CELLS / 2;
  const value = map === 'diverging' ? (cell - middle) / (middle - 1) : cell / (CELLS - 1);
  return placeOf(value, { map, exponent, low: map === 'diverging' ? -1 : 0, high: 1 });
}

/** Which map suits values of this range, in the whole or as a picture. */
export function scaleFor(min: number, max: number, exponent: Exponent = 'root'): ColourScale {
  if (min >= 0) return { map: 'magnitude', low: 0, high: max, exponent };
  const reach = Math.max(-min, max);
  return { map: 'diverging', low: -reach, high: reach, exponent };
}

/** The colour of a value as whole numbers from 0 to 255. */
export function colourRgb(value: number, scale: ColourScale): Rgb {
  const [red, green, blue] = between(stopsOf(scale.map), placeOf(value, scale));
  return [Math.round(red), Math.round(green), Math.round(blue)];
}

/** Digits are black on what is lighter than this, white on what is darker (design: microscope). */
const DARK_FROM = 0.42;

export const inkOn = ([red, green, blue]: Rgb): string =>
  (0.299 * red + 0.587 * green + 0.114 * blue) / 255 > DARK_FROM ? '#000' : '#fff';

export const colourAt = (value: number, scale: ColourScale): string => `rgb(${colourRgb(value, scale).join(' ')})`;

/** A CSS gradient of the scale from its low to its high end. */
export function gradient(scale: ColourScale): string {
  const steps = Array.from({ length: 33 }, (_, at) =>
    colourAt(scale.low + ((scale.high - scale.low) * at) / 32, scale),
  );
  return `linear-gradient(90deg, ${steps.join(', ')})`;
}
