/** Numbers and indices as the microscope writes them. Pure. */
import type { Patch, Step } from '../../src/core/explain/explanation';
import { marked } from '../../src/core/l10n/decimals';
import { t } from '../../src/core/l10n/l10n';

const MINUS = '\u2212';
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** How a column of cells writes its numbers: so many decimals of the value over ten to `power`. */
export interface CellScale {
  readonly power: number;
  readonly decimals: number;
}

/** Cells of this width have room for a decimal even after three digits; below the other for two digits only. */
const ROOMY = 48;
const TIGHT = 42;

/**
 * Three digits of the largest: `−50.1`, `0.104`; whole numbers as they are; far from 1 in powers of ten, which the heading says.
 * `width` is that of a cell in px.
 */
export function cellScale(values: ArrayLike<number>, width: number): CellScale {
  const finite = Array.from(values).filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return { power: 0, decimals: 0 };
  const exponent = Math.floor(Math.log10(largest));
  const power = exponent < -2 || exponent > 3 ? exponent : 0;
  if (power === 0 && finite.every(Number.isInteger)) return { power, decimals: 0 };
  const digits = width < TIGHT ? 1 : 2;
  return { power, decimals: Math.max(width >= ROOMY ? 1 : 0, digits - (exponent - power)) };
}

function fixed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : '∞';
  const text = Math.abs(value).toFixed(decimals);
  // No minus before nothing.
  return (value < 0 && Number(text) !== 0 ? MINUS : '') + marked(text);
}

export function cellText(value: number, { power, decimals }: CellScale): string {
  return value === 0 ? '0' : fixed(value / 10 ** power, decimals);
}

/** `in units of 10⁻⁴`, or nothing. */
export function powerText({ power }: CellScale): string {
  if (power === 0) return '';
  const digits = String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)]!);
  return t('in units of {0}', `10${power < 0 ? '⁻' : ''}${digits}`);
}

/** Significant digits that tell any two numbers of the type apart, less the last one, which rounding owns. */
const DIGITS: Readonly<Record<string, number>> = { float64: 15, float32: 8, float16: 5, bfloat16: 4 };

/** Decimals for the lines of a sum, so that the largest shows as many digits as its type has. */
export function decimalsOf(largest: number, dtype: string): number {
  const digits = DIGITS[dtype];
  if (digits === undefined) return 0;
  if (!(largest > 0) || !Number.isFinite(largest)) return 2;
  return Math.max(0, Math.min(12, digits - 1 - Math.floor(Math.log10(largest))));
}

/**
 * The most decimals at which every pair, worked out here and by the runtime, reads the same; never fewer than leave three digits of the
 * largest. Null where they differ even then.
 */
export function commonDecimals(
  pairs: readonly (readonly [number, number])[],
  most: number,
  largest: number,
): number | null {
  const least = largest > 0 && Number.isFinite(largest) ? Math.max(0, 2 - Math.floor(Math.log10(largest))) : 0;
  for (let decimals = most; decimals >= Math.min(least, most); decimals--)
    if (pairs.every(([a, b]) => fixed(a, decimals) === fixed(b, decimals))) return decimals;
  return null;
}

/** Far more decimals than anyone reads are those of a tiny number. */
const MANY = 9;

/** One number of the column arithmetic. */
export function lineText(value: number, decimals: number): string {
  if (decimals <= MANY || value === 0 || !Number.isFinite(value)) return fixed(value, decimals);
  const power = Math.floor(Math.log10(Math.abs(value)));
  const digits = String(Math.abs(power)).replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)]!);
  return `${fixed(value / 10 ** power, 5)}·10${power < 0 ? '⁻' : ''}${digits}`;
}

/** Beside sums of whole digits, less than this is rounding. */
const LEAST = 1e-6;

/** A factor much smaller than the sum it scales keeps four digits of its own. */
function factorDecimals(value: number): number {
  const size = Math.abs(value);
  if (size >= 1 || size === 0 || !Number.isFinite(size) || Number(size.toPrecision(1)) === 1) return 0;
  return 3 - Math.floor(Math.log10(size));
}

/** With its sign before it, as a sum is written: `+ 69.6`, `− 3.4`. */
export function signedText({ sign, value }: Pick<Step, 'sign' | 'value'>, decimals: number): string {
  if (sign === '' || sign === 'g') return lineText(value, decimals);
  if (sign === '+' || sign === '−') {
    // What is not nothing does not read as nothing, however large the sum: a bias of 0.08 beside 242.
    const vanishes = Number(Math.abs(value).toFixed(Math.min(decimals, 20))) === 0;
    const own = vanishes && Math.abs(value) > LEAST ? factorDecimals(value) - 1 : decimals;
    const size = lineText(Math.abs(value), own);
    const negative = value < 0 && Number(Math.abs(value).toFixed(Math.min(own, 20))) !== 0;
    return `${(sign === '−') !== negative ? MINUS : '+'} ${size}`;
  }
  return `${sign} ${lineText(value, Math.max(decimals, factorDecimals(value)))}`;
}

/** `20, 36` as an index. */
export const indexText = (name: string, index: readonly number[]): string =>
  index.length > 0 ? `${name}[${index.join(', ').replaceAll('-', MINUS)}]` : name;

const span = (first: number, last: number): string =>
  (first === last ? String(first) : `${first}…${last}`).replaceAll('-', MINUS);

/** What the places of an axis are called, alone and several of them. */
type AxisName = readonly [one: string, several: string];
const ROW: AxisName = [t('row'), t('rows')];
const COLUMN: AxisName = [t('column'), t('columns')];
const AXES: Readonly<Record<number, readonly AxisName[]>> = {
  1: [[t('sample'), t('samples')]],
  2: [ROW, COLUMN],
  3: [[t('plane'), t('planes')], ROW, COLUMN],
};
const axisName = (axis: number): AxisName => [t('axis {0}', axis), t('axis {0}', axis)];

/** `rows 40…42, columns 72…74`; places apart are told with their distance. */
export function placesText({ positions }: Patch): string {
  const names = AXES[positions.length] ?? positions.map((_, axis) => axisName(axis + 2));
  return positions
    .map((places, axis) => {
      const [first, second, last] = [places[0], places[1], places.at(-1)];
      const [one, several] = names[axis]!;
      if (first === undefined || last === undefined) return t('no {0}', several);
      const step = second === undefined || places.length < 3 ? 1 : second - first;
      const text = `${first === last ? one : several} ${span(first, last)}`;
      return step > 1 ? t('{0} in steps of {1}', text, step) : text;
    })
    .join(', ');
}

const TAPS: Readonly<Record<number, readonly string[]>> = { 1: ['u'], 2: ['u', 'v'], 3: ['t', 'u', 'v'] };

/** Letters of the kernel's taps, one per axis. */
export const tapLetters = (rank: number): readonly string[] =>
  TAPS[rank] ?? Array.from({ length: rank }, (_, axis) => `u${axis + 1}`);

/** `u + 40`, `2u − 1`: where the cells of one axis lie; null where they follow no rule. */
export function ruleText(places: readonly number[], letter: string): string | null {
  const [first, second] = places;
  if (first === undefined) return null;
  const number = (value: number): string => String(value).replace('-', MINUS);
  if (second === undefined) return number(first);
  const step = second - first;
  if (step < 1 || places.some((place, i) => place !== first + i * step)) return null;
  const moving = step === 1 ? letter : `${step}${letter}`;
  if (first === 0) return moving;
  return first < 0 ? `${moving} ${MINUS} ${-first}` : `${moving} + ${first}`;
}
