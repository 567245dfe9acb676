import { dimEquals, type Dim } from '../ir/dim';
import type { IndexRange } from './formula';

/** Index letters of a tensor by its rank, as the lecture writes them: batch, channel, then depth, row, column. */
export function letters(rank: number): readonly string[] {
  switch (rank) {
    case 0:
      return [];
    case 1:
      return ['k'];
    case 2:
      return ['b', 'k'];
    case 3:
      return ['b', 'k', 'x'];
    case 4:
      return ['b', 'k', 'y', 'x'];
    case 5:
      return ['b', 'k', 'z', 'y', 'x'];
    default:
      return Array.from({ length: rank }, (_, axis) => `i${axis}`);
  }
}

/** Ranges of output letters; neighbours with equal extents share a line. */
export function rangesOf(names: readonly string[], shape: readonly Dim[]): readonly IndexRange[] {
  const ranges: { letters: string[]; count: Dim; summed: boolean }[] = [];
  names.forEach((letter, axis) => {
    const count = shape[axis] ?? null;
    const last = ranges.at(-1);
    if (last && axis > 1 && dimEquals(last.count, count)) last.letters.push(letter);
    else ranges.push({ letters: [letter], count, summed: false });
  });
  return ranges;
}

/** Letters of an operand that is broadcast to `rank` axes: an axis of extent 1 is always read at 0. */
export function broadcastLetters(shape: readonly Dim[], output: readonly Dim[]): readonly (string | number)[] {
  const all = letters(output.length).slice(output.length - shape.length);
  return all.map((letter, axis) => {
    const wide = output[axis + output.length - shape.length] !== 1;
    return shape[axis] === 1 && wide ? 0 : letter;
  });
}
