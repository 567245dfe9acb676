/** What must hold of any text taken as a network definition, and of everything the editor asks while it is typed. */
import assert from 'node:assert/strict';
import { completions } from '../../src/core/language/completion';
import { actions, textProblems } from '../../src/core/language/diagnostics';
import { folds } from '../../src/core/language/folding';
import { formatEdits } from '../../src/core/language/format';
import { hover } from '../../src/core/language/hover';
import { inlays } from '../../src/core/language/inlays';
import { totals } from '../../src/core/language/lens';
import { nameAt, rename } from '../../src/core/language/names';
import { outline } from '../../src/core/language/outline';
import { nodeAt } from '../../src/core/language/selection';
import { Session } from '../../src/core/language/snapshot';
import { hold } from './invariants';
import { below, type Random } from './random';

export async function holdText(bytes: Uint8Array, random: Random): Promise<void> {
  await hold(bytes, random, 'fuzz.cnn.yaml');
  const source = new TextDecoder().decode(bytes);
  const snapshot = new Session('fuzz').read(source);
  const inside = ({ start, end }: { readonly start: number; readonly end: number }): void =>
    assert.ok(start >= 0 && start <= end && end <= source.length, `${start}–${end} of ${source.length}`);
  for (const { span, message } of textProblems(snapshot)) {
    inside(span);
    assert.doesNotMatch(message, /\bNaN\b|undefined|Infinity|\[object/);
  }
  for (let i = 0; i < 3; i++) {
    const offset = below(random, source.length + 1);
    completions(snapshot, offset).forEach(({ span }) => inside(span));
    const shown = hover(snapshot, offset);
    if (shown) assert.doesNotMatch(JSON.stringify(shown), /\bNaN\b|Infinity|\[object/);
    const node = nodeAt(snapshot, offset, null);
    assert.ok(node === null || node < snapshot.facts.nodes.length);
    if (nameAt(snapshot, offset)) {
      const edits = rename(snapshot, offset, 'renamed');
      if (typeof edits !== 'string') edits.forEach(({ span }) => inside(span));
    }
    actions(snapshot, offset, offset);
  }
  inlays(snapshot, 0, source.length);
  folds(snapshot.lines);
  outline(snapshot);
  totals(snapshot);
  formatEdits(source).forEach(({ span }) => inside(span));
}
