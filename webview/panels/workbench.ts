/** A layer looked at closely: film strip, tabs, and what the chosen tab shows. */
import './workbench.css';
import { t } from '../../src/core/l10n/l10n';
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { RunSource } from '../../src/protocol/host';
import { besideShown, type AppState, type Tab } from '../state/app';
import type { PageContext, Unmount } from '../state/context';
import type { Lens } from '../state/lens';
import type { Runner } from '../state/runner';
import { channelValues } from '../state/tensorView';
import { offerToTests } from '../state/testHook';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';
import type { NamesOf } from './bars';
import { mountBeside } from './beside';
import { createMapsStore, followField, followLayer, orderOf, strongestUnit, type MapsStore } from './layerMaps';
import { mountDepth } from './depth';
import { createDock } from './dock';
import { createLayers } from './layers';
import { mountMapJumps } from './mapJumps';
import { mountMaps } from './maps';
import { mountMapView } from './mapView';
import { followPixel } from './pixel';
import { putBeside } from './putBeside';
import { mountReacts } from './reacts';
import { mountRibbon } from './ribbon';
import { mountRunPanel } from './runPanel';
import { createSight } from './sight';
import { layerWords, neighbour, ordinalOf, pathOf } from './walk';

/** A tab someone else fills. */
export interface BenchTab {
  readonly tab: Tab;
  readonly label: string;
  /** `about`: what the line beside the tabs says instead of the layer in view. */
  mount(parent: HTMLElement, context: PageContext, about: (text: string | null) => void): Unmount;
}

const TYPING = 'input, textarea, select, [contenteditable]';

/** `lens`: takes single units apart, for the panels that need it. */
export function mountWorkbench(
  parent: HTMLElement,
  context: PageContext,
  lens: Lens,
  more: readonly BenchTab[] = [],
): Unmount {
  const { store, runner } = context;
  if (!runner) throw new Error('The workbench needs a runner.');
  const maps = createMapsStore();
  const order: readonly Tab[] = ['maps', 'microscope', 'coverage', 'depth', 'layers'];
  const own: readonly BenchTab[] = [
    {
      tab: 'maps',
      label: t('Maps'),
      mount: (place, _, about) => mountMapsTab(place, context, runner, maps, lens, about),
    },
    { tab: 'coverage', label: t('Coverage'), mount: createSight(context, runner, maps) },
    { tab: 'depth', label: t('Depth'), mount: mountDepth },
    { tab: 'layers', label: t('Layers'), mount: createLayers() },
  ];
  const tabs = [...own, ...more].sort((a, b) => order.indexOf(a.tab) - order.indexOf(b.tab));

  const root = el('div', { class: 'workbench', attrs: { 'data-testid': 'workbench', tabindex: -1 } });
  parent.append(root);
  const unmountRibbon = mountRibbon(root, context);
  const list = el('div', { class: 'wb-tablist', role: 'tablist', attrs: { 'aria-label': t('Views of the layer') } });
  const about = el('span', { class: 'wb-about' });
  const content = el('div', { class: 'wb-content', role: 'tabpanel' });
  const dock = createDock(context);
  root.append(el('div', { class: 'wb-tabs' }, list, el('span', { class: 'grow' }), about, dock.element), content);

  const buttons = tabs.map(({ tab, label }) =>
    el('button', {
      class: 'wb-tab',
      role: 'tab',
      text: label,
      attrs: { type: 'button', 'data-tab': tab },
      on: { click: () => store.dispatch({ do: 'mode', mode: 'workbench', tab }) },
    }),
  );
  fill(list, ...buttons);

  let shown: BenchTab | null = null;
  /** By the tab that is shown. */
  let said: string | null = null;
  let unmountTab: Unmount = () => undefined;
  const show = (state: AppState): void => {
    if (state.mode === 'graph') return;
    const tab = tabs.find((one) => one.tab === state.tab) ?? tabs[0]!;
    buttons.forEach((button) => {
      const on = button.dataset.tab === tab.tab;
      button.classList.toggle('on', on);
      button.setAttribute('aria-selected', String(on));
      button.tabIndex = on ? 0 : -1;
    });
    if (tab === shown) return;
    unmountTab();
    content.replaceChildren();
    shown = tab;
    said = null;
    unmountTab = tab.mount(content, context, (text) => {
      said = text;
      describe();
    });
    describe();
  };
  const describe = (): void => {
    const { node } = maps.get();
    const { scene } = store.get();
    about.textContent = said ?? (node && scene ? aboutLayer(scene, node) : '');
    about.title = about.textContent;
  };

  const stops = [
    dock.stop,
    followLayer(context, runner, maps),
    followField(context, maps),
    followPixel(context, maps),
    store.subscribe(show),
    maps.subscribe((state, previous) => {
      if (state.node !== previous.node) describe();
    }),
  ];
  const keys = (event: KeyboardEvent): void => walkKeys(event, context, maps, root);
  root.addEventListener('keydown', keys);
  list.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    const at = buttons.findIndex((button) => button.classList.contains('on'));
    const next = buttons[(at + step + buttons.length) % buttons.length];
    next?.click();
    next?.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  show(store.get());
  describe();
  offerToTests({
    /** Values of one channel of the layer whose maps are in view, row by row. */
    mapValues: (channel: number) => {
      const { layer } = maps.get();
      return layer ? Array.from(channelValues(layer.view, channel)) : [];
    },
    /** What can be asked for, and how the picture was prepared. */
    runInfo: async () => {
      const source = await runner.source();
      const input = source.inputs.find(({ image }) => image)?.name ?? '';
      return { values: source.values.map(({ name }) => name), preparation: runner.preparation, input };
    },
    /** A tensor of the last run by its name. */
    tensor: async (name: string) => {
      const value = (await runner.source()).values.find((entry) => entry.name === name)?.value;
      const tensor = value === undefined ? null : await runner.tensor(value);
      return tensor && { dims: [...tensor.dims], dtype: tensor.dtype, values: Array.from(tensor.data) };
    },
  });
  return () => {
    unmountTab();
    unmountRibbon();
    stops.forEach((stop) => stop());
    root.remove();
  };
}

