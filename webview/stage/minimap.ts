/** Keeps the minimap in step with the stage, for screen readers too. */
import { t } from '../../src/core/l10n/l10n';
import type { Theme } from '../ui/theme';
import { MINIMAP_FROM } from './framing';
import type { View } from './paint/brush';
import type { Geometry } from './layout/types';
import { minimapScale, minimapSize, paintMinimap } from './paint/minimap';
import type { Prepared, Scale } from './paint/prepared';
import type { Surface } from './surface';

export interface Minimap {
  /** Its picture must be drawn again. */
  stale(): void;
  /** `colours`: what stands for the families; another one, another picture. */
  draw(surface: Surface, theme: Theme, prepared: Prepared, colours: Scale | null, view: View): void;
}

export function createMinimap(): Minimap {
  let isStale = true;
  let ratio = 0;
  let shown: Scale | null = null;
  return {
    stale: () => (isStale = true),
    draw(surface, theme, prepared, colours, view) {
      const { minimap, minimapView, minimapContext } = surface;
      const { geometry } = prepared.model;
      const sideways = geometry.direction === 'horizontal';
      const hidden = seesAll(view, geometry.width, geometry.height) || view.width < MINIMAP_FROM;
      minimap.classList.toggle('hidden', hidden);
      if (hidden) return;
      if (isStale || view.ratio !== ratio || colours !== shown) {
        ratio = view.ratio;
        shown = colours;
        surface.sizeMap(sideways);
        paintMinimap(minimapContext, theme, prepared, colours, view.ratio);
        isStale = false;
      }
      const { width, height } = minimapSize(sideways);
      const scale = minimapScale(prepared);
      const x0 = (-view.left / view.zoom) * scale.zoomX + scale.left;
      const y0 = (-view.top / view.zoom) * scale.zoomY + scale.top;
      const x1 = Math.min(width - 1, x0 + (view.width / view.zoom) * scale.zoomX);
      const y1 = Math.min(height - 1, y0 + (view.height / view.zoom) * scale.zoomY);
      const [left, top] = [Math.max(1, x0), Math.max(1, y0)];
      minimapView.style.transform = `translate(${left}px, ${top}px)`;
      minimapView.style.width = `${Math.max(2, x1 - left)}px`;
      minimapView.style.height = `${Math.max(2, y1 - top)}px`;
      say(minimap, view, geometry);
    },
  };
}

/** How far along the flow the stage looks, in percent of the drawing. */
function say(minimap: HTMLElement, view: View, { width, height, direction }: Geometry): void {
  const sideways = direction === 'horizontal';
  const extent = (sideways ? width : height) * view.zoom;
  const from = -(sideways ? view.left : view.top);
  const part = (at: number): number => Math.round(100 * Math.min(1, Math.max(0, at / Math.max(1, extent))));
  const [first, last] = [part(from), part(from + (sideways ? view.width : view.height))];
  const text = t('{0} % to {1} % of the graph are seen', first, last);
  if (minimap.getAttribute('aria-valuetext') === text) return;
  minimap.setAttribute('aria-valuetext', text);
  minimap.setAttribute('aria-valuenow', String(Math.round((first + last) / 2)));
  minimap.setAttribute('aria-orientation', sideways ? 'horizontal' : 'vertical');
}

function seesAll(view: View, width: number, height: number): boolean {
  return (
    view.left >= 0 &&
    view.top >= 0 &&
    view.left + width * view.zoom <= view.width &&
    view.top + height * view.zoom <= view.height
  );
}
