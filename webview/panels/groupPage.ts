/** A module in the inspector, or the whole net where nothing is selected: totals, and which operators take the most of them. */
import './groupPage.css';
import type { FactRow, Scene, SceneNode } from '../../src/core/view/types';
import type { AppStore } from '../state/app';
import { el } from '../ui/dom';
import { compact, integer, percent } from '../ui/numbers';
import { factList } from './factList';
import { section } from './section';

interface Ways {
  readonly store: AppStore;
  readonly select: (node: number) => void;
  readonly openGroup: (group: number) => void;
}

export interface GroupPage {
  readonly head: HTMLElement;
  readonly sections: readonly HTMLElement[];
  /** The facts for the clipboard. */
  readonly text: string;
}

/** Operators that are listed by their share. */
const LISTED = 8;

const row = (key: string, label: string, value: string, exact?: string): FactRow => ({
  key,
  label,
  value,
  parts: [{ text: value }],
  ...(exact === undefined ? {} : { exact }),
});

const shareOf = (part: number, whole: number | null): string => (whole ? ` · ${percent(part / whole)} of the net` : '');

const sight = (sees: number | 'all' | null): string => (sees === null ? '?' : sees === 'all' ? 'all' : integer(sees));

export function groupPage(scene: Scene, index: number | null, ways: Ways): GroupPage {
  const group = index === null ? null : (scene.groups[index] ?? null);
  const ids = group?.nodes ?? scene.nodes.map(({ id }) => id);
  const nodes = ids.flatMap((id) => scene.nodes[id] ?? []);
  const operators = nodes.filter(({ plumbing }) => !plumbing);
  const { header } = scene;
  const parameters = group?.parameters ?? header.parameters;
  const macs = group ? group.macs : header.macs;
  const twin = group?.twin ?? null;
  const equal = scene.groups.filter((one) => twin !== null && one.twin === twin).length;
  const rows = [
    ...(group
      ? [row('in', 'In', group.sizeIn || '?'), row('out', 'Out', group.sizeOut || '?')]
      : [row('in', 'In', header.input || '?')]),
    ...(group && (group.seesBefore !== null || group.seesAfter !== null)
      ? [row('sees', 'Sees', `${sight(group.seesBefore)} → ${sight(group.seesAfter)} px`)]
      : []),
    row('operators', 'Operators', integer(operators.length)),
    row(
      'synapses',
      'Parameters',
      `${compact(parameters)}${group ? shareOf(parameters, header.parameters) : ''}`,
      `${integer(parameters)} parameters`,
    ),
    row(
      'macs',
      'MACs',
      macs === null ? '? · sizes are not known' : `${compact(macs)}${group ? shareOf(macs, header.macs) : ''}`,
      macs === null ? undefined : `${integer(macs)} multiply-accumulates`,
    ),
    ...(equal > 1 ? [row('equal', 'Equal modules', `${integer(equal)}, but for their weights`)] : []),
  ];
  const title = group ? group.name : scene.title;
  const below = group
    ? [group.path === group.name ? '' : group.path, 'module'].filter(Boolean).join(' · ')
    : [header.format, header.opset, header.producer].filter(Boolean).join(' · ');
  return {
    head: el(
      'div',
      { class: 'identity' },
      el(
        'div',
        { class: 'grow' },
        el('b', { text: title }),
        el('div', { class: 'identity-place', text: below, title: below }),
      ),
    ),
    sections: [
      section(ways.store, { id: 'facts', title: 'Facts' }, factList(rows)),
      ...inside(scene, index, ways),
      section(ways.store, { id: 'kinds', title: 'Operators' }, kinds(operators)),
      ...largest('parameters', 'Most parameters', operators, scene, index, ways),
      ...largest('macs', 'Most MACs', operators, scene, index, ways),
    ],
    text: [title, ...rows.map(({ label, value }) => `${label}: ${value}`)].join('\n'),
  };
}

/** Modules directly inside. */
function inside(scene: Scene, index: number | null, { store, openGroup }: Ways): HTMLElement[] {
  const children = scene.groups.flatMap((group, at) => (group.parent === index ? [{ group, at }] : []));
  if (!children.length) return [];
  const items = children.map(({ group, at }) =>
    el(
      'li',
      {},
      el('button', { class: 'link', text: group.name, attrs: { type: 'button' }, on: { click: () => openGroup(at) } }),
      el('span', { class: 'num dim', text: `${group.sizeOut || '?'} · ${compact(group.parameters)} parameters` }),
    ),
  );
  return [section(store, { id: 'modules', title: 'Modules' }, el('ul', { class: 'group-list' }, ...items))];
}

function kinds(nodes: readonly SceneNode[]): HTMLElement {
  const counts = new Map<string, { readonly node: SceneNode; n: number }>();
  for (const node of nodes) {
    const known = counts.get(node.title);
    if (known) known.n++;
    else counts.set(node.title, { node, n: 1 });
  }
  const sorted = [...counts.values()].sort((a, b) => b.n - a.n);
  return el(
    'ul',
    { class: 'group-list' },
    ...sorted.map(({ node, n }) =>
      el(
        'li',
        {},
        el('span', {}, el('i', { class: 'swatch', style: { background: `var(--${node.family})` } }), node.title),
        el('span', { class: 'num dim', text: integer(n) }),
      ),
    ),
  );
}

/** The operators with the most of a quantity, with bars. */
function largest(
  key: 'parameters' | 'macs',
  title: string,
  nodes: readonly SceneNode[],
  scene: Scene,
  index: number | null,
  { store, select }: Ways,
): HTMLElement[] {
  const sorted = nodes.filter((node) => (node[key] ?? 0) > 0).sort((a, b) => (b[key] ?? 0) - (a[key] ?? 0));
  const most = sorted[0]?.[key] ?? 0;
  // Equal names in equal modules: the module tells them apart.
  const placeIn = ({ group, shortName }: SceneNode): string => {
    const around = group === null || group === index ? '' : scene.groups[group]?.name;
    return around ? `${around} › ${shortName}` : shortName;
  };
  if (!most) return [];
  const items = sorted.slice(0, LISTED).map((node) =>
    el(
      'li',
      {},
      el('button', {
        class: 'link group-name',
        text: `${node.title} ${placeIn(node)}`,
        title: node.name,
        attrs: { type: 'button' },
        on: { click: () => select(node.id) },
      }),
      el(
        'span',
        { class: 'group-bar', attrs: { 'aria-hidden': 'true' } },
        el('i', { style: { width: `${(100 * (node[key] ?? 0)) / most}%` } }),
      ),
      el('span', { class: 'num right', text: compact(node[key] ?? 0) }),
    ),
  );
  return [section(store, { id: `most-${key}`, title }, el('ul', { class: 'group-list group-bars' }, ...items))];
}