function mountMapsTab(
  parent: HTMLElement,
  context: PageContext,
  runner: Runner,
  maps: MapsStore,
  lens: Lens,
  about: (text: string | null) => void,
): Unmount {
  const { store } = context;
  const left = el('div', { class: 'wb-column wb-left' });
  const middle = el('div', { class: 'wb-column wb-middle' });
  const right = el('div', { class: 'wb-column wb-right' });
  const reacts = el('div');
  const parts = el('div', { class: 'wb-maps' }, left, middle, right);
  parent.append(parts);
  mountMapJumps(parts, [left, middle, right]);
  const beside = mountBeside(parent, context, runner, maps, lens, about);
  const choose = (state: AppState): void => {
    parts.hidden = besideShown(state);
  };
  choose(store.get());
  const unmounts = [
    mountRunPanel(left, context, runner, maps),
    mountMaps(middle, store, maps, namesFrom(runner), () => beside.enter()),
    mountMapView(right, store, maps, reacts),
    mountReacts(reacts, context, runner, maps),
    () => beside.unmount(),
    store.subscribe((state, previous) => {
      choose(state);
      // Back where one came from.
      if (besideShown(previous) && !besideShown(state) && state.mode === 'workbench')
        middle.querySelector<HTMLElement>('[data-testid=beside-open]')?.focus();
    }),
  ];
  return () => unmounts.forEach((unmount) => unmount());
}

/** Outputs of a classifier have the names of its classes. */
function namesFrom(runner: Runner): NamesOf {
  let known: RunSource | null = null;
  return (value, count) => {
    // By the time a value is drawn the source has long been asked for; the answer is kept.
    void runner.source().then(
      (source) => (known = source),
      () => undefined,
    );
    const name = known?.values.find((entry) => entry.value === value)?.name;
    const labels = known?.labels?.names;
    return name !== undefined && known?.outputs.includes(name) && labels?.length === count ? labels : null;
  };
}

/** `fire3 › expand3x3 · Conv 3×3 · 64 with ReLU · Conv 7 of 26 · sees 23 px`. */
function aboutLayer(scene: Scene, node: SceneNode): string {
  const sees = node.sees === null ? '' : node.sees === 'all' ? t('sees all') : t('sees {0} px', integer(node.sees));
  const whole = layerWords(node);
  const operator = node.pill ? t('{0} with {1}', whole, node.pill.title) : whole;
  return [pathOf(scene, node), operator, ordinalOf(scene, node), sees].filter((part) => part !== '').join(' · ');
}

/** ← → walk the layers, [ ] the channels, with Shift and arrows the unit, B puts the layer beside others. */
function walkKeys(event: KeyboardEvent, context: PageContext, maps: MapsStore, root: HTMLElement): void {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  if (ctrlKey || metaKey || altKey || event.defaultPrevented) return;
  if (event.target instanceof Element && event.target.matches(TYPING)) return;
  const done = (): void => {
    event.preventDefault();
    event.stopPropagation();
    if (!root.contains(document.activeElement)) root.focus();
  };
  const { store } = context;
  const state = store.get();
  if (key === 'b') {
    putBeside(context, maps.get().afterG);
    done();
  } else if (!shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const node = neighbour(state, key === 'ArrowLeft' ? -1 : 1);
    if (node !== null) store.dispatch({ do: 'select', node });
    done();
  } else if (key === '[' || key === ']' || key === 'PageUp' || key === 'PageDown') {
    const channels = orderOf(maps.get());
    const at = channels.indexOf(state.channel);
    const channel = channels[at + (key === '[' || key === 'PageUp' ? -1 : 1)];
    if (channel !== undefined) store.dispatch({ do: 'channel', channel });
    done();
  } else if (shiftKey && key.startsWith('Arrow')) {
    const unit = moved(state.unit, key, maps);
    if (unit) store.dispatch({ do: 'unit', unit });
    done();
  } else if (key === 'End' && maps.get().layer) {
    const { layer } = maps.get();
    if (layer) store.dispatch({ do: 'unit', unit: strongestUnit(layer.view, state.channel) });
    done();
  }
}

function moved(unit: readonly number[] | null, key: string, maps: MapsStore): readonly number[] | null {
  const { layer } = maps.get();
  if (!layer || !unit || unit.length === 0) return null;
  const axis = key === 'ArrowUp' || key === 'ArrowDown' ? 0 : unit.length - 1;
  const extent = axis === unit.length - 1 ? layer.view.width : layer.view.height;
  const next = unit[axis]! + (key === 'ArrowUp' || key === 'ArrowLeft' ? -1 : 1);
  if (next < 0 || next >= extent) return null;
  return unit.map((value, at) => (at === axis ? next : value));
}
