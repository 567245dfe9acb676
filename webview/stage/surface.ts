/** The canvases of the stage and their sizes. */
import { t } from '../../src/core/l10n/l10n';
import { el } from '../ui/dom';
import { minimapSize } from './paint/minimap';

export interface Surface {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  readonly minimap: HTMLElement;
  readonly minimapContext: CanvasRenderingContext2D;
  /** Frame of what the stage shows, in the minimap. */
  readonly minimapView: HTMLElement;
  /** Sets the minimap's size and clears it. */
  sizeMap(sideways: boolean): void;
  size(): { readonly width: number; readonly height: number; readonly ratio: number };
}

export function createSurface(
  parent: HTMLElement,
  resized: (grown: { readonly width: number; readonly height: number }) => void,
): Surface {
  const canvas = el('canvas', {
    class: 'stage-canvas',
    role: 'img',
    attrs: { 'data-testid': 'stage', 'aria-label': t('Graph of the network') },
  });
  const mapCanvas = el('canvas', { attrs: { 'aria-hidden': 'true' } });
  const minimapView = el('div', { class: 'minimap-view' });
  const minimap = el(
    'div',
    {
      class: 'minimap',
      role: 'slider',
      attrs: { 'data-testid': 'minimap', tabindex: 0, 'aria-label': t('Minimap'), 'aria-valuenow': 0 },
    },
    mapCanvas,
    minimapView,
  );
  const element = el('div', { class: 'stage' }, canvas, minimap);
  parent.append(element);
  const size = { width: 0, height: 0, ratio: 1 };
  const sizeMap = (sideways: boolean): void => {
    const { width, height } = minimapSize(sideways);
    mapCanvas.width = Math.round(width * size.ratio);
    mapCanvas.height = Math.round(height * size.ratio);
    minimap.style.width = `${width}px`;
    minimap.style.height = `${height}px`;
  };
  const measure = (): void => {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [element.clientWidth, element.clientHeight];
    if (width === size.width && height === size.height && ratio === size.ratio) return;
    const grown = size.width ? { width: width - size.width, height: height - size.height } : { width: 0, height: 0 };
    Object.assign(size, { width, height, ratio });
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    resized(grown);
  };
  new ResizeObserver(measure).observe(element);
  window.addEventListener('resize', measure);
  return {
    element,
    canvas,
    context: contextOf(canvas),
    minimap,
    minimapContext: contextOf(mapCanvas),
    minimapView,
    sizeMap,
    size() {
      measure();
      return size;
    },
  };
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This page has no canvas to draw on');
  return context;
}
