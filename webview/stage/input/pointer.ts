/** Mouse and trackpad on the stage: drag to pan, wheel to zoom, click, double click, hover. */
import type { SceneNode } from '../../../src/core/view/types';
import { pan, zoomAt } from '../camera';
import { hitTest, type Hit, type StageModel } from '../scene/model';
import type { Stage } from '../stage';
import { attachMenu } from './menu';
import { attachMinimap } from './minimap';

/** A press that moves less is a click. */
const SLIP = 4;
/** A wheel event of both axes makes those that follow shortly part of one pan. */
const GESTURE_MS = 250;

export function attachPointer(stage: Stage): void {
  const { canvas } = stage.surface;
  let press: { x: number; y: number; moved: boolean } | null = null;

  canvas.addEventListener('pointerdown', (event) => {
    if (event.button > 1) return;
    press = { x: event.clientX, y: event.clientY, moved: false };
    canvas.setPointerCapture(event.pointerId);
    // Keeps the keyboard on the stage without drawing a focus ring for the mouse.
    event.preventDefault();
    stage.focus();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!press) {
      hover(stage, at(stage, event));
      return;
    }
    const [dx, dy] = [event.clientX - press.x, event.clientY - press.y];
    if (!press.moved && Math.hypot(dx, dy) < SLIP) return;
    if (!press.moved) {
      canvas.style.cursor = 'grabbing';
      clearHover(stage);
    }
    press = { x: event.clientX, y: event.clientY, moved: true };
    stage.setCamera(pan(stage.camera(), dx, dy));
  });
  canvas.addEventListener('pointerup', (event) => {
    const clicked = press && !press.moved && event.button === 0;
    press = null;
    canvas.style.cursor = '';
    if (clicked) click(stage, at(stage, event));
  });
  canvas.addEventListener('pointercancel', () => (press = null));
  canvas.addEventListener('pointerleave', () => clearHover(stage));
  canvas.addEventListener('dblclick', (event) => {
    const hit = hitAt(stage, at(stage, event));
    const item = hit && hit.on !== 'wire' ? stage.model?.item(hit.place) : undefined;
    if (hit?.on === 'box' && item?.kind === 'group') stage.toggleGroup(item.index);
  });
  attachMenu(stage, (event) => itemAt(stage, at(stage, event)));
  attachWheel(stage);
  attachMinimap(stage);
}

interface Point {
  readonly x: number;
  readonly y: number;
}

const at = (stage: Stage, event: MouseEvent): Point => {
  const origin = stage.surface.canvas.getBoundingClientRect();
  return { x: event.clientX - origin.left, y: event.clientY - origin.top };
};

const worldAt = (stage: Stage, { x, y }: Point): Point => {
  const view = stage.view;
  return { x: (x - view.left) / view.zoom, y: (y - view.top) / view.zoom };
};

function hitAt(stage: Stage, point: Point): Hit {
  if (!stage.model) return null;
  const world = worldAt(stage, point);
  return hitTest(stage.model, world.x, world.y, 4 / stage.view.zoom);
}

/** The operator whose word in a pill lies under a point: a pill hangs below its host's box, outside of it. */
function pillAt(stage: Stage, model: StageModel, { x, y }: Point): number | null {
  const sideways = model.geometry.direction === 'horizontal';
  for (const place of model.boxesIn(x - (sideways ? 120 : 24), y - (sideways ? 24 : 14), x + 24, y)) {
    const item = model.item(place);
    if (item.kind !== 'node' || !item.node.pill || item.node.join) continue;
    const box = model.box(place);
    const width = stage.pillWidth(item.node.pill.title);
    const [px, py] = sideways
      ? [box.x + box.width - 3 + width / 2, box.y + box.height / 2]
      : [box.x + box.width / 2, box.y + box.height + 4.5];
    if (Math.abs(x - px) <= width / 2 && Math.abs(y - py) <= 8)
      return wordAt(item.node.pill, (x - px) / width + 0.5) ?? null;
  }
  return null;
}

/** The last operator of the word at this share of the pill's width. */
function wordAt({ title, parts }: NonNullable<SceneNode['pill']>, share: number): number | undefined {
  let end = 0;
  for (const part of parts) {
    end += part.title.length + 3;
    if (share * (title.length + 3) <= end) return part.nodes.at(-1);
  }
  return parts.at(-1)?.nodes.at(-1);
}

