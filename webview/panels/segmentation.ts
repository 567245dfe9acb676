/** Outputs that say one class per pixel, as an overlay on the image. */
import { t } from '../../src/core/l10n/l10n';
import type { RunSource } from '../../src/protocol/host';
import type { RunTensor } from '../state/runner';
import { viewTensor } from '../state/tensorView';
import { el, fill } from '../ui/dom';
import { percent } from '../ui/numbers';

const MOST_CLASSES = 64;

export interface Segmentation {
  readonly canvas: HTMLCanvasElement;
  readonly classes: readonly {
    readonly index: number;
    readonly label: string;
    readonly colour: string;
    readonly share: number;
  }[];
}

/** Hues a golden angle apart, so that neighbours differ; the first class is the ground and left clear. */
function colourOf(index: number): readonly [number, number, number] {
  const hue = (index * 137.508 + 200) % 360;
  const part = (shift: number): number => {
    const k = (shift + hue / 30) % 12;
    return Math.round(255 * (0.55 - 0.45 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

/** Null for outputs that are no segmentation: too many channels, or none that has a name and a place on the picture. */
export function segmentationOf(
  output: RunTensor,
  picture: { readonly width: number; readonly height: number },
  labels: RunSource['labels'],
): Segmentation | null {
  const { kind, axes, channels, height, width, data } = viewTensor(output);
  if (kind !== 'maps' || axes !== 2 || channels < 2 || channels > MOST_CLASSES) return null;
  // Coarser than an eighth of the picture it is a feature map, not a mask.
  if (height * 8 < picture.height || width * 8 < picture.width) return null;
  if (labels && labels.names.length !== channels && !labels.assumed) return null;
  const named = labels?.names.length === channels ? labels.names : null;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  const image = context.createImageData(width, height);
  const size = height * width;
  const counts = new Array<number>(channels).fill(0);
  for (let at = 0; at < size; at++) {
    let best = 0;
    for (let channel = 1; channel < channels; channel++)
      if (data[channel * size + at]! > data[best * size + at]!) best = channel;
    counts[best]!++;
    if (best === 0) continue;
    image.data.set([...colourOf(best), 255], at * 4);
  }
  context.putImageData(image, 0, 0);
  const classes = counts.map((count, index) => ({
    index,
    label: named?.[index] ?? t('class {0}', index),
    colour: index === 0 ? 'transparent' : `rgb(${colourOf(index).join(' ')})`,
    share: count / size,
  }));
  return { canvas, classes: classes.filter(({ share }) => share > 0).sort((a, b) => b.share - a.share) };
}

export function fillClasses(parent: HTMLElement, segmentation: Segmentation | null): void {
  fill(
    parent,
    segmentation ? el('h3', { text: t('Classes in the picture') }) : null,
    segmentation
      ? el(
          'ul',
          { class: 'classes', attrs: { 'data-testid': 'classes' } },
          ...segmentation.classes.map(({ label, colour, share }) =>
            el(
              'li',
              {},
              el('i', { class: 'swatch', style: { background: colour } }),
              el('span', { class: 'grow', text: label }),
              el('span', { text: percent(share) }),
            ),
          ),
        )
      : null,
  );
}
