/** Rows of the layer table: which operators, under which modules, in which order. Pure. */
import type { Scene, SceneNode } from '../../src/core/view/types';
import { matcher } from '../state/find';
import type { Column } from './layersColumns';

export interface TableView {
  readonly query: string;
  /** Null: the order of the file, under modules. */
  readonly sort: { readonly column: Column; readonly descending: boolean } | null;
  /** Paths of folded modules. */
  readonly folded: ReadonlySet<string>;
  /** Constants and shape arithmetic have rows as well. */
  readonly plumbing: boolean;
}

export type Row =
  | { readonly kind: 'module'; readonly depth: number; readonly group: number; readonly folded: boolean }
  /** Under the row of module `chapter`, -1 for none. */
  | { readonly kind: 'operator'; readonly depth: number; readonly node: SceneNode; readonly chapter: number };

export interface Listing {
  readonly rows: readonly Row[];
  /** Operators that match, those in folded modules included, in the order of the table. */
  readonly nodes: readonly number[];
}

/** Smaller modules than this are no chapter of their own. */
const SMALLEST = 3;
/** A module with this share of all operators is a mere wrapper (`features`). */
const WRAPPER = 0.6;

const ROOT = -1;

interface Chapters {
  /** By group: it has a row of its own. */
  readonly headed: readonly boolean[];
  /** By group: the nearest headed one, itself included; ROOT for none. */
  readonly under: Int32Array;
  /** Members of each chapter, operators and chapters in file order: node, or -1 - group. */
  readonly inside: ReadonlyMap<number, readonly number[]>;
}

const known = new WeakMap<Scene, Chapters>();

/** Which modules head a part of the table: not wrappers, not the only child of another, nothing of two operators among its like. */
function chaptersOf(scene: Scene): Chapters {
  const found = known.get(scene);
  if (found) return found;
  const { groups, nodes } = scene;
  const isDrawn = (id: number): boolean => !nodes[id]!.plumbing && nodes[id]!.pillOf === null;
  const drawn = groups.map((group) => group.nodes.filter(isDrawn).length);
  const total = nodes.filter((node) => isDrawn(node.id)).length;
  const children = new Map<number, number[]>();
  groups.forEach(({ parent }, group) => {
    if (drawn[group]! < 2) return;
    const siblings = children.get(parent ?? ROOT);
    if (siblings) siblings.push(group);
    else children.set(parent ?? ROOT, [group]);
  });
  const headed = groups.map(() => false);
  const isWrapper = groups.map(() => false);
  const under = new Int32Array(groups.length).fill(ROOT);
  const walk = (parent: number): void => {
    const siblings = children.get(parent) ?? [];
    const most = siblings.reduce((size, group) => Math.max(size, drawn[group]!), 0);
    const outside = parent === ROOT || isWrapper[parent]!;
    for (const group of siblings) {
      isWrapper[group] = outside && drawn[group]! > WRAPPER * total && (children.get(group)?.length ?? 0) > 1;
      const only = siblings.length === 1 && !outside;
      headed[group] = !isWrapper[group] && most >= SMALLEST && !only;
      walk(group);
    }
  };
  walk(ROOT);
  groups.forEach((_, group) => {
    let at: number | null = group;
    while (at !== null && !headed[at]) at = groups[at]!.parent;
    under[group] = at ?? ROOT;
  });
  const chapters = { headed, under, inside: membersOf(scene, headed, under) };
  known.set(scene, chapters);
  return chapters;
}

function membersOf(scene: Scene, headed: readonly boolean[], under: Int32Array): ReadonlyMap<number, number[]> {
  const inside = new Map<number, number[]>();
  const placed = new Set<number>();
  const put = (chapter: number, member: number): void => {
    const list = inside.get(chapter);
    if (list) list.push(member);
    else inside.set(chapter, [member]);
  };
  /** A chapter stands where its first operator does. */
  const open = (group: number): void => {
    if (group === ROOT || placed.has(group)) return;
    placed.add(group);
    let parent = scene.groups[group]!.parent;
    while (parent !== null && !headed[parent]) parent = scene.groups[parent]!.parent;
    open(parent ?? ROOT);
    put(parent ?? ROOT, ROOT - 1 - group);
  };
  // Constants stand at the front of many files: they open no chapter, but wait for its first operator.
  const waiting = new Map<number, number[]>();
  for (const node of inOrder(scene)) {
    const chapter = node.group === null ? ROOT : under[node.group]!;
    if (node.plumbing && chapter !== ROOT && !placed.has(chapter)) {
      waiting.set(chapter, [...(waiting.get(chapter) ?? []), node.id]);
      continue;
    }
    open(chapter);
    for (const id of waiting.get(chapter) ?? []) put(chapter, id);
    waiting.delete(chapter);
    put(chapter, node.id);
  }
  for (const [chapter, ids] of waiting) {
    open(chapter);
    for (const id of ids) put(chapter, id);
  }
  return inside;
}

