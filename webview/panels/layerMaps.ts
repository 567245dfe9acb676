/** What the panels of the workbench share: the tensor in view, and how it is shown. */
import type { SceneNode } from '../../src/core/view/types';
import type { Dependents } from '../../src/protocol/host';
import { heldBeside } from '../state/app';
import { linked } from '../state/beside';
import type { PageContext } from '../state/context';
import type { Runner, RunTensor } from '../state/runner';
import { differencesOf, type DifferenceNumbers } from '../state/differences';
import { layerStatistics, similarities, sortedChannels, type LayerStatistics, type SortKey } from '../state/statistics';
import { createStore, type Store } from '../state/store';
import { difference, viewTensor, type TensorView } from '../state/tensorView';
import { scaleFor, type ColourScale, type Exponent } from '../ui/colourMaps';
import { latest } from './latest';
import { layerInView } from './walk';

export interface LayerMaps {
  readonly node: SceneNode;
  readonly value: number;
  /** The run these values are from. */
  readonly serial: number;
  readonly view: TensorView;
  readonly statistics: LayerStatistics;
  /** The same layer of both runs, while one is kept and has values in the same places. */
  readonly pair: MapPair | null;
}

export interface MapPair {
  readonly own: TensorView;
  readonly kept: TensorView;
  readonly numbers: DifferenceNumbers;
}

export type Whose = 'this' | 'kept' | 'difference';

export interface MapsState {
  /** The node in view, also before a run. */
  readonly node: SceneNode | null;
  /** Null before a run and while nothing has been fetched. */
  readonly layer: LayerMaps | null;
  readonly pending: boolean;
  readonly sort: SortKey;
  /** The channel others are compared with while they are sorted by similarity. */
  readonly like: number;
  readonly scale: 'layer' | 'map';
  readonly exponent: Exponent;
  /** After the activation that is fused to the layer, when it has one. */
  readonly afterG: boolean;
  /** Whose values: those of this run, of the one that is kept, or this minus kept. */
  readonly whose: Whose;
  /** Pixel of the picture that is pointed at, and who depends on it. */
  readonly pixel: readonly number[] | null;
  readonly users: Dependents | null;
}

export type MapsAction = Partial<MapsState>;
export type MapsStore = Store<MapsState, MapsAction>;

const initial: MapsState = {
  node: null,
  layer: null,
  pending: false,
  sort: 'mean',
  like: 0,
  scale: 'layer',
  exponent: 'root',
  afterG: true,
  whose: 'this',
  pixel: null,
  users: null,
};

export const createMapsStore = (): MapsStore =>
  createStore<MapsState, MapsAction>(initial, (state, action) => ({ ...state, ...action }));

/** The value that is looked at: the layer's own output, or that of its fused activation. */
export function valueInView(context: PageContext, node: SceneNode, afterG: boolean): number | null {
  const pill = afterG && node.pill ? context.store.get().scene?.nodes[node.pill.node] : undefined;
  return (pill ?? node).outputs[0]?.value ?? null;
}

/** Channels in the order shown. */
export function orderOf(state: MapsState): readonly number[] {
  const { layer, sort } = state;
  if (!layer) return [];
  const alike = likenessIn(state);
  if (!alike) return sortedChannels(layer.statistics.channels, sort);
  return Array.from(alike.keys()).sort((a, b) => alike[b]! - alike[a]! || a - b);
}

/** Worked out once for a layer and a channel: both stay the same while one scrolls. */
let likeness: { readonly layer: LayerMaps; readonly like: number; readonly alike: Float64Array } | null = null;

/** How alike every channel is to the chosen one; null while maps are not sorted by that. */
export function likenessIn({ layer, sort, like }: MapsState): Float64Array | null {
  if (!layer || sort !== 'similarity' || layer.view.kind !== 'maps') return null;
  const own = Math.min(like, layer.view.channels - 1);
  if (likeness?.layer !== layer || likeness.like !== own)
    likeness = { layer, like: own, alike: similarities(layer.view, own) };
  return likeness.alike;
}

/** Colours of one channel: shared by the layer, or its own. */
export function scaleOf({ layer, scale, exponent }: MapsState, channel: number): ColourScale {
  const range = scale === 'map' ? layer?.statistics.channels[channel] : layer?.statistics;
  const whole = layer?.statistics;
  const own = scaleFor(range?.min ?? 0, range?.max ?? 0, exponent);
  // One layer, one kind of colours: a map without negative values in a layer that has some is still around zero.
  if (own.map === 'magnitude' && (whole?.min ?? 0) < 0) return { ...own, map: 'diverging', low: -own.high };
  return own;
}

/** Row and column of the largest value (by size) of a channel. */
export function strongestUnit({ data, height, width, axes }: TensorView, channel: number): readonly number[] {
  let [best, at] = [-1, 0];
  const size = height * width;
  for (let index = 0; index < size; index++) {
    const value = Math.abs(data[channel * size + index]!);
    if (value > best) [best, at] = [value, index];
  }
  if (axes === 0) return [];
  return axes === 1 ? [at] : [Math.floor(at / width), at % width];
}

