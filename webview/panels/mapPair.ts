/** The chosen channel in both runs side by side, on one scale, and their difference around zero; one pointer for all three. */
import './mapPair.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import { valueAt, type TensorView } from '../state/tensorView';
import { scaleFor, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { paintMap } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import type { LayerMaps, MapPair, MapsStore } from './layerMaps';
import { valueText } from './valueText';

/** The mark of a unit is never smaller than this. */
const MARK = 6;

interface Place {
  readonly figure: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly mark: HTMLElement;
  readonly value: HTMLElement;
}

export function mountMapPair(parent: HTMLElement, store: AppStore, maps: MapsStore): () => void {
  const places = [t('this'), t('kept'), t('difference')].map(place);
  const root = el(
    'div',
    { class: 'map-pair', role: 'group', attrs: { 'aria-label': t('Both runs side by side'), 'data-testid': 'pair' } },
    ...places.map(({ figure }) => figure),
  );
  parent.append(root);

  const mapsOf = (): { readonly layer: LayerMaps; readonly pair: MapPair; readonly channel: number } | null => {
    const { layer } = maps.get();
    if (!layer?.pair || layer.view.kind !== 'maps' || layer.view.axes !== 2) return null;
    return { layer, pair: layer.pair, channel: Math.min(store.get().channel, layer.view.channels - 1) };
  };

  function paint(): void {
    const shown = mapsOf();
    root.hidden = shown === null;
    if (!shown) return;
    const { pair, channel } = shown;
    const { height, width } = pair.own;
    const size = height * width;
    const apart = Float64Array.from(
      { length: size },
      (_, at) => pair.own.data[channel * size + at]! - pair.kept.data[channel * size + at]!,
    );
    const scale = scaleOfBoth(pair, channel, maps.get().exponent);
    const reach = apart.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
    const around: ColourScale = { map: 'diverging', low: -reach, high: reach, exponent: maps.get().exponent };
    for (const [at, view] of [pair.own, pair.kept].entries())
      paintMap(places[at]!.canvas, { data: view.data, from: channel * size, height, width }, scale);
    paintMap(places[2]!.canvas, { data: apart, from: 0, height, width }, around);
    for (const { canvas } of places) canvas.style.setProperty('--ratio', String(width / height));
    mark();
  }

  function mark(): void {
    const shown = mapsOf();
    if (!shown) return;
    const { pair, channel } = shown;
    const { unit } = store.get();
    const values =
      unit?.length === 2 ? [pair.own, pair.kept].map((view) => valueAt(view, channel, unit[0]!, unit[1]!)) : null;
    places.forEach((one, at) => {
      one.mark.hidden = values === null;
      const value = values && (at === 2 ? values[0]! - values[1]! : values[at]!);
      one.value.textContent = value === null ? '' : valueText(value);
      if (!unit || values === null) return;
      const [wide, high] = [one.canvas.clientWidth / pair.own.width, one.canvas.clientHeight / pair.own.height];
      const [w, h] = [Math.max(MARK, wide + 2), Math.max(MARK, high + 2)];
      one.mark.style.width = `${w}px`;
      one.mark.style.height = `${h}px`;
      one.mark.style.transform = `translate(${(unit[1]! + 0.5) * wide - w / 2}px, ${(unit[0]! + 0.5) * high - h / 2}px)`;
    });
  }

  const follow = (canvas: HTMLCanvasElement) => (event: PointerEvent) => {
    const shown = mapsOf();
    if (!shown) return;
    const box = canvas.getBoundingClientRect();
    const { height, width } = shown.pair.own;
    const at = (offset: number, extent: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor((offset / extent) * count)));
    const unit = [at(event.clientY - box.top, box.height, height), at(event.clientX - box.left, box.width, width)];
    if (store.get().unit?.join() !== unit.join()) store.dispatch({ do: 'unit', unit });
  };
  for (const { canvas } of places) {
    canvas.addEventListener('pointermove', follow(canvas));
    canvas.addEventListener('pointerdown', follow(canvas));
  }
  const resized = new ResizeObserver(mark);
  resized.observe(root);
  const stops = [
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer || state.exponent !== previous.exponent) paint();
    }),
    store.subscribe((state, previous) => {
      if (state.channel !== previous.channel) paint();
      else if (state.unit !== previous.unit) mark();
    }),
    watchTheme(paint),
  ];
  paint();
  return () => {
    resized.disconnect();
    stops.forEach((stop) => stop());
  };
}

function place(label: string): Place {
  const canvas = el('canvas', { attrs: { role: 'img', 'aria-label': label } });
  const mark = el('div', { class: 'map-mark' });
  const value = el('span', { class: 'map-pair-value' });
  const caption = el('figcaption', {}, el('span', { text: label }), value);
  return {
    figure: el('figure', {}, el('div', { class: 'map-pair-frame' }, canvas, mark), caption),
    canvas,
    mark,
    value,
  };
}

/** One scale for both, or they could not be compared by eye. */
function scaleOfBoth(pair: MapPair, channel: number, exponent: ColourScale['exponent']): ColourScale {
  let [min, max] = [Infinity, -Infinity];
  const range = ({ data, height, width }: TensorView): void => {
    for (let at = channel * height * width; at < (channel + 1) * height * width; at++) {
      const value = data[at]!;
      if (!Number.isFinite(value)) continue;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  };
  range(pair.own);
  range(pair.kept);
  return min <= max ? scaleFor(min, max, exponent) : scaleFor(0, 0, exponent);
}
