/** The differences as a person reads them: one entry an operator, in the order of the data of both nets. */
import type { Facts } from '../analysis/facts';
import { t } from '../l10n/l10n';
import type { Drawing } from '../view/scene';
import type { Comparison, Difference, PairStatus } from './types';

export type Status = PairStatus | 'added' | 'removed';

export interface Entry {
  readonly status: Status;
  /** NodeIds; null on the side where there is none. */
  readonly before: number | null;
  readonly after: number | null;
  readonly differences: readonly Difference[];
  readonly plumbing: boolean;
}

export function entriesOf({ before, after, pairs, removed, added }: Comparison): readonly Entry[] {
  const entries: Entry[] = [];
  const gone = new Set(removed);
  const pairOf = new Map(pairs.map((pair) => [pair.before, pair]));
  const places = new Map(added.map((id, i) => [id, i]));
  let next = 0;
  const add = (until: number): void => {
    for (; next < until; next++) {
      const id = added[next]!;
      const plumbing = after.flow.plumbing[id] ?? false;
      entries.push({ status: 'added', before: null, after: id, differences: [], plumbing });
    }
  };
  // What feeds a pair stands before it.
  const fresh = (id: number): number => {
    let last = 0;
    for (const value of after.facts.graph.nodes[id]?.inputs ?? []) {
      const producer = value === null ? null : (after.facts.graph.values[value]?.producer ?? null);
      const place = producer === null ? undefined : places.get(producer);
      if (place !== undefined) last = Math.max(last, place + 1);
    }
    return last;
  };
  for (const id of orderOf(before, [...pairOf.keys(), ...gone])) {
    const pair = pairOf.get(id);
    if (pair) {
      add(fresh(pair.after));
      const plumbing = after.flow.plumbing[pair.after] ?? false;
      entries.push({ ...pair, plumbing });
    } else {
      const plumbing = before.flow.plumbing[id] ?? false;
      entries.push({ status: 'removed', before: id, after: null, differences: [], plumbing });
    }
  }
  add(added.length);
  return entries;
}

function orderOf({ facts: { graph } }: Drawing, ids: readonly number[]): readonly number[] {
  const place = new Map(graph.order.map((id, i) => [id as number, i]));
  return [...ids].sort((a, b) => (place.get(a) ?? 0) - (place.get(b) ?? 0));
}

export interface TotalRow {
  readonly key: 'operators' | 'parameters' | 'macs' | 'weightBytes' | 'peakBytes';
  readonly label: string;
  readonly bytes: boolean;
  readonly before: number | null;
  readonly after: number | null;
}

const operators = ({ flow }: Drawing): number => flow.plumbing.filter((folded) => !folded).length;

export function totalRows({ before, after }: Comparison): readonly TotalRow[] {
  const row = (key: 'parameters' | 'macs' | 'weightBytes' | 'peakBytes', label: string, bytes = false): TotalRow => {
    const of = ({ totals }: Facts): number | null => totals[key];
    return { key, label, bytes, before: of(before.facts), after: of(after.facts) };
  };
  return [
    { key: 'operators', label: t('Operators'), bytes: false, before: operators(before), after: operators(after) },
    row('parameters', t('Parameters')),
    row('macs', 'MACs'),
    row('weightBytes', t('Weights'), true),
    row('peakBytes', t('Peak activations'), true),
  ];
}

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  operator: t('operator'),
  setting: '',
  parameters: t('parameters'),
  inputs: t('takes'),
  'input size': t('in'),
  size: t('out'),
  dtype: t('type'),
  macs: 'MACs',
  field: t('sees'),
};

/** `strides`, `out`, `MACs`: what it is that differs. */
export const subject = ({ kind, name }: Difference): string => (kind === 'setting' ? name : WORDS[kind]);
