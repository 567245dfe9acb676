/** A layer without spatial extents: its largest values as bars, then all of them as a strip. */
import './bars.css';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import { el, fill } from '../ui/dom';
import { integer } from '../ui/numbers';
import { colourAt } from '../ui/colourMaps';
import { paintMap } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import { scaleOf, type MapsStore } from './layerMaps';
import { valueText } from './valueText';

const SHOWN = 20;

/** Names of a layer's values, where they are classes. */
export type NamesOf = (value: number, count: number) => readonly string[] | null;

export function mountBars(parent: HTMLElement, store: AppStore, maps: MapsStore, names: NamesOf): () => void {
  const draw = (): void => {
    const { layer } = maps.get();
    if (layer?.view.kind !== 'vector') return;
    const { data, channels } = layer.view;
    const scale = scaleOf(maps.get(), 0);
    const reach = Math.max(Math.abs(layer.statistics.min), Math.abs(layer.statistics.max)) || 1;
    const signed = layer.statistics.min < 0;
    const order = Array.from({ length: channels }, (_, index) => index);
    order.sort((a, b) => Math.abs(data[b]!) - Math.abs(data[a]!) || a - b);
    const classes = names(layer.value, channels);
    const rows = order.slice(0, SHOWN).map((index) => {
      const value = data[index]!;
      const share = Number.isFinite(value) ? Math.abs(value) / reach : 0;
      const bar = el('i', {
        style: {
          width: `${share * (signed ? 50 : 100)}%`,
          background: colourAt(value, { ...scale, exponent: 'linear' }),
        },
      });
      bar.style.left = !signed ? '0' : value < 0 ? `${50 - share * 50}%` : '50%';
      return el(
        'button',
        {
          class: `vector-row${classes ? ' named' : ''}${index === store.get().channel ? ' on' : ''}`,
          attrs: { type: 'button', 'data-channel': index },
          on: { click: () => store.dispatch({ do: 'channel', channel: index }) },
        },
        el('span', { class: 'vector-index', text: integer(index) }),
        classes
          ? el('span', { class: 'vector-name wb-cut', text: classes[index] ?? '', title: classes[index] ?? '' })
          : null,
        el('span', { class: signed ? 'vector-track signed' : 'vector-track' }, bar),
        el('span', { class: 'vector-value', text: valueText(value) }),
      );
    });
    const strip = el('canvas', {
      class: 'vector-strip',
      attrs: { role: 'img', 'aria-label': t('all {0} values', channels) },
    });
    paintMap(strip, { data, from: 0, height: 1, width: channels }, scale);
    strip.addEventListener('click', (event) => {
      const at = Math.floor((event.offsetX / strip.clientWidth) * channels);
      store.dispatch({ do: 'channel', channel: Math.max(0, Math.min(channels - 1, at)) });
    });
    const rest =
      channels > SHOWN
        ? t('The {0} largest of {1}; below, all of them from 0 to {2}', SHOWN, integer(channels), integer(channels - 1))
        : '';
    fill(parent, ...rows, rest ? el('p', { class: 'wb-note', text: rest }) : null, channels > SHOWN ? strip : null);
  };
  const stops = [
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer || state.exponent !== previous.exponent) draw();
    }),
    store.subscribe((state, previous) => {
      if (state.channel === previous.channel) return;
      for (const row of parent.querySelectorAll<HTMLElement>('.vector-row'))
        row.classList.toggle('on', row.dataset.channel === String(state.channel));
    }),
    watchTheme(draw),
  ];
  draw();
  return () => stops.forEach((stop) => stop());
}
