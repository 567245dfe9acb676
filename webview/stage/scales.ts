/** Colour by something else than the family: numbers on the magnitude map, element types as kinds. */
import { t } from '../../src/core/l10n/l10n';
import type { Family, Scene, SceneNode } from '../../src/core/view/types';
import type { ColourBy, LayerTimes } from '../state/app';
import { repeatsOf } from '../state/repeats';
import { bytes, compact, duration, integer, percent } from '../ui/numbers';
import { rampColour } from '../ui/ramp';
import type { Theme } from '../ui/theme';
import type { Scale } from './paint/prepared';

export interface ScaleFacts extends Scale {
  readonly kind: 'number';
  /** Adds up over modules: cost does, the receptive field does not. */
  readonly sums: boolean;
  /** Null where it is not known. */
  readonly value: (item: number) => number | null;
  readonly colourOf: (value: number | null) => string;
  readonly wordsOf: (value: number | null) => string;
  readonly title: string;
  readonly ends: string;
}

export interface KindFacts extends Scale {
  readonly kind: 'kinds';
  readonly title: string;
  readonly kinds: readonly { readonly colour: string; readonly words: string }[];
}

export type ColourFacts = ScaleFacts | KindFacts;

type Measured = Exclude<ColourBy, 'family' | 'dtype'>;
type Measure = (node: SceneNode) => number | null;

function measureOf(by: Measured, scene: Scene, times: LayerTimes | null): Measure {
  const whole = Math.max(...(scene.imageSize ?? [1]));
  const measures: Readonly<Record<Measured, Measure>> = {
    parameters: (n) => n.parameters,
    macs: (n) => n.macs,
    memory: (n) => n.activationBytes,
    field: (n) => (n.sees === 'all' ? whole : n.sees),
    time: (n) => times?.ms[n.id] ?? null,
  };
  return measures[by];
}

const TITLES: Readonly<Record<Measured, string>> = {
  parameters: t('Parameters of a box'),
  macs: t('MACs of a box'),
  memory: t('Activations of a box'),
  field: t('Seen by one unit, px of the input'),
  time: t('Time of a box in one run'),
};

function shareText(by: Measured, share: string): string {
  if (by === 'parameters') return t('{0} of the parameters', share);
  if (by === 'macs') return t('{0} of the MACs', share);
  return by === 'time' ? t('{0} of the run', share) : '';
}

/** The input's size is the measure of a field: this many times it. */
function fieldEnds(most: number, scene: Scene): string {
  const input = scene.imageSize ? Math.max(...scene.imageSize) : 0;
  return input ? `${integer(most)} · ${t('input {0}', integer(input))}` : integer(most);
}

const scales = new WeakMap<Scene, Map<string, ColourFacts>>();
/** So that another measurement of the same scene gives another scale. */
const serials = new WeakMap<LayerTimes, number>();
let serial = 0;

/** Null by family, and by time before any was measured. Kept per scene, theme and measurement. */
export function scaleOf(by: ColourBy, scene: Scene, theme: Theme, times: LayerTimes | null): ColourFacts | null {
  if (by === 'family' || (by === 'time' && !times)) return null;
  let known = scales.get(scene);
  if (!known) scales.set(scene, (known = new Map<string, ColourFacts>()));
  if (times && !serials.has(times)) serials.set(times, ++serial);
  const key = `${by} ${theme.kind} ${theme.background} ${by === 'time' && times ? serials.get(times) : ''}`;
  let made = known.get(key);
  if (!made) known.set(key, (made = by === 'dtype' ? dtypes(scene, theme) : numbers(by, scene, theme, times)));
  return made;
}

