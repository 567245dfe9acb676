/** Boxes of a detector: over the picture, and as a list beside it. */
import { t } from '../../src/core/l10n/l10n';
import type { Detection, Detections } from '../state/detections';
import { LEAST_SCORE } from '../state/detections';
import { el, fill } from '../ui/dom';
import { integer, percent } from '../ui/numbers';
import { readTheme } from '../ui/theme';
import type { Overlay } from './overlay';

const SHOWN = 20;
const TEXT = 11;

const nameOf = ({ label, index }: Detection): string => label ?? t('class {0}', integer(index));

/** Boxes of 2 px, white on black; the name and the score on the page's ground at the upper left. */
export function detectionsOverlay(
  { found }: Detections,
  picture: { readonly width: number; readonly height: number },
): Overlay {
  return {
    paint(context, size) {
      const theme = readTheme();
      const [x, y] = [size.width / picture.width, size.height / picture.height];
      context.save();
      context.font = `${TEXT * theme.scale}px ${theme.font}`;
      context.textBaseline = 'middle';
      // The strongest last, on top of the others.
      for (const one of [...found].reverse()) {
        const [left, top, right, bottom] = [one.left * x, one.top * y, one.right * x, one.bottom * y];
        for (const [width, colour] of [
          [4, '#000'],
          [2, '#fff'],
        ] as const) {
          context.lineWidth = width;
          context.strokeStyle = colour;
          context.strokeRect(left, top, right - left, bottom - top);
        }
        const text = `${nameOf(one)} ${percent(one.score)}`;
        const [wide, high] = [context.measureText(text).width + 8, (TEXT + 5) * theme.scale];
        const place = Math.max(0, Math.min(left - 1, size.width - wide));
        const above = Math.max(0, top - high);
        context.fillStyle = theme.background;
        context.fillRect(place, above, wide, high);
        context.fillStyle = theme.foreground;
        context.fillText(text, place + 4, above + high / 2 + 0.5);
      }
      context.restore();
    },
  };
}

export function fillDetections(parent: HTMLElement, detections: Detections): void {
  const { found, how } = detections;
  const rows = found.slice(0, SHOWN).map((one) =>
    el(
      'li',
      {},
      el('span', { class: 'grow wb-cut', text: nameOf(one), title: nameOf(one) }),
      el('span', {
        class: 'wb-aside',
        text: t(
          '{0} at {1}, {2}',
          `${integer(one.right - one.left)}×${integer(one.bottom - one.top)}`,
          integer(one.left),
          integer(one.top),
        ),
      }),
      el('span', { text: percent(one.score) }),
    ),
  );
  const heading = found.length > SHOWN ? t('Detected, {0} more', found.length - SHOWN) : t('Detected');
  fill(
    parent,
    el('h3', { text: found.length === 0 ? t('Nothing detected') : heading }),
    el('ul', { class: 'classes', attrs: { 'data-testid': 'detections' } }, ...rows),
    el('p', { class: 'wb-note', text: t('{0}; scores from {1}.', how, percent(LEAST_SCORE)) }),
  );
}
