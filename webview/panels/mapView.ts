/** The chosen channel large, the value under the pointer, and what the layer's values are like. */
import './mapView.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import type { MapWindow } from '../state/beside';
import type { LayerStatistics, Statistics } from '../state/statistics';
import { valueAt } from '../state/tensorView';
import { gradient, type ColourScale, type Exponent } from '../ui/colourMaps';
import { el, fill, placed, refill } from '../ui/dom';
import { integer, percent } from '../ui/numbers';
import { paintMap } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import { tool } from '../ui/index';
import { createChannelTitle } from './channelTitle';
import { histogramOf } from './histogram';
import { scaleOf, type LayerMaps, type MapsState, type MapsStore } from './layerMaps';
import { loupeWindow, paintLoupe } from './mapLoupe';
import { mountMapPair } from './mapPair';
import { paintUsers } from './pixel';
import { valueText } from './valueText';

const EXPONENTS: readonly { readonly value: Exponent; readonly label: string; readonly words: string }[] = [
  { value: 'root', label: '√', words: t('the square root of the value') },
  { value: 'linear', label: t('linear'), words: t('the value as it is') },
  { value: 'log', label: t('log'), words: t('the logarithm of the value') },
];
/** Channels that never fire, by number. */
const LISTED = 5;
/** The mark of a unit is never smaller than this, or it could not be found. */
const MARK = 8;

