/** Words of a sample's text that the course changes at a click, and back. */
import type { TextEdit } from '../diagnostics/fix';

export interface CourseEdit {
  readonly id: string;
  readonly words: readonly [string, string];
}

export interface FoundEdit {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly edit: TextEdit;
}

/** Where the change can be made now: the first place outside of comments where one of both words stands; null for none. */
export function findEdit(source: string, { id, words }: CourseEdit): FoundEdit | null {
  const [first, second] = words;
  const [here, there] = [placeOf(source, first), placeOf(source, second)];
  if (here === null && there === null) return null;
  // What was changed stands where it stood: the first place of both is the one that is meant.
  const forth = there === null || (here !== null && here < there);
  const [start, from, to] = forth ? [here!, first, second] : [there, second, first];
  return { id, from, to, edit: { span: { start, end: start + from.length }, text: to } };
}

/** Of a whole word: `stride 3` does not stand in `stride 32`. */
function placeOf(source: string, word: string): number | null {
  for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + 1)) {
    const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
    const around = [source[at - 1] ?? ' ', source[at + word.length] ?? ' '];
    if (!line.includes('#') && around.every((sign) => !/[\w.]/.test(sign))) return at;
  }
  return null;
}
