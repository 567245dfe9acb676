/** Beside the arithmetic: where the window lies in the input, where the unit lies in its map, and the way from unit to unit. */
import type { Explanation } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from '../state/app';
import type { UnitAnswer } from '../state/lens';
import type { Runner } from '../state/runner';
import type { TensorView } from '../state/tensorView';
import { el, fill } from '../ui/dom';
import { tool } from '../ui/index';
import { integer } from '../ui/numbers';
import { drawField, fieldWords, shownSize } from './fieldPicture';
import { createInputPicture, type WindowPlace } from './microscopeInput';
import { createUnitMap } from './microscopeMap';

const WIDE = 204;
const NARROW_INPUT = 188;
const NARROW_MAP = 138;

export interface SideShown {
  readonly answer: UnitAnswer | null;
  readonly channel: number;
  readonly unit: readonly number[];
  /** The tensor as its maps show it: after the activation where there is one. */
  readonly map: TensorView | null;
  /** Channel of the input that is shown. */
  readonly inputChannel: number;
  /** The value that is the picture itself. */
  readonly imageInput: number | null;
  readonly narrow: boolean;
  readonly playing: boolean;
}

export interface Side {
  readonly element: HTMLElement;
  show(shown: SideShown): void;
  /** Marks one pixel of the input; null for none. */
  mark(place: readonly number[] | null): void;
}

export interface SideActions {
  step(by: number): void;
  play(): void;
  go(unit: readonly number[]): void;
}

/** The window in the input, where one lies there: convolutions, poolings, resizing. */
export function windowOf({ middle }: Explanation): WindowPlace | null {
  if (middle.kind === 'products') {
    const [channel] = middle.channels;
    return channel ? { patch: middle.window, lead: channel.input } : null;
  }
  return middle.kind === 'gathered' ? { patch: middle.window, lead: middle.input } : null;
}

function wordsFor({ node, strides, explanation: { middle } }: UnitAnswer): string {
  if (middle.kind !== 'products' && middle.kind !== 'gathered') return '';
  const size = middle.window.extent.join('×');
  if (middle.kind === 'gathered' && strides.length === 0) return t('The whole {0} map of the channel.', size);
  if (middle.kind === 'products' && middle.weights === 'interpolation')
    return t('The {0} inputs around the place this unit stands for.', size);
  if (node.family === 'upsampling')
    return t('The {0} inputs whose kernel reaches this unit. The kernel is met turned round.', size);
  const moves = t('The {0} window in the input; it moves {1} px per step.', size, [...new Set(strides)].join('×'));
  return middle.kind === 'products' ? `${moves} ${t('Every unit uses the same kernel.')}` : moves;
}

const keyHints: readonly (readonly [readonly string[], string])[] = [
  [['← ↑ → ↓'], t('next unit')],
  [['[', ']'], t('channel')],
  [[t('Space')], t('play')],
  [['G'], t('as a graph')],
];

export function createSide(store: AppStore, runner: Runner, actions: SideActions): Side {
  const title = el('h2', { attrs: { 'data-testid': 'microscope-unit' } });
  const choices = el('span', { class: 'wb-choices' });
  const input = createInputPicture(runner);
  const fieldCanvas = el('canvas', { class: 'field', attrs: { role: 'img', 'data-testid': 'microscope-field' } });
  const fieldSpace = el('div', { class: 'mic-field' }, fieldCanvas);
  const words = el('p', { class: 'wb-note' });
  const map = createUnitMap((unit) => actions.go(unit));
  const tools = el('span', { class: 'mic-tools' });
  const count = el('span', { class: 'wb-small dim num' });
  const hints = keyHints.map(([names, what]) =>
    el('span', {}, ...names.flatMap((name) => [el('kbd', { text: name }), ' ']), what),
  );
  const element = el(
    'div',
    { class: 'mic-side' },
    el('div', { class: 'mic-input' }, title, input.element, fieldSpace),
    el(
      'div',
      { class: 'mic-place' },
      choices,
      words,
      map.element,
      el('div', { class: 'wb-row mic-steps' }, tools, count),
      el('p', { class: 'wb-note mic-keys' }, ...hints),
    ),
  );
  let shown: SideShown | null = null;
  let onImage = false;

  function drawChoices(inInput: boolean, image: boolean): void {
    choices.hidden = !inInput || !image;
    fill(
      choices,
      ...[false, true].map((which) =>
        el('button', {
          class: onImage === which ? 'wb-choice on' : 'wb-choice',
          text: which ? t('on the image') : t('in the input'),
          title: which ? t('What this unit sees of the image') : t('The window in the layer’s own input'),
          attrs: { type: 'button', 'aria-pressed': String(onImage === which) },
          on: {
            click: () => {
              onImage = which;
              if (shown) show(shown);
            },
          },
        }),
      ),
    );
  }

  function drawTools(playing: boolean): void {
    const play = playing ? t('Pause') : t('Play');
    fill(
      tools,
      tool('debug-step-back', t('Previous unit'), () => actions.step(-1)),
      tool(playing ? 'debug-pause' : 'play', play, () => actions.play(), { 'aria-pressed': String(playing) }),
      tool('debug-step-over', t('Next unit'), () => actions.step(1)),
    );
  }
  let drawn: boolean | null = null;

  function show(next: SideShown): void {
    shown = next;
    const { answer, channel, unit, narrow, playing } = next;
    const { field } = store.get();
    const { picture } = runner;
    const side = narrow ? NARROW_INPUT : WIDE;
    title.textContent =
      unit.length > 0 ? t('Unit [{0}], channel {1}', unit.join(', '), channel) : t('Unit {0}', channel);
    const window = answer && windowOf(answer.explanation);
    const inInput = answer && window ? input.show(answer, window, next.inputChannel, side, next.imageInput) : false;
    const image = field !== null && picture !== null;
    const showImage = image && (onImage || !inInput);
    drawChoices(inInput, image);
    input.element.hidden = !inInput || showImage;
    fieldSpace.hidden = !showImage;
    if (showImage) {
      drawField(fieldCanvas, picture, shownSize(picture, side, side), field, null);
      fieldCanvas.setAttribute('aria-label', fieldWords(field).join(''));
    }
    words.textContent = showImage ? t('This unit {0}.', fieldWords(field).join('')) : answer ? wordsFor(answer) : '';
    map.show(next.map, channel, unit, narrow ? NARROW_MAP : WIDE);
    if (drawn !== playing) drawTools(playing);
    drawn = playing;
    count.textContent = next.map ? placeInMap(next.map, channel, unit) : '';
  }

  return { element, show, mark: (place) => input.mark(place) };
}

/** `unit 2 257 of 12 321`, row by row. */
function placeInMap(
  { kind, axes, channels, height, width }: TensorView,
  channel: number,
  unit: readonly number[],
): string {
  if (kind === 'vector') return t('unit {0} of {1}', integer(channel + 1), integer(channels));
  const at = axes === 1 ? (unit[0] ?? 0) : (unit[0] ?? 0) * width + (unit[1] ?? 0);
  return t('unit {0} of {1}', integer(at + 1), integer(height * width));
}
