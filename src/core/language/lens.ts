import { t } from '../l10n/l10n';
import { count } from '../view/numbers';
import { seesOf } from '../view/scene';
import type { Snapshot } from './snapshot';

export interface Totals {
  /** Where the input stands. */
  readonly offset: number;
  /** `306 k parameters · 507 M MACs · a unit sees 51 of 224 px`. */
  readonly text: string;
}

/** The net in one line, over its input. */
export function totals(snapshot: Snapshot): Totals {
  const { facts, definition } = snapshot;
  const offset = definition.program.settings.get('input')?.key.span.start ?? 0;
  const known = facts.nodes.map(({ macs }) => macs);
  const macs = known.reduce<number>((sum, own) => sum + (own ?? 0), 0);
  const cost = known.includes(null) ? t('at least {0} MACs', count(macs)) : t('{0} MACs', count(macs));
  const parts = [t('{0} parameters', count(facts.totals.parameters)), cost, farthest(snapshot)];
  return { offset, text: parts.filter(Boolean).join(' · ') };
}

/** What a unit at the end of the net sees; where the end sees everything, the last unit that does not. */
function farthest({ facts, definition }: Snapshot): string {
  const { size } = definition.settings;
  if (!size) return '';
  let most = 0;
  let all = false;
  for (const { result } of definition.runs) {
    const id = result ? facts.graph.valueByName.get(result.tensor) : undefined;
    const sees = seesOf(facts, id);
    if (sees === 'all') all = true;
    else if (sees !== null) most = Math.max(most, sees);
  }
  if (most === 0) return all ? t('a unit sees the whole picture') : '';
  return t('a unit sees {0} of {1} px', most, Math.max(size.rows, size.columns));
}
