/** The stage by keyboard (design §6). Every key does what the pointer can do. */
import type { ColourBy } from '../../state/app';
import { oneLevel } from '../../state/modules';
import { pickSame, pickTrace } from '../../state/pick';
import { pan, zoomAt } from '../camera';
import { pillNodes } from '../scene/model';
import { walkOf, type Walk } from '../scene/navigate';
import { groupBox, nodeBox } from '../places';
import type { Stage } from '../stage';

const STEP = 60;
const ZOOM_STEP = 1.25;

/** Where the keyboard is: the selection, or the first box. */
function current(stage: Stage): number {
  const { selection, selectedGroup, scene } = stage.state;
  if (!scene || !stage.model) return -1;
  if (selectedGroup !== null) return scene.nodes.length + selectedGroup;
  return selection === null ? -1 : stage.model.shownFor(selection);
}

let cached: { model: unknown; walk: Walk } | null = null;
function walk(stage: Stage): Walk | null {
  const { model, layoutScene, state } = stage;
  if (!model || !layoutScene) return null;
  if (cached?.model !== model) {
    const { openGroups, plumbing, fold } = state;
    cached = { model, walk: walkOf(layoutScene, model, { open: [...openGroups], plumbing, fold }) };
  }
  return cached.walk;
}

function go(stage: Stage, to: number | null | undefined): void {
  if (to === null || to === undefined || to < 0) return;
  const { scene } = stage.state;
  // Ports have no facts of their own to select: past them lies nothing.
  if (!scene || to >= scene.nodes.length + scene.groups.length) return;
  stage.select(to);
  stage.bringIntoSight(to);
}

function move(stage: Stage, key: string): void {
  const way = walk(stage);
  if (!way) return;
  const here = current(stage);
  if (here < 0) {
    go(
      stage,
      way.order.find((item) => isSelectable(stage, item)),
    );
    return;
  }
  const sideways = stage.state.direction === 'horizontal';
  const pillKey = pillStep(
    stage,
    key === (sideways ? 'ArrowRight' : 'ArrowDown'),
    key === (sideways ? 'ArrowLeft' : 'ArrowUp'),
  );
  if (pillKey !== null) {
    stage.context.store.dispatch({ do: 'select', node: pillKey });
    return;
  }
  const [back, on, left] = sideways ? ['ArrowLeft', 'ArrowRight', 'ArrowUp'] : ['ArrowUp', 'ArrowDown', 'ArrowLeft'];
  if (key === on) go(stage, way.next(here));
  else if (key === back) go(stage, way.previous(here));
  else go(stage, way.beside(here, key === left ? -1 : 1));
}

/** Operators in a pill are stops of their own between the box it hangs on and what follows. */
function pillStep(stage: Stage, onwards: boolean, backwards: boolean): number | null {
  const { selection, scene } = stage.state;
  const node = selection === null ? undefined : scene?.nodes[selection];
  if (!node || stage.model?.shownFor(node.id) !== (node.pillOf ?? node.id)) return null;
  const host = node.pillOf ?? node.id;
  const row = [host, ...pillNodes(scene?.nodes[host])];
  const at = row.indexOf(node.id);
  return (onwards ? row[at + 1] : backwards ? row[at - 1] : null) ?? null;
}

function isSelectable(stage: Stage, item: number): boolean {
  const { scene } = stage.state;
  return !!scene && item < scene.nodes.length + scene.groups.length;
}

function groupOf(stage: Stage): number | null {
  const { selectedGroup, selection, scene } = stage.state;
  if (selectedGroup !== null) return selectedGroup;
  const shown = selection === null || !stage.model ? -1 : stage.model.shownFor(selection);
  return scene && shown >= scene.nodes.length ? shown - scene.nodes.length : null;
}

function enter(stage: Stage): void {
  const group = groupOf(stage);
  if (group !== null) stage.toggleGroup(group);
  else if (stage.state.selection !== null) stage.context.store.dispatch({ do: 'inspector', open: true });
}

