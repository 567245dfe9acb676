/** All maps of the layer in view, as many canvases as can be seen. */
import './maps.css';
import { t } from '../../src/core/l10n/l10n';
import { sortValue, type SortKey } from '../state/statistics';
import { el, refill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { paintMap } from '../ui/paintMap';
import { select } from '../ui/select';
import { watchTheme } from '../ui/theme';
import { likenessIn, orderOf, scaleOf, type MapsState, type MapsStore, type Whose } from './layerMaps';
import type { AppState, AppStore } from '../state/app';
import { CAPTION, GAP, gridFor, type Grid } from './mapsGrid';
import { mountBars, type NamesOf } from './bars';
import { shortValue, valueText } from './valueText';

/** Rows painted beyond those in view, so that scrolling does not show holes. */
const AHEAD = 3;

const SORTS: readonly { readonly value: SortKey; readonly label: string }[] = [
  { value: 'channel', label: t('channel') },
  { value: 'mean', label: t('mean') },
  { value: 'max', label: t('max') },
  { value: 'variance', label: t('variance') },
  { value: 'similarity', label: t('similarity') },
];
const SCALES = [
  { value: 'layer', label: t('whole layer') },
  { value: 'map', label: t('each map') },
] as const;

/** What stands in the place of the maps before the first run is done. */
const EMPTY: Readonly<Partial<Record<AppState['run']['phase'], string>>> = {
  preparing: t('Preparing the picture…'),
  loading: t('Starting the runtime…'),
  running: t('Running…'),
  failed: t('No maps: the model did not run.'),
};

/** `beside`: puts other layers beside the one in view. */
export function mountMaps(
  parent: HTMLElement,
  store: AppStore,
  maps: MapsStore,
  names: NamesOf,
  beside: () => void,
): () => void {
  const title = el('h2');
  const stage = el('span', { class: 'wb-stage' });
  const sort = select<SortKey>(t('Order of the maps'), SORTS, (value) =>
    maps.dispatch({ sort: value, like: store.get().channel }),
  );
  const scale = select<'layer' | 'map'>(t('Range of the colours'), SCALES, (value) => maps.dispatch({ scale: value }));
  sort.element.dataset.prefix = t('Sort:');
  scale.element.dataset.prefix = t('Scale:');
  const others = el('button', {
    class: 'wb-choice beside-open',
    text: t('Side by side…'),
    title: t('Two to four layers side by side on the same picture (B puts in the layer in view)'),
    attrs: { type: 'button', 'data-testid': 'beside-open' },
    on: { click: beside },
  });
  const tools = el('span', { class: 'wb-tools' }, others, sort.element, scale.element);
  const space = el('div', { class: 'maps-space', role: 'presentation' });
  const scroller = el(
    'div',
    { class: 'maps', role: 'listbox', attrs: { 'data-testid': 'maps', tabindex: 0, 'aria-label': t('Feature maps') } },
    space,
  );
  const bars = el('div', { class: 'vector-bars' });
  const empty = el('p', { class: 'wb-empty' });
  parent.append(
    el('div', { class: 'wb-row' }, title, stage, el('span', { class: 'grow' }), tools),
    scroller,
    bars,
    empty,
  );

  const tiles = new Map<number, HTMLElement>();
  let grid: Grid = { columns: 1, width: 89, height: 89 };
  let order: readonly number[] = [];

  const chooseChannel = (channel: number): void => {
    store.dispatch({ do: 'channel', channel });
  };

  function tileFor(channel: number): HTMLElement {
    const { layer } = maps.get();
    const own = layer?.statistics.channels[channel];
    const alike = likenessIn(maps.get());
    const sign = alike ? shortValue(alike[channel]!) : own ? shortValue(sortValue(own, maps.get().sort)) : '';
    const canvas = el('canvas', { attrs: { 'data-channel': channel } });
    const rest = own ? `, ${t('mean {0}, max {1}', valueText(own.mean), valueText(own.max))}` : '';
    const unseen = (text: string): HTMLElement => el('span', { class: 'sr-only', text });
    const tile = el(
      'div',
      {
        class: 'map',
        role: 'option',
        attrs: { id: `map-${channel}` },
        on: { click: () => chooseChannel(channel) },
      },
      canvas,
      el(
        'div',
        { class: 'map-caption' },
        unseen(`${t('channel')} `),
        el('span', { text: String(channel) }),
        unseen(rest),
        el('span', { text: sign, attrs: { 'aria-hidden': 'true' } }),
      ),
    );
    if (layer) {
      const { data, height, width } = layer.view;
      // That all of a map are numbers has been looked at once.
      const span = own?.notFinite === 0 ? { span: own } : {};
      paintMap(canvas, { data, from: channel * height * width, height, width, ...span }, scaleOf(maps.get(), channel));
      // Larger maps are shrunk: smoothly, or single columns would vanish.
      canvas.classList.toggle('smooth', width > grid.width * devicePixelRatio);
    }
    return tile;
  }

  /** Puts the tiles in view, and a few beyond, into the page. */
  function place(): void {
    const pitch = grid.height + CAPTION + GAP;
    const first = Math.max(0, Math.floor(scroller.scrollTop / pitch) - AHEAD) * grid.columns;
    const last = (Math.ceil((scroller.scrollTop + scroller.clientHeight) / pitch) + AHEAD) * grid.columns;
    const shown = new Set(order.slice(first, last));
    for (const [channel, tile] of tiles) {
      if (shown.has(channel)) continue;
      tile.remove();
      tiles.delete(channel);
    }
    const { channel: current } = store.get();
    order.slice(first, last).forEach((channel, index) => {
      const at = first + index;
      let tile = tiles.get(channel);
      if (!tile) {
        tile = tileFor(channel);
        tiles.set(channel, tile);
        space.append(tile);
      }
      tile.style.width = `${grid.width}px`;
      tile.style.setProperty('--map-height', `${grid.height}px`);
      tile.style.transform = `translate(${(at % grid.columns) * (grid.width + GAP)}px, ${Math.floor(at / grid.columns) * pitch}px)`;
      tile.classList.toggle('on', channel === current);
      tile.setAttribute('aria-selected', String(channel === current));
      // Only some are in the page: which of how many this is has to be said.
      tile.setAttribute('aria-posinset', String(at + 1));
      tile.setAttribute('aria-setsize', String(order.length));
    });
  }

  function lay(): void {
    const { layer } = maps.get();
    const isMaps = layer?.view.kind === 'maps';
    if (!layer || !isMaps) return;
    const width = scroller.clientWidth - 4;
    grid = gridFor(layer.view.channels, width, scroller.clientHeight - 4, layer.view.height / layer.view.width);
    const pitch = grid.height + CAPTION + GAP;
    space.style.height = `${Math.ceil(order.length / grid.columns) * pitch}px`;
    place();
  }

  function reset(): void {
    tiles.forEach((tile) => tile.remove());
    tiles.clear();
    order = orderOf(maps.get());
    lay();
  }

  function reveal(channel: number): void {
    const at = order.indexOf(channel);
    if (at < 0) return;
    const pitch = grid.height + CAPTION + GAP;
    const top = Math.floor(at / grid.columns) * pitch;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + pitch > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = top + pitch - scroller.clientHeight;
    place();
  }

  function show(state: MapsState, previous: MapsState | null): void {
    const { layer } = state;
    sort.show(state.sort);
    scale.show(state.scale);
    const isMaps = layer?.view.kind === 'maps';
    scroller.hidden = !isMaps;
    bars.hidden = !layer || isMaps;
    tools.hidden = !isMaps;
    empty.hidden = layer !== null;
    empty.textContent = emptyText(state);
    title.textContent = layer ? headline(layer.view) : '';
    refill(stage, state.node?.pill && (layer ?? store.get().run.kept) ? stageSwitch(state) : null, whoseSwitch(state));
    if (!isMaps) return;
    const repainted =
      state.layer !== previous?.layer ||
      state.scale !== previous.scale ||
      state.sort !== previous.sort ||
      state.exponent !== previous.exponent;
    if (!repainted) return;
    reset();
    if (state.layer?.node !== previous?.layer?.node) scroller.scrollTop = 0;
  }

  /** `before g`, `after g`: two words to choose from. */
  function stageSwitch(state: MapsState): HTMLElement {
    const choice = (text: string, afterG: boolean): HTMLElement =>
      el('button', {
        class: state.afterG === afterG ? 'wb-choice on' : 'wb-choice',
        text,
        title: afterG
          ? t('g is the activation of this layer: what comes out of its {0}', state.node?.pill?.title ?? 'g')
          : t('g is the activation of this layer: what goes into it'),
        attrs: { type: 'button', 'aria-pressed': String(state.afterG === afterG) },
        on: { click: () => maps.dispatch({ afterG }) },
      });
    return el('span', { class: 'wb-choices' }, choice(t('before g'), false), choice(t('after g'), true));
  }

  /** `this`, `kept`, `difference`: only while a run is kept. */
  function whoseSwitch({ whose }: MapsState): HTMLElement | null {
    const { kept } = store.get().run;
    if (kept === null) return null;
    const choices: readonly (readonly [Whose, string, string])[] = [
      ['this', t('this'), t('This run')],
      ['kept', t('kept'), kept],
      ['difference', t('difference'), t('This run minus {0}', kept)],
    ];
    const buttons = choices.map(([value, text, title]) =>
      el('button', {
        class: whose === value ? 'wb-choice on' : 'wb-choice',
        text,
        title,
        attrs: { type: 'button', 'aria-pressed': String(whose === value), 'data-whose': value },
        on: { click: () => maps.dispatch({ whose: value }) },
      }),
    );
    return el('span', { class: 'wb-choices', role: 'group', attrs: { 'aria-label': t('Whose maps') } }, ...buttons);
  }

  function emptyText({ node, pending, whose }: MapsState): string {
    if (pending) return t('Fetching the maps…');
    const { run } = store.get();
    if (run.serial === 0) return EMPTY[run.phase] ?? t('Maps appear here after a run.');
    if (run.kept !== null && whose !== 'this') return t('The two runs have no maps of the same size here.');
    return node ? t('{0} gives out nothing that could be shown.', node.title) : '';
  }

  scroller.addEventListener('scroll', place, { passive: true });
  const resized = new ResizeObserver(lay);
  resized.observe(scroller);
  const unmountBars = mountBars(bars, store, maps, names);
  const stops = [
    maps.subscribe(show),
    // Colours around zero are others in light themes.
    watchTheme(reset),
    store.subscribe((state, previous) => {
      if (state.channel !== previous.channel) {
        reveal(state.channel);
        scroller.setAttribute('aria-activedescendant', `map-${state.channel}`);
      }
      if (state.run.kept !== previous.run.kept) show(maps.get(), maps.get());
      if (state.run.phase !== previous.run.phase) empty.textContent = emptyText(maps.get());
    }),
  ];
  show(maps.get(), null);
  return () => {
    resized.disconnect();
    stops.forEach((stop) => stop());
    unmountBars();
  };
}

function headline({
  kind,
  channels,
  height,
  width,
  axes,
}: {
  kind: string;
  channels: number;
  height: number;
  width: number;
  axes: number;
}): string {
  if (kind === 'vector') return channels === 1 ? t('One value') : t('{0} values', integer(channels));
  if (axes === 1)
    return channels === 1
      ? t('One map of length {0}', integer(width))
      : t('{0} maps of length {1}', integer(channels), integer(width));
  const size = `${integer(height)}×${integer(width)}`;
  return channels === 1 ? t('One map of {0}', size) : t('{0} maps of {1}', integer(channels), size);
}
