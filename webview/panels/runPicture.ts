/** The image as the net gets it: what a unit sees of it, what the net says of it, and what depends on the pixel pointed at. */
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import type { Runner } from '../state/runner';
import { el, fill, placed } from '../ui/dom';
import { watchTheme } from '../ui/theme';
import { BLEED, drawField, drawPixel, fieldWords, shownSize } from './fieldPicture';
import type { MapsStore } from './layerMaps';
import type { Overlay } from './overlay';
import { pixelWords } from './pixel';

const TALLEST = 380;
/** Where the picture has the whole width of a narrow page, it leaves room for the answer below. */
const [WIDE, TALLEST_WIDE] = [320, 240];

export interface RunPicture {
  readonly element: HTMLElement;
  readonly sentence: HTMLElement;
  /** What lies over the picture; null for nothing. */
  show(overlay: Overlay | null): void;
  /** Another picture takes its place for a while: the canvas to draw on. */
  hide(hidden: boolean): void;
  draw(): void;
  /** Points at a pixel by keyboard: in the middle of what the unit sees, to be moved from there by arrows. */
  point(): void;
  stop(): void;
}

type Pixel = readonly [number, number];

export function createRunPicture(context: PageContext, runner: Runner, maps: MapsStore): RunPicture {
  const { store } = context;
  const canvas = el('canvas', {
    class: 'field',
    title: t('Point at a pixel to see which units depend on it'),
    attrs: { role: 'img', tabindex: 0 },
  });
  const stage = el('div', { class: 'field-space' }, canvas);
  const sentence = el('div', { class: 'wb-small field-words', attrs: { 'data-testid': 'field' } });
  let overlay: Overlay | null = null;
  let hidden = false;

  function draw(): void {
    const { picture } = runner;
    stage.hidden = picture === null || hidden;
    if (!picture || hidden) return;
    const width = stage.parentElement?.clientWidth ?? 0;
    const size = shownSize(picture, width, width > WIDE ? TALLEST_WIDE : TALLEST);
    const { pixel } = maps.get();
    if (pixel) drawPixel(canvas, picture, size, pixel);
    else drawField(canvas, picture, size, store.get().field, overlay);
  }

  function say(): void {
    const { field, unit, channel } = store.get();
    const { layer, pixel, users } = maps.get();
    const strong = (text: string): HTMLElement => el('b', { text });
    const parts = (words: readonly string[]): HTMLElement =>
      el('span', {}, ...words.map((word, at) => (at % 2 === 1 ? strong(word) : word)));
    if (pixel) fill(sentence, ...placed(t('Pixel {0} {1}'), strong(`[${pixel.join(', ')}]`), parts(pixelWords(users))));
    else if (!layer || unit === null || !field) fill(sentence);
    else if (unit.length > 0)
      fill(
        sentence,
        ...placed(
          t('Unit {0} of channel {1} {2}'),
          strong(`[${unit.join(', ')}]`),
          strong(String(channel)),
          parts(fieldWords(field)),
        ),
      );
    else fill(sentence, ...placed(t('Unit {0} {1}'), strong(String(channel)), parts(fieldWords(field))));
    canvas.setAttribute('aria-label', sentence.textContent || t('The image as the net gets it'));
  }

  const point = (pixel: Pixel | null): void => {
    const now = maps.get().pixel;
    if (pixel === now || (pixel && pixel.join() === now?.join())) return;
    maps.dispatch({ pixel });
  };
  const under = (event: PointerEvent): Pixel | null => {
    const { picture } = runner;
    const box = canvas.getBoundingClientRect();
    if (!picture || box.width <= 2 * BLEED) return null;
    const along = (place: number, size: number, count: number): number =>
      Math.floor(((place - BLEED) / (size - 2 * BLEED)) * count);
    const column = along(event.clientX - box.left, box.width, picture.width);
    const row = along(event.clientY - box.top, box.height, picture.height);
    const inside = row >= 0 && column >= 0 && row < picture.height && column < picture.width;
    return inside ? [row, column] : null;
  };
  canvas.addEventListener('pointermove', (event) => point(under(event)));
  canvas.addEventListener('pointerleave', () => point(null));
  canvas.addEventListener('blur', () => point(null));

  /** By keyboard arrows move the pixel, Escape goes back to the unit. */
  canvas.addEventListener('keydown', (event) => {
    const { picture } = runner;
    if (!picture || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = maps.get().pixel;
    const step = event.shiftKey ? 10 : 1;
    const moves: Readonly<Record<string, Pixel>> = {
      ArrowUp: [-step, 0],
      ArrowDown: [step, 0],
      ArrowLeft: [0, -step],
      ArrowRight: [0, step],
    };
    const move = moves[event.key];
    if (event.key === 'Escape' && now) point(null);
    else if (move && now) {
      const [row, column] = [now[0]! + move[0], (now[1] ?? 0) + move[1]];
      point([Math.max(0, Math.min(picture.height - 1, row)), Math.max(0, Math.min(picture.width - 1, column))]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const resized = new ResizeObserver(draw);
  resized.observe(stage);
  const stops = [
    watchTheme(draw),
    maps.subscribe((state, previous) => {
      if (state.pixel !== previous.pixel) draw();
      if (state.layer !== previous.layer || state.pixel !== previous.pixel || state.users !== previous.users) say();
    }),
    store.subscribe((state, previous) => {
      if (state.field !== previous.field) draw();
      if (state.field !== previous.field || state.channel !== previous.channel) say();
    }),
  ];
  say();
  return {
    element: stage,
    sentence,
    show(next) {
      overlay = next;
      draw();
    },
    hide(next) {
      hidden = next;
      draw();
    },
    draw,
    point() {
      const { picture } = runner;
      if (!picture || hidden) return;
      if (maps.get().pixel) point(null);
      else {
        canvas.focus();
        point(middleOf(picture, store.get().field?.ranges ?? null));
      }
    },
    stop() {
      resized.disconnect();
      point(null);
      stops.forEach((stop) => stop());
    },
  };
}

function middleOf(
  { height, width }: { readonly height: number; readonly width: number },
  ranges: readonly (readonly [number, number])[] | null,
): Pixel {
  const whole = [
    [0, height - 1],
    [0, width - 1],
  ] as const;
  const [rows, columns] = ranges?.length === 2 ? [ranges[0]!, ranges[1]!] : whole;
  return [Math.round((rows[0] + rows[1]) / 2), Math.round((columns[0] + columns[1]) / 2)];
}
