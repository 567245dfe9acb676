import type { TextEdit } from '../diagnostics/fix';
import { formatted } from '../formats/cnn/syntax/format';

/** Edits that lay a text out afresh, only where lines change; none for a text that cannot be read. */
export function formatEdits(source: string): readonly TextEdit[] {
  const target = formatted(source);
  if (target === null || target === source) return [];
  // What both have in common at their ends stays untouched, and with it the cursor there.
  let start = 0;
  while (start < source.length && source[start] === target[start]) start++;
  let [end, to] = [source.length, target.length];
  while (end > start && to > start && source[end - 1] === target[to - 1]) {
    end--;
    to--;
  }
  return [{ span: { start, end }, text: target.slice(start, to) }];
}