function hover(stage: Stage, point: Point): void {
  const { model, context } = stage;
  if (!model) return;
  const pill = stage.view.zoom >= 0.75 ? pillAt(stage, model, worldAt(stage, point)) : null;
  const hit = pill === null ? hitAt(stage, point) : null;
  const item = hit && hit.on !== 'wire' ? model.item(hit.place) : null;
  const node = pill ?? (item?.kind === 'node' ? item.node.id : null);
  const other = item && item.kind !== 'node' && hit && hit.on !== 'wire' ? model.geometry.items[hit.place]! : -1;
  const wire = hit?.on === 'wire' ? hit.wire : null;
  stage.surface.canvas.style.cursor = node !== null || other >= 0 ? 'pointer' : '';
  context.store.dispatch({ do: 'hover', node });
  if (other !== stage.hoveredItem || wire !== stage.hoveredWire) {
    stage.hoveredItem = other;
    stage.hoveredWire = wire;
    stage.redraw();
  }
}

function clearHover(stage: Stage): void {
  stage.context.store.dispatch({ do: 'hover', node: null });
  if (stage.hoveredItem < 0 && stage.hoveredWire === null) return;
  stage.hoveredItem = -1;
  stage.hoveredWire = null;
  stage.redraw();
}

/** Operator or module under a point; -1 for none, as for the net's ends. */
function itemAt(stage: Stage, point: Point): number {
  const { model } = stage;
  if (!model) return -1;
  const pill = stage.view.zoom >= 0.75 ? pillAt(stage, model, worldAt(stage, point)) : null;
  if (pill !== null) return pill;
  const hit = hitAt(stage, point);
  if (!hit || hit.on === 'wire') return -1;
  return model.item(hit.place).kind === 'port' ? -1 : model.geometry.items[hit.place]!;
}

/** Width of a module's chevron as a target. */
const CHEVRON = 28;

function click(stage: Stage, point: Point): void {
  const { model, context } = stage;
  if (!model) return;
  const world = worldAt(stage, point);
  const pill = stage.view.zoom >= 0.75 ? pillAt(stage, model, world) : null;
  if (pill !== null) {
    context.store.dispatch({ do: 'select', node: pill });
    context.store.dispatch({ do: 'inspector', open: true });
    return;
  }
  const hit = hitAt(stage, point);
  if (!hit) {
    context.store.dispatch({ do: 'select', node: null });
    return;
  }
  if (hit.on === 'wire') return;
  const item = model.item(hit.place);
  if (item.kind === 'group') {
    const onChevron = world.x < model.box(hit.place).x + CHEVRON;
    if (hit.on === 'header' || onChevron) stage.toggleGroup(item.index);
    else {
      context.store.dispatch({ do: 'select', node: null, group: item.index });
      context.store.dispatch({ do: 'inspector', open: true });
    }
  } else if (item.kind === 'node') {
    context.store.dispatch({ do: 'select', node: item.node.id });
    context.store.dispatch({ do: 'inspector', open: true });
  }
}

function attachWheel(stage: Stage): void {
  let panning = -Infinity;
  stage.surface.canvas.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const unit =
        event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (!event.ctrlKey && !event.metaKey) {
        if (event.shiftKey || dx !== 0) panning = event.timeStamp;
        if (event.timeStamp - panning < GESTURE_MS) {
          const sideways = event.shiftKey && dx === 0;
          panning = event.timeStamp;
          stage.setCamera(pan(stage.camera(), sideways ? -dy : -dx, sideways ? 0 : -dy));
          return;
        }
      }
      const { x, y } = at(stage, event);
      const { width, height } = stage.view;
      // Pinching sends small steps with ctrl held.
      const speed = event.ctrlKey && Math.abs(dy) < 40 ? 0.012 : 0.0018;
      const factor = Math.exp(-Math.max(-240, Math.min(240, dy)) * speed);
      stage.setCamera(zoomAt(stage.camera(), width, height, x, y, factor));
      hover(stage, { x, y });
    },
    { passive: false },
  );
}
