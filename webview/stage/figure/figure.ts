/** The graph as a figure, by the same painters as the stage: SVG, or PNG at any scale. */
import { t } from '../../../src/core/l10n/l10n';
import type { AppState } from '../../state/app';
import type { Thumbnails } from '../../state/runner';
import { MOST_PIXELS, pixelsOf, type FigureRequest, type Figures, type Size } from '../../state/figure';
import { integer } from '../../ui/numbers';
import type { Theme } from '../../ui/theme';
import { marksOf } from '../marks';
import { layersIn } from '../places';
import type { Brush, View } from '../paint/brush';
import { levelAt } from '../paint/level';
import type { Pen } from '../paint/pen';
import { paintPicture } from '../paint/picture';
import type { Prepared } from '../paint/prepared';
import { Texts, type Measurer } from '../paint/text';
import { bar } from '../paint/brush';
import { figureLegend, type FigureLegend } from './legend';
import { encodePng } from './png';
import { escaped, paint, VectorPen } from './vectorPen';

/** Around the whole graph, px of the drawing. */
const EDGE = 16;
/** Nothing is moved to whole pixels where there are none. */
const VECTOR_RATIO = 1000;
/** A canvas of this width every browser has. */
const TILE = 4096;

interface FigureSource {
  readonly state: AppState;
  readonly prepared: Prepared;
  /** What the stage shows. */
  readonly view: View;
  /** A picture as a data URL. */
  readonly address: (picture: CanvasImageSource) => string;
  /** Measures words. */
  readonly canvas: Measurer;
  /** Null where nothing can be run. */
  readonly thumbnails: Pick<Thumbnails, 'of' | 'make'> | null;
  /** The page's own colours, or those for paper. */
  readonly theme: (of: 'page' | 'paper') => Theme;
}

interface Plan {
  readonly theme: Theme;
  readonly brush: Brush;
  readonly size: Size;
  readonly legend: FigureLegend;
  readonly state: AppState;
}

/** `source` gives null while there is nothing to draw. */
export const figuresOf = (source: () => FigureSource | null): Figures => ({
  size(request) {
    const found = source();
    return found && figureSize(found, request);
  },
  async make(request) {
    await dressed(source(), request);
    const found = source();
    if (!found) throw new Error(t('there is no graph yet'));
    return request.format === 'svg' ? figureSvg(found, request) : figurePng(found, request);
  },
});

/** What is beyond the stage's edges has no maps yet. */
async function dressed(source: FigureSource | null, request: FigureRequest): Promise<void> {
  if (!source?.thumbnails || !source.state.thumbnails) return;
  await source.thumbnails.make(layersIn(source.prepared.model, viewOf(source, request)));
}

/** The part of the drawing that a figure is of: all of it in its own size, or what the stage shows. */
function viewOf({ view, prepared }: FigureSource, { area, format, scale }: FigureRequest): View {
  const { geometry } = prepared.model;
  const ratio = format === 'svg' ? VECTOR_RATIO : scale;
  return area === 'view'
    ? { ...view, ratio }
    : { zoom: 1, left: EDGE, top: EDGE, width: geometry.width + 2 * EDGE, height: geometry.height + 2 * EDGE, ratio };
}

/** How large the drawing is, in its own pixels. */
const figureSize = (source: FigureSource, request: FigureRequest): Size =>
  planned(
    source,
    request,
    new VectorPen(
      () => 0,
      () => '',
    ),
  ).size;

function planned(source: FigureSource, request: FigureRequest, pen: Pen): Plan {
  const { prepared, canvas } = source;
  const { geometry } = prepared.model;
  const theme = source.theme(request.paper ? 'paper' : 'page');
  const texts = new Texts(canvas, theme.font);
  const view = viewOf(source, request);
  const brush: Brush = {
    context: pen,
    theme,
    texts,
    view,
    level: levelAt(view.zoom),
    detail: 1,
    sideways: geometry.direction === 'horizontal',
  };
  // Nothing that is only the pointer's or the keyboard's.
  const state: AppState = { ...source.state, selection: null, selectedGroup: null, hover: null };
  const legend = figureLegend(
    { ...brush, view: { ...view, zoom: 1 } },
    state,
    prepared.model,
    EDGE,
    view.width - 2 * EDGE,
  );
  return { theme, brush, legend, state, size: { width: view.width, height: view.height + legend.height } };
}

/** `clip`: the part that has to be painted, in pixels of the drawing. */
function paintFigure(
  { prepared, thumbnails }: FigureSource,
  { brush, legend, theme, state, size }: Plan,
  clip?: Brush['clip'],
): void {
  const { model } = prepared;
  bar(brush, 0, 0, size.width, size.height, theme.background, 0);
  const marks = marksOf(state, model, theme, { item: -1, wire: null }, thumbnails);
  const moving = { boxes: model.geometry.boxes, alpha: 1, fresh: null };
  paintPicture(clip ? { ...brush, clip } : brush, prepared, marks, moving);
  // What reaches out of a part of the graph ends where the legend begins.
  bar(brush, 0, brush.view.height, size.width, legend.height, theme.background, 0);
  legend.paint(brush.view.height);
}

/** A whole document of SVG. */
function figureSvg(source: FigureSource, request: FigureRequest): string {
  const texts = new Texts(source.canvas, source.theme('page').font);
  const pen = new VectorPen((words, size, weight) => texts.width(words, size, weight), source.address);
  const plan = planned(source, request, pen);
  paintFigure(source, plan);
  const { width, height } = plan.size;
  const [w, h] = [Math.round(width * 100) / 100, Math.round(height * 100) / 100];
  const ground = paint(plan.theme.background)?.hex ?? '#ffffff';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" ` +
      `font-family="${escaped(plan.theme.font)}" style="background:${ground}">`,
    `<title>${escaped(source.prepared.model.scene.title)}</title>`,
    pen.elements,
    '</svg>',
    '',
  ].join('\n');
}

/** Throws an Error in words for people where the picture would be too large. */
async function figurePng(source: FigureSource, request: FigureRequest): Promise<Uint8Array> {
  const { width, height } = pixelsOf(figureSize(source, request), request.scale);
  if (width * height > MOST_PIXELS)
    throw new Error(
      t(
        'it would have {0} × {1} pixels; a smaller scale or SVG, which has no limit, will do',
        integer(width),
        integer(height),
      ),
    );
  return encodePng(width, height, request.scale, (from, count) => strip(source, request, width, from, count));
}

/** Some rows, drawn in tiles side by side. */
function strip(
  source: FigureSource,
  request: FigureRequest,
  width: number,
  from: number,
  count: number,
): Uint8ClampedArray {
  const out = new Uint8ClampedArray(4 * width * count);
  for (let x = 0; x < width; x += TILE) {
    const wide = Math.min(TILE, width - x);
    const canvas = document.createElement('canvas');
    canvas.width = wide;
    canvas.height = count;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) throw new Error(t('this page has no canvas to draw on'));
    const { scale } = request;
    pen.setTransform(scale, 0, 0, scale, -x, -from);
    const clip = { x: x / scale, y: from / scale, width: wide / scale, height: count / scale };
    paintFigure(source, planned(source, request, pen), clip);
    const { data } = pen.getImageData(0, 0, wide, count);
    for (let row = 0; row < count; row++)
      out.set(data.subarray(4 * row * wide, 4 * (row + 1) * wide), 4 * (row * width + x));
  }
  return out;
}
