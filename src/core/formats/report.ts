import { declare, type Diagnostic } from '../diagnostics/diagnostic';
import { t } from '../l10n/l10n';
import { MOST_PROBLEMS } from './limits';

const more = declare('file/more', 'info', (count: number, code: string) =>
  t('{0} more problems of the kind {1} are not listed.', count, code),
);

/** Collects problems, and stops listing a kind that has no end. */
export class Report {
  private readonly listed: Diagnostic[] = [];
  private readonly counts = new Map<string, number>();

  readonly add = (problem: Diagnostic): void => {
    const count = (this.counts.get(problem.code) ?? 0) + 1;
    this.counts.set(problem.code, count);
    if (count <= MOST_PROBLEMS) this.listed.push(problem);
  };

  addAll(problems: readonly Diagnostic[]): void {
    for (const problem of problems) this.add(problem);
  }

  get diagnostics(): readonly Diagnostic[] {
    const uncounted = [...this.counts].filter(([, count]) => count > MOST_PROBLEMS);
    return [...this.listed, ...uncounted.map(([code, count]) => more({}, count - MOST_PROBLEMS, code))];
  }
}
