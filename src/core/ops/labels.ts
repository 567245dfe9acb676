import { type Dim, dimCeilDiv, dimEquals } from '../ir/dim';
import type { Window } from './dependence';
import { windowSpan } from './window';

/** Thousands apart by a narrow no-break space, from four digits on. */
export const countText = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, '\u202f');

export const extentText = (d: Dim): string => (d === null ? '?' : typeof d === 'number' ? countText(d) : d.text);

/** `3×3`; `?` for an extent nobody knows. */
export const sizeText = (extents: readonly Dim[]): string => extents.map(extentText).join('×');

/** One number where all axes agree, else all of them. */
export function perAxisText(numbers: readonly number[]): string {
  return numbers.every((n) => n === numbers[0]) ? String(numbers[0]) : numbers.join('×');
}

/** As many outputs as ⌈input / stride⌉: the padding nobody needs to be told. */
function isSame(w: Window, input: Dim | undefined, output: Dim | undefined): boolean {
  if (Math.abs(w.padBegin - w.padEnd) > 1) return false;
  if (w.padBegin + w.padEnd === windowSpan(w) - 1) return true;
  return input !== undefined && output !== undefined && dimEquals(dimCeilDiv(input, w.stride), output);
}

function padText(windows: readonly Window[]): string {
  const begin = windows.map((w) => w.padBegin);
  const end = windows.map((w) => w.padEnd);
  const [first, last] = [perAxisText(begin), perAxisText(end)];
  return first === last ? `pad ${first}` : `pad ${first}…${last}`;
}

/** Stride, padding and dilation where they are not the default: `['/2', 'pad 0', 'dil 2']`. */
export function windowLabel(
  windows: readonly Window[],
  input: readonly Dim[] = [],
  output: readonly Dim[] = [],
): readonly string[] {
  const label: string[] = [];
  const strides = windows.map((w) => w.stride);
  if (strides.some((s) => s !== 1)) label.push(`/${perAxisText(strides)}`);
  if (!windows.every((w, i) => isSame(w, input[i], output[i]))) label.push(padText(windows));
  const dilations = windows.map((w) => w.dilation);
  if (dilations.some((d) => d !== 1)) label.push(`dil ${perAxisText(dilations)}`);
  return label;
}
