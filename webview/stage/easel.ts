/** Puts one frame of the stage on its canvases: picture, margin columns, minimap. */
import type { AppState } from '../state/app';
import { readTheme, watchTheme, type Theme } from '../ui/theme';
import { marginShown } from './framing';
import { marksOf, type Pointed } from './marks';
import { createMinimap } from './minimap';
import type { Thumbnails } from '../state/runner';
import type { Motion } from './motion';
import type { Brush, View } from './paint/brush';
import { levelAt } from './paint/level';
import { marginRows, paintMargin, type MarginRow } from './paint/margin';
import { paintPicture } from './paint/picture';
import type { Prepared } from './paint/prepared';
import { Texts } from './paint/text';
import { layersIn } from './places';
import { scaleOf } from './scales';
import type { Surface } from './surface';

export class Easel {
  #theme: Theme;
  texts: Texts;
  /** Made when first drawn. */
  #rows: readonly MarginRow[] | null = null;
  readonly #minimap = createMinimap();

  constructor(
    readonly surface: Surface,
    readonly motion: Motion,
    themeChanged: () => void,
  ) {
    this.#theme = readTheme();
    this.texts = new Texts(surface.context, this.#theme.font);
    watchTheme(() => {
      this.#theme = readTheme();
      this.texts = new Texts(surface.context, this.#theme.font);
      this.#minimap.stale();
      themeChanged();
    });
  }

  /** The arrangement is another one: what was worked out for the last is void. */
  fresh(): void {
    this.#rows = null;
    this.#minimap.stale();
  }

  clear(view: View): void {
    const { context } = this.surface;
    context.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    context.globalAlpha = 1;
    context.fillStyle = this.#theme.background;
    context.fillRect(0, 0, view.width, view.height);
  }

  draw(state: AppState, prepared: Prepared, view: View, pointed: Pointed, maps: Thumbnails | null, now: number): void {
    const { model } = prepared;
    const level = levelAt(view.zoom);
    const brush: Brush = {
      context: this.surface.context,
      theme: this.#theme,
      texts: this.texts,
      view,
      level,
      detail: this.motion.detail(level, now),
      sideways: model.geometry.direction === 'horizontal',
    };
    const marks = marksOf(state, model, this.#theme, pointed, maps);
    paintPicture(brush, prepared, marks, this.motion.boxes(model, now));
    if (state.thumbnails) maps?.want(layersIn(model, view));
    const margin = marginShown(state, model, view);
    // The legend stays under the columns then, and lets the graph be.
    this.surface.element.toggleAttribute('data-margin', margin);
    if (margin) {
      this.#rows ??= marginRows(model);
      paintMargin(brush, this.#rows, model, prepared.input);
    }
    const colours = scaleOf(state.colourBy, model.scene, this.#theme, state.run.times);
    this.#minimap.draw(this.surface, this.#theme, prepared, colours, view);
  }
}
