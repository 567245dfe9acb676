import { dimEquals, dimProduct, type Dim } from '../ir/dim';
import { along, type AxisLink, type AxisMap, type Dependence } from './dependence';

/** Neighbouring input axes that together are the same elements, in the same order, as neighbouring output axes. */
interface Group {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Longer tables of taps would cost more than they tell. */
const longestPeriod = 65536;

/** Splits two shapes of the same elements into the finest groups; an axis of extent 1 that has no partner belongs to none. */
function groupsOf(input: readonly Dim[], output: readonly Dim[]): readonly Group[] {
  const groups: Group[] = [];
  let [i, o] = [0, 0];
  while (i < input.length && o < output.length) {
    if (dimEquals(input[i] ?? null, output[o] ?? null)) groups.push({ from: [i++], to: [o++] });
    else if (input[i] === 1) i++;
    else if (output[o] === 1) o++;
    else {
      const next = smallestGroup(input.slice(i), output.slice(o));
      if (!next) return groups;
      groups.push({ from: range(i, next[0]), to: range(o, next[1]) });
      i += next[0];
      o += next[1];
    }
  }
  return groups;
}

const range = (start: number, count: number): readonly number[] => Array.from({ length: count }, (_, k) => start + k);

/** The fewest leading axes on both sides whose products agree. */
function smallestGroup(input: readonly Dim[], output: readonly Dim[]): readonly [number, number] | null {
  for (let total = 2; total <= input.length + output.length; total++) {
    for (let count = Math.max(1, total - output.length); count < total && count <= input.length; count++) {
      const other = total - count;
      if (dimEquals(dimProduct(input.slice(0, count)), dimProduct(output.slice(0, other)))) return [count, other];
    }
  }
  return null;
}

/**
 * Row-major regrouping (Reshape, Flatten): equal axes run along each other; a merged axis runs along its parts by quotient and remainder; of
 * a split axis the first part runs along it in steps. What has no such per-axis form is left out, that is, needed as a whole.
 */
export function regrouped(input: readonly Dim[], output: readonly Dim[]): Dependence {
  const axes: (readonly AxisLink[])[] = output.map(() => []);
  for (const { from, to } of groupsOf(input, output)) {
    const sources = from.filter((axis) => input[axis] !== 1);
    const targets = to.filter((axis) => output[axis] !== 1);
    const [source, target] = [sources[0] ?? from[0], targets[0] ?? to[0]];
    if (source === undefined || target === undefined) continue;
    if (sources.length <= 1 && targets.length <= 1) axes[target] = along(source);
    else if (targets.length <= 1) axes[target] = merged(sources, input);
    else if (sources.length === 1) {
      const map = firstOfSplit(dimProduct(targets.slice(1).map((axis) => output[axis] ?? null)));
      if (map) axes[target] = along(source, map);
    }
  }
  return { axes };
}

/** Output o of axes (a, b, …) of extents (m, n, …): a = ⌊o / n…⌋, b = ⌊o / …⌋ mod n. */
function merged(sources: readonly number[], input: readonly Dim[]): readonly AxisLink[] {
  return sources.flatMap((axis, position) => {
    const below = dimProduct(sources.slice(position + 1).map((k) => input[k] ?? null));
    const map = position === 0 ? quotient(below) : remainder(below, input[axis] ?? null);
    return map ? along(axis, map) : [];
  });
}

function quotient(below: Dim): AxisMap | null {
  if (typeof below !== 'number' || below < 1 || below > longestPeriod) return null;
  const first: readonly number[] = [0];
  return {
    kind: 'periodic',
    outPeriod: below,
    inPeriod: 1,
    taps: Array<readonly number[]>(below).fill(first),
    clamp: false,
  };
}

function remainder(below: Dim, extent: Dim): AxisMap | null {
  if (typeof below !== 'number' || typeof extent !== 'number') return null;
  const period = below * extent;
  if (period < 1 || period > longestPeriod) return null;
  const taps = Array.from({ length: period }, (_, r) => [Math.floor(r / below)]);
  return { kind: 'periodic', outPeriod: period, inPeriod: 0, taps, clamp: false };
}

/** Output o of the first part reads the inputs `o·n … o·n + n − 1`. */
function firstOfSplit(rest: Dim): AxisMap | null {
  if (typeof rest !== 'number' || rest < 1) return null;
  return { kind: 'window', window: { kernel: rest, stride: rest, dilation: 1, padBegin: 0, padEnd: 0 } };
}