/** Operators as a list shows them. */
export const inOrder = ({ nodes, order }: Scene): readonly SceneNode[] =>
  order ? order.flatMap((id) => nodes[id] ?? []) : nodes;

/** Rows and matching operators. A module without any match has no row. */
export function listing(scene: Scene, view: TableView): Listing {
  const { nodes } = scene;
  const test = matcher(view.query);
  const matches = (node: SceneNode): boolean => (view.plumbing || !node.plumbing) && (!test || test(node));
  if (view.sort) return sorted(inOrder(scene).filter(matches), view.sort);
  const { inside } = chaptersOf(scene);
  const rows: Row[] = [];
  const found: number[] = [];
  const walk = (chapter: number, depth: number, hidden: boolean): void => {
    for (const member of inside.get(chapter) ?? []) {
      const node = member >= 0 ? nodes[member]! : null;
      if (node) {
        if (!matches(node)) continue;
        found.push(node.id);
        if (!hidden) rows.push({ kind: 'operator', depth, node, chapter });
        continue;
      }
      const group = ROOT - 1 - member;
      const folded = view.folded.has(scene.groups[group]!.path);
      const [before, first] = [found.length, rows.length];
      if (!hidden) rows.push({ kind: 'module', depth, group, folded });
      walk(group, depth + 1, hidden || folded);
      if (found.length === before) rows.length = first;
    }
  };
  walk(ROOT, 0, false);
  return { rows, nodes: found };
}

/** Flat, by the column; what has no value stands at the end either way. */
function sorted(found: readonly SceneNode[], { column, descending }: NonNullable<TableView['sort']>): Listing {
  const sign = descending ? -1 : 1;
  const keys = found.map((node) => column.key(node));
  const order = Uint32Array.from(found, (_, at) => at);
  order.sort((a, b) => {
    const [p, q] = [keys[a] ?? null, keys[b] ?? null];
    if (p === q) return a - b;
    if (p === null || q === null) return p === null ? 1 : -1;
    return (p < q ? -1 : 1) * sign;
  });
  const nodes = Array.from(order, (at) => found[at]!);
  return {
    rows: nodes.map((node) => ({ kind: 'operator', depth: 0, node, chapter: ROOT })),
    nodes: nodes.map(({ id }) => id),
  };
}

/** Modules around an operator that have a row of their own, the outermost first. */
export function chaptersAround(scene: Scene, node: number): readonly number[] {
  const { headed } = chaptersOf(scene);
  const around: number[] = [];
  for (let g = scene.nodes[node]?.group ?? null; g !== null; g = scene.groups[g]!.parent)
    if (headed[g]) around.unshift(g);
  return around;
}

/** `conv.0.0` in the part of the table that module heads, `features.8 › conv.0.0` outside of any. */
export function layerName(scene: Scene, node: SceneNode, chapter: number): string {
  const within = chapter === ROOT ? [] : scene.groups[chapter]!.path.split('/');
  const parts = partsOf(scene, node).filter(Boolean);
  let skip = 0;
  while (skip < within.length && parts[skip] === within[skip]) skip++;
  const rest = parts.slice(skip);
  // `conv › conv.0 › conv.0.0` repeats itself.
  return rest.filter((part, at) => !rest[at + 1]?.startsWith(`${part}.`)).join(' › ');
}

function partsOf(scene: Scene, node: SceneNode): readonly string[] {
  if (!node.name.includes('/')) {
    const names: string[] = [];
    for (let g = node.group; g !== null; g = scene.groups[g]!.parent) names.unshift(scene.groups[g]!.name);
    return [...names, node.shortName];
  }
  const parts = node.name.split('/').filter(Boolean);
  // Exporters end a name with the operator: `/layer1/layer1.0/conv1/Conv`.
  const last = parts.at(-1)?.replace(/_\d+$/, '');
  return last === node.op && parts.length > 1 ? parts.slice(0, -1) : parts;
}

/** Sums over operators, null where one of them is not known. */
export function sums(scene: Scene, ids: Iterable<number>): { parameters: number; macs: number | null } {
  let parameters = 0;
  let macs: number | null = 0;
  for (const id of ids) {
    const node = scene.nodes[id]!;
    parameters += node.parameters;
    macs = macs === null || node.macs === null ? null : macs + node.macs;
  }
  return { parameters, macs };
}