/** A row and a column of a map as the indices of a unit. */
export const unitAt = ({ axes }: TensorView, row: number, column: number): readonly number[] =>
  axes === 2 ? [row, column] : axes === 1 ? [column] : [];

const fits = (unit: readonly number[], { axes, height, width }: TensorView): boolean =>
  unit.length === axes && (axes < 2 || unit[0]! < height) && (axes === 0 || unit[axes - 1]! < width);

function pairOf(own: RunTensor, kept: RunTensor, spatial: number): MapPair | null {
  const numbers = own.dims.join() === kept.dims.join() ? differencesOf(own.data, kept.data) : null;
  return numbers && { own: viewTensor(own, spatial), kept: viewTensor(kept, spatial), numbers };
}

/** Keeps the tensor in view up to date with what is selected and what has been run. */
export function followLayer(context: PageContext, runner: Runner, maps: MapsStore): () => void {
  const { store } = context;
  let asked = '';

  async function update(): Promise<void> {
    const state = store.get();
    const node = layerInView(state);
    const { afterG } = maps.get();
    const value = node ? valueInView(context, node, afterG) : null;
    const whose = state.run.kept === null ? 'this' : maps.get().whose;
    const key = `${node?.id}/${value}/${state.run.serial}/${whose}/${state.run.kept}`;
    if (key === asked) {
      // Selected by name now what was in view before: a selection forgets the unit, and none would come again.
      const { layer } = maps.get();
      if (layer?.node === node && layer.value === value && state.unit === null) chooseUnit(layer);
      return;
    }
    asked = key;
    if (node !== maps.get().node) maps.dispatch({ node });
    if (!node || value === null || state.run.serial === 0) {
      maps.dispatch({ layer: null, pending: false });
      return;
    }
    const own = runner.peek(value) ?? (maps.dispatch({ pending: true }), await runner.tensor(value));
    const kept = state.run.kept === null ? null : await runner.keptTensor(value);
    if (asked !== key) return;
    const tensor = whose === 'this' ? own : whose === 'kept' ? kept : own && kept && difference(own, kept);
    // Boxes of a picture in which nothing was found: a tensor, but no values.
    if (!tensor || tensor.data.length === 0) {
      maps.dispatch({ layer: null, pending: false });
      return;
    }
    const view = viewTensor(tensor, node.spatial.length);
    const pair = own && kept ? pairOf(own, kept, node.spatial.length) : null;
    const layer = { node, value, serial: state.run.serial, view, statistics: layerStatistics(view), pair };
    maps.dispatch({ layer, pending: false });
    chooseUnit(layer);
  }

  /** A layer that is new in view starts at the strongest unit of its strongest channel, or where one looks in those side by side. */
  function chooseUnit({ view }: LayerMaps): void {
    const { unit, channel, beside } = store.get();
    if (unit && fits(unit, view) && channel < view.channels) return;
    const held = heldBeside(store.get());
    const first = held && channel < view.channels ? channel : (orderOf(maps.get())[0] ?? 0);
    store.dispatch({ do: 'channel', channel: first });
    const same = held && beside.place && view.axes > 0 ? linked(beside.place, view) : null;
    store.dispatch({ do: 'unit', unit: same ? unitAt(view, same.top, same.left) : strongestUnit(view, first) });
  }

  const stops = [
    store.subscribe((state, previous) => {
      const moved = state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup;
      const ran = state.run.serial !== previous.run.serial || state.run.kept !== previous.run.kept;
      if (moved || ran || state.scene !== previous.scene) void update();
    }),
    maps.subscribe((state, previous) => {
      if (state.afterG !== previous.afterG || state.whose !== previous.whose) void update();
    }),
  ];
  void update();
  return () => stops.forEach((stop) => stop());
}

/** Asks the host for the exact field of the unit in view, the latest question winning. */
export function followField(context: PageContext, maps: MapsStore): () => void {
  const { store, host } = context;
  const ask = latest(async () => {
    const { node, afterG } = maps.get();
    const { unit } = store.get();
    const value = node ? valueInView(context, node, afterG) : null;
    if (value === null || unit === null) return;
    const field = await host.unitField({ value, at: placeOf(node, unit) }).catch(() => null);
    if (store.get().unit !== null) store.dispatch({ do: 'field', field });
  });
  return store.subscribe((state, previous) => {
    if (state.unit !== previous.unit && state.unit !== null) ask();
  });
}

/** A vector has no places left, but its value may still have axes: all of one. */
export const placeOf = (node: SceneNode | null, unit: readonly number[]): readonly number[] =>
  unit.length > 0 ? unit : (node?.spatial ?? []).map(() => 0);
