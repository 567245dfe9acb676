/** Columns of the layer table: what stands in a cell, what its bar measures, and what it is sorted by. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene, SceneGroup, SceneNode } from '../../src/core/view/types';
import type { LayerTimes } from '../state/app';
import { bytes, compact, duration, integer } from '../ui/numbers';

/** What an operator is sorted by; null stands at the end. */
type Key = number | string | null;

export interface Column {
  readonly id:
    | ('index' | 'layer' | 'label' | 'in' | 'out' | 'sees' | 'parameters' | 'macs' | 'memory' | 'time')
    | ('difference' | 'outChange' | 'seesChange' | 'parametersChange' | 'macsChange');
  readonly title: string;
  readonly about: string;
  /** Stands at the right, the largest first when sorted. */
  readonly numeric: boolean;
  /** Kept in a narrow page. */
  readonly narrow: boolean;
  readonly text: (node: SceneNode) => string;
  /** The exact number behind a rounded one. */
  readonly exact?: (node: SceneNode) => string;
  readonly ofModule?: (group: SceneGroup, scene: Scene, folded: boolean) => string;
  readonly key: (node: SceneNode) => Key;
  /** Length of the bar, against the largest in the net; null for none. `input`: extent of the image. */
  readonly bar?: (node: SceneNode, input: number | null) => number | null;
  /** The bar leads to the right or to the left of a zero in the middle. */
  readonly signed?: true;
}

const NONE = '';
const UNKNOWN = '?';

/** Digits filled up, so that `conv10` comes after `conv9`. */
const natural = (text: string): string => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(7, '0'));

/** Elements of `64×56×56`; null where an extent is symbolic. */
function elements(size: string): number | null {
  const extents = size.split('×').map(Number);
  return extents.every((extent) => Number.isInteger(extent) && extent > 0)
    ? extents.reduce((product, extent) => product * extent, 1)
    : null;
}

export const pixels = (sees: number | 'all' | null): string =>
  sees === null ? NONE : sees === 'all' ? t('all') : integer(sees);

/** `15 → 43` over a module; from before it to its end. */
const growth = ({ seesBefore, seesAfter }: SceneGroup): string =>
  seesBefore === null || seesAfter === null ? NONE : `${pixels(seesBefore)} → ${pixels(seesAfter)}`;

const memoryOf = (group: SceneGroup, scene: Scene): number | null =>
  group.nodes.reduce<number | null>((sum, id) => {
    const own = scene.nodes[id]!.activationBytes;
    return sum === null || own === null ? null : sum + own;
  }, 0);

const orUnknown = (value: number | null, text: (value: number) => string): string =>
  value === null ? UNKNOWN : value === 0 ? NONE : text(value);