function numbers(by: Measured, scene: Scene, theme: Theme, times: LayerTimes | null): ScaleFacts {
  const measure = measureOf(by, scene, times);
  const nodes = scene.nodes.map(measure);
  const sums = by !== 'field';
  const sumOf = (list: readonly (number | null)[]): number | null =>
    list.reduce<number | null>((a, b) => (b === null ? a : (a ?? 0) + b), null);
  const groups = scene.groups.map((g) => {
    if (by === 'field') return g.seesAfter === 'all' ? Math.max(...(scene.imageSize ?? [1])) : g.seesAfter;
    return by === 'parameters' ? g.parameters : sumOf(g.nodes.map((n) => nodes[n] ?? null));
  });
  const topGroups = groups.filter((_, g) => scene.groups[g]?.parent !== null || !scene.groups[g].open);
  const rows = sums ? [...repeatsOf(scene).members.values()].map((m) => sumOf(m.map((g) => groups[g] ?? null))) : [];
  const largest = Math.max(maximum(nodes), maximum(topGroups), maximum(rows));
  // Counts start at one; times are as short as they are.
  const most = by === 'time' ? largest || 1 : Math.max(1, largest);
  const { header } = scene;
  const total = {
    macs: header.macs,
    parameters: header.parameters,
    time: times?.total ?? null,
    memory: null,
    field: null,
  }[by];
  const plain = { memory: bytes, time: duration, field: integer, parameters: compact, macs: compact }[by];
  const value = (item: number): number | null =>
    (item < scene.nodes.length ? nodes[item] : groups[item - scene.nodes.length]) ?? null;
  const colourOf = (v: number | null): string =>
    v === null ? theme.track : rampColour(Math.sqrt(Math.min(1, v / most)), theme.kind);
  const wordsOf = (v: number | null): string => {
    if (v === null) return by === 'time' ? t('not measured') : '';
    const share = total ? shareText(by, percent(v / total)) : '';
    return by === 'time' ? `${duration(v)}${share && ` · ${share}`}` : share || (by === 'memory' ? bytes(v) : '');
  };
  return {
    kind: 'number',
    title: TITLES[by],
    ends: by === 'field' ? fieldEnds(most, scene) : plain(most),
    sums,
    value,
    colourOf,
    wordsOf,
    colour: (item) => colourOf(value(item)),
    words: (item) => wordsOf(value(item)),
    note: (node) => {
      const v = nodes[node] ?? null;
      return v === null || by === 'field' ? '' : v === 0 ? '' : plain(v);
    },
  };
}

const maximum = (list: readonly (number | null)[]): number => list.reduce<number>((a, b) => Math.max(a, b ?? 0), 0);

/** The eight colours of the families are told apart by everybody: element types borrow them. */
const DTYPE: Readonly<Record<string, Family>> = {
  float32: 'convolution',
  float16: 'dense',
  bfloat16: 'activation',
  float64: 'normalisation',
  int8: 'upsampling',
  uint8: 'join',
  int64: 'pooling',
  int32: 'pooling',
};

function dtypes(scene: Scene, theme: Theme): KindFacts {
  const colourOf = (dtype: string): string => theme.family[DTYPE[dtype] ?? 'shape'];
  const spoken = (n: number): boolean => scene.nodes[n]?.plumbing === false;
  const list = (nodes: readonly number[]): string[] => {
    const counts = new Map<string, number>();
    for (const n of nodes.filter(spoken))
      counts.set(scene.nodes[n]!.dtype, (counts.get(scene.nodes[n]!.dtype) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]).map(([dtype]) => dtype);
  };
  const groups = scene.groups.map((g) => list(g.nodes));
  const of = (item: number): readonly string[] =>
    item < scene.nodes.length ? [scene.nodes[item]?.dtype ?? ''] : (groups[item - scene.nodes.length] ?? []);
  const kinds = new Map<string, string[]>();
  for (const dtype of list(scene.nodes.map((n) => n.id)))
    kinds.set(colourOf(dtype), [...(kinds.get(colourOf(dtype)) ?? []), dtype]);
  return {
    kind: 'kinds',
    title: t('Element type of the output'),
    kinds: [...kinds].map(([colour, names]) => ({ colour, words: names.join(', ') })),
    colour: (item) => colourOf(of(item)[0] ?? ''),
    words: (item) => of(item).join(', '),
    note: (node) => scene.nodes[node]?.dtype ?? '',
  };
}
