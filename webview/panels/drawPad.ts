/** A canvas to draw a digit or a shape on; every stroke is run at once. */
import { t } from '../../src/core/l10n/l10n';
import type { ImageEntry, Preparation } from '../../src/protocol/host';
import { el, icon } from '../ui/dom';

/** Drawn larger than the net's input, so that shrinking smooths the strokes as in scanned digits. */
const SIDE = 280;
const COLOURS = ['#ffffff', '#e6332a', '#2fa84f', '#2f6fe4', '#f2c521', '#000000'] as const;

export interface DrawPad {
  readonly element: HTMLElement;
}

export function createDrawPad(
  preparation: Preparation | null,
  drawn: (image: ImageEntry) => void,
  close: () => void,
): DrawPad {
  const grey = preparation?.order === 'grey';
  const ratio = preparation ? preparation.width / preparation.height : 1;
  const [width, height] = ratio >= 1 ? [SIDE, Math.round(SIDE / ratio)] : [Math.round(SIDE * ratio), SIDE];
  const canvas = el('canvas', {
    class: 'draw-canvas',
    attrs: { width, height, 'data-testid': 'draw', 'aria-label': t('Draw here'), role: 'img' },
  });
  const context = canvas.getContext('2d');
  let colour: string = COLOURS[0];
  // A pen as thick as that of MNIST's digits: two of 28 pixels.
  let thickness = SIDE / 13;
  let last: readonly [number, number] | null = null;

  const clear = (): void => {
    if (!context) return;
    context.fillStyle = '#000';
    context.fillRect(0, 0, width, height);
  };
  clear();

  const place = (event: PointerEvent): readonly [number, number] => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
  };
  const stroke = (to: readonly [number, number]): void => {
    if (!context) return;
    context.strokeStyle = colour;
    context.lineWidth = thickness;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(...(last ?? to));
    context.lineTo(...to);
    context.stroke();
    last = to;
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    stroke(place(event));
    event.preventDefault();
  });
  canvas.addEventListener('pointermove', (event) => {
    if (last) for (const part of event.getCoalescedEvents()) stroke(place(part));
  });
  const end = (): void => {
    if (!last) return;
    last = null;
    canvas.toBlob((blob) => {
      void blob
        ?.arrayBuffer()
        .then((buffer) => drawn({ name: t('drawing'), url: null, bytes: new Uint8Array(buffer), group: 'picked' }));
    }, 'image/png');
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);

  const swatches = (grey ? ([COLOURS[0], COLOURS[5]] as const) : COLOURS).map((one) => {
    const swatch = el('button', {
      class: one === colour ? 'draw-swatch on' : 'draw-swatch',
      title: one === '#000000' ? t('Eraser') : one,
      attrs: { type: 'button', 'aria-label': one === '#000000' ? t('Eraser') : t('Colour {0}', one) },
      style: { background: one },
      on: {
        click: () => {
          colour = one;
          swatches.forEach((other) => other.classList.toggle('on', other === swatch));
        },
      },
    });
    return swatch;
  });
  const size = el('input', {
    title: t('Thickness'),
    attrs: { type: 'range', min: 4, max: 60, value: Math.round(thickness), 'aria-label': t('Thickness') },
  });
  size.addEventListener('input', () => (thickness = Number(size.value)));
  const act = (name: string, label: string, run: () => void): HTMLElement =>
    el(
      'button',
      { class: 'tool', title: label, attrs: { type: 'button', 'aria-label': label }, on: { click: run } },
      icon(name),
    );
  const tools = el(
    'div',
    { class: 'wb-row draw-tools' },
    ...swatches,
    size,
    el('span', { class: 'grow' }),
    act('clear-all', t('Clear'), clear),
    act('close', t('Close the drawing'), close),
  );
  return { element: el('div', { class: 'draw-pad' }, canvas, tools) };
}
