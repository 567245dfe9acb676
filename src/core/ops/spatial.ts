import type { Dim } from '../ir/dim';
import { along, type Dependence, same, type Window } from './dependence';
import { at, type Index, type IndexRange, slid } from './formula';
import { dimEquals } from '../ir/dim';
import type { TypedContext } from './operator';

/** Letters of the lecture: positions y, x and taps u, v; one axis less or more to the left. */
const positionLetters = ['z', 'y', 'x'];
const tapLetters: Readonly<Record<number, readonly string[]>> = { 1: ['u'], 2: ['u', 'v'], 3: ['t', 'u', 'v'] };

export const positions = (rank: number): readonly string[] =>
  rank <= 3 ? positionLetters.slice(3 - rank) : Array.from({ length: rank }, (_, i) => `x${i + 1}`);
export const taps = (rank: number): readonly string[] =>
  tapLetters[rank] ?? Array.from({ length: rank }, (_, i) => `u${i + 1}`);

export const outputShape = (ctx: TypedContext, output = 0): readonly Dim[] | null => ctx.outputs[output]?.shape ?? null;

/** The indices a window reads: `2y + u − 1`, one per axis. */
export const windowIndices = (windows: readonly Window[]): readonly Index[] =>
  windows.map((w, i) => {
    const [out = '', tap = ''] = [positions(windows.length)[i], taps(windows.length)[i]];
    // A single tap has nothing to slide over: `2y`.
    return w.kernel === 1 ? at(out, w.stride, -w.padBegin) : slid(out, w.stride, tap, w.dilation, w.padBegin);
  });

/** Ranges of letters; neighbours with equal counts share one entry. */
export function ranges(letters: readonly string[], counts: readonly Dim[], summed: boolean): readonly IndexRange[] {
  const found: { letters: string[]; count: Dim; summed: boolean }[] = [];
  letters.forEach((letter, i) => {
    const count = counts[i] ?? null;
    const last = found[found.length - 1];
    if (last && dimEquals(last.count, count)) last.letters.push(letter);
    else found.push({ letters: [letter], count, summed });
  });
  return found;
}

/** Taps that are worth a letter: axes with more than one. */
export const tapRanges = (windows: readonly Window[], summed: boolean): readonly IndexRange[] => {
  const wide = windows.map((w, i) => ({ letter: taps(windows.length)[i] ?? '', count: w.kernel }));
  const kept = wide.filter((t) => t.count !== 1);
  return ranges(
    kept.map((t) => t.letter),
    kept.map((t) => t.count),
    summed,
  );
};

/** Letters of the taps that are worth one. */
export const wideTaps = (windows: readonly Window[]): readonly string[] =>
  taps(windows.length).filter((_, i) => windows[i]?.kernel !== 1);

/** Batch alike, channels alike or all of them, a window per spatial axis. */
export function windowed(
  windows: readonly Window[],
  channels: 'same' | 'all',
  kind: 'window' | 'transposed',
): Dependence {
  const spatial = windows.map((window, i) => along(i + 2, { kind, window }));
  return { axes: [along(0, same), channels === 'same' ? along(1, same) : [], ...spatial] };
}

export const isPadded = (windows: readonly Window[]): boolean => windows.some((w) => w.padBegin > 0 || w.padEnd > 0);
