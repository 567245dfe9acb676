/** One unit: its exact field large, the effective one measured on it, and the trail through the layers between. */
import './unitSight.css';
import { t } from '../../src/core/l10n/l10n';
import type { PageContext, Unmount } from '../state/context';
import { effectOf, patchesOver, type Effect, type PatchGrid } from '../state/effectiveField';
import type { Runner } from '../state/runner';
import { offerToTests } from '../state/testHook';
import { colourTable, gradient, type ColourScale } from '../ui/colourMaps';
import { el, fill, refill } from '../ui/dom';
import { button } from '../ui/index';
import { integer, percent } from '../ui/numbers';
import { select } from '../ui/select';
import { watchTheme } from '../ui/theme';
import { BLEED, drawField, fieldWords, pictureCanvas, shownSize } from './fieldPicture';
import type { LayerMaps, MapsStore } from './layerMaps';
import type { Overlay } from './overlay';
import { mountTrail } from './trail';
import { valueText } from './valueText';

/** Smaller, an enlarged field shows nothing. */
const LEAST_CLOSE = 160;
/** The heat over the grey picture. */
const HEAT = 0.7;

const FINENESS = [
  { value: '8', label: t('{0} across', 8) },
  { value: '16', label: t('{0} across', 16) },
  { value: '32', label: t('{0} across', 32) },
] as const;
type Fineness = (typeof FINENESS)[number]['value'];

/** A measurement belongs to one unit of one run. */
interface Measured {
  readonly key: string;
  readonly before: number;
  readonly grid: PatchGrid;
  readonly values: readonly number[];
  readonly effect: Effect;
}

const scaleOf = ({ largest }: Effect): ColourScale => ({ map: 'magnitude', low: 0, high: largest, exponent: 'linear' });

