/** Two to four layers of the run side by side, in place of all maps of one: the same channel, one pointer for all. */
import './beside.css';
import { t } from '../../src/core/l10n/l10n';
import { besideShown, heldBeside, type AppState } from '../state/app';
import {
  blocks,
  cornerAt,
  finest,
  isInside,
  linked,
  linkedWindow,
  placeIn,
  rangeOf,
  samePlace,
  toggled,
  type Place,
} from '../state/beside';
import type { PageContext } from '../state/context';
import type { Lens } from '../state/lens';
import type { Runner } from '../state/runner';
import { viewTensor, type TensorView } from '../state/tensorView';
import { scaleFor, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { watchTheme } from '../ui/theme';
import { createBesideChoice } from './besideChoose';
import { createBesideHead } from './besideHead';
import { createBesidePanel, type BesidePanel } from './besidePanel';
import { unitAt, type MapsStore } from './layerMaps';
import { besideInView } from './putBeside';
import { valueText } from './valueText';

export interface BesidePart {
  /** Comes from the maps of one layer: with that layer, where none was chosen before, and the keyboard on what is to be done. */
  enter(): void;
  unmount(): void;
}

/** `about`: what the line beside the tabs says meanwhile; null for what it says by itself. */
export function mountBeside(
  parent: HTMLElement,
  context: PageContext,
  runner: Runner,
  maps: MapsStore,
  lens: Lens,
  about: (text: string | null) => void,
): BesidePart {
  const { store, announce } = context;
  const panels = el('div', { class: 'beside-panels' });
  const choice = createBesideChoice(store, () => setChoosing(false));
  const channelBy = (step: number): void => {
    const next = store.get().channel + step;
    if (next >= 0 && next < mostChannels()) store.dispatch({ do: 'channel', channel: next });
  };
  const close = (): void => store.dispatch({ do: 'beside', beside: { open: false } });
  const head = createBesideHead(store, { choose: () => setChoosing(choice.element.hidden === true), channelBy, close });
  const empty = el('p', { class: 'wb-empty' });
  const note = el('p', {
    class: 'wb-note beside-note',
    text: t(
      'The pointer marks the same place in every map; arrows move it while a map has the focus. B adds or takes out the layer in view.',
    ),
  });
  choice.element.hidden = true;
  const root = el(
    'div',
    { class: 'beside', role: 'group', attrs: { 'aria-label': t('Layers side by side'), 'data-testid': 'beside' } },
    head.element,
    choice.element,
    empty,
    panels,
    note,
  );
  parent.append(root);

  let all: readonly BesidePanel[] = [];
  /** Of the run on show, by node; null for what cannot be had. */
  let views = new Map<number, TensorView | null>();
  let asked = '';

  const placed = (): TensorView[] =>
    all.flatMap(({ node }) => {
      const view = views.get(node.id);
      return view && view.axes > 0 ? [view] : [];
    });
  const mostChannels = (): number => Math.max(0, ...placed().map(({ channels }) => channels));

  function setChoosing(on: boolean): void {
    choice.element.hidden = !on;
    head.setChoosing(on);
    if (on) choice.open();
    else head.choose.focus();
  }

  /** The panels follow the layers; what stays keeps its place and its focus. */
  function build(state: AppState): void {
    const { scene, beside } = state;
    const kept = new Map(all.map((panel) => [panel.node, panel]));
    all = beside.layers.flatMap((id) => {
      const node = scene?.nodes[id];
      return node ? (kept.get(node) ?? createBesidePanel(scene, node, lens, actions)) : [];
    });
    const elements = all.map(({ element }) => element);
    for (const one of [...panels.children]) if (!elements.includes(one as HTMLElement)) one.remove();
    elements.forEach((element, at) => {
      if (panels.children[at] !== element) panels.insertBefore(element, panels.children[at] ?? null);
    });
    panels.dataset.count = String(all.length);
    empty.hidden = all.length >= 2;
    empty.classList.toggle('alone', all.length === 0);
    empty.textContent =
      all.length === 0
        ? t('Choose two to four layers: their maps of the same channel stand here on the same picture.')
        : t('One more layer, and there is something to compare.');
  }

  async function fetch(): Promise<void> {
    const state = store.get();
    const key = `${state.run.serial}/${state.beside.layers.join()}`;
    if (key === asked || !besideShown(state)) return;
    asked = key;
    const found = new Map<number, TensorView | null>();
    for (const { node } of all) {
      const value = node.outputs[0]?.value;
      const tensor = value === undefined ? null : (runner.peek(value) ?? (await runner.tensor(value)));
      found.set(node.id, tensor && viewTensor(tensor, node.spatial.length));
    }
    if (asked !== key) return;
    views = found;
    start();
    paint();
  }

  /** The unit in view as a place; null where there is none. */
  function placeInView(): Place | null {
    const { layer } = maps.get();
    const { unit } = store.get();
    return layer && unit ? placeIn(layer.view, unit) : null;
  }

  /** Where one looked in the layer in view is looked at in all of them, or else in the middle. */
  function start(): void {
    const { place } = store.get().beside;
    const base = finest(placed());
    const own = placeInView();
    if (!base || (place && (!own || isInside(linked(place, own), own.row, own.column)))) return;
    const { height, width } = base;
    const middle = { height, width, row: height >> 1, column: width >> 1 };
    store.dispatch({ do: 'beside', beside: { place: own ?? middle } });
  }

  function paint(): void {
    const state = store.get();
    if (!besideShown(state)) return;
    const { exponent } = maps.get();
    const shown = placed();
    const scaleOf = (of: readonly TensorView[]): ColourScale =>
      scaleFor(...(rangeOf(of, state.channel) ?? [0, 0]), exponent);
    const common = scaleOf(shown);
    const base = finest(shown);
    for (const panel of all) {
      const view = views.get(panel.node.id);
      if (!view || view.axes === 0) {
        panel.paint(null, view === undefined ? t('Fetching the maps…') : t('There are no maps to show here.'));
        continue;
      }
      const own = Math.min(state.channel, view.channels - 1);
      panel.paint({ view, channel: own, scale: state.beside.common ? common : scaleOf([view]) }, '');
      panel.setAside(base !== null && (view.height !== base.height || view.width !== base.width));
    }
    head.show(state, mostChannels());
    const many = shown.length === 1 ? t('1 layer') : t('{0} layers side by side', shown.length);
    const range = t('one colour scale, {0} … {1}', valueText(common.low), valueText(common.high));
    about(state.beside.common && shown.length > 0 ? `${many} · ${range}` : many);
    point();
  }

  function point(): void {
    const { place } = store.get().beside;
    const shown = placed();
    const base = finest(shown);
    if (!base || !place) {
      for (const panel of all) panel.point(null);
      return;
    }
    const block = blocks(base, shown);
    const there = linked(place, base);
    const corner = cornerAt(base, [there.top, there.left], block);
    for (const panel of all) {
      const view = views.get(panel.node.id);
      if (!view || view.axes === 0) continue;
      const fine = view.height === base.height && view.width === base.width;
      panel.point({
        chosen: linked(place, view),
        corner: linkedWindow(corner, base, view),
        blocks: fine ? block : [1, 1],
      });
    }
  }

  const actions = {
    select: (node: number) => store.dispatch({ do: 'select', node }),
    takeOut: (node: number) => {
      const { layers } = store.get().beside;
      store.dispatch({ do: 'beside', beside: { layers: toggled(layers, node) } });
      head.choose.focus();
    },
    point: (place: Place, byKey: boolean) => {
      const now = store.get().beside.place;
      if (now && samePlace(now, place)) return;
      store.dispatch({ do: 'beside', beside: { place } });
      if (byKey) announce(`[${place.row}, ${place.column}]: ${all.map((panel) => panel.words()).join(', ')}`);
    },
  };

  /** The unit in view and the place pointed at are one: what moves the one moves the other. */
  function join(state: AppState, previous: AppState): void {
    const { layer } = maps.get();
    if (!layer || layer.view.axes === 0 || !heldBeside(state)) return;
    const { place } = state.beside;
    const own = placeInView();
    const there = place && linked(place, layer.view);
    if (!there || (own && isInside(there, own.row, own.column))) return;
    if (place !== previous.beside.place)
      store.dispatch({ do: 'unit', unit: unitAt(layer.view, there.top, there.left) });
    else if (state.unit !== previous.unit && own) store.dispatch({ do: 'beside', beside: { place: own } });
  }

  function show(state: AppState, previous: AppState | null): void {
    const on = besideShown(state);
    root.hidden = !on;
    if (!on) {
      // Nothing holds on to the tensors meanwhile.
      views.clear();
      asked = '';
      if (previous && besideShown(previous)) about(null);
      return;
    }
    const opened = !previous || !besideShown(previous);
    const { beside } = state;
    if (state.scene !== previous?.scene) {
      views.clear();
      asked = '';
    }
    if (opened || beside.layers !== previous.beside.layers || state.scene !== previous.scene) build(state);
    const inView = besideInView(state, maps.get().afterG);
    for (const panel of all) panel.setInView(panel.node.id === inView);
    void fetch();
    if (opened) start();
    else join(state, previous);
    const changed = opened || beside.layers !== previous.beside.layers || beside.common !== previous.beside.common;
    if (changed || state.channel !== previous.channel) paint();
    else if (beside.place !== previous.beside.place) point();
  }

  root.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof Element && event.target.matches('input');
    const step =
      event.key === '[' || event.key === 'PageUp' ? -1 : event.key === ']' || event.key === 'PageDown' ? 1 : 0;
    if (step === 0 || typing) return;
    channelBy(step);
    event.preventDefault();
    event.stopPropagation();
  });
  const resized = new ResizeObserver(point);
  resized.observe(panels);
  const stops = [
    store.subscribe(show),
    watchTheme(paint),
    maps.subscribe((state, previous) => {
      if (state.exponent !== previous.exponent && besideShown(store.get())) paint();
    }),
  ];
  show(store.get(), null);
  return {
    enter() {
      const state = store.get();
      const first = besideInView(state, maps.get().afterG);
      const { layers } = state.beside;
      store.dispatch({
        do: 'beside',
        beside: { open: true, layers: layers.length === 0 && first !== null ? [first] : layers },
      });
      if (store.get().beside.layers.length < 2) setChoosing(true);
      else head.choose.focus();
    },
    unmount() {
      asked = '';
      resized.disconnect();
      choice.stop();
      stops.forEach((stop) => stop());
      root.remove();
    },
  };
}
