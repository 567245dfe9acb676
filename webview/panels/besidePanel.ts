/** One of the layers side by side: its map, what its values are like, and a corner of them as numbers. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene, SceneNode } from '../../src/core/view/types';
import type { Extent, MapWindow, Place } from '../state/beside';
import type { Lens } from '../state/lens';
import { channelStatistics, type Statistics } from '../state/statistics';
import { valueAt } from '../state/tensorView';
import { gradient } from '../ui/colourMaps';
import { el, fill } from '../ui/dom';
import { tool } from '../ui/index';
import { integer, percent } from '../ui/numbers';
import { paintMap } from '../ui/paintMap';
import { cornerTable, cornerWords } from './besideCorner';
import { createBesideSource, type BesideMap, type BesidePoint } from './besideSource';
import { besideWords } from './besideWords';
import { createMapFrame } from './mapFrame';
import { valueText } from './valueText';
import { layerWords, pathOf } from './walk';

export interface BesideActions {
  readonly select: (node: number) => void;
  readonly takeOut: (node: number) => void;
  /** `byKey`: a screen reader is told what stands there. */
  readonly point: (place: Place, byKey: boolean) => void;
}

export interface BesidePanel {
  readonly node: SceneNode;
  readonly element: HTMLElement;
  /** Null with why there is none to show. */
  paint(map: BesideMap | null, why: string): void;
  point(point: BesidePoint | null): void;
  /** Another map has another extent: this one is the source of finer ones, or made of them. */
  setAside(aside: boolean): void;
  setInView(inView: boolean): void;
  /** What is pointed at: `nearest 101.0`. */
  words(): string;
}

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};
/** Units a step with Shift goes. */
const FAR = 10;