/** `more`: what else is told of the channel, below its numbers. */
export function mountMapView(parent: HTMLElement, store: AppStore, maps: MapsStore, more: HTMLElement): () => void {
  const title = createChannelTitle((channel) => store.dispatch({ do: 'channel', channel }));
  const canvas = el('canvas', { class: 'map-large', attrs: { role: 'img' } });
  const lit = el('canvas', { class: 'map-lit', attrs: { 'aria-hidden': 'true' } });
  const mark = el('div', { class: 'map-mark' });
  const loupe = el('canvas', { class: 'map-lit', attrs: { 'data-testid': 'loupe', hidden: true } });
  const frame = el('div', { class: 'map-frame' }, canvas, lit, loupe, mark);
  const zoom = tool('zoom-in', t('Enlarge the unit’s neighbourhood, with values (Z)'), () => setClose(!close), {
    'aria-pressed': 'false',
    'data-testid': 'zoom',
  });
  /** The neighbourhood of the unit in place of the whole map. */
  let close = false;
  const bar = el('div', { class: 'wb-row map-scale' });
  const facts = el('div', { class: 'kv' });
  const whole = el('div', { class: 'map-whole' });
  const note = el('p', { class: 'wb-note' });
  const beside = el('div', { class: 'map-beside' }, bar, facts, more);
  const pair = el('div', { class: 'map-both' });
  const unmountPair = mountMapPair(pair, store, maps);
  const root = el(
    'div',
    { class: 'map-view' },
    el('div', { class: 'wb-row' }, title.element, zoom),
    el('div', { class: 'map-body' }, frame, beside),
    pair,
    el('div', { class: 'map-rest' }, whole, note),
  );
  parent.append(root);

  const channelOf = (layer: LayerMaps): number => Math.min(store.get().channel, layer.view.channels - 1);

  function paint(layer: LayerMaps, scale: ColourScale): void {
    const { view } = layer;
    frame.hidden = view.kind !== 'maps';
    if (view.kind !== 'maps') return;
    const channel = channelOf(layer);
    const { data, height, width } = view;
    paintMap(canvas, { data, from: channel * height * width, height, width }, scale);
    canvas.setAttribute('aria-label', t('channel {0} of {1}', channel, layer.node.shortName));
    frame.style.setProperty('--ratio', String(view.axes === 1 ? 5 : width / height));
    canvas.classList.toggle('smooth', width > frame.clientWidth * devicePixelRatio);
  }

  /** While a pixel of the picture is pointed at, the units that depend on it are lit instead. */
  function placeUsers(layer: LayerMaps): void {
    const { pixel, users } = maps.get();
    lit.hidden = pixel === null || users === null || layer.view.axes === 0;
    if (!lit.hidden && users) paintUsers(lit, layer.view, users);
  }

  /** What of the map is in the frame: all of it, or the neighbourhood of the unit. */
  function shownUnits({ view }: LayerMaps): MapWindow {
    const { unit } = store.get();
    const whole = { top: 0, left: 0, rows: view.height, columns: view.width };
    return close && view.axes === 2 && unit?.length === 2
      ? loupeWindow(view.height, view.width, unit as [number, number])
      : whole;
  }

  function setClose(on: boolean): void {
    close = on;
    zoom.classList.toggle('on', close);
    zoom.setAttribute('aria-pressed', String(close));
    show(maps.get(), maps.get());
  }

  function placeLoupe(layer: LayerMaps): void {
    zoom.hidden = layer.view.axes !== 2;
    loupe.hidden = !close || layer.view.axes !== 2 || store.get().unit?.length !== 2;
    if (loupe.hidden) return;
    const channel = channelOf(layer);
    paintLoupe(loupe, layer.view, channel, scaleOf(maps.get(), channel), shownUnits(layer));
  }

  function placeMark(layer: LayerMaps): void {
    placeUsers(layer);
    placeLoupe(layer);
    const { unit } = store.get();
    const { view } = layer;
    mark.hidden = unit?.length !== view.axes || view.axes === 0 || !lit.hidden;
    if (mark.hidden || !unit) return;
    const [row, column] = view.axes === 1 ? [0, unit[0]!] : (unit as [number, number]);
    const { top, left, rows, columns } = shownUnits(layer);
    const [wide, high] = [frame.clientWidth / columns, frame.clientHeight / rows];
    const [w, h] = [Math.max(MARK, wide + 2), view.axes === 1 ? frame.clientHeight : Math.max(MARK, high + 2)];
    mark.style.width = `${w}px`;
    mark.style.height = `${h}px`;
    mark.style.transform = `translate(${(column - left + 0.5) * wide - w / 2}px, ${view.axes === 1 ? 0 : (row - top + 0.5) * high - h / 2}px)`;
  }

  function factRows(layer: LayerMaps): void {
    const { unit } = store.get();
    const { view, statistics } = layer;
    const channel = channelOf(layer);
    const own = statistics.channels[channel]!;
    const rows: [string, string, boolean?][] = [];
    if (view.kind === 'vector') rows.push([t('At {0}', integer(channel)), valueText(view.data[channel]!), true]);
    else if (unit?.length === view.axes) {
      const [row, column] = view.axes === 1 ? [0, unit[0]!] : (unit as [number, number]);
      rows.push([t('At [{0}]', unit.join(', ')), valueText(valueAt(view, channel, row, column)), true]);
    }
    fill(facts, ...pairs([...rows, ...(view.kind === 'vector' ? [] : statisticsRows(own))]));
  }

  function drawBar(layer: LayerMaps, scale: ColourScale): void {
    const { exponent } = maps.get();
    const choices = EXPONENTS.map(({ value, label, words }) =>
      el('button', {
        class: exponent === value ? 'wb-choice on' : 'wb-choice',
        text: label,
        title: t('Colours by {0}', words),
        attrs: { type: 'button', 'aria-pressed': String(exponent === value) },
        on: { click: () => maps.dispatch({ exponent: value }) },
      }),
    );
    const [low, high] = [scale.low, scale.high];
    fill(
      bar,
      el('span', { class: 'end', text: valueText(low) }),
      el('i', {
        class: 'map-ramp grow',
        style: { background: gradient(scale) },
        attrs: { role: 'img', 'aria-label': t('colours from {0} to {1}', valueText(low), valueText(high)) },
      }),
      el('span', { class: 'end', text: valueText(high) }),
    );
    const words = EXPONENTS.find(({ value }) => value === exponent)!.words;
    const ground = scale.map === 'diverging' ? t('blue below 0, orange above') : t('dark = 0');
    const unit = layer.view.kind === 'maps' ? ` ${t('White outline: this unit.')}` : '';
    refill(
      note,
      el('span', { class: 'wb-choices' }, ...choices),
      `${t('Colour: {0}, {1}.', words, ground)}${unit} `,
      ...placed(
        t('{0} other channels, {1} by number, {2} the strongest unit, {3} who depends on a pixel.'),
        el('span', { class: 'wb-keys' }, el('kbd', { text: '[' }), ' ', el('kbd', { text: ']' })),
        el('kbd', { text: 'N' }),
        el('kbd', { text: 'End' }),
        el('kbd', { text: 'O' }),
      ),
    );
  }

  function drawWhole(layer: LayerMaps, scale: ColourScale): void {
    const { view, statistics } = layer;
    const rows: [string, string][] = [[t('Zeros'), percent(statistics.zeros / statistics.count)]];
    if (view.kind === 'maps') rows.push([t('Channels never firing'), silentWords(statistics)]);
    else rows.unshift(...statisticsRows(statistics).slice(0, 2));
    if (statistics.notFinite > 0) rows.push([t('Not finite, hatched'), integer(statistics.notFinite)]);
    const count =
      statistics.count === 1 ? t('Whole layer, 1 value') : t('Whole layer, {0} values', integer(statistics.count));
    fill(whole, el('h3', { text: count }), histogramOf(layer, scale), el('div', { class: 'kv' }, ...pairs(rows)));
  }

  function show(state: MapsState, previous: MapsState | null): void {
    const { layer } = state;
    root.hidden = layer === null;
    if (!layer) return;
    if (previous && state.users !== previous.users && state.layer === previous.layer) {
      placeMark(layer);
      return;
    }
    if (previous && state.pixel !== previous.pixel && state.pixel !== null) return;
    const channel = channelOf(layer);
    const scale = scaleOf(state, channel);
    title.show(layer.view.kind === 'vector' ? t('Value') : t('Channel'), channel, layer.view.channels);
    paint(layer, scale);
    placeMark(layer);
    factRows(layer);
    drawBar(layer, scale);
    if (state.layer !== previous?.layer || state.exponent !== previous.exponent)
      drawWhole(layer, scaleOf({ ...state, scale: 'layer' }, channel));
  }

  /** The unit under the pointer is the unit in view; it stays when the pointer leaves. */
  function follow(event: PointerEvent): void {
    const { layer } = maps.get();
    if (!layer) return;
    const box = frame.getBoundingClientRect();
    const at = (place: number, size: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor((place / size) * count)));
    // Enlarged, the map would run away under a pointer that only moves: there a press chooses.
    if (!loupe.hidden && event.type !== 'pointerdown') return;
    const { top, left, rows, columns } = shownUnits(layer);
    const column = left + at(event.clientX - box.left, box.width, columns);
    const row = top + at(event.clientY - box.top, box.height, rows);
    const unit = layer.view.axes === 1 ? [column] : [row, column];
    const now = store.get().unit;
    if (now?.length === unit.length && now.every((value, axis) => value === unit[axis])) return;
    store.dispatch({ do: 'unit', unit });
  }
  frame.addEventListener('pointermove', follow);
  frame.addEventListener('pointerdown', follow);

  // From anywhere in the workbench: `Z` enlarges, `N` takes the number of a channel.
  const bench = parent.closest<HTMLElement>('.workbench');
  const keys = (event: KeyboardEvent): void => {
    const typing = event.target instanceof Element && event.target.matches('input, textarea, select');
    if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
    if (event.key === 'z') setClose(!close);
    else if (event.key === 'n' && maps.get().layer) title.focus();
    else return;
    event.preventDefault();
  };
  bench?.addEventListener('keydown', keys);

  const refresh = (): void => show(maps.get(), maps.get());
  const resized = new ResizeObserver(() => {
    const { layer } = maps.get();
    if (layer) placeMark(layer);
  });
  resized.observe(frame);
  const stops = [
    maps.subscribe(show),
    watchTheme(() => show(maps.get(), null)),
    store.subscribe((state, previous) => {
      const { layer } = maps.get();
      if (!layer) return;
      if (state.channel !== previous.channel) refresh();
      else if (state.unit !== previous.unit) {
        placeMark(layer);
        factRows(layer);
      }
    }),
  ];
  show(maps.get(), null);
  return () => {
    bench?.removeEventListener('keydown', keys);
    resized.disconnect();
    unmountPair();
    stops.forEach((stop) => stop());
    root.remove();
  };
}

const pairs = (rows: readonly (readonly [string, string, boolean?])[]): HTMLElement[] =>
  rows.flatMap(([label, value, strong]) => [
    el('span', { text: label }),
    el('span', { text: value, class: strong ? 'strong' : '' }),
  ]);

/** `2 of 48: 7, 31`: which ones, as far as there is room. */
function silentWords({ silent, channels }: LayerStatistics): string {
  const count = t('{0} of {1}', integer(silent), integer(channels.length));
  const all = channels.flatMap(({ zeros, count: values }, channel) => (zeros === values ? [channel] : []));
  const more = all.length > LISTED ? ', …' : '';
  return all.length === 0 ? count : `${count}: ${all.slice(0, LISTED).join(', ')}${more}`;
}

const statisticsRows = (own: Statistics): [string, string][] => [
  [t('Min … max'), `${valueText(own.min)} … ${valueText(own.max)}`],
  [t('Mean ± sd'), `${valueText(own.mean)} ± ${valueText(own.deviation)}`],
  [t('Zeros'), percent(own.zeros / own.count)],
  ...(own.notFinite > 0 ? [[t('Not finite, hatched'), integer(own.notFinite)] as [string, string]] : []),
];
