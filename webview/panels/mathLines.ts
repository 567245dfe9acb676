/** Where a formula may be broken into lines: browsers do not break MathML. Pure, so that it can be tried without one. */
import type { MathNode } from '../../src/core/view/types';

/** Rows only group: the pieces of a line in reading order. */
export const pieces = (node: MathNode): readonly MathNode[] =>
  node.tag === 'mrow' ? (node.children ?? []).flatMap(pieces) : [node];

const isOperator = (node: MathNode | undefined, ...signs: readonly string[]): boolean =>
  node?.tag === 'mo' && signs.includes(node.text ?? '');

/**
 * How willingly a line ends after each piece: 2 after an equals sign, plus or minus, 1 between the factors of a product, 0 nowhere
 * else, least of all between the indices of a tensor.
 */
export function breaksAfter(list: readonly MathNode[]): readonly number[] {
  let depth = 0;
  return list.map((node, i) => {
    if (isOperator(node, '[')) depth++;
    if (isOperator(node, ']')) depth--;
    const next = list[i + 1];
    if (depth > 0 || !next) return 0;
    const first = i === 0 || isOperator(list[i - 1], '(', ',', '=');
    if (isOperator(node, '=', '+', '−') && !first) return 2;
    if (isOperator(node, ',')) return 1;
    return isOperator(node, ']') && next.tag !== 'mo' ? 1 : 0;
  });
}

/** Smaller than this and a formula is rather broken once more. */
const SMALLEST = 0.86;

export interface Lines {
  /** Indices of the pieces that begin a line, the first one's 0 among them. */
  readonly starts: readonly number[];
  /** Part of the font's size at which all lines fit. */
  readonly size: number;
}

/**
 * Lines for a place `width` px wide, all but the first one indented. `rights` are the pieces' right ends from the line's start. A line
 * that is a little too long is written smaller rather than torn between two factors.
 */
export function fitLines(rights: readonly number[], willing: readonly number[], width: number, indent: number): Lines {
  const whole = Math.floor((100 * width) / (rights.at(-1) ?? 1)) / 100;
  if (whole >= SMALLEST) return { starts: [0], size: Math.min(1, whole) };
  const sums = willing.map((w) => (w === 2 ? 2 : 0));
  const starts = lineStarts(rights, sums, width, indent);
  const widest = starts.reduce((most, from, i) => {
    const end = (starts[i + 1] ?? rights.length) - 1;
    return Math.max(most, (rights[end] ?? 0) - (from ? (rights[from - 1] ?? 0) - indent : 0));
  }, 1);
  const size = Math.floor((100 * width) / widest) / 100;
  if (size >= SMALLEST) return { starts, size: Math.min(1, size) };
  return { starts: lineStarts(rights, willing, width, indent), size: 1 };
}

function lineStarts(
  rights: readonly number[],
  willing: readonly number[],
  width: number,
  indent: number,
): readonly number[] {
  const starts = [0];
  let from = 0;
  for (let i = 0; i < rights.length; i++) {
    const left = starts.length > 1 ? (rights[from - 1] ?? 0) - indent : 0;
    if ((rights[i] ?? 0) - left <= width) continue;
    const end = lastBreak(willing, rights, from, i, left + width * 0.4);
    if (end === null) continue;
    from = end + 1;
    starts.push(from);
    i = end;
  }
  return starts;
}

/** The last willing place before `to`, a better one rather than a later one unless its line would be short. */
function lastBreak(
  willing: readonly number[],
  rights: readonly number[],
  from: number,
  to: number,
  short: number,
): number | null {
  let any: number | null = null;
  for (let i = to - 1; i >= from; i--) {
    if (willing[i] === 2 && (any === null || (rights[i] ?? 0) >= short)) return i;
    if (willing[i] === 1) any ??= i;
  }
  return any;
}
