/** Values of tensors as text: as many digits as can be told apart on a map, a real minus, no exponents for everyday sizes. */
import { marked } from '../../src/core/l10n/decimals';
import { integer } from '../ui/numbers';

const MINUS = '\u2212';
const SUPERSCRIPT = '⁰¹²³⁴⁵⁶⁷⁸⁹';

function scientific(size: number, decimals: number): string {
  const [share, power] = size.toExponential(decimals).split('e') as [string, string];
  const digits = power.replace(/\D/g, '').replace(/\d/g, (digit) => SUPERSCRIPT[Number(digit)]!);
  return `${marked(share)}·10${power.startsWith('-') ? '⁻' : ''}${digits}`;
}

/** `226.0`, `0.0312`, `−4.21`, `1.2·10⁻⁷`. */
export function valueText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : '∞';
  const size = Math.abs(value);
  let text: string;
  if (size === 0) text = '0';
  else if (size >= 1e9 || size < 1e-4) text = scientific(size, 1);
  else if (size >= 1000) text = integer(size);
  else if (size >= 10) text = marked(size.toFixed(1));
  else text = marked(size.toPrecision(3));
  return value < 0 ? MINUS + text : text;
}

/** The same for little room: `72`, `3.1`, `0.04`. */
export function shortValue(value: number): string {
  if (!Number.isFinite(value)) return valueText(value);
  const size = Math.abs(value);
  let text: string;
  if (size >= 1e5 || (size > 0 && size < 0.005)) text = scientific(size, 0);
  else if (size >= 10 || size === 0) text = size.toFixed(0);
  else text = marked(size.toFixed(size >= 1 ? 1 : 2));
  return value < 0 ? MINUS + text : text;
}
