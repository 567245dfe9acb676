/** Columns of the layer table for two models drawn as one: what differs, and by how much each layer grew. */
import { t } from '../../src/core/l10n/l10n';
import type { DiffMark, LayerChange, SceneGroup, Scene, SceneNode } from '../../src/core/view/types';
import type { TotalText } from '../../src/protocol/compare';
import { compact, integer } from '../ui/numbers';
import { MARK_WORDS, MARKS, SIGNS } from './compareSigns';
import { COLUMNS, pixels, type Column, type Room } from './layersColumns';

const NONE = '';
const UNKNOWN = '?';
const MINUS = '\u2212';

type Measure = 'parameters' | 'macs' | 'sees' | 'elements';

/** `+1.20 M`, `−3`; nothing where nothing changed. */
const signed = (change: number | null, text: (value: number) => string): string =>
  change === null ? UNKNOWN : change === 0 ? NONE : `${change > 0 ? '+' : MINUS}${text(Math.abs(change))}`;

/** Sum over operators; null where one of them is not known. */
function grown(scene: Scene, ids: Iterable<number>, of: Measure): number | null {
  let sum: number | null = 0;
  for (const id of ids) {
    const change = scene.nodes[id]?.change?.[of] ?? null;
    if (change === null) return null;
    sum += change;
  }
  return sum;
}

const isThere = (node: SceneNode): boolean => node.mark !== 'removed';
type Was = NonNullable<LayerChange['was']>;

/** What it was and what it is, in the words of the column; '' where it is in one of them only, or the same. */
function oldAndNew(node: SceneNode, text: (side: Was | SceneNode) => string): string {
  const was = node.change?.was;
  if (!was || !isThere(node)) return NONE;
  const [then, now] = [text(was), text(node)];
  return then === now ? NONE : `${then || UNKNOWN} → ${now || UNKNOWN}`;
}

/** `+2 −1 ~3`: differences inside of a module. */
function inside(group: SceneGroup, { nodes }: Scene): string {
  const count = (mark: DiffMark): number =>
    group.nodes.filter((id) => nodes[id]?.mark === mark && !nodes[id].plumbing).length;
  return MARKS.filter((mark) => mark !== 'follows')
    .map((mark) => [SIGNS[mark], count(mark)] as const)
    .flatMap(([sign, n]) => (n ? [`${sign}${n}`] : []))
    .join(' ');
}

const difference: Column = {
  id: 'difference',
  title: '±',
  about: t('What differs: changed, added, removed, or only its sizes, cost or receptive field'),
  numeric: false,
  narrow: true,
  text: ({ mark }) => (mark ? MARK_WORDS[mark] : NONE),
  ofModule: inside,
  key: ({ mark }) => (mark ? MARKS.indexOf(mark) : null),
};

interface Growth {
  readonly id: Column['id'];
  readonly of: Measure;
  readonly title: string;
  readonly about: string;
  readonly narrow: boolean;
  /** Words for a change, and for what it was and is. */
  readonly text: (value: number) => string;
  readonly side: (side: Was | SceneNode) => string;
}

function growthColumn({ of, text, side, ...head }: Growth): Column {
  const change = (node: SceneNode): number | null => node.change?.[of] ?? null;
  /** Not in both, or the same in both: there is nothing to compare. */
  const silent = (node: SceneNode): boolean => (of === 'sees' || of === 'elements') && oldAndNew(node, side) === NONE;
  return {
    ...head,
    numeric: true,
    signed: true,
    // What sees all of the picture has no number that grew.
    text: (node) =>
      silent(node) ? NONE : of === 'sees' && change(node) === null ? oldAndNew(node, side) : signed(change(node), text),
    exact: (node) => oldAndNew(node, side),
    ...(of === 'parameters' || of === 'macs'
      ? { ofModule: (group: SceneGroup, scene: Scene) => signed(grown(scene, group.nodes, of), text) }
      : {}),
    key: (node) => (silent(node) ? null : change(node)),
    bar: change,
  };
}

const count = (value: number | null): string => (value === null ? UNKNOWN : integer(value));

const GROWTH: readonly Column[] = [
  growthColumn({
    id: 'outChange',
    of: 'elements',
    title: t('Δ size'),
    about: t('By how many elements the output grew'),
    narrow: false,
    text: compact,
    side: ({ sizeOut }) => sizeOut,
  }),
  growthColumn({
    id: 'seesChange',
    of: 'sees',
    title: t('Δ sees, px'),
    about: t('By how many pixels the receptive field grew'),
    narrow: false,
    text: integer,
    side: ({ sees }) => pixels(sees),
  }),
  growthColumn({
    id: 'parametersChange',
    of: 'parameters',
    title: t('Δ parameters'),
    about: t('Parameters more or less than before'),
    narrow: true,
    text: integer,
    side: ({ parameters }) => count(parameters),
  }),
  growthColumn({
    id: 'macsChange',
    of: 'macs',
    title: t('Δ MACs'),
    about: t('Multiply-accumulates more or less than before'),
    narrow: true,
    text: compact,
    side: ({ macs }) => count(macs),
  }),
];

const usual = (id: Column['id'], narrow: boolean): readonly Column[] =>
  COLUMNS.filter((column) => column.id === id).map((column) => ({ ...column, narrow }));

const COMPARED: readonly Column[] = [
  difference,
  ...usual('index', true).map((column): Column => ({
    ...column,
    text: (node) => integer((node.change?.place ?? node.id) + 1),
  })),
  ...usual('layer', true),
  ...usual('label', false).map((column): Column => ({
    ...column,
    exact: (node) => oldAndNew(node, ({ label }) => label.join(' · ')),
  })),
  ...usual('out', true),
  ...GROWTH.slice(0, 2),
  ...usual('parameters', false),
  ...GROWTH.slice(2, 3),
  ...usual('macs', false),
  ...GROWTH.slice(3),
];

/** All of them, or those there is room for. */
export const comparedColumns = (room: Room): readonly Column[] =>
  COMPARED.filter(
    ({ id, narrow }) => room === 'wide' || (narrow && (room === 'narrow' || (id !== 'index' && id !== 'out'))),
  );

/** `Δ +1 200 parameters · −3.20 M MACs`; `totals`: of the whole nets, where parameters that two layers share count once. */
export function grownText(scene: Scene, ids: readonly number[], totals: readonly TotalText[]): string {
  const of = (key: 'parameters' | 'macs', text: (value: number) => string): string => {
    const total = totals.find((row) => row.key === key);
    const change = total ? total.change || UNKNOWN : signed(grown(scene, ids, key), text);
    return change === '=' || change === NONE ? '0' : change;
  };
  return t('Δ {0} parameters · {1} MACs', of('parameters', integer), of('macs', compact));
}
