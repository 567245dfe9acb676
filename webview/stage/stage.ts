/** The graph: asks for layouts, draws them, and answers where things are. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { Camera, PageContext, ScreenBox, StageHandle } from '../state/context';
import type { Repeats } from '../state/repeats';
import { succession } from '../state/successor';
import { createArranger, type Arranger } from './arranger';
import type { Figures } from '../state/figure';
import { readTheme } from '../ui/theme';
import { Easel } from './easel';
import { addressOf } from './figure/address';
import { figuresOf } from './figure/figure';
import { insetsOf } from './framing';
import type { LayoutClient } from './layout/client';
import type { Geometry, LayoutScene } from './layout/types';
import { createMotion } from './motion';
import type { View } from './paint/brush';
import { levelAt, wearsMaps } from './paint/level';
import { pillWidth } from './paint/node';
import { prepare, type Prepared } from './paint/prepared';
import { groupBox, movedBy, nodeBox, onScreen, type Move } from './places';
import { middleItem, stageModel, type StageModel } from './scene/model';
import { createTree, treeItem, type Tree } from './scene/tree';
import { Sight } from './sight';
import { createSurface, type Surface } from './surface';

export class Stage implements StageHandle {
  readonly surface: Surface;
  readonly tree: Tree;
  model: StageModel | null = null;
  /** Box under the pointer, where it is no operator (those are in the page's state). */
  hoveredItem = -1;
  hoveredWire: number | null = null;
  /** Resolves when the first picture and the tree are there. */
  readonly whenDrawn: Promise<void>;
  #drawn: () => void = () => undefined;
  /** What was worked out for the layout on show. */
  prepared: Prepared | null = null;
  readonly sight: Sight;
  readonly figures: Figures;
  readonly #motion = createMotion();
  #frame = 0;
  readonly #easel: Easel;
  readonly arranger: Arranger;
  /** Item that stays where it is while the next layout comes in. */
  #anchor = -1;
  #afterLayout: (() => void) | null = null;
  covered = 40;
  readonly #listeners = new Set<() => void>();

  constructor(
    parent: HTMLElement,
    readonly context: PageContext,
    client: LayoutClient,
  ) {
    this.surface = createSurface(parent, (grown) => this.#resized(grown));
    this.whenDrawn = new Promise((resolve) => (this.#drawn = resolve));
    this.sight = new Sight(
      () => this.surface.size(),
      () => insetsOf(this.state, this.model, this.surface.size().width, this.covered),
      this.#motion,
      () => this.redraw(),
    );
    this.figures = figuresOf(() => {
      const { prepared, state, view, surface } = this;
      const thumbnails = context.runner?.thumbnails ?? null;
      return (
        prepared && { prepared, state, view, canvas: surface.context, thumbnails, theme: readTheme, address: addressOf }
      );
    });
    this.#easel = new Easel(this.surface, this.#motion, () => this.redraw());
    this.arranger = createArranger(
      client,
      (scene, geometry, repeats) => this.#place(scene, geometry, repeats),
      (reason) => this.#failed(reason),
    );
    this.tree = createTree(t('Operators and modules in the order of the data'), (item) => this.select(item));
    this.surface.element.append(this.tree.element);
    context.store.subscribe((state, previous) => this.#changed(state, previous));
    this.arranger.ask(context.store.get());
  }

  /** A panel that opens beside the graph covers some of it; the rest stays where it is. */
  #resized(grown: { readonly width: number; readonly height: number }): void {
    this.sight.grown(grown.width, grown.height);
    const { selection } = this.state;
    if (grown.width < 0 && selection !== null && this.model) this.bringIntoSight(this.model.shownFor(selection));
    // A canvas that has changed its size is empty: wait for no frame.
    if (this.prepared) this.#draw(performance.now());
  }

  /** Of the pill with these words, in pixels of the drawing. */
  pillWidth(words: string): number {
    return pillWidth(this.#easel.texts, words);
  }

  get state(): AppState {
    return this.context.store.get();
  }
  get layoutScene(): LayoutScene | null {
    return this.arranger.layoutScene;
  }
  get view(): View {
    return this.sight.view;
  }

  #changed(state: AppState, previous: AppState): void {
    this.arranger.ask(state);
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

  #failed(reason: string): void {
    const text = t('The graph could not be laid out: {0}', reason);
    this.context.store.dispatch({ do: 'message', message: { severity: 'error', text } });
    this.#drawn();
  }

  #place(scene: Scene, geometry: Geometry, repeats: Repeats): void {
    const before = this.model;
    const model = stageModel(scene, geometry, repeats);
    this.model = model;
    this.prepared = prepare(model);
    this.#easel.fresh();
    const turned = before !== null && before.geometry.direction !== geometry.direction;
    if (!this.sight.chosen || turned) this.sight.first(model);
    else {
      const same = before === null || before.scene === scene ? null : succession(before.scene, scene);
      const by = this.#keepAnchor(before, model, (item) => same?.item(item) ?? item);
      if (before) this.#motion.moveBoxes(before, model, by, (item) => same?.origin(item) ?? item);
    }
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

  /** What was clicked stays under the pointer; otherwise whatever was in the middle, of what is still there. */
  #keepAnchor(before: StageModel | null, after: StageModel, next: (item: number) => number): Move {
    if (!before) return { x: 0, y: 0 };
    const stays = (item: number): boolean => (after.placeOf[next(item)] ?? -1) >= 0;
    const item = this.#anchor >= 0 ? this.#anchor : middleItem(before, this.sight.camera, stays);
    const by = movedBy(before, item, after, next(item));
    this.sight.shift(by.x, by.y);
    return by;
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

  fit(): void {
    if (this.model) this.sight.fitAll(this.model);
  }

  lookAnew(): void {
    this.#onceLaidOut(() => {
      this.sight.chosen = false;
      this.redraw();
    });
  }

  /** The picture of a scene that has just come is still being laid out. */
  #onceLaidOut(then: () => void): void {
    if (this.model?.scene === this.state.scene) then();
    else this.#afterLayout = then;
  }

  fitSelection(): void {
    const { selection, selectedGroup } = this.state;
    const box = selectedGroup !== null ? groupBox(this.model, selectedGroup) : nodeBox(this.model, selection ?? -1);
    if (box) this.sight.fitBox(box);
  }

  bringIntoSight(item: number, leastZoom?: number): void {
    const place = this.model?.placeOf[item] ?? -1;
    if (this.model && place >= 0) this.sight.bring(this.model.box(place), this.model, leastZoom);
  }

  reveal(node: number): void {
    const { scene, openGroups } = this.state;
    if (!scene) return;
    const show = (): void => this.bringIntoSight(this.model?.shownFor(node) ?? -1);
    this.#openAround(scene.nodes[node]?.group ?? null, openGroups, scene, show);
  }

  /** Opens a module and those around it, then shows what is in it. */
  #openAround(inner: number | null, openGroups: ReadonlySet<number>, scene: Scene, show: () => void): void {
    const open = new Set(openGroups);
    for (let g = inner; g !== null; g = scene.groups[g]?.parent ?? null) open.add(g);
    if (open.size === openGroups.size) {
      show();
      return;
    }
    this.#afterLayout = show;
    this.context.store.dispatch({ do: 'groups', open });
  }

  revealGroup(group: number): void {
    const { scene, openGroups } = this.state;
    if (!scene) return;
    this.#openAround(scene.groups[group]?.parent ?? null, openGroups, scene, () =>
      this.bringIntoSight(scene.nodes.length + group),
    );
  }

  pointTo(node: number): void {
    this.bringIntoSight(this.model?.shownFor(node) ?? -1);
  }

  follow(node: number): void {
    this.#onceLaidOut(() => {
      this.bringIntoSight(this.model?.shownFor(node) ?? -1, this.sight.camera.zoom);
    });
  }

  camera(): Camera {
    return this.sight.camera;
  }
  setCamera(camera: Camera): void {
    this.sight.set(camera);
  }

  focus(): void {
    this.#pointTree(true);
  }

  nodeBox(node: number): ScreenBox | null {
    return onScreen(nodeBox(this.model, node), this.view, this.surface.canvas);
  }
  groupBox(group: number): ScreenBox | null {
    return onScreen(groupBox(this.model, group), this.view, this.surface.canvas);
  }

  wearsMaps(): boolean {
    const { thumbnails, run } = this.state;
    return thumbnails && run.serial > 0 && wearsMaps(levelAt(this.sight.camera.zoom));
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
    this.sight.step(now);
    const { prepared, view } = this;
    this.#easel.clear(view);
    if (!prepared || !view.width) return;
    if (!this.sight.chosen) this.sight.first(prepared.model);
    const pointed = { item: this.hoveredItem, wire: this.hoveredWire };
    this.#easel.draw(this.state, prepared, this.view, pointed, this.context.runner?.thumbnails ?? null, now);
    for (const listener of this.#listeners) listener();
    if (this.#motion.moving(now)) this.redraw();
  }
}
