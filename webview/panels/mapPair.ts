/** The chosen channel in both runs side by side, on one scale, and their difference around zero; one pointer for all three. */
import './mapPair.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import { rangeOf, type Extent } from '../state/beside';
import { valueAt } from '../state/tensorView';
import { scaleFor, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { paintMap } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import type { LayerMaps, MapPair, MapsStore } from './layerMaps';
import { createMapFrame, type MapFrame } from './mapFrame';
import { valueText } from './valueText';

interface Part {
  readonly figure: HTMLElement;
  readonly frame: MapFrame;
  readonly value: HTMLElement;
}

export function mountMapPair(parent: HTMLElement, store: AppStore, maps: MapsStore): () => void {
  const follow = (row: number, column: number): void => {
    if (store.get().unit?.join() !== [row, column].join()) store.dispatch({ do: 'unit', unit: [row, column] });
  };
  const parts = [t('this'), t('kept'), t('difference')].map((label) =>
    partOf(label, () => mapsOf()?.pair.own ?? null, follow),
  );
  const root = el(
    'div',
    { class: 'map-pair', role: 'group', attrs: { 'aria-label': t('Both runs side by side'), 'data-testid': 'pair' } },
    ...parts.map(({ figure }) => figure),
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
    // One scale for both, or they could not be compared by eye.
    const scale = scaleFor(...(rangeOf([pair.own, pair.kept], channel) ?? [0, 0]), maps.get().exponent);
    const reach = apart.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
    const around: ColourScale = { map: 'diverging', low: -reach, high: reach, exponent: maps.get().exponent };
    for (const [at, view] of [pair.own, pair.kept].entries())
      paintMap(parts[at]!.frame.canvas, { data: view.data, from: channel * size, height, width }, scale);
    paintMap(parts[2]!.frame.canvas, { data: apart, from: 0, height, width }, around);
    for (const { frame } of parts) frame.canvas.style.setProperty('--ratio', String(width / height));
    mark();
  }

  function mark(): void {
    const shown = mapsOf();
    if (!shown) return;
    const { pair, channel } = shown;
    const { unit } = store.get();
    const values =
      unit?.length === 2 ? [pair.own, pair.kept].map((view) => valueAt(view, channel, unit[0]!, unit[1]!)) : null;
    parts.forEach((one, at) => {
      const value = values && (at === 2 ? values[0]! - values[1]! : values[at]!);
      one.value.textContent = value === null ? '' : valueText(value);
      const window = unit && values && { top: unit[0]!, left: unit[1]!, rows: 1, columns: 1 };
      one.frame.mark(window, pair.own);
    });
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

function partOf(label: string, extent: () => Extent | null, follow: (row: number, column: number) => void): Part {
  const frame = createMapFrame(label, extent, follow);
  const value = el('span', { class: 'map-pair-value' });
  const caption = el('figcaption', {}, el('span', { text: label }), value);
  return { figure: el('figure', {}, frame.element, caption), frame, value };
}
