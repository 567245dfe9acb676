/** How often each pixel of the image is used by the layer in view; pixels that no unit uses are white, and counted. */
import './coverage.css';
import { t } from '../../src/core/l10n/l10n';
import type { Coverage } from '../../src/protocol/host';
import type { PageContext } from '../state/context';
import type { NetPicture, Runner } from '../state/runner';
import { gradient, type ColourScale } from '../ui/colourMaps';
import { el, fill, placed, refill } from '../ui/dom';
import { integer, percent } from '../ui/numbers';
import { paintMap } from '../ui/paintMap';
import { watchTheme } from '../ui/theme';
import { valueInView, type MapsStore } from './layerMaps';

/** The picture under the white pixels. */
const LIGHT = 0.8;
/** Without a picture, pixels that are seen are this grey. */
const GROUND = 110;

export function mountCoverage(
  parent: HTMLElement,
  context: PageContext,
  runner: Runner,
  maps: MapsStore,
  views: HTMLElement,
): () => void {
  const { store, host } = context;
  const title = el('h2');
  const aside = el('span', { class: 'dim' });
  const switcher = el('span', { class: 'wb-choices' });
  const canvas = el('canvas', { class: 'coverage-map', attrs: { role: 'img', 'data-testid': 'coverage' } });
  const place = el('div', { class: 'coverage-place' }, canvas);
  const facts = el('div', { class: 'kv' });
  const scale = el('div', { class: 'wb-row map-scale' });
  const note = el('p', { class: 'wb-note' });
  const empty = el('p', { class: 'wb-empty' });
  const side = el('div', { class: 'coverage-side' }, facts, scale, note);
  const root = el(
    'div',
    { class: 'coverage' },
    el('div', { class: 'wb-row' }, title, aside, el('span', { class: 'grow' }), switcher, views),
    el('div', { class: 'coverage-body' }, place, side),
    empty,
  );
  parent.append(root);

  let coverage: Coverage | null = null;
  let counted = false;
  let asked = -1;

  const scaleOf = ({ max }: Coverage): ColourScale => ({ map: 'magnitude', low: 0, high: max, exponent: 'root' });

  function paintPicture({ shape, counts }: Coverage, picture: NetPicture | null): void {
    const [height, width] = shape as [number, number];
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    const fits = picture?.width === width && picture.height === height;
    for (let at = 0; at < width * height; at++) {
      const seen = counts[at]! > 0;
      for (let k = 0; k < 3; k++)
        image.data[at * 4 + k] = !seen ? 255 : fits ? picture.data[at * 4 + k]! * LIGHT : GROUND;
      image.data[at * 4 + 3] = 255;
    }
    canvas.getContext('2d')?.putImageData(image, 0, 0);
  }

  function draw(): void {
    const { node } = maps.get();
    root.classList.toggle('none', coverage === null);
    title.textContent = node ? t('What {0} uses of the image', node.shortName) : '';
    switcher.hidden = coverage === null;
    if (!coverage) return;
    const [height, width] = coverage.shape as [number, number];
    if (counted) paintMap(canvas, { data: coverage.counts, from: 0, height, width }, scaleOf(coverage));
    else paintPicture(coverage, runner.picture);
    canvas.style.setProperty('--ratio', String(width / height));
    const pixels = width * height;
    const most =
      coverage.min === coverage.max ? integer(coverage.max) : `${integer(coverage.min)} … ${integer(coverage.max)}`;
    fact(null);
    canvas.setAttribute('aria-label', t('{0} of {1} pixels are never seen', integer(coverage.unseen), integer(pixels)));
    fill(
      scale,
      ...(counted
        ? [
            el('span', { class: 'end', text: '0' }),
            el('i', { class: 'map-ramp grow', style: { background: gradient(scaleOf(coverage)) } }),
            el('span', { class: 'end', text: integer(coverage.max) }),
          ]
        : []),
    );
    fill(
      note,
      counted
        ? t('How many units of the layer use each pixel; colour by the square root.')
        : coverage.unseen > 0
          ? t('White: no unit of this layer uses the pixel.')
          : t('Every pixel is used.'),
      ' ',
      ...placed(t('{0} changes between picture and counts.'), el('kbd', { text: 'C' })),
    );
    refill(
      switcher,
      ...[false, true].map((which) =>
        el('button', {
          class: counted === which ? 'wb-choice on' : 'wb-choice',
          text: which ? t('counts') : t('picture'),
          attrs: { type: 'button', 'aria-pressed': String(counted === which) },
          on: { click: () => toggle(which) },
        }),
      ),
    );

    function fact(under: readonly [number, number, number] | null): void {
      const { unseen } = coverage!;
      const rows: [label: string, value: string, title?: string][] = [
        [t('Pixels'), `${integer(height)}×${integer(width)}`],
        [t('Units per pixel'), most],
        [t('Pixels never seen'), integer(unseen)],
        [
          t('Share never seen'),
          percent(unseen / pixels),
          t('Pixels that no unit of this layer depends on, of all pixels of the picture'),
        ],
      ];
      rows.push(
        under ? [t('At [{0}, {1}]', under[0], under[1]), t('{0} units', integer(under[2]))] : [t('At the pointer'), ''],
      );
      fill(
        facts,
        ...rows.flatMap(([label, value, title = '']) => [
          el('span', { text: label, title }),
          el('span', { text: value }),
        ]),
      );
    }
    canvas.onpointermove = (event) => {
      const box = canvas.getBoundingClientRect();
      const column = Math.min(width - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * width)));
      const row = Math.min(height - 1, Math.max(0, Math.floor(((event.clientY - box.top) / box.height) * height)));
      fact([row, column, coverage!.counts[row * width + column]!]);
    };
  }

  function toggle(which: boolean): void {
    counted = which;
    draw();
  }

  async function update(): Promise<void> {
    const { node } = maps.get();
    const value = node ? (valueInView(context, node, true) ?? -1) : -1;
    if (value === asked) return;
    asked = value;
    const answer = value < 0 ? null : await host.coverage(value).catch(() => null);
    if (asked !== value) return;
    coverage = answer?.shape.length === 2 ? answer : null;
    empty.textContent = coverage
      ? ''
      : t('Which pixels this layer uses is not known: it has no receptive field on an image of known size.');
    draw();
  }

  const keys = (event: KeyboardEvent): void => {
    if (event.key !== 'c' || event.ctrlKey || event.metaKey || event.altKey) return;
    toggle(!counted);
    event.preventDefault();
  };
  root.addEventListener('keydown', keys);
  root.tabIndex = -1;
  const stops = [
    maps.subscribe((state, previous) => {
      if (state.node !== previous.node) void update();
    }),
    store.subscribe((state, previous) => {
      if (state.scene !== previous.scene) asked = -1;
      if (state.run.serial !== previous.run.serial) draw();
    }),
    watchTheme(draw),
  ];
  void update();
  return () => {
    stops.forEach((stop) => stop());
    root.remove();
  };
}
