/** A map that is one of several of the same picture: its canvas, the mark of what is chosen in all of them, and the unit under the pointer. */
import './mapFrame.css';
import type { Extent, MapWindow } from '../state/beside';
import { el } from '../ui/dom';

/** The mark is never smaller than this, px: it could not be found. */
const MARK = 6;

export interface MapFrame {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Outlines these units of a map of that extent; null for none. */
  mark(window: MapWindow | null, of: Extent): void;
}

/** `follow` is told row and column of the unit pointed at; the extent is asked for when it is needed, null where nothing is shown. */
export function createMapFrame(
  label: string,
  extent: () => Extent | null,
  follow: (row: number, column: number) => void,
): MapFrame {
  const canvas = el('canvas', { attrs: { role: 'img', 'aria-label': label } });
  const mark = el('div', { class: 'map-mark', attrs: { hidden: true } });
  const pointed = (event: PointerEvent): void => {
    const shown = extent();
    if (!shown) return;
    const box = canvas.getBoundingClientRect();
    const at = (offset: number, length: number, count: number): number =>
      Math.max(0, Math.min(count - 1, Math.floor((offset / length) * count)));
    follow(at(event.clientY - box.top, box.height, shown.height), at(event.clientX - box.left, box.width, shown.width));
  };
  canvas.addEventListener('pointermove', pointed);
  canvas.addEventListener('pointerdown', pointed);
  return {
    element: el('div', { class: 'map-linked' }, canvas, mark),
    canvas,
    mark(window, { height, width }) {
      mark.hidden = window === null;
      if (!window) return;
      const [wide, high] = [canvas.clientWidth / width, canvas.clientHeight / height];
      const { top, left, rows, columns } = window;
      const [w, h] = [Math.max(MARK, columns * wide + 2), Math.max(MARK, rows * high + 2)];
      mark.style.width = `${w}px`;
      mark.style.height = `${h}px`;
      mark.style.transform = `translate(${(left + columns / 2) * wide - w / 2}px, ${(top + rows / 2) * high - h / 2}px)`;
    },
  };
}
