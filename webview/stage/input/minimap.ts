/** The minimap by pointer and by keyboard: where one points, or steps to, comes into the middle of the stage. */
import type { Camera } from '../../state/context';
import type { Geometry } from '../layout/types';
import { minimapScale, minimapSize } from '../paint/minimap';
import { within, type Insets } from '../camera';
import type { Stage } from '../stage';

/** Shares of what the stage shows. */
const STEP = 0.25;
const PAGE = 0.9;

/**
 * Where a key takes a stage of this size, in px, over a drawing: arrows by a quarter of what is seen, pages by nearly all of it, Home and
 * End to the ends along the flow. Null for a key that means nothing here.
 */
export function minimapStep(
  key: string,
  camera: Camera,
  stage: { readonly width: number; readonly height: number },
  { width, height, direction }: Pick<Geometry, 'width' | 'height' | 'direction'>,
  insets: Insets,
): Camera | null {
  const sideways = direction === 'horizontal';
  const [across, down] = [stage.width / camera.zoom, stage.height / camera.zoom];
  const along = (by: number): readonly [number, number] => (sideways ? [by * across, 0] : [0, by * down]);
  const ways: Readonly<Record<string, readonly [number, number]>> = {
    ArrowUp: [0, -STEP * down],
    ArrowDown: [0, STEP * down],
    ArrowLeft: [-STEP * across, 0],
    ArrowRight: [STEP * across, 0],
    PageUp: along(-PAGE),
    PageDown: along(PAGE),
    Home: sideways ? [-camera.x, 0] : [0, -camera.y],
    End: sideways ? [width - camera.x, 0] : [0, height - camera.y],
  };
  const way = Object.hasOwn(ways, key) ? ways[key] : undefined;
  if (!way) return null;
  const [dx, dy] = way;
  const to = within({ ...camera, x: camera.x + dx, y: camera.y + dy }, { x: 0, y: 0, width, height }, stage, insets);
  // Along an axis that is seen whole there is nowhere to go.
  return { ...to, x: dx === 0 ? camera.x : to.x, y: dy === 0 ? camera.y : to.y };
}

export function attachMinimap(stage: Stage): void {
  const { minimap } = stage.surface;
  const go = (event: PointerEvent): void => {
    const prepared = stage.prepared;
    if (!prepared) return;
    const origin = minimap.getBoundingClientRect();
    const scale = minimapScale(prepared);
    const size = minimapSize(prepared.model.geometry.direction === 'horizontal');
    const x = Math.max(0, Math.min(size.width, event.clientX - origin.left));
    const y = Math.max(0, Math.min(size.height, event.clientY - origin.top));
    stage.setCamera({ ...stage.camera(), x: (x - scale.left) / scale.zoomX, y: (y - scale.top) / scale.zoomY });
  };
  minimap.addEventListener('pointerdown', (event) => {
    minimap.setPointerCapture(event.pointerId);
    go(event);
  });
  minimap.addEventListener('pointermove', (event) => {
    if (minimap.hasPointerCapture(event.pointerId)) go(event);
  });
  minimap.addEventListener('keydown', (event) => {
    const { model, sight } = stage;
    if (!model || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const to = minimapStep(event.key, sight.goal, stage.view, model.geometry, sight.insets());
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    sight.flyTo(to);
  });
}
