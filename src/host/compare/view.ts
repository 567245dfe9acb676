import type { Comparison, Difference } from '../../core/compare';
import { entriesOf, subject, totalRows } from '../../core/compare/listing';
import { unionScene, type Union } from '../../core/compare/union';
import { t } from '../../core/l10n/l10n';
import { cardOf } from '../../core/view/nestedViews';
import { bytes, count } from '../../core/view/numbers';
import type { FactRow, HoverCard, Scene } from '../../core/view/types';
import type { ChangeText, ComparisonView, DifferenceText, TotalText } from '../../protocol/compare';

interface Side {
  readonly name: string;
  readonly place: string;
  readonly scene: Scene;
}

const differenceText = (difference: Difference): DifferenceText => ({
  what: subject(difference),
  before: difference.before,
  after: difference.after,
  own: difference.own,
});

const endText = (difference: Difference): DifferenceText => ({
  ...differenceText(difference),
  what: difference.kind === 'input size' ? t('input {0}', difference.name) : t('output {0}', difference.name),
});

function totalText({ key, label, bytes: isBytes, before, after }: ReturnType<typeof totalRows>[number]): TotalText {
  const written = isBytes ? bytes : count;
  const text = (n: number | null): string => (n === null ? '?' : written(n));
  const by = before === null || after === null ? null : after - before;
  const change = by === null ? '' : by === 0 ? '=' : `${by > 0 ? '+' : '−'}${written(Math.abs(by))}`;
  return { key, label, before: text(before), after: text(after), change };
}

export interface Shown {
  readonly union: Union;
  readonly view: ComparisonView;
}

/** Both nets as one scene, and the differences in words. */
export function comparisonView(comparison: Comparison, before: Side, after: Side): Shown {
  const union = unionScene(comparison, { before: before.name, after: after.name });
  const { scene, origin } = union;
  const behind = new Map(origin.flatMap((one, node) => (one.before === null ? [] : [[one.before, node] as const])));
  const changes = entriesOf(comparison).flatMap((entry): ChangeText[] => {
    const id = entry.after ?? behind.get(entry.before ?? -1);
    const node = id === undefined ? undefined : scene.nodes[id];
    if (!node?.mark) return [];
    const path = scene.groups[node.group ?? -1]?.path;
    return [
      {
        node: node.id,
        mark: node.mark,
        title: node.title,
        label: node.label.join(' · '),
        path: [path, node.shortName].filter(Boolean).join('/'),
        plumbing: node.plumbing,
        differences: entry.differences.map(differenceText),
      },
    ];
  });
  const side = ({ name, place, scene: { header } }: Side): ComparisonView['before'] => ({
    name,
    place,
    about: [header.format, header.opset, header.producer].filter(Boolean).join(' · '),
  });
  return {
    union,
    view: {
      before: side(before),
      after: side(after),
      equal: comparison.equal,
      same: comparison.counts.same,
      totals: totalRows(comparison).map(totalText),
      ends: comparison.ends.map(endText),
      changes,
    },
  };
}

/** What is said of one operator: of one that is in both, old → new where they differ. Null where there is none. */
export function comparedCard({ before, after }: Comparison, { origin }: Union, node: number): HoverCard | null {
  const ids = origin[node];
  if (!ids) return null;
  const old = ids.before === null ? null : cardOf(before, ids.before);
  const card = ids.after === null ? null : cardOf(after, ids.after);
  if (!old || !card) return (card ?? old) && { ...(card ?? old)!, node };
  const rows = new Map(old.rows.map((row) => [row.key, row]));
  return { ...card, node, rows: card.rows.map((row) => oldAndNew(rows.get(row.key), row)) };
}

function oldAndNew(old: FactRow | undefined, row: FactRow): FactRow {
  if (!old || old.value === row.value) return row;
  return {
    ...row,
    value: `${old.value} → ${row.value}`,
    parts: [
      ...old.parts.map(({ text }) => ({ text, tone: 'quiet' as const })),
      { text: ' → ', tone: 'quiet' },
      ...row.parts,
    ],
  };
}
