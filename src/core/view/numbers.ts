/** Numbers as people read them (design/ui §7), with the decimal mark of their language. */
import type { Dim } from '../ir/dim';
import { dimText } from '../ir/dim';
import { marked } from '../l10n/decimals';
import type { TensorType } from '../ir/types';

const THIN = '\u202f';
const NO_BREAK = '\u00a0';
const MINUS = '\u2212';

/** 9408 -> `9 408` with a narrow no-break space. */
export function integer(n: number): string {
  const digits = String(Math.abs(Math.round(n))).replace(/\B(?=(\d{3})+$)/g, THIN);
  return n < 0 ? MINUS + digits : digits;
}

/** Counts: exact up to 9 999, then three significant digits and a unit; four from ten thousand millions on. */
export function count(n: number): string {
  const size = Math.abs(n);
  const [unit, name] = size >= 1e9 ? [1e9, 'G'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, ''];
  if (!name) return integer(n);
  const value = size / unit;
  const digits = name === 'G' && value >= 10 ? 4 : 3;
  // 999.6 k would print as 1000 k: go up a unit instead.
  if (Number(value.toPrecision(digits)) >= 1000 && name !== 'G') return count(Math.sign(n) * unit * 1000);
  const text = value >= 1000 ? integer(value) : marked(value.toPrecision(digits));
  return (n < 0 ? MINUS : '') + text + NO_BREAK + name;
}

/** How many times: `9.6`, `334`, `3 025`, `28.1 k`. */
export const factor = (n: number): string => (n < 10 ? decimal(n, 2) : count(Math.round(n)));

/** `8.0 %`, whole from 10 %, `<0.1 %`. */
export function share(part: number, whole: number): string {
  if (!(whole > 0)) return '';
  const ratio = part / whole;
  if (ratio === 0) return `0${NO_BREAK}%`;
  if (ratio < 0.001) return `<${marked('0.1')}${NO_BREAK}%`;
  return `${marked((ratio * 100).toFixed(ratio >= 0.0995 ? 0 : 1))}${NO_BREAK}%`;
}

/** Decimal units: `387 kB`, `46.7 MB`. */
export function bytes(n: number): string {
  const [unit, name] = n >= 1e9 ? [1e9, 'GB'] : n >= 1e6 ? [1e6, 'MB'] : n >= 1e3 ? [1e3, 'kB'] : [1, 'B'];
  const value = n / unit;
  const text = unit === 1 || value >= 100 ? String(Math.round(value)) : marked(value.toPrecision(3));
  return text + NO_BREAK + name;
}

/** A signed whole number with a real minus. */
export const signed = (n: number): string => (n < 0 ? MINUS + integer(-n) : integer(n));

/** Up to `digits` significant digits, real minus, no exponent for everyday sizes. */
export function decimal(n: number, digits = 4): string {
  if (!Number.isFinite(n)) return '?';
  const size = Math.abs(n);
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e7)
      ? size.toExponential(digits - 1)
      : String(Number(size.toPrecision(digits)));
  return (n < 0 ? MINUS : '') + marked(text);
}

/** `64×112×112`: everything but a batch of 1; all of it below rank 2 or when asked for. */
export function size(type: TensorType | null, options: { readonly batch?: boolean } = {}): string {
  if (!type) return '';
  if (type.container) return type.container;
  if (!type.shape) return '?';
  return extents(type.shape, options.batch ?? false);
}

export function extents(shape: readonly Dim[], batch = false): string {
  if (!shape.length) return 'scalar';
  const shown = !batch && shape.length > 1 && shape[0] === 1 ? shape.slice(1) : shape;
  return shown.map((d) => (typeof d === 'number' ? String(d) : dimText(d))).join('×');
}
