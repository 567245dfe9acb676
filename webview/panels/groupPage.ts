/** A module in the inspector, or the whole net where nothing is selected: totals, and which operators take the most of them. */
import './groupPage.css';
import { t } from '../../src/core/l10n/l10n';
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

const shareOf = (part: number, whole: number | null): string =>
  whole ? ` · ${t('{0} of the net', percent(part / whole))}` : '';

const sight = (sees: number | 'all' | null): string =>
  sees === null ? '?' : sees === 'all' ? t('all') : integer(sees);

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
      ? [row('in', t('In'), group.sizeIn || '?'), row('out', t('Out'), group.sizeOut || '?')]
      : [row('in', t('In'), header.input || '?')]),
    ...(group && (group.seesBefore !== null || group.seesAfter !== null)
      ? [row('sees', t('Sees'), `${sight(group.seesBefore)} → ${sight(group.seesAfter)} px`)]
      : []),
    row('operators', t('Operators'), integer(operators.length)),
    row(
      'synapses',
      t('Parameters'),
      `${compact(parameters)}${group ? shareOf(parameters, header.parameters) : ''}`,
      t('{0} parameters', integer(parameters)),
    ),
    row(
      'macs',
      'MACs',
      macs === null ? t('? · sizes are not known') : `${compact(macs)}${group ? shareOf(macs, header.macs) : ''}`,
      macs === null ? undefined : t('{0} multiply-accumulates', integer(macs)),
    ),
    ...(equal > 1 ? [row('equal', t('Equal modules'), t('{0}, but for their weights', integer(equal)))] : []),
  ];
  const title = group ? group.name : scene.title;
  const below = group
    ? [group.path === group.name ? '' : group.path, t('module')].filter(Boolean).join(' · ')
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
      section(ways.store, { id: 'facts', title: t('Facts') }, factList(rows)),
      ...inside(scene, index, ways),
      section(ways.store, { id: 'kinds', title: t('Operators') }, kinds(operators)),
      ...largest('parameters', t('Most parameters'), operators, scene, index, ways),
      ...largest('macs', t('Most MACs'), operators, scene, index, ways),
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
      el('span', {
        class: 'num dim',
        text: `${group.sizeOut || '?'} · ${t('{0} parameters', compact(group.parameters))}`,
      }),
    ),
  );
  return [section(store, { id: 'modules', title: t('Modules') }, el('ul', { class: 'group-list' }, ...items))];
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
