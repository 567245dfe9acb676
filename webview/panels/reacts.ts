/** What the chosen channel reacts to, as the parts of the picture its strongest units see; and why its border differs. */
import './reacts.css';
import { t } from '../../src/core/l10n/l10n';
import type { SceneNode } from '../../src/core/view/types';
import type { UnitField } from '../../src/protocol/host';
import type { PageContext, Unmount } from '../state/context';
import { borderMeans, padsItself, strongestUnits, type BorderMeans, type Firing } from '../state/reacts';
import type { NetPicture, Runner } from '../state/runner';
import { el, fill } from '../ui/dom';
import { percent } from '../ui/numbers';
import { pictureCanvas } from './fieldPicture';
import { unitAt, type LayerMaps, type MapsStore } from './layerMaps';
import { latest } from './latest';
import { valueText } from './valueText';

const SHOWN = 4;
/** CSS pixels of a part of the picture. */
const TILE = 56;
/** Drawn pixel by pixel when one is as large as this. */
const CRISP_FROM = 3;

interface Seen extends Firing {
  readonly field: UnitField | null;
}

export function mountReacts(parent: HTMLElement, context: PageContext, runner: Runner, maps: MapsStore): Unmount {
  const { store, host } = context;
  const title = el('h3', { text: t('Reacts most to') });
  const tiles = el('div', { class: 'reacts-tiles', role: 'group', attrs: { 'aria-label': t('Reacts most to') } });
  const words = el('p', { class: 'wb-note' });
  const border = el('div', { class: 'reacts-border' });
  const root = el('div', { class: 'reacts', attrs: { 'data-testid': 'reacts' } }, title, tiles, words, border);
  parent.append(root);

  const go = (row: number, column: number, layer: LayerMaps): void =>
    store.dispatch({ do: 'unit', unit: unitAt(layer.view, row, column) });

  function tile({ row, column, value, field }: Seen, layer: LayerMaps, picture: NetPicture): HTMLElement {
    const place = unitAt(layer.view, row, column).join(', ');
    const canvas = el('canvas', { attrs: { 'aria-hidden': 'true' } });
    drawSeen(canvas, picture, field);
    return el(
      'button',
      {
        class: 'reacts-tile',
        title: t('Unit [{0}]: {1}. Look at it', place, valueText(value)),
        attrs: { type: 'button', 'data-unit': place.replace(' ', '') },
        on: { click: () => go(row, column, layer) },
      },
      canvas,
      el('span', { text: valueText(value) }),
    );
  }

  const fieldAt = (value: number, unit: readonly number[]): Promise<UnitField | null> =>
    host.unitField({ value, at: unit }).catch(() => null);

  const update = latest(async () => {
    const { layer, node, afterG, whose } = maps.get();
    const { picture } = runner;
    root.hidden = layer?.view.axes !== 2 || picture === null || whose !== 'this';
    if (!layer || !picture || root.hidden) return;
    const { value } = layer;
    const channel = Math.min(store.get().channel, layer.view.channels - 1);
    const firing = strongestUnits(layer.view, channel, SHOWN);
    const edge = borderMeans(layer.view, channel);
    const [fields, atEdge] = await Promise.all([
      Promise.all(firing.map(({ row, column }) => fieldAt(value, unitAt(layer.view, row, column)))),
      edge && fieldAt(value, unitAt(layer.view, edge.row, edge.column)),
    ]);
    // What was asked about is out of view: the next answer is on its way.
    if (isPast(layer, channel)) return;
    const unpadded = edge !== null && atEdge?.padding === 0 && (await noPadding(layer));
    if (isPast(layer, channel)) return;
    const seen = firing.map((one, at): Seen => ({ ...one, field: fields[at] ?? null }));
    fill(tiles, ...seen.map((one) => tile(one, layer, picture)));
    words.textContent = reactsWords(seen, picture, afterG && node?.pill !== null);
    if (unpadded) showUnpadded(edge);
    else showBorder(edge, atEdge, layer);
  });

  const isPast = (layer: LayerMaps, channel: number): boolean =>
    maps.get().layer !== layer || Math.min(store.get().channel, layer.view.channels - 1) !== channel;

  /** Padding of any side is seen by one of two opposite corners. */
  async function noPadding({ value, view }: LayerMaps): Promise<boolean> {
    const corners = [unitAt(view, 0, 0), unitAt(view, view.height - 1, view.width - 1)];
    const fields = await Promise.all(corners.map((corner) => fieldAt(value, corner)));
    return fields.every((field) => field?.padding === 0 && field.pixels > 0);
  }

  function showUnpadded({ border: outer, inside }: BorderMeans): void {
    border.hidden = false;
    const words = t(
      'The outermost units give {0} on average, the others {1}. None of them sees padding, so that is not why the border differs.',
      valueText(outer),
      valueText(inside),
    );
    fill(border, el('h3', { text: t('At the border') }), el('p', { class: 'wb-note', text: words }));
  }

  function showBorder(edge: BorderMeans | null, field: UnitField | null, layer: LayerMaps): void {
    const own = padsItself(layer.node);
    const told = edge && field?.padding && field.pixels > 0 ? borderWords(edge, field, layer.node, own) : null;
    border.hidden = told === null;
    if (!edge || !told) return;
    const look = el('button', {
      class: 'link-quiet',
      text: t('Why: unit [{0}, {1}] in the microscope', edge.row, edge.column),
      attrs: { type: 'button', 'data-testid': 'border-why' },
      on: {
        click: () => {
          go(edge.row, edge.column, layer);
          store.dispatch({ do: 'mode', mode: 'workbench', tab: 'microscope' });
          context.announce(told);
        },
      },
    });
    fill(border, el('h3', { text: t('At the border') }), el('p', { class: 'wb-note', text: told }), own && look);
  }

  const stops = [
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer || state.whose !== previous.whose) update();
    }),
    store.subscribe((state, previous) => {
      if (state.channel !== previous.channel) update();
    }),
  ];
  root.hidden = true;
  update();
  return () => {
    stops.forEach((stop) => stop());
    root.remove();
  };
}