export function mountUnitSight(
  parent: HTMLElement,
  context: PageContext,
  runner: Runner,
  maps: MapsStore,
  switcher: HTMLElement,
): Unmount {
  const { store } = context;
  const title = el('h2', { class: 'wb-cut' });
  const canvas = el('canvas', { attrs: { role: 'img', 'data-testid': 'sight' } });
  const close = el('canvas', { class: 'sight-close', attrs: { 'aria-hidden': 'true' } });
  const place = el('div', { class: 'sight-place' }, canvas, close);
  const sentence = el('p', { class: 'sight-words' });
  const measure = el('div', { class: 'sight-measure' });
  const scale = el('div', { class: 'wb-row map-scale' });
  const facts = el('div', { class: 'kv' });
  const note = el('p', { class: 'wb-note' });
  const side = el('div', { class: 'sight-side' }, sentence, measure, scale, facts, note);
  const trailPlace = el('div', { class: 'sight-trail' });
  const empty = el('p', { class: 'wb-empty' });
  const root = el(
    'div',
    { class: 'unit-sight' },
    el('div', { class: 'wb-row' }, title, el('span', { class: 'grow' }), switcher),
    el('div', { class: 'sight-body' }, place, side),
    trailPlace,
    empty,
  );
  parent.append(root);
  let fineness: Fineness = '16';
  let measured: Measured | null = null;

  const unitNow = (): { layer: LayerMaps; unit: readonly number[]; channel: number; key: string } | null => {
    const { unit, channel, run } = store.get();
    const { layer } = maps.get();
    if (!layer || unit === null) return null;
    return { layer, unit, channel, key: `${layer.value}/${channel}/${unit.join()}/${run.serial}` };
  };
  const placeInData = ({ view }: LayerMaps, channel: number, unit: readonly number[]): number => {
    const [row, column] = view.axes === 2 ? (unit as [number, number]) : [0, unit[0] ?? 0];
    return (channel * view.height + row) * view.width + column;
  };

  async function start(): Promise<void> {
    const now = unitNow();
    const ranges = store.get().field?.ranges;
    if (!now || ranges?.length !== 2) return;
    const { layer, unit, channel, key } = now;
    const grid = patchesOver(ranges, Number(fineness));
    const at = placeInData(layer, channel, unit);
    const before = layer.view.data[at]!;
    const told = (values: readonly number[]): void => {
      measured = { key, before, grid, values: [...values], effect: effectOf(before, values, grid.patches.length) };
      draw();
    };
    told([]);
    const values = await runner.occlude({ value: layer.value, at, patches: grid.patches }, told);
    if (values) context.announce(t('measured, {0} patches covered', integer(grid.patches.length)));
    draw();
  }

  /** Heat over the grey picture where it was measured. */
  function heat({ grid, effect }: Measured): Overlay {
    const small = document.createElement('canvas');
    small.width = grid.columns;
    small.height = grid.rows;
    const image = new ImageData(grid.columns, grid.rows);
    const pixels = new Uint32Array(image.data.buffer);
    const table = colourTable('magnitude');
    for (let k = 0; k < pixels.length; k++)
      pixels[k] = table[effect.largest > 0 ? Math.round((effect.sizes[k]! / effect.largest) * 255) : 0]!;
    small.getContext('2d')?.putImageData(image, 0, 0);
    return {
      paint(drawing, size) {
        const { picture } = runner;
        if (!picture) return;
        const [high, wide] = [size.height / picture.height, size.width / picture.width];
        drawing.save();
        drawing.filter = 'grayscale(1)';
        drawing.drawImage(pictureCanvas(picture), 0, 0, size.width, size.height);
        drawing.filter = 'none';
        drawing.globalAlpha = HEAT;
        drawing.imageSmoothingEnabled = false;
        grid.patches.forEach(([top, left, bottom, right], k) => {
          const box = [left * wide, top * high, (right - left + 1) * wide, (bottom - top + 1) * high] as const;
          drawing.drawImage(small, k % grid.columns, Math.floor(k / grid.columns), 1, 1, ...box);
        });
        drawing.restore();
      },
    };
  }

  function drawPicture(own: Measured | null): void {
    const { picture } = runner;
    canvas.hidden = picture === null;
    if (!picture) return;
    const [width, height] = [place.clientWidth, place.clientHeight].map((side) => Math.max(80, side - 2 * BLEED));
    const size = shownSize(picture, width!, height!);
    const { field } = store.get();
    const overlay = own ? heat(own) : null;
    drawField(canvas, picture, size, field, overlay);
    drawClose(overlay, Math.min(height!, width! - size.width - 2 * BLEED));
    canvas.setAttribute('aria-label', sentence.textContent);
  }

  /** The field enlarged beside the picture, where there is room and it is small enough to gain by it. */
  function drawClose(overlay: Overlay | null, side: number): void {
    const { picture } = runner;
    const ranges = store.get().field?.box ?? null;
    const [rows, columns] = ranges?.length === 2 ? ranges : [null, null];
    const extent = rows && columns ? Math.max(rows[1] - rows[0], columns[1] - columns[0]) + 1 : Infinity;
    close.hidden =
      !picture || !rows || !columns || side < LEAST_CLOSE || extent * 1.6 > Math.max(picture.width, picture.height);
    if (close.hidden || !picture || !rows || !columns) return;
    // A margin of an eighth around the field.
    const scale = side / (extent * 1.25);
    const size = { width: picture.width * scale, height: picture.height * scale };
    const middle = ([first, last]: readonly [number, number]): number => ((first + last + 1) / 2) * scale;
    const cut = { left: middle(columns) - side / 2, top: middle(rows) - side / 2, width: side, height: side };
    drawField(close, picture, size, store.get().field, overlay, cut);
  }

  function drawMeasure(own: Measured | null): void {
    const { run, field } = store.get();
    const busy = run.working?.what === 'field';
    const can = runner.picture !== null && field?.ranges?.length === 2;
    const list = select<Fineness>(t('Patches across the field'), FINENESS, (value) => (fineness = value));
    list.show(fineness);
    const action = busy
      ? button(t('Stop'), { appearance: 'secondary', icon: 'debug-stop', onClick: () => runner.stopWork() })
      : button(own ? t('Measure again') : t('Measure what counts'), {
          appearance: 'secondary',
          testId: 'measure-field',
          onClick: () => void start(),
        });
    if (!busy || !measure.querySelector('.sight-progress'))
      refill(
        measure,
        can ? action : null,
        busy ? el('span', { class: 'wb-aside sight-progress' }) : can ? list.element : null,
      );
    const progress = measure.querySelector('.sight-progress');
    if (progress) progress.textContent = t('{0} covered', percent(run.working?.done ?? 0));
    scale.hidden = own === null;
    facts.hidden = own === null;
    if (!own) {
      note.textContent = can
        ? t(
            'Covers the picture patch by patch with its mean colour and watches how far the unit’s value moves: a run for each patch.',
          )
        : '';
      return;
    }
    const { effect, grid, before, values } = own;
    fill(
      scale,
      el('span', { class: 'end', text: '0' }),
      el('i', { class: 'map-ramp grow', style: { background: gradient(scaleOf(effect)) } }),
      el('span', { class: 'end', text: valueText(effect.largest) }),
    );
    const count = grid.patches.length;
    const share = (patches: number): string =>
      t('{0} of {1} ({2})', integer(patches), integer(count), percent(patches / count));
    const rows: [string, string][] = [
      [t('Value uncovered'), valueText(before)],
      [t('Patch'), `${grid.side}×${grid.side} px`],
      [t('Half of the effect'), share(effect.half)],
      [t('Nine tenths'), share(effect.most)],
    ];
    fill(facts, ...rows.flatMap(([label, value]) => [el('span', { text: label }), el('span', { text: value })]));
    const silent = effect.total === 0 && values.length === count;
    note.textContent = silent
      ? t('Nothing that is covered moves it: the unit is silent here. Before g it may not be.')
      : t(
          'Colour: how far the value moves when the patch is covered by the picture’s mean. Box: the theoretical field.',
        );
  }

  function draw(): void {
    const now = unitNow();
    root.classList.toggle('none', now === null);
    empty.textContent = now ? '' : t('Run a picture and choose a unit of a map first.');
    if (!now) return;
    const { layer, unit, channel, key } = now;
    const { shortName } = layer.node;
    title.textContent =
      unit.length > 0
        ? t('What unit {0} of channel {1} of {2} sees', `[${unit.join(', ')}]`, integer(channel), shortName)
        : t('What unit {0} of {1} sees', integer(channel), shortName);
    const { field } = store.get();
    const words = field ? fieldWords(field) : [t('sees a field that is not known')];
    fill(sentence, ...words.map((word, at) => (at % 2 === 1 ? el('b', { text: word }) : word)));
    if (measured && measured.key !== key) measured = null;
    drawMeasure(measured);
    drawPicture(measured);
  }

  const unmountTrail = mountTrail(trailPlace, context, runner, maps);
  const resized = new ResizeObserver(draw);
  resized.observe(place);
  offerToTests({
    /** The last measurement: patches in order, the unit's value without and with each of them covered. */
    effectiveField: () =>
      measured && { before: measured.before, patches: measured.grid.patches, values: [...measured.values] },
  });
  const stops = [
    watchTheme(draw),
    maps.subscribe((state, previous) => {
      if (state.layer !== previous.layer) draw();
    }),
    store.subscribe((state, previous) => {
      const changed = state.unit !== previous.unit || state.channel !== previous.channel;
      if (changed && state.run.working?.what === 'field') runner.stopWork();
      if (changed || state.field !== previous.field || state.run !== previous.run) draw();
    }),
  ];
  draw();
  return () => {
    if (store.get().run.working?.what === 'field') runner.stopWork();
    resized.disconnect();
    unmountTrail();
    stops.forEach((stop) => stop());
    root.remove();
  };
}
