import type { Span } from '../diagnostics/diagnostic';
import type { Fix, FixableDiagnostic } from '../diagnostics/fix';
import { addPadding } from '../formats/cnn/paddingFix';
import type { Snapshot } from './snapshot';

/** A problem at its place in the text. */
export interface TextProblem extends FixableDiagnostic {
  readonly span: Span;
}

/**
 * What is wrong with a text: in its own words first, then what analysis finds of layers nothing was said of yet.
 * Remarks of analysis are left out: they are of nets in general, not of what was just typed.
 */
export function textProblems(snapshot: Snapshot): readonly TextProblem[] {
  const { definition, facts } = snapshot;
  const spoken = new Set(definition.diagnostics.flatMap(({ node }) => (node === null ? [] : [node])));
  const placed = (problem: FixableDiagnostic): readonly TextProblem[] => {
    const span = problem.location?.kind === 'text' ? problem.location.span : { start: 0, end: 0 };
    return [{ ...problem, span }];
  };
  const own = definition.diagnostics.flatMap(placed);
  const broken = own.some(({ severity }) => severity === 'error');
  const seen = new Set<string>();
  const found = facts.diagnostics.flatMap((problem): readonly TextProblem[] => {
    // Behind an error analysis stumbles over its consequences.
    if (problem.severity === 'info' || broken || (problem.node !== null && spoken.has(problem.node))) return [];
    const run = problem.node === null ? null : snapshot.runOf(problem.node);
    const key = `${problem.code}|${run?.layer.span.start ?? ''}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ ...problem, span: run?.layer.kind.span ?? { start: 0, end: 0 } }];
  });
  return [...own, ...found];
}

/** A change offered at a place: a way out of a problem there, or something that could be done as well. */
export interface Action {
  readonly fix: Fix;
  /** The problem it answers to; null for an offer. */
  readonly problem: TextProblem | null;
}

/** Changes offered between two places. */
export function actions(snapshot: Snapshot, start: number, end: number): readonly Action[] {
  const touches = (span: Span): boolean => span.start <= end && start <= span.end;
  const fixes = textProblems(snapshot)
    .filter(({ span }) => touches(span))
    .flatMap((problem) => (problem.fixes ?? []).map((fix): Action => ({ fix, problem })));
  const site = snapshot.siteAt(start);
  const offer = site && addPadding(snapshot.source, site.runs);
  const told = fixes.some(({ fix }) => fix.title === offer?.title);
  return offer && !told ? [...fixes, { fix: offer, problem: null }] : fixes;
}
