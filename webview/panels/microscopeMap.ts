/** The map the unit belongs to, with a cross on it; pointing at another place goes there. */
import { t } from '../../src/core/l10n/l10n';
import type { TensorView } from '../state/tensorView';
import { scaleFor } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { paintMap } from '../ui/paintMap';
import { svg } from '../ui/svg';
import { outline } from './microscopeInput';

/** The mark of a unit is never smaller, or it could not be found. */
const MARK = 8;

export interface UnitMap {
  readonly element: HTMLElement;
  /** `side`: pixels of the longer side. */
  show(map: TensorView | null, channel: number, unit: readonly number[], side: number): void;
}

export function createUnitMap(go: (unit: readonly number[]) => void): UnitMap {
  const canvas = el('canvas', { class: 'mic-picture', attrs: { role: 'img' } });
  const marks = svg('svg', { class: 'mic-marks', 'aria-hidden': 'true' });
  const element = el('div', { class: 'mic-frame mic-map' }, canvas, marks);
  let shown: TensorView | null = null;
  let painted: readonly unknown[] = [];

  const follow = (event: PointerEvent): void => {
    if (shown?.kind !== 'maps' || (event.type === 'pointermove' && event.buttons === 0)) return;
    const box = element.getBoundingClientRect();
    const along = (at: number, size: number, extent: number): number =>
      Math.max(0, Math.min(extent - 1, Math.floor((at / size) * extent)));
    const column = along(event.clientX - box.left, box.width, shown.width);
    const row = along(event.clientY - box.top, box.height, shown.height);
    go(shown.axes === 1 ? [column] : [row, column]);
  };
  element.addEventListener('pointerdown', follow);
  element.addEventListener('pointermove', follow);

  /** Only when another map is shown: stepping through one moves the cross alone. */
  function paint({ data, height, width }: TensorView, channel: number): void {
    const from = channel * height * width;
    const key = [data, channel, document.body.className];
    if (key.every((part, i) => part === painted[i])) return;
    painted = key;
    let [low, high] = [Infinity, -Infinity];
    for (let i = from; i < from + height * width; i++) {
      low = Math.min(low, data[i]!);
      high = Math.max(high, data[i]!);
    }
    paintMap(canvas, { data, from, height, width }, scaleFor(low, high));
  }

  return {
    element,
    show(map, channel, unit, side) {
      shown = map;
      element.hidden = map?.kind !== 'maps';
      if (map?.kind !== 'maps') return;
      const { height, width } = map;
      paint(map, channel);
      canvas.setAttribute('aria-label', t('channel {0} of the layer; unit {1} is marked', channel, unit.join(', ')));
      canvas.classList.toggle('smooth', width > side * devicePixelRatio);
      const scale = side / Math.max(height, width);
      const [w, h] = [width * scale, Math.max(height * scale, 20)];
      element.style.width = `${w}px`;
      element.style.height = `${h}px`;
      marks.setAttribute('viewBox', `0 0 ${w} ${h}`);
      const [row = 0, column = 0] = map.axes === 1 ? [0, unit[0]] : unit;
      const [x, y] = [((column + 0.5) / width) * w, ((row + 0.5) / height) * h];
      const [wide, high] = [Math.max(MARK, w / width), Math.max(MARK, h / height)];
      const [left, right, top, bottom] = [x - wide / 2, x + wide / 2, y - high / 2, y + high / 2];
      const cross = `M0 ${y}H${left}M${right} ${y}H${w}M${x} 0V${top}M${x} ${bottom}V${h}`;
      marks.replaceChildren(
        svg('path', { d: cross, stroke: '#fff', 'stroke-opacity': 0.6 }),
        ...outline(left, top, wide, high),
      );
    },
  };
}
