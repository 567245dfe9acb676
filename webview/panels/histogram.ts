/** How often values occur in the layer, on a log scale, in the colours of the maps. */
import { histogram } from '../state/statistics';
import { colourAt, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';
import type { LayerMaps } from './layerMaps';
import { valueText } from './valueText';

const BINS = 48;
const HEIGHT = 42;
const SVG = 'http://www.w3.org/2000/svg';

export function histogramOf({ view, statistics }: LayerMaps, scale: ColourScale): HTMLElement {
  const length = view.channels * view.height * view.width;
  const { min, max } = statistics;
  // From zero where all values are above it, so that the colours start where those of the maps do.
  const low = min >= 0 ? 0 : min;
  const counts = histogram(view.data, length, low, max, BINS);
  const most = Math.log10(Math.max(1, ...counts) + 1);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${BINS} ${HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('class', 'histogram-bars');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `histogram from ${valueText(low)} to ${valueText(max)}`);
  counts.forEach((count, bin) => {
    const height = (Math.log10(count + 1) / most) * HEIGHT;
    const rect = document.createElementNS(SVG, 'rect');
    const [from, to] = [bin, bin + 1].map((edge) => low + ((max - low) * edge) / BINS) as [number, number];
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
  return el(
    'div',
    { class: 'histogram' },
    svg as unknown as HTMLElement,
    el('div', { class: 'histogram-ends' }, el('span', { text: valueText(low) }), el('span', { text: valueText(max) })),
  );
}