export function createBesidePanel(scene: Scene, node: SceneNode, lens: Lens, actions: BesideActions): BesidePanel {
  const name = pathOf(scene, node) || node.title;
  let shown: BesideMap | null = null;
  let statistics: Statistics | null = null;
  let at: BesidePoint | null = null;
  const extent = (): Extent | null => shown?.view ?? null;
  const pointAt = (row: number, column: number, byKey = false): void => {
    const { height, width } = shown!.view;
    if (row >= 0 && column >= 0 && row < height && column < width) actions.point({ row, column, height, width }, byKey);
  };
  const frame = createMapFrame(name, extent, (row, column) => pointAt(row, column));
  const { canvas } = frame;
  canvas.tabIndex = 0;
  canvas.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (!move || !shown || !at || event.ctrlKey || event.metaKey || event.altKey) return;
    const { height, width } = shown.view;
    const step = event.shiftKey ? FAR : 1;
    const near = (place: number, by: number, count: number): number =>
      Math.max(0, Math.min(count - 1, place + by * step));
    pointAt(near(at.chosen.top, move[0], height), near(at.chosen.left, move[1], width), true);
    event.preventDefault();
    event.stopPropagation();
  });
  const heading = el(
    'button',
    {
      class: 'beside-name',
      title: t('Select {0}', name),
      attrs: { type: 'button' },
      on: { click: () => actions.select(node.id) },
    },
    el('b', { class: 'wb-cut', text: layerWords(node) }),
    el('span', { class: 'wb-cut', text: name }),
  );
  const bar = el('div', { class: 'wb-row map-scale' });
  const facts = el('div', { class: 'kv wb-small' });
  const numbers = el('div');
  const source = createBesideSource(node, lens, () => writeCorner());
  const corner = el('div', { class: 'beside-numbers' }, source?.element ?? null, numbers);
  const empty = el('p', { class: 'wb-note' });
  const sentence = besideWords(node);
  const words = sentence ? el('p', { class: 'wb-note', text: sentence }) : null;
  const side = el('div', {}, facts, corner, words);
  const body = el('div', { class: 'beside-body' }, frame.element, bar, side);
  const element = el(
    'section',
    { class: 'beside-panel', attrs: { 'aria-label': name, 'data-testid': 'beside-panel', 'data-node': node.id } },
    el(
      'div',
      { class: 'wb-row' },
      el('i', { class: 'beside-family', style: { background: `var(--${node.family})` } }),
      heading,
      tool('close', t('Take {0} out', name), () => actions.takeOut(node.id)),
    ),
    body,
    empty,
  );

  const placeWords = ({ top, left, rows, columns }: MapWindow): string => {
    const span = (first: number, count: number): string => (count === 1 ? `${first}` : `${first}…${first + count - 1}`);
    return shown?.view.axes === 1 ? span(left, columns) : `${span(top, rows)}, ${span(left, columns)}`;
  };
  /** The value pointed at, or from the least to the largest of a square of them. */
  function valueWords(): string {
    if (!shown || !at) return '';
    const { top, left, rows, columns } = at.chosen;
    const values: number[] = [];
    for (let row = top; row < top + rows; row++)
      for (let column = left; column < left + columns; column++)
        values.push(valueAt(shown.view, shown.channel, row, column));
    const finite = values.filter((value) => Number.isFinite(value));
    if (finite.length === 0) return valueText(values[0] ?? NaN);
    const [least, largest] = [Math.min(...finite), Math.max(...finite)];
    return least === largest ? valueText(least) : `${valueText(least)} … ${valueText(largest)}`;
  }

  function writeCorner(): void {
    const [map, point] = [shown, at];
    if (!map || !point) {
      fill(numbers);
      return;
    }
    const kept = source?.kept();
    const table = cornerTable({
      ...point,
      scale: map.scale,
      window: point.corner,
      testId: 'corner',
      value: (row, column) => valueAt(map.view, map.channel, row, column),
      won: (row, column) => kept?.has(`${row},${column}`) ?? false,
    });
    fill(numbers, table, el('div', { class: 'wb-aside', text: cornerWords(point.corner) }));
  }

  function say(): void {
    if (!shown || !statistics) return;
    const rows: (readonly [string, string, boolean?])[] = [[t('Out'), node.sizeOut]];
    if (at) rows.unshift([t('At [{0}]', placeWords(at.chosen)), valueWords(), true]);
    rows.push([t('Zeros'), percent(statistics.zeros / statistics.count)]);
    rows.push([t('Min … max'), `${valueText(statistics.min)} … ${valueText(statistics.max)}`]);
    rows.push([t('Parameters'), integer(node.parameters)]);
    if (statistics.notFinite > 0) rows.push([t('Not finite, hatched'), integer(statistics.notFinite)]);
    const cells = rows.flatMap(([label, value, strong]) => [
      el('span', { text: label }),
      el('span', { text: value, class: strong ? 'strong' : '' }),
    ]);
    fill(facts, ...cells);
  }

  return {
    node,
    element,
    paint(map, why) {
      shown = map;
      body.hidden = map === null;
      empty.hidden = map !== null;
      empty.textContent = why;
      if (!map) return;
      const { view, channel, scale } = map;
      const { data, height, width } = view;
      statistics = channelStatistics(view, channel);
      paintMap(canvas, { data, from: channel * height * width, height, width }, scale);
      canvas.style.setProperty('--ratio', String(view.axes === 1 ? 5 : width / height));
      canvas.setAttribute('aria-label', t('channel {0} of {1}', channel, name));
      const [low, high] = [valueText(scale.low), valueText(scale.high)];
      fill(
        bar,
        el('span', { class: 'end', text: low }),
        el('i', {
          class: 'map-ramp grow',
          style: { background: gradient(scale) },
          attrs: { role: 'img', 'aria-label': t('colours from {0} to {1}', low, high) },
        }),
        el('span', { class: 'end', text: high }),
      );
      say();
    },
    point(point) {
      at = point;
      if (shown) {
        frame.mark(point?.chosen ?? null, shown.view);
        canvas.classList.toggle('smooth', shown.view.width > canvas.clientWidth * devicePixelRatio);
      }
      if (shown && point) source?.show(shown, point);
      writeCorner();
      say();
    },
    setAside: (aside) => element.classList.toggle('aside', aside),
    setInView(inView) {
      element.classList.toggle('on', inView);
      heading.setAttribute('aria-pressed', String(inView));
    },
    words: () => `${name} ${valueWords()}`,
  };
}
