/** Kernels as small images: as many as can be seen are read and drawn, the others when they are scrolled to. */
import './kernels.css';
import { t } from '../../src/core/l10n/l10n';
import type { KernelAxis, WeightRow } from '../../src/core/view/types';
import type { PagedTensor } from '../state/pagedTensor';
import { colourTable, placeOf, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { integer } from '../ui/numbers';
import { watchTheme } from '../ui/theme';
import { cellsIn, elementAt, firstElement, kernelGrid, rowsIn, type KernelGrid } from './kernelGrid';
import { valueText } from './valueText';

type Kernels = NonNullable<WeightRow['kernels']>;

const SINGLE: Readonly<Record<KernelAxis, string>> = {
  'output channel': t('output channel'),
  'input channel': t('input channel'),
  output: t('output'),
  input: t('input'),
};
const SEVERAL: Readonly<Record<KernelAxis, string>> = {
  'output channel': t('output channels'),
  'input channel': t('input channels'),
  output: t('outputs'),
  input: t('inputs'),
};

/** Lines of kernels in sight before anybody asks for all. */
const FIRST_LINES = 10;
/** A matrix has lines of few px: it may take this much. */
const LEAST_HEIGHT = 96;
const MOST_HEIGHT = 420;
/** No number: neither colour of the map. */
const NO_NUMBER = 0xff7f00ff;

export interface KernelView {
  readonly element: HTMLElement;
  /** Colours run to ±reach; nothing is drawn before it is known. */
  paint(reach: number): void;
  /** Elements have come in. */
  refresh(): void;
  dispose(): void;
}

export function createKernels(kernels: Kernels, tensor: PagedTensor, label: string): KernelView {
  const canvas = el('canvas', { class: 'kernel-canvas', role: 'img', attrs: { 'aria-label': label } });
  const sheet = el('div', { class: 'kernel-sheet' }, canvas);
  const scroller = el('div', { class: 'kernel-scroll', attrs: { role: 'group', 'aria-label': label } }, sheet);
  const caption = el('span');
  const more = el('button', { class: 'link', attrs: { type: 'button', 'aria-expanded': 'false', hidden: true } });
  const element = el('div', { class: 'kernels' }, scroller, el('div', { class: 'kernel-caption' }, caption, more));

  let grid: KernelGrid | null = null;
  let reach = 0;
  let expanded = false;
  let frame = 0;
  /** What is in sight; what is under the pointer. */
  let where = '';
  let under = '';

  const height = ({ cellHeight, sheetHeight }: KernelGrid): number => {
    if (expanded) return Math.min(sheetHeight, MOST_HEIGHT);
    return Math.min(sheetHeight, Math.max(FIRST_LINES * cellHeight, LEAST_HEIGHT));
  };

  const layOut = (): void => {
    const width = element.clientWidth;
    if (!width) return;
    grid = kernelGrid(kernels, width);
    scroller.style.height = `${height(grid)}px`;
    sheet.style.width = `${Math.max(grid.sheetWidth, 1)}px`;
    sheet.style.height = `${grid.sheetHeight}px`;
    const all = grid.sheetHeight > height(grid) + 1;
    more.hidden = !all && !expanded;
    more.textContent = expanded ? t('fewer') : t('more');
    more.setAttribute('aria-expanded', String(expanded));
    const scrolls = all || grid.sheetWidth > width;
    // What scrolls must be reached by the keyboard.
    if (scrolls) scroller.tabIndex = 0;
    else scroller.removeAttribute('tabindex');
    scroller.setAttribute('aria-label', scrolls ? t('{0}, scrolled by arrow keys', label) : label);
    draw();
  };

  const draw = (): void => {
    frame = 0;
    if (!grid) return;
    const window = {
      x: scroller.scrollLeft,
      y: scroller.scrollTop,
      width: scroller.clientWidth,
      height: scroller.clientHeight,
    };
    describe(grid, window);
    const ratio = Math.max(1, Math.round(devicePixelRatio));
    canvas.width = Math.max(1, window.width * ratio);
    canvas.height = Math.max(1, window.height * ratio);
    canvas.style.width = `${window.width}px`;
    canvas.style.height = `${window.height}px`;
    const context = canvas.getContext('2d');
    if (!context || reach === 0) return;
    const image = context.createImageData(canvas.width, canvas.height);
    const pixels = new Uint32Array(image.data.buffer);
    const scale: ColourScale = { map: 'diverging', low: -reach, high: reach, exponent: 'root' };
    const table = colourTable('diverging');
    const size = grid.pixel * ratio;
    const span = kernels.height * kernels.width;
    let askedRow = -1;
    for (const cell of cellsIn(grid, kernels, window)) {
      const from = firstElement(kernels, cell);
      if (cell.row !== askedRow) {
        askedRow = cell.row;
        const last = Math.min(kernels.columnCount - 1, cell.column + Math.ceil(window.width / grid.cellWidth));
        tensor.need(from, from + (last - cell.column + 1) * span);
      }
      for (let at = 0; at < span; at++) {
        const value = tensor.at(from + at);
        if (value === undefined) continue;
        const colour = Number.isFinite(value) ? table[Math.round(placeOf(value, scale) * 255)]! : NO_NUMBER;
        const left = Math.round((cell.x - window.x) * ratio) + (at % kernels.width) * size;
        const top = Math.round((cell.y - window.y) * ratio) + Math.floor(at / kernels.width) * size;
        const [x0, x1] = [Math.max(0, left), Math.min(canvas.width, left + size)];
        for (let y = Math.max(0, top); y < Math.min(canvas.height, top + size); y++)
          if (x1 > x0) pixels.fill(colour, y * canvas.width + x0, y * canvas.width + x1);
      }
    }
    context.putImageData(image, 0, 0);
  };
  const soon = (): void => {
    if (!frame) frame = requestAnimationFrame(draw);
  };

  const describe = (on: KernelGrid, window: { x: number; y: number; width: number; height: number }): void => {
    const [first, last] = rowsIn(on, kernels, window);
    const span = (from: number, to: number, all: number): string =>
      from === 0 && to >= all - 1
        ? `${integer(0)}…${integer(all - 1)}`
        : t('{0} of {1}', `${integer(from)}…${integer(to)}`, integer(all));
    const rows = `${SEVERAL[kernels.rows]} ${span(first, last, kernels.rowCount)}`;
    const columns = `${SEVERAL[kernels.columns]}${columnsText(on, window)}`;
    const name = kernels.height * kernels.width === 1 ? t('Matrix') : t('Kernels');
    const words =
      on.strips > 1
        ? kernels.columnCount === 1
          ? rows
          : t('{0}, {1} side by side, columns {2}', rows, integer(on.strips), columns)
        : t('rows {0}, columns {1}', rows, columns);
    where = `${name}: ${words}`;
    caption.textContent = under || where;
    canvas.setAttribute('aria-label', `${label}. ${where}`);
  };
  const placeText = ({ row, column, dy, dx }: NonNullable<ReturnType<typeof elementAt>>): string => {
    const kernel = `${SINGLE[kernels.rows]} ${row}, ${SINGLE[kernels.columns]} ${column}`;
    return kernels.height * kernels.width > 1 ? t('{0} at {1}, {2}', kernel, dy, dx) : kernel;
  };
  const columnsText = (on: KernelGrid, window: { x: number; width: number }): string => {
    if (on.sheetWidth <= window.width + 1) return '';
    const first = Math.floor(window.x / on.cellWidth);
    const last = Math.min(kernels.columnCount - 1, Math.floor((window.x + window.width - 1) / on.cellWidth));
    return ` ${t('{0} of {1}', `${integer(first)}…${integer(last)}`, integer(kernels.columnCount))}`;
  };

  scroller.addEventListener('scroll', soon);
  scroller.addEventListener('pointermove', (event) => {
    const box = scroller.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left + scroller.scrollLeft, event.clientY - box.top + scroller.scrollTop];
    const hit = grid && elementAt(grid, kernels, x, y);
    const value = hit ? tensor.at(firstElement(kernels, hit) + hit.dy * kernels.width + hit.dx) : undefined;
    under = hit && value !== undefined ? `${placeText(hit)}: ${valueText(value)}` : '';
    caption.textContent = under || where;
  });
  scroller.addEventListener('pointerleave', () => {
    under = '';
    caption.textContent = where;
  });
  more.addEventListener('click', () => {
    expanded = !expanded;
    layOut();
  });
  const resized = new ResizeObserver(() => requestAnimationFrame(layOut));
  resized.observe(element);
  const stopTheme = watchTheme(soon);
  return {
    element,
    paint(most) {
      reach = most;
      soon();
    },
    refresh: soon,
    dispose() {
      cancelAnimationFrame(frame);
      resized.disconnect();
      stopTheme();
    },
  };
}
