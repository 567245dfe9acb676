/** What the page's state marks in the picture: selection, hover, hits, colour by a number. */
import type { Scene } from '../../src/core/view/types';
import type { AppState, ColourBy } from '../state/app';
import { repeatsOf } from '../state/repeats';
import { rampColour } from '../ui/ramp';
import { bytes, compact, percent } from '../ui/numbers';
import type { Theme } from '../ui/theme';
import type { Marks, Scale } from './paint/prepared';
import type { StageModel } from './scene/model';

export function marksOf(
  state: AppState,
  model: StageModel,
  theme: Theme,
  hoveredItem: number,
  wire: number | null,
): Marks {
  const { scene } = model;
  const shown = (node: number | null): number => (node === null ? -1 : model.shownFor(node));
  let selected = state.selectedGroup === null ? shown(state.selection) : scene.nodes.length + state.selectedGroup;
  let pill = -1;
  const host = state.selection === null ? null : (scene.nodes[state.selection]?.pillOf ?? null);
  // A pill has a mark of its own, unless it hangs on a join, whose words it is part of.
  if (host !== null && selected === host && !scene.nodes[host]?.join) [pill, selected] = [host, -1];
  const hovered = hoveredItem >= 0 ? hoveredItem : shown(state.hover);
  const found = state.find.open && state.find.query.trim() ? state.find.hits : null;
  const hits = found ? new Set<number>() : null;
  const counts = new Map<number, number>();
  for (const node of found ?? []) {
    const item = model.shownFor(node);
    if (item < 0) continue;
    counts.set(item, (counts.get(item) ?? 0) + 1);
    if (item < scene.nodes.length) hits?.add(item);
  }
  // An operator that is a hit says so itself, unless it stands for several.
  for (const [item, count] of counts) if (item < scene.nodes.length && count === 1) counts.delete(item);
  const current = found?.[state.find.at];
  if (current !== undefined && state.selection === null) selected = shown(current);
  return { selected, hovered, wire, hits, counts, pill, scale: ofRows(scaleOf(state.colourBy, scene, theme), model) };
}

type Measured = Exclude<ColourBy, 'family' | 'dtype' | 'time'>;

const MEASURES: Readonly<Record<Measured, (scene: Scene, node: number) => number>> = {
  parameters: (s, n) => s.nodes[n]?.parameters ?? 0,
  macs: (s, n) => s.nodes[n]?.macs ?? 0,
  memory: (s, n) => s.nodes[n]?.activationBytes ?? 0,
  field: (s, n) => {
    const sees = s.nodes[n]?.sees ?? 0;
    return sees === 'all' ? Math.max(...(s.imageSize ?? [1])) : sees;
  },
};

/** One module drawn for a row of equal ones shows the sum of all; so does each operator in it. */
function ofRows(scale: ScaleFacts | null, model: StageModel): Scale | null {
  if (!scale?.sums) return scale;
  const { repeats, placeOf, geometry, scene } = model;
  const first = scene.nodes.length;
  const times = (item: number): number => {
    let g: number | null = item >= first ? item - first : (scene.nodes[item]?.group ?? null);
    for (; g !== null; g = scene.groups[g]?.parent ?? null) {
      const place = placeOf[first + g] ?? -1;
      if (place >= 0 && geometry.folded[place]) return repeats.members.get(g)?.length ?? 1;
    }
    return 1;
  };
  return {
    colour: (item) => scale.colourOf(scale.value(item) * times(item)),
    words: (item) => scale.wordsOf(scale.value(item) * times(item)),
  };
}

export interface ScaleFacts extends Scale {
  /** Adds up over modules: cost does, the receptive field does not. */
  readonly sums: boolean;
  readonly value: (item: number) => number;
  readonly colourOf: (value: number) => string;
  readonly wordsOf: (value: number) => string;
  readonly most: number;
  readonly title: string;
  readonly ends: string;
}

const TITLES: Readonly<Record<Measured, string>> = {
  parameters: 'Parameters of a box',
  macs: 'MACs of a box',
  memory: 'Activations of a box',
  field: 'Seen by one unit, px of the input',
};

const scales = new WeakMap<Scene, Map<string, ScaleFacts | null>>();

/** Colours by number, with the square root between: small numbers stay apart. */
export function scaleOf(by: ColourBy, scene: Scene, theme: Theme): ScaleFacts | null {
  if (by === 'family' || by === 'dtype' || by === 'time') return null;
  let known = scales.get(scene);
  if (!known) {
    known = new Map<string, ScaleFacts | null>();
    scales.set(scene, known);
  }
  const key = `${by}${theme.kind}`;
  const made = known.get(key);
  if (made !== undefined) return made;
  const measure = MEASURES[by];
  const nodes = scene.nodes.map((_, n) => measure(scene, n));
  const groups = scene.groups.map((g) =>
    by === 'field'
      ? g.seesAfter === 'all'
        ? Math.max(...(scene.imageSize ?? [1]))
        : (g.seesAfter ?? 0)
      : by === 'parameters'
        ? g.parameters
        : g.nodes.reduce((sum, n) => sum + (nodes[n] ?? 0), 0),
  );
  const topGroups = groups.filter((_, g) => scene.groups[g]?.parent !== null || !scene.groups[g].open);
  const rows =
    by === 'field'
      ? []
      : [...repeatsOf(scene).members.values()].map((m) => m.reduce((sum, g) => sum + (groups[g] ?? 0), 0));
  const most = Math.max(1, maximum(nodes), maximum(topGroups), maximum(rows));
  const total = by === 'macs' ? scene.header.macs : by === 'parameters' ? scene.header.parameters : null;
  const value = (item: number): number =>
    (item < scene.nodes.length ? nodes[item] : groups[item - scene.nodes.length]) ?? 0;
  const unit = { parameters: 'parameters', macs: 'MACs', memory: 'activations', field: 'seen' }[by];
  const colourOf = (v: number): string => rampColour(Math.sqrt(Math.min(1, v / most)), theme.kind);
  const wordsOf = (v: number): string =>
    total ? `${percent(v / total)} of the ${unit}` : by === 'memory' ? bytes(v) : '';
  const scale: ScaleFacts = {
    most,
    title: TITLES[by],
    ends: by === 'memory' ? bytes(most) : compact(most),
    sums: by !== 'field',
    value,
    colourOf,
    wordsOf,
    colour: (item) => colourOf(value(item)),
    words: (item) => wordsOf(value(item)),
  };
  known.set(key, scale);
  return scale;
}

const maximum = (list: readonly number[]): number => list.reduce((a, b) => Math.max(a, b), 0);
