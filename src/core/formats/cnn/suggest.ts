/** Edits between two words (insert, delete, change, swap neighbours), as far as `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity;
      row.push(Math.min(previous[j]! + 1, row[j - 1]! + 1, change, swap));
    }
    before = previous;
    previous = row;
  }
  return previous[b.length]!;
}

/** No word anybody mistypes is longer. */
const LONGEST = 40;

/** The word a person may have meant; null when none is near. */
export function nearest(typed: string, words: Iterable<string>): string | null {
  // Of one letter, any word of two is as near as the next.
  if (typed.length < 2 || typed.length > LONGEST) return null;
  const lower = typed.toLowerCase();
  let best: string | null = null;
  let least = Math.max(1, Math.floor(typed.length / 3)) + 1;
  for (const word of words) {
    // What was begun is meant: `con` is conv, whatever else is two letters away.
    const found = word.startsWith(lower) && lower.length > 1 ? 0.5 : distance(lower, word.toLowerCase(), least);
    if (found < least) [best, least] = [word, found];
  }
  return best;
}
