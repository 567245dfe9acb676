/** How often values occur in the layer, on a log scale, in the colours of the maps. */
import { t } from '../../src/core/l10n/l10n';
import { histogram } from '../state/statistics';
import { colourAt, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';
import type { LayerMaps } from './layerMaps';
import { valueText } from './valueText';

const BINS = 48;
const HEIGHT = 42;
const SVG = 'http://www.w3.org/2000/svg';

/** One bar a bin of equal width between `low` and `high`, as wide as its place; the fullest bin is as high as it. */
export function histogramBars(
  counts: ArrayLike<number>,
  low: number,
  high: number,
  scale: ColourScale,
  heightOf: (count: number) => number = (count) => count,
): HTMLElement {
  const bins = counts.length;
  const most = Math.max(...Array.from(counts, heightOf)) || 1;
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${bins} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'histogram-bars');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', t('histogram from {0} to {1}', valueText(low), valueText(high)));
  Array.from(counts).forEach((count, bin) => {
    const height = (heightOf(count) / most) * HEIGHT;
    const rect = document.createElementNS(SVG, 'rect');
    const [from, to] = [bin, bin + 1].map((edge) => low + ((high - low) * edge) / bins) as [number, number];
    rect.setAttribute('x', String(bin));
    rect.setAttribute('width', '0.86');
    rect.setAttribute('y', String(HEIGHT - height));
    rect.setAttribute('height', String(height));
    rect.setAttribute('fill', colourAt((from + to) / 2, scale));
    const title = document.createElementNS(SVG, 'title');
    title.textContent = `${valueText(from)} … ${valueText(to)}: ${integer(count)}`;
    rect.append(title);
    svg.append(rect);
  });
  return svg as unknown as HTMLElement;
}

export function histogramOf({ view, statistics }: LayerMaps, scale: ColourScale): HTMLElement {
  const length = view.channels * view.height * view.width;
  const { min, max } = statistics;
  // From zero where all values are above it, so that the colours start where those of the maps do.
  const low = min >= 0 ? 0 : min;
  const counts = histogram(view.data, length, low, max, BINS);
  return el(
    'div',
    { class: 'histogram' },
    histogramBars(counts, low, max, scale, (count) => Math.log10(count + 1)),
    el('div', { class: 'histogram-ends' }, el('span', { text: valueText(low) }), el('span', { text: valueText(max) })),
  );
}
