/** What of the stage the graph may use, and how far the camera must move for a box to be seen. */
import type { AppState } from '../state/app';
import type { Camera } from '../state/context';
import { clampZoom, READABLE, type Insets } from './camera';
import type { View } from './paint/brush';
import { MARGIN_WIDTH } from './paint/margin';
import { minimapSize } from './paint/minimap';
import type { Box, StageModel } from './scene/model';

const MARGIN_FROM = 1100;
/** Between the drawing and the legend. */
const BELOW = 6;
export const MINIMAP_FROM = 560;

function marginWanted(state: AppState, model: StageModel | null, width: number): boolean {
  const { margin, direction, inspectorOpen } = state;
  if (!margin || direction !== 'vertical' || inspectorOpen || width < MARGIN_FROM) return false;
  // A graph too wide to be read beside the columns has the stage for itself.
  return (model?.geometry.width ?? 0) * READABLE <= width - MARGIN_WIDTH - 16;
}

/** Drawn only while it hides nothing of the graph. */
export function marginShown(state: AppState, model: StageModel, view: View): boolean {
  if (!marginWanted(state, model, view.width)) return false;
  return model.geometry.width * view.zoom <= view.width - MARGIN_WIDTH - 8 && view.left >= MARGIN_WIDTH - 60;
}

/** `below`: px that the legend covers. */
export function insetsOf(state: AppState, model: StageModel | null, width: number, below: number): Insets {
  return {
    left: marginWanted(state, model, width) ? MARGIN_WIDTH : 24,
    right: width >= MINIMAP_FROM ? minimapSize(false).width + 24 : 16,
    top: 14,
    bottom: below > 0 ? below + BELOW : 20,
  };
}

/** Names can be read from here on. */
const LEAST_ZOOM = 0.75;
/** Of a tall frame its header must be seen. */
const HEAD = 60;
const EDGE = 48;

/** Camera from which a box is seen; null when it is seen already. */
export function missing(box: Box, camera: Camera, view: View, insets: Insets, leastZoom = LEAST_ZOOM): Camera | null {
  const zoom = clampZoom(Math.max(camera.zoom, leastZoom));
  const height = Math.min(box.height, HEAD);
  const [left, top] = [box.x * view.zoom + view.left, box.y * view.zoom + view.top];
  const inside =
    left > EDGE &&
    top > EDGE &&
    left + box.width * view.zoom < view.width - EDGE &&
    top + height * view.zoom < view.height - Math.max(EDGE, insets.bottom);
  if (inside && zoom === camera.zoom) return null;
  const x = box.x + box.width / 2 - (insets.left - insets.right) / 2 / zoom;
  return { x, y: box.y + height / 2, zoom };
}
