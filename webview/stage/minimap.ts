/** Keeps the minimap in step with the stage. */
import type { Theme } from '../ui/theme';
import { MINIMAP_FROM } from './framing';
import type { View } from './paint/brush';
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
    },
  };
}

function seesAll(view: View, width: number, height: number): boolean {
  return (
    view.left >= 0 &&
    view.top >= 0 &&
    view.left + width * view.zoom <= view.width &&
    view.top + height * view.zoom <= view.height
  );
}