/** The part of the picture inside of the box, as large as the tile takes it; what lies beyond the border stays empty. */
function drawSeen(canvas: HTMLCanvasElement, picture: NetPicture, field: UnitField | null): void {
  const ratio = devicePixelRatio;
  canvas.width = canvas.height = Math.round(TILE * ratio);
  const drawing = canvas.getContext('2d');
  const [rows, columns] = field?.ranges?.length === 2 ? (field.box ?? field.ranges) : [null, null];
  if (!drawing || !rows || !columns) return;
  // All of a box larger than the picture would be mostly empty.
  const clip = ([first, last]: readonly [number, number], extent: number): readonly [number, number] =>
    last - first + 1 > extent ? [0, extent - 1] : [first, last];
  const [top, bottom] = clip(rows, picture.height);
  const [left, right] = clip(columns, picture.width);
  const scale = (TILE * ratio) / Math.max(bottom - top + 1, right - left + 1);
  drawing.imageSmoothingEnabled = scale < CRISP_FROM * ratio;
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(pictureCanvas(picture), -left * scale, -top * scale, picture.width * scale, picture.height * scale);
}

function reactsWords(seen: readonly Seen[], picture: NetPicture, afterG: boolean): string {
  const [first] = seen;
  if (!first)
    return afterG
      ? t('To nothing in this picture: the channel is silent after g. Before g its values can be seen.')
      : t('To nothing in this picture: the channel is 0 everywhere.');
  const at = `[${first.row}, ${first.column}]`;
  const [rows, columns] = first.field?.ranges ?? [];
  if (rows && columns && rows[1] - rows[0] + 1 >= picture.height && columns[1] - columns[0] + 1 >= picture.width)
    return t('Strongest unit {0}: it sees the whole picture, so the part that counts cannot be cut out.', at);
  const below = seen.every(({ value }) => value < 0) ? ` ${t('All below 0: what it reacts against.')}` : '';
  return `${t('What its strongest units see, by their values; first {0}.', at)}${below}`;
}

function borderWords(
  { border, inside }: BorderMeans,
  { pixels, padding }: UnitField,
  { op, family }: SceneNode,
  own: boolean,
): string {
  const share = percent((padding ?? 0) / (pixels + (padding ?? 0)));
  const words = [valueText(border), valueText(inside), share] as const;
  if (!own)
    return t(
      'The outermost units give {0} on average, the others {1}: up to {2} of what they see is padding that entered in layers before; this one adds none.',
      ...words,
    );
  if (family === 'convolution')
    return t(
      'The outermost units give {0} on average, the others {1}: up to {2} of what they see is padding, where the neutral value enters in place of pixels.',
      ...words,
    );
  return op === 'MaxPool'
    ? t(
        'The outermost units give {0} on average, the others {1}: up to {2} of what they see is padding, which a max pooling leaves out.',
        ...words,
      )
    : t('The outermost units give {0} on average, the others {1}: up to {2} of what they see is padding.', ...words);
}
