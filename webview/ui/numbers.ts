/**
 * Numbers as the page writes them (design: thousands apart by a narrow no-break space, units after a no-break space, the reader's
 * decimal mark).
 */
import { marked } from '../../src/core/l10n/decimals';

const THIN = '\u202f';
const SPACE = '\u00a0';

export const integer = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, THIN)
    .replace('-', '\u2212');

/** Exact up to 9 999, then three significant digits and a unit: `148 k`, `61.1 M`, `15.47 G`. */
export const compact = (value: number): string => marked(inUnits(value));

function inUnits(value: number): string {
  if (value >= 1e13) return (value / 1e12).toPrecision(4) + SPACE + 'T';
  if (value >= 1e12) return (value / 1e12).toPrecision(3) + SPACE + 'T';
  if (value >= 1e9) return (value / 1e9).toPrecision(value >= 1e10 ? 4 : 3) + SPACE + 'G';
  if (value >= 999.5e3) return (value / 1e6).toPrecision(3) + SPACE + 'M';
  if (value >= 1e4) return (value / 1e3).toPrecision(3) + SPACE + 'k';
  return integer(value);
}

/** `8.0 %`, whole from 10 %, `<0.1 %`. */
export function percent(part: number): string {
  if (part === 0) return `0${SPACE}%`;
  if (part >= 0.0995) return `${(part * 100).toFixed(0)}${SPACE}%`;
  return part >= 0.001 ? `${marked((part * 100).toFixed(1))}${SPACE}%` : `<${marked('0.1')}${SPACE}%`;
}

/** Decimal: `387 kB`, `46.7 MB`. */
export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let scaled = value;
  let unit = 0;
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${unit === 0 ? integer(scaled) : marked(scaled.toPrecision(3))}${SPACE}${units[unit] ?? 'B'}`;
}

/** `0.42 ms`, `38 ms`, `1.2 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds >= 999.5) return `${marked((milliseconds / 1000).toFixed(1))}${SPACE}s`;
  return `${milliseconds >= 9.95 ? milliseconds.toFixed(0) : marked(milliseconds.toPrecision(2))}${SPACE}ms`;
}