export const COLUMNS: readonly Column[] = [
  {
    id: 'index',
    title: '#',
    about: t('Place in the file'),
    numeric: true,
    narrow: true,
    text: (node) => String(node.id + 1),
    key: (node) => node.id,
  },
  {
    id: 'layer',
    title: t('Layer'),
    about: t('Operator and name'),
    numeric: false,
    narrow: true,
    text: (node) => node.title,
    ofModule: (group) => group.name,
    key: (node) => natural(`${node.title} ${node.name}`),
  },
  {
    id: 'label',
    title: t('Kernel · channels'),
    about: t('Kernel, channels, stride and whatever else is not the usual'),
    numeric: false,
    narrow: false,
    text: (node) => node.label.join(' · '),
    key: (node) => (node.label.length ? natural(node.label.join(' ')) : null),
  },
  {
    id: 'in',
    title: t('In'),
    about: t('Size of the input, C×H×W; sorted by the number of elements'),
    numeric: true,
    narrow: false,
    text: (node) => node.sizeIn,
    ofModule: (group, _, folded) => (folded ? group.sizeIn : NONE),
    key: (node) => elements(node.sizeIn),
  },
  {
    id: 'out',
    title: t('Out'),
    about: t('Size of the output, C×H×W; sorted by the number of elements'),
    numeric: true,
    narrow: true,
    text: (node) => node.sizeOut,
    ofModule: (group, _, folded) => (folded ? group.sizeOut : NONE),
    key: (node) => elements(node.sizeOut),
  },
  {
    id: 'sees',
    title: t('Sees, px'),
    about: t('Receptive field of one unit in pixels of the input, its larger side'),
    numeric: true,
    narrow: false,
    text: (node) => pixels(node.sees),
    ofModule: (group, _, folded) => (folded ? growth(group) : NONE),
    key: (node) => (node.sees === 'all' ? Infinity : node.sees),
    bar: (node, input) => (node.sees === 'all' ? input : node.sees),
  },
  {
    id: 'parameters',
    title: t('Parameters'),
    about: t('Learned numbers, statistics of batch norm included'),
    numeric: true,
    narrow: true,
    text: (node) => (node.parameters ? integer(node.parameters) : NONE),
    ofModule: (group) => (group.parameters ? integer(group.parameters) : NONE),
    key: (node) => node.parameters,
    bar: (node) => node.parameters,
  },
  {
    id: 'macs',
    title: 'MACs',
    about: t('Multiply-accumulates for one run'),
    numeric: true,
    narrow: true,
    text: (node) => orUnknown(node.macs, compact),
    exact: (node) => (node.macs === null ? t('not known: an extent is symbolic or unknown') : integer(node.macs)),
    ofModule: (group) => orUnknown(group.macs, compact),
    key: (node) => node.macs,
    bar: (node) => node.macs,
  },
  {
    id: 'memory',
    title: t('Activations'),
    about: t('Memory of the outputs'),
    numeric: true,
    narrow: false,
    text: (node) => orUnknown(node.activationBytes, bytes),
    exact: (node) =>
      node.activationBytes === null
        ? t('not known: an extent is symbolic or unknown')
        : t('{0} bytes', integer(node.activationBytes)),
    ofModule: (group, scene) => orUnknown(memoryOf(group, scene), bytes),
    key: (node) => node.activationBytes,
    bar: (node) => node.activationBytes,
  },
];

/** What a layer takes, once it has been measured. */
const timeColumn = ({ ms, how }: LayerTimes, provider: string): Column => ({
  id: 'time',
  title: t('Time, {0}', provider),
  about: how,
  numeric: true,
  narrow: true,
  text: (node) => orNothing(ms[node.id] ?? null),
  ofModule: ({ nodes }) => {
    const known = nodes.flatMap((id) => ms[id] ?? []);
    return known.length ? duration(known.reduce((sum, one) => sum + one, 0)) : NONE;
  },
  key: (node) => ms[node.id] ?? null,
  bar: (node) => ms[node.id] ?? null,
});
const orNothing = (ms: number | null): string => (ms === null ? NONE : duration(ms));

/** How much room there is: below 900 px and below 480. */
export type Room = 'wide' | 'narrow' | 'tiny';

/** All columns, or those there is room for; the last one only once layers have been measured. */
export function columnsFor(room: Room, times: LayerTimes | null, provider: string | null): readonly Column[] {
  const all = times ? [...COLUMNS, timeColumn(times, provider?.split(' ')[0] ?? t('measured'))] : COLUMNS;
  if (room === 'wide') return all;
  // In the least room what was measured takes the place of the parameters.
  const left = new Set(room === 'narrow' ? [] : ['index', times ? 'parameters' : '']);
  return all.filter(({ id, narrow }) => narrow && !left.has(id));
}

/** Pixels of the image's larger side; null when there is no image of known size. */
export const inputExtent = ({ imageSize }: Scene): number | null => (imageSize ? Math.max(...imageSize) : null);

/** The longest bar of each column, over the whole net, so that a filter changes no bar. */
export function reaches(scene: Scene, columns: readonly Column[]): ReadonlyMap<Column['id'], number> {
  const found = new Map<Column['id'], number>();
  const input = inputExtent(scene);
  for (const { id, bar } of columns) {
    if (!bar) continue;
    let most = 0;
    for (const node of scene.nodes) if (!node.plumbing) most = Math.max(most, Math.abs(bar(node, input) ?? 0));
    found.set(id, most);
  }
  if (input !== null) found.set('sees', Math.max(input, found.get('sees') ?? 0));
  return found;
}
