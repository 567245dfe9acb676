/** What the page's state marks in the picture: selection, hover, hits, colour by a number. */
import type { AppState } from '../state/app';
import type { Thumbnail, Thumbnails } from '../state/runner';
import type { Theme } from '../ui/theme';
import type { Marks, Scale } from './paint/prepared';
import { scaleOf, type ColourFacts } from './scales';
import { layerOf } from './places';
import type { StageModel } from './scene/model';

export interface Pointed {
  /** Box under the pointer, where it is no operator (those are in the page's state); -1 for none. */
  readonly item: number;
  readonly wire: number | null;
}

const none: readonly Thumbnail[] = [];

export function marksOf(
  state: AppState,
  model: StageModel,
  theme: Theme,
  { item: hoveredItem, wire }: Pointed,
  maps: Pick<Thumbnails, 'of'> | null,
): Marks {
  const { scene } = model;
  const shown = (node: number | null): number => (node === null ? -1 : model.shownFor(node));
  let selected = state.selectedGroup === null ? shown(state.selection) : scene.nodes.length + state.selectedGroup;
  let pill = -1;
  const host = state.selection === null ? null : (scene.nodes[state.selection]?.pillOf ?? null);
  // A pill has a mark of its own, unless it hangs on a join, whose words it is part of.
  if (host !== null && selected === host && !scene.nodes[host]?.join) [pill, selected] = [host, -1];
  const hovered = hoveredItem >= 0 ? hoveredItem : shown(state.hover);
  const { lit, find } = state;
  const found =
    find.open && find.query.trim() ? find.hits : lit?.kind === 'op' || lit?.kind === 'family' ? lit.nodes : null;
  const hits = found ? new Set<number>() : null;
  const counts = new Map<number, number>();
  for (const node of found ?? []) {
    const item = model.shownFor(node);
    if (item < 0) continue;
    counts.set(item, (counts.get(item) ?? 0) + 1);
    if (item < scene.nodes.length) hits?.add(item);
  }
  const kept = found ? new Set(counts.keys()) : lit ? keptOf(model, lit) : null;
  // An operator that is a hit says so itself, unless it stands for several.
  for (const [item, count] of counts) if (item < scene.nodes.length && count === 1) counts.delete(item);
  const current = found === find.hits ? find.hits[find.at] : undefined;
  if (current !== undefined && state.selection === null) selected = shown(current);
  const scale = ofRows(scaleOf(state.colourBy, scene, theme, state.run.times), model);
  const thumbnails = (item: number): readonly Thumbnail[] => {
    const node = maps && state.thumbnails ? layerOf(model, item) : null;
    return maps && node !== null ? maps.of(node) : none;
  };
  return { selected, hovered, wire, hits, counts, kept, traced: found ? null : lit, pill, scale, thumbnails };
}

/** What a trace leaves as it is: boxes with any of it in them, opened modules around those, ports. */
function keptOf(model: StageModel, lit: NonNullable<AppState['lit']>): Set<number> {
  const { scene } = model;
  const kept = new Set<number>();
  for (const node of lit.nodes) {
    kept.add(model.shownFor(node));
    for (let g = scene.nodes[node]?.group ?? null; g !== null; g = scene.groups[g]?.parent ?? null)
      kept.add(scene.nodes.length + g);
  }
  for (const port of lit.ports) kept.add(scene.nodes.length + scene.groups.length + port);
  return kept;
}

/** One module drawn for a row of equal ones shows the sum of all; so does each operator in it. */
function ofRows(scale: ColourFacts | null, model: StageModel): Scale | null {
  if (scale?.kind !== 'number' || !scale.sums) return scale;
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
  const sumOf = (item: number): number | null => {
    const value = scale.value(item);
    return value === null ? null : value * times(item);
  };
  return {
    ...scale,
    colour: (item) => scale.colourOf(sumOf(item)),
    words: (item) => scale.wordsOf(sumOf(item)),
  };
}