/** The hover card of an operator; a module has none, but the inspector tells of it. */
function peek(stage: Stage): void {
  const { selection, selectedGroup, hover } = stage.state;
  const { store } = stage.context;
  if (selectedGroup !== null) store.dispatch({ do: 'inspector', open: true });
  else store.dispatch({ do: 'hover', node: hover === null ? selection : null });
}

function leave(stage: Stage): void {
  const { scene, selection, selectedGroup, openGroups } = stage.state;
  if (!scene) return;
  if (selectedGroup !== null && openGroups.has(selectedGroup)) {
    stage.toggleGroup(selectedGroup);
    return;
  }
  const parent = selectedGroup !== null ? scene.groups[selectedGroup]?.parent : scene.nodes[selection ?? -1]?.group;
  if (parent === null || parent === undefined) return;
  stage.context.store.dispatch({ do: 'select', node: null, group: parent });
  if (openGroups.has(parent)) stage.toggleGroup(parent);
}

const COLOURS: readonly ColourBy[] = ['family', 'parameters', 'macs', 'memory', 'field', 'time', 'dtype'];
const nextColour = (by: ColourBy): ColourBy => COLOURS[(COLOURS.indexOf(by) + 1) % COLOURS.length] ?? 'family';

function zoom(stage: Stage, factor: number): void {
  const { width, height } = stage.view;
  const { goal } = stage.sight;
  const { selection, selectedGroup } = stage.state;
  const box = selectedGroup === null ? nodeBox(stage.model, selection ?? -1) : groupBox(stage.model, selectedGroup);
  // About what is selected, where that is in sight: it stays there.
  const x = box ? (box.x + box.width / 2 - goal.x) * goal.zoom + width / 2 : -1;
  const y = box ? (box.y + box.height / 2 - goal.y) * goal.zoom + height / 2 : -1;
  const inSight = x >= 0 && y >= 0 && x <= width && y <= height;
  const [cx, cy] = inSight ? [x, y] : [width / 2, height / 2];
  stage.sight.flyTo(zoomAt(goal, width, height, cx, cy, factor));
}

/** True when the key was the stage's. */
export function stageKey(stage: Stage, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const { store } = stage.context;
  const { key, shiftKey } = event;
  if (key.startsWith('Arrow')) {
    if (!shiftKey) move(stage, key);
    else {
      const dx = key === 'ArrowLeft' ? STEP : key === 'ArrowRight' ? -STEP : 0;
      const dy = key === 'ArrowUp' ? STEP : key === 'ArrowDown' ? -STEP : 0;
      stage.setCamera(pan(stage.camera(), dx, dy));
    }
    return true;
  }
  const order = (): readonly number[] => walk(stage)?.order.filter((item) => isSelectable(stage, item)) ?? [];
  const keys: Readonly<Record<string, () => void>> = {
    Home: () => go(stage, order()[0]),
    End: () => go(stage, order().at(-1)),
    Enter: () => enter(stage),
    Backspace: () => leave(stage),
    e: () => oneLevel(store, !shiftKey),
    f: () => stage.fit(),
    '0': () => stage.fitSelection(),
    c: () => store.dispatch({ do: 'colourBy', by: nextColour(stage.state.colourBy) }),
    d: () => store.dispatch({ do: 'direction' }),
    t: () => pickSame(stage.context),
    u: () => pickTrace(stage.context, shiftKey ? 'downstream' : 'upstream'),
    m: () => store.dispatch({ do: 'toggle', what: 'margin' }),
    w: () => store.dispatch({ do: 'toggle', what: 'thumbnails' }),
    ' ': () => peek(stage),
    '+': () => zoom(stage, ZOOM_STEP),
    '=': () => zoom(stage, ZOOM_STEP),
    '-': () => zoom(stage, 1 / ZOOM_STEP),
  };
  const action = keys[key.length === 1 ? key.toLowerCase() : key];
  action?.();
  return action !== undefined;
}
