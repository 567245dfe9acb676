/** Two models held against each other: which operators correspond, and what differs. */
import type { Drawing } from '../view/scene';
import { Aligner, withoutCircles } from './align';
import { Differ, endDifferences } from './differences';
import { Numbers, sideOf, type Side } from './side';
import type { Comparison, Counts, Pair } from './types';

export type { Comparison, Difference } from './types';

type Outcome = Pick<Comparison, 'pairs' | 'removed' | 'added'> & { readonly cost: number };

/**
 * Aligned twice, by names first and by structure alone, and told by the alignment with fewer differences: exporters that number
 * their operators call others the same as soon as one is put in. Near-linear in operators and edges for nets that resemble each other,
 * bounded for those that do not.
 */
export function compareModels(before: Drawing, after: Drawing): Comparison {
  const numbers = new Numbers();
  const [one, other] = [sideOf(before, numbers), sideOf(after, numbers)];
  const named = outcome(one, other, true);
  const best = named.cost === 0 ? named : better(named, outcome(one, other, false));
  const ends = endDifferences(before.facts, after.facts);
  const counted = (plumbing: boolean): Counts => counts(best, before, after, plumbing);
  const drawn = counted(false);
  const { follows, changed, added, removed } = drawn;
  return {
    before,
    after,
    pairs: best.pairs,
    removed: best.removed,
    added: best.added,
    ends,
    counts: drawn,
    plumbing: counted(true),
    equal: follows + changed + added + removed + ends.length === 0,
  };
}

const better = (named: Outcome, structural: Outcome): Outcome => (structural.cost < named.cost ? structural : named);

function outcome(before: Side, after: Side, byNames: boolean): Outcome {
  const aligner = new Aligner(before, after);
  if (byNames) aligner.byNames();
  const inOrder = (side: Side, plumbing: boolean): number[] =>
    side.nodes
      .map(({ id }) => id as number)
      .filter((id) => side.drawing.flow.plumbing[id] === plumbing)
      .sort((a, b) => side.place[a]! - side.place[b]!);
  for (const plumbing of [false, true]) aligner.byStructure(inOrder(before, plumbing), inOrder(after, plumbing));
  withoutCircles(aligner);
  const differ = new Differ(aligner);
  const pairs: Pair[] = [];
  const removed: number[] = [];
  const byPlace = [...inOrder(before, false), ...inOrder(before, true)].sort(
    (a, b) => before.place[a]! - before.place[b]!,
  );
  for (const a of byPlace) {
    const b = aligner.toAfter[a]!;
    if (b < 0) {
      removed.push(a);
      continue;
    }
    const differences = differ.of(a, b);
    const status = differences.some(({ own }) => own) ? 'changed' : differences.length ? 'follows' : 'same';
    pairs.push({ before: a, after: b, status, differences });
  }
  const added = after.nodes
    .map(({ id }) => id as number)
    .filter((b) => aligner.toBefore[b]! < 0)
    .sort((a, b) => after.place[a]! - after.place[b]!);
  const drawn = (side: Side, ids: readonly number[]): number =>
    ids.filter((id) => !side.drawing.flow.plumbing[id]).length;
  const changed = pairs.filter(
    ({ status, after: b }) => status === 'changed' && !after.drawing.flow.plumbing[b],
  ).length;
  // A change is told shorter than a removal and an addition, and longer than either.
  const cost = drawn(before, removed) + drawn(after, added) + 1.5 * changed;
  return { pairs, removed, added, cost };
}

function counts(outcome: Outcome, before: Drawing, after: Drawing, plumbing: boolean): Counts {
  const of = (status: Pair['status']): number =>
    outcome.pairs.filter((pair) => pair.status === status && after.flow.plumbing[pair.after] === plumbing).length;
  return {
    same: of('same'),
    follows: of('follows'),
    changed: of('changed'),
    added: outcome.added.filter((id) => after.flow.plumbing[id] === plumbing).length,
    removed: outcome.removed.filter((id) => before.flow.plumbing[id] === plumbing).length,
  };
}
