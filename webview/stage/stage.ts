/** The graph: asks for layouts, draws them, and answers where things are. */
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { Camera, PageContext, ScreenBox, StageHandle } from '../state/context';
import { readTheme, watchTheme, type Theme } from '../ui/theme';
import { clampZoom, firstLook, fitTo, viewOf, type Insets } from './camera';
import { insetsOf, marginShown, missing } from './framing';
import type { LayoutClient } from './layout/client';
import type { Geometry, LayoutScene } from './layout/types';
import { marksOf } from './marks';
import { CAMERA_MS, createMotion, FAR_CAMERA_MS } from './motion';
import type { Brush, View } from './paint/brush';
import { levelAt } from './paint/level';
import { marginRows, paintMargin, type MarginRow } from './paint/margin';
import { paintPicture, prepare, type Prepared } from './paint/picture';
import { Texts } from './paint/text';
import { layoutSceneOf } from './scene/layoutScene';
import { repeatsOf, type Repeats } from '../state/repeats';
import { axisPoint, stageModel, type Box, type StageModel } from './scene/model';
import { createTree, treeItem, type Tree } from './scene/tree';
import { createMinimap } from './minimap';
import { createSurface, type Surface } from './surface';

export class Stage implements StageHandle {
  readonly surface: Surface;
  readonly tree: Tree;
  model: StageModel | null = null;
  layoutScene: LayoutScene | null = null;
  /** Box under the pointer, where it is no operator (those are in the page's state). */
  hoveredItem = -1;
  hoveredWire: number | null = null;
  /** Resolves when the first picture and the tree are there. */
  readonly whenDrawn: Promise<void>;
  #drawn: () => void = () => undefined;
  #theme: Theme;
  #texts: Texts;
  /** What was worked out for the layout on show. */
  prepared: Prepared | null = null;
  /** Made when first drawn. */
  #rows: readonly MarginRow[] | null = null;
  #camera: Camera = { x: 0, y: 0, zoom: 1 };
  #cameraSet = false;
  readonly #motion = createMotion();
  #frame = 0;
  readonly #minimap = createMinimap();
  #asked = '';
  /** Item that stays where it is while the next layout comes in. */
  #anchor = -1;
  #afterLayout: (() => void) | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(
    parent: HTMLElement,
    readonly context: PageContext,
    readonly client: LayoutClient,
  ) {
    this.surface = createSurface(parent, (grown) => this.#resized(grown));
    this.whenDrawn = new Promise((resolve) => (this.#drawn = resolve));
    this.#theme = readTheme();
    this.#texts = new Texts(this.surface.context, this.#theme.font);
    this.tree = createTree('Operators and modules in the order of the data', (item) => this.select(item));
    this.surface.element.append(this.tree.element);
    watchTheme(() => {
      this.#theme = readTheme();
      this.#texts = new Texts(this.surface.context, this.#theme.font);
      this.#minimap.stale();
      this.redraw();
    });
    context.store.subscribe((state, previous) => this.#changed(state, previous));
    this.#request(context.store.get());
  }

  /** A panel that opens beside the graph covers some of it; the rest stays where it is. */
  #resized(grown: { readonly width: number; readonly height: number }): void {
    const { x, y, zoom } = this.#camera;
    if (this.#cameraSet) this.#camera = { x: x + grown.width / 2 / zoom, y: y + grown.height / 2 / zoom, zoom };
    const { selection } = this.state;
    if (grown.width < 0 && selection !== null && this.model) this.bringIntoSight(this.model.shownFor(selection));
    // A canvas that has changed its size is empty: wait for no frame.
    if (this.prepared) this.#draw(performance.now());
  }

  get state(): AppState {
    return this.context.store.get();
  }
  get theme(): Theme {
    return this.#theme;
  }
  get view(): View {
    const { width, height, ratio } = this.surface.size();
    return viewOf(this.#camera, width, height, ratio);
  }
  get zoom(): number {
    return this.#camera.zoom;
  }

  #changed(state: AppState, previous: AppState): void {
    this.#request(state);
    if (state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup)
      this.#pointTree(false);
    this.redraw();
  }

  #pointTree(take: boolean): void {
    const { selection, selectedGroup, scene } = this.state;
    if (!this.model || !scene) return;
    const item =
      selectedGroup !== null
        ? scene.nodes.length + selectedGroup
        : selection === null
          ? -1
          : treeItem(this.model, selection);
    if (item >= 0) this.tree.point(item, take);
    else if (take) this.tree.element.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  }

  /** Asks for a layout when what it depends on has changed. */
  #request({ scene, openGroups, direction, plumbing, fold }: AppState): void {
    if (!scene) return;
    if (scene !== this.#scene) {
      this.#scene = scene;
      this.#repeats = repeatsOf(scene);
      this.layoutScene = layoutSceneOf(scene, this.#repeats);
      this.#asked = '';
    }
    const open = [...openGroups];
    const key = `${direction}${plumbing ? 'p' : ''}${fold ? 'f' : ''}${open.join()}`;
    if (key === this.#asked || !this.layoutScene) return;
    this.#asked = key;
    void this.client.layout({ open, plumbing, fold, direction }, this.layoutScene).then(
      (geometry) => geometry && this.#place(scene, geometry),
      (error: unknown) => {
        const text = `The graph could not be laid out: ${error instanceof Error ? error.message : String(error)}`;
        this.context.store.dispatch({ do: 'message', message: { severity: 'error', text } });
        this.#drawn();
      },
    );
  }
  #scene: Scene | null = null;
  #repeats: Repeats | null = null;

  #place(scene: Scene, geometry: Geometry): void {
    const before = this.model;
    const model = stageModel(scene, geometry, this.#repeats ?? undefined);
    this.model = model;
    this.prepared = prepare(model);
    this.#rows = null;
    this.#minimap.stale();
    if (!this.#cameraSet || (before && before.geometry.direction !== geometry.direction)) this.#firstLook();
    else this.#keepAnchor(before, model);
    if (before?.scene === scene) this.#motion.moveBoxes(before, model);
    this.#anchor = -1;
    // The tree can wait for a moment; the picture cannot.
    setTimeout(() => {
      if (this.model !== model) return;
      this.tree.update(model);
      this.#pointTree(false);
      this.#drawn();
    });
    const after = this.#afterLayout;
    this.#afterLayout = null;
    after?.();
    this.redraw();
    if (!before) this.surface.element.dataset.drawn = '';
  }

  /** What was clicked stays under the pointer; otherwise the selection, otherwise whatever was in the middle. */
  #keepAnchor(before: StageModel | null, after: StageModel): void {
    if (!before) return;
    const item = this.#anchor >= 0 ? this.#anchor : this.#middleItem(before);
    const old = before.placeOf[item] ?? -1;
    const now = after.placeOf[item] ?? -1;
    if (old < 0 || now < 0) return;
    const [a, b] = [axisPoint(before, old), axisPoint(after, now)];
    this.#camera = { ...this.#camera, x: this.#camera.x + (b.x - a.x), y: this.#camera.y + (b.y - a.y) };
  }

  #middleItem(model: StageModel): number {
    const { x, y } = this.#camera;
    let best = -1;
    let least = Infinity;
    model.geometry.items.forEach((item, place) => {
      const box = model.box(place);
      const d = Math.abs(box.y + box.height / 2 - y) + Math.abs(box.x + box.width / 2 - x) * 0.3;
      if (!model.geometry.open[place] && d < least) [best, least] = [item, d];
    });
    return best;
  }

  /** Opens or closes a module; its header stays where it is. */
  toggleGroup(group: number): void {
    const { openGroups, scene } = this.state;
    if (!scene) return;
    const open = new Set(openGroups);
    if (!open.delete(group)) open.add(group);
    this.#anchor = scene.nodes.length + group;
    this.context.store.dispatch({ do: 'groups', open });
  }

  select(item: number): void {
    const { scene } = this.state;
    if (!scene || item < 0) return;
    const group = item - scene.nodes.length;
    if (group < 0) this.context.store.dispatch({ do: 'select', node: item });
    else if (group < scene.groups.length) this.context.store.dispatch({ do: 'select', node: null, group });
  }

  #insets(): Insets {
    return insetsOf(this.state, this.model, this.surface.size().width);
  }

  #whole(): Box {
    const { width, height } = this.model!.geometry;
    return { x: 0, y: 0, width, height };
  }

  #firstLook(): void {
    const { width, height } = this.surface.size();
    if (!this.model || !width) return;
    const first = this.model.geometry.items.length ? this.model.box(0) : { x: 0, y: 0, width: 0, height: 0 };
    const sideways = this.model.geometry.direction === 'horizontal';
    const axis = sideways ? first.y + first.height / 2 : first.x + first.width / 2;
    this.#camera = firstLook(this.#whole(), axis, width, height, this.#insets(), sideways);
    this.#cameraSet = true;
  }

  fit(): void {
    if (!this.model) return;
    const { width, height } = this.surface.size();
    this.flyTo(fitTo(this.#whole(), width, height, this.#insets()));
  }

  fitSelection(): void {
    const { selection, selectedGroup } = this.state;
    const box =
      selectedGroup !== null
        ? this.#groupBox(selectedGroup)
        : selection === null
          ? null
          : this.#nodeWorldBox(selection);
    if (!box) return;
    const { width, height } = this.surface.size();
    this.flyTo(fitTo(box, width, height, this.#insets(), Math.max(1, this.#camera.zoom)));
  }

  flyTo(camera: Camera, milliseconds = CAMERA_MS): void {
    this.#motion.moveCamera(this.#camera, camera, milliseconds);
    this.redraw();
  }

  /** Moves just far enough that a box is in sight. */
  bringIntoSight(item: number): void {
    const place = this.model?.placeOf[item] ?? -1;
    if (!this.model || place < 0) return;
    const to = missing(this.model.box(place), this.#camera, this.view, this.#insets());
    if (to) this.flyTo(to, FAR_CAMERA_MS);
  }

  reveal(node: number): void {
    const { scene, openGroups } = this.state;
    if (!scene) return;
    const open = new Set(openGroups);
    for (let g = scene.nodes[node]?.group ?? null; g !== null; g = scene.groups[g]?.parent ?? null) open.add(g);
    const show = (): void => this.bringIntoSight(this.model?.shownFor(node) ?? -1);
    if (open.size === openGroups.size) {
      show();
      return;
    }
    this.#afterLayout = show;
    this.context.store.dispatch({ do: 'groups', open });
  }

  camera(): Camera {
    return this.#camera;
  }
  setCamera(camera: Camera): void {
    this.#motion.stopCamera();
    this.#camera = { ...camera, zoom: clampZoom(camera.zoom) };
    this.#cameraSet = true;
    this.redraw();
  }

  focus(): void {
    this.#pointTree(true);
  }

  nodeBox(node: number): ScreenBox | null {
    const box = this.#nodeWorldBox(node);
    return box && this.#onScreen(box);
  }
  groupBox(group: number): ScreenBox | null {
    const box = this.#groupBox(group);
    return box && this.#onScreen(box);
  }

  #nodeWorldBox(node: number): Box | null {
    if (!this.model) return null;
    const item = this.model.shownFor(node);
    // Inside a closed module it is nowhere.
    if (item < 0 || item >= this.model.scene.nodes.length) return null;
    return this.model.box(this.model.placeOf[item]!);
  }
  #groupBox(group: number): Box | null {
    const place = this.model?.placeOf[this.model.scene.nodes.length + group] ?? -1;
    return this.model && place >= 0 ? this.model.box(place) : null;
  }
  #onScreen(box: Box): ScreenBox | null {
    const view = this.view;
    const origin = this.surface.canvas.getBoundingClientRect();
    const x = box.x * view.zoom + view.left;
    const y = box.y * view.zoom + view.top;
    const [width, height] = [box.width * view.zoom, box.height * view.zoom];
    if (x + width < 0 || y + height < 0 || x > view.width || y > view.height) return null;
    return { x: x + origin.left, y: y + origin.top, width, height };
  }

  onMove(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  redraw(): void {
    if (!this.#frame) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    const moved = this.#motion.camera(now);
    if (moved) this.#camera = moved;
    const { context } = this.surface;
    const view = this.view;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = this.#theme.background;
    context.fillRect(0, 0, view.width, view.height);
    const prepared = this.prepared;
    if (!prepared || !view.width) return;
    if (!this.#cameraSet) this.#firstLook();
    const level = levelAt(view.zoom);
    const brush: Brush = {
      context,
      theme: this.#theme,
      texts: this.#texts,
      view: this.view,
      level,
      detail: this.#motion.detail(level, now),
      sideways: prepared.model.geometry.direction === 'horizontal',
    };
    const marks = marksOf(this.state, prepared.model, this.#theme, this.hoveredItem, this.hoveredWire);
    const { boxes, alpha } = this.#motion.boxes(prepared.model, now);
    paintPicture(brush, prepared, marks, boxes, alpha);
    if (marginShown(this.state, prepared.model, brush.view)) {
      this.#rows ??= marginRows(prepared.model);
      paintMargin(brush, this.#rows, prepared.model, prepared.input);
    }
    this.#minimap.draw(this.surface, this.#theme, prepared, brush.view);
    for (const listener of this.#listeners) listener();
    if (this.#motion.moving(now)) this.redraw();
  }
}
