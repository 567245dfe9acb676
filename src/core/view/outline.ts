/** The net as a tree of modules and operators, filled as one looks into it. */
import { t } from '../l10n/l10n';
import { bytes, count } from './numbers';
import { spokenNode } from '../spoken';
import type { Scene, SceneGroup, SceneNode } from './types';

export type OutlineItem =
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'node'; readonly node: number }
  /** A piece of a level with more entries than anybody scrolls through: entries `from` up to, not including, `to`. */
  | { readonly kind: 'range'; readonly parent: number | null; readonly from: number; readonly to: number };

export interface OutlineRow {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** What a screen reader says. */
  readonly spoken: string;
}

/** A level with more entries is cut into pieces of this many. */
const MOST_ENTRIES = 500;

export interface Outline {
  /** Null for the outermost level. */
  children(item: OutlineItem | null): readonly OutlineItem[];
  parent(item: OutlineItem): OutlineItem | null;
  row(item: OutlineItem): OutlineRow;
  /** Stays the same while the scene does. */
  id(item: OutlineItem): string;
}

/** `order`: node ids as the data flows. The first look costs one walk over all operators, each further one that of its level. */
export function outlineOf(scene: Scene, order: readonly number[]): Outline {
  let levels: Map<number | null, OutlineItem[]> | null = null;
  const placeOf = new Map<string, number>();
  const keyOf = (item: OutlineItem): string =>
    item.kind === 'group'
      ? `g${item.group}`
      : item.kind === 'node'
        ? `n${item.node}`
        : `r${item.parent ?? ''}:${item.from}`;
  const level = (parent: number | null): readonly OutlineItem[] => {
    levels ??= fill(scene, order);
    return levels.get(parent) ?? [];
  };
  const parentGroup = (item: OutlineItem): number | null =>
    item.kind === 'group'
      ? (scene.groups[item.group]?.parent ?? null)
      : item.kind === 'node'
        ? (scene.nodes[item.node]?.group ?? null)
        : item.parent;
  const place = (item: OutlineItem): number => {
    const parent = parentGroup(item);
    const entries = level(parent);
    if (!placeOf.has(keyOf(item))) entries.forEach((entry, i) => placeOf.set(keyOf(entry), i));
    return placeOf.get(keyOf(item)) ?? 0;
  };
  return {
    id: keyOf,
    children(item) {
      if (item?.kind === 'node') return [];
      if (item?.kind === 'range') return level(item.parent).slice(item.from, item.to);
      const parent = item ? item.group : null;
      const entries = level(parent);
      if (entries.length <= MOST_ENTRIES) return entries;
      return Array.from({ length: Math.ceil(entries.length / MOST_ENTRIES) }, (_, i): OutlineItem => {
        const from = i * MOST_ENTRIES;
        return { kind: 'range', parent, from, to: Math.min(entries.length, from + MOST_ENTRIES) };
      });
    },
    parent(item) {
      const parent = parentGroup(item);
      if (item.kind !== 'range') {
        const entries = level(parent);
        if (entries.length > MOST_ENTRIES) {
          const from = Math.floor(place(item) / MOST_ENTRIES) * MOST_ENTRIES;
          return { kind: 'range', parent, from, to: Math.min(entries.length, from + MOST_ENTRIES) };
        }
      }
      return parent === null ? null : { kind: 'group', group: parent };
    },
    row(item) {
      if (item.kind === 'range') {
        const label = `${item.from + 1}…${item.to}`;
        return { label, description: '', tooltip: '', spoken: t('Operators {0} to {1}', item.from + 1, item.to) };
      }
      return item.kind === 'group' ? groupRow(scene.groups[item.group]!) : nodeRow(scene.nodes[item.node]!);
    },
  };
}

/** In the order of the data; constants and shape arithmetic are left out, as they are from the graph. */
function fill(scene: Scene, order: readonly number[]): Map<number | null, OutlineItem[]> {
  const place = new Map(order.map((id, i) => [id, i]));
  const levels = new Map<number | null, { readonly at: number; readonly item: OutlineItem }[]>();
  const put = (parent: number | null, at: number, item: OutlineItem): void => {
    const list = levels.get(parent);
    if (list) list.push({ at, item });
    else levels.set(parent, [{ at, item }]);
  };
  for (const { id, group, plumbing } of scene.nodes)
    if (!plumbing) put(group, place.get(id) ?? id, { kind: 'node', node: id });
  scene.groups.forEach(({ parent, nodes }, group) => {
    const drawn = nodes.filter((id) => scene.nodes[id]?.plumbing === false);
    // A module around an If stands where the If does: what is inside of it has no place of its own in the data.
    const first = drawn.find((id) => place.has(id)) ?? drawn[0] ?? nodes[0] ?? 0;
    put(parent, place.get(first) ?? first, { kind: 'group', group });
  });
  return new Map(
    [...levels].map(([parent, list]) => [parent, list.sort((a, b) => a.at - b.at).map(({ item }) => item)]),
  );
}

const facts = (parts: readonly (string | false | null)[]): string => parts.filter(Boolean).join(' · ');

function groupRow({ name, path, nodes, sizeOut, parameters, macs }: SceneGroup): OutlineRow {
  return {
    label: name,
    description: facts([sizeOut, parameters > 0 && count(parameters)]),
    tooltip: [path, facts([t('{0} parameters', count(parameters)), macs !== null && t('{0} MACs', count(macs))])].join(
      '\n',
    ),
    spoken: t(
      'Module {0}, {1} operators, out {2}, {3} parameters',
      name,
      nodes.length,
      sizeOut || t('unknown'),
      count(parameters),
    ),
  };
}

function nodeRow(node: SceneNode): OutlineRow {
  const { title, shortName, name, label, sizeOut, parameters, activationBytes } = node;
  const own = shortName && shortName !== node.op ? shortName : '';
  return {
    label: own || title,
    description: facts([own && title, label.join(' '), sizeOut, parameters > 0 && count(parameters)]),
    tooltip: [name || shortName, facts([title, ...label]), activationBytes === null ? '' : bytes(activationBytes)]
      .filter(Boolean)
      .join('\n'),
    spoken: spokenNode(node),
  };
}
