/** Rows below the volumes: what one unit sees, parameters, MACs. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import { compact, integer, percent } from '../ui/numbers';
import { pathOf, svg } from '../ui/svg';
import type { DepthColumn } from './depthColumns';
import type { Frame } from './depthFrame';
import { inputExtent } from './layersColumns';

/** Of a label, px: a wide one. */
const CHARACTER = 6.6;
const text = (
  x: number,
  y: number,
  words: string,
  kind: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): SVGElement => svg('text', { x, y, class: `depth-label ${kind}`, 'text-anchor': anchor }, words);

/** Every n-th of the columns gets a label, so that none touches the next. */
const every = (columnWidth: number, longest: number): number =>
  Math.max(1, Math.ceil((longest * CHARACTER + 4) / columnWidth));

/** 0, 50, 100 …: about four steps of 1, 2 or 5 times a power of ten; quarters where they are whole. */
function ticks(top: number, input: number | null): readonly number[] {
  if (input !== null && top <= input && input % 4 === 0) return [0, 1, 2, 3].map((quarter) => (quarter * input) / 4);
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 10 * power;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => n * step);
}

/** What is drawn of a column that sees everything: as high as the input, and pale. */
const heightOf = ({ sees }: DepthColumn, input: number | null, top: number): number | null =>
  sees === 'all' ? (input ?? top) : sees;

const fieldHeading = (): string => t('One unit sees, px of the input');

export function fieldRow(scene: Scene, columns: readonly DepthColumn[], frame: Frame): SVGElement {
  const { fields: row, left, width, right, barWidth, wide } = frame;
  const input = inputExtent(scene);
  const numbers = columns.flatMap(({ sees, unpooled }) => [typeof sees === 'number' ? sees : 0, unpooled ?? 0]);
  const top = Math.max(1, input ?? 0, ...numbers);
  const bottom = row.top + row.height;
  const y = (value: number): number => bottom - (value / top) * row.height;
  const group = svg('g', { class: 'depth-fields', 'aria-hidden': 'true' });
  group.append(text(wide ? 16 : 12, row.top - 18, fieldHeading(), 'strong'));
  const line = (value: number, kind: string): SVGElement =>
    svg('path', { class: kind, d: `M${left} ${Math.round(y(value)) + 0.5}H${width - right}` });
  for (const tick of ticks(top, input)) {
    group.append(line(tick, 'depth-grid'));
    if (input === null || Math.abs(y(tick) - y(input)) > 12)
      group.append(text(left - 8, y(tick) + 4, integer(tick), 'dim', 'end'));
  }
  if (!numbers.some((value) => value > 0) && !columns.some(({ sees }) => sees === 'all')) {
    const words = t('The input is no image: nothing is seen of it, pixel by pixel.');
    group.append(text(left + 6, row.top + 20, words, 'dim'));
    return group;
  }
  const paths = band(columns, frame, y, input);
  group.append(...paths);
  const unpooled = withoutPooling(columns, frame, y, input);
  group.append(...legend(frame, paths.length > 0, unpooled.words));
  const longest = columns.reduce((most, column) => Math.max(most, labelOf(column).length), 0);
  const nth = every(frame.columnWidth, longest);
  columns.forEach((column, at) => {
    const value = heightOf(column, input, top);
    if (value === null) return;
    const x = frame.x(at);
    const bar = (to: number, from: number, kind: string): SVGElement =>
      svg('rect', {
        class: `depth-bar ${kind}`,
        x: x - barWidth / 2,
        y: y(to),
        width: barWidth,
        height: Math.max(1, y(from) - y(to)),
        rx: barWidth > 4 ? 1 : 0,
      });
    const sure = column.sees === 'all' ? (column.shortest ?? 0) : (column.shortest ?? value);
    if (value > sure) group.append(bar(value, sure, column.sees === 'all' ? 'whole' : 'some'));
    if (sure > 0) group.append(bar(Math.min(sure, value), 0, ''));
  });
  if (input !== null) {
    group.append(line(input, 'depth-input'), text(left - 8, y(input) + 4, integer(input), 'strong num', 'end'));
    const note = y(input) - row.top > 20 ? y(input) - 6 : y(input) + 15;
    group.append(text(left + 6, note, t('size of the input'), 'dim halo'));
  }
  group.append(...unpooled.drawn);
  columns.forEach((column, at) => {
    const value = heightOf(column, input, top);
    // Counted from the end, where the numbers are that one asks for.
    if (value === null || (columns.length - 1 - at) % nth !== 0) return;
    group.append(text(frame.x(at), y(value) - 5, labelOf(column), 'halo num', 'middle'));
  });
  group.append(...axis(columns, frame, bottom));
  return group;
}

const labelOf = ({ sees }: DepthColumn): string => (sees === null ? '' : sees === 'all' ? t('all') : integer(sees));

/** From the shortest path to the longest, where paths differ. */
function band(
  columns: readonly DepthColumn[],
  frame: Frame,
  y: (value: number) => number,
  input: number | null,
): readonly SVGElement[] {
  const drawn: SVGElement[] = [];
  let high: [number, number][] = [];
  let low: [number, number][] = [];
  let differ = false;
  const close = (): void => {
    if (differ && high.length > 1) {
      drawn.push(svg('path', { class: 'depth-band', d: pathOf([...high, ...[...low].reverse()], true) }));
      drawn.push(svg('path', { class: 'depth-low', d: pathOf(low) }));
    }
    [high, low, differ] = [[], [], false];
  };
  columns.forEach(({ sees, shortest }, at) => {
    const most = sees === 'all' ? input : sees;
    if (shortest === null && sees === 'all') return;
    if (shortest === null || most === null) {
      close();
      return;
    }
    high.push([frame.x(at), y(Math.max(most, shortest))]);
    low.push([frame.x(at), y(shortest)]);
    differ ||= sees === 'all' || shortest < most;
  });
  close();
  return drawn;
}

/** Beside the heading: which part of a bar is which, and the line where there was no room for its name. */
function legend(frame: Frame, paths: boolean, unpooled: string): readonly SVGElement[] {
  const [shortest, longest] = [t('by the shortest path'), t('by the longest')];
  let x = (frame.wide ? 16 : 12) + fieldHeading().length * CHARACTER + 24;
  const y = frame.fields.top - 18;
  const entries: SVGElement[] = [];
  const entry = (sign: SVGElement, words: string): void => {
    if (x + 13 + words.length * CHARACTER > frame.width) return;
    entries.push(sign, text(x + 13, y, words, 'dim'));
    x += 13 + words.length * CHARACTER + 14;
  };
  const swatch = (kind: string): SVGElement =>
    svg('rect', { class: `depth-bar ${kind}`, x, y: y - 8, width: 8, height: 8, rx: 1 });
  // Both or none: one of two explains nothing.
  if (paths && x + 27 * 2 + (shortest.length + longest.length) * CHARACTER < frame.width) {
    entry(swatch(''), shortest);
    entry(swatch('some'), longest);
  }
  if (unpooled) entry(svg('path', { class: 'depth-unpooled', d: `M${x - 3} ${y - 4}h11` }), unpooled);
  return entries;
}

/** The same convolutions with nothing pooled between them: why pooling makes units see far. `words`: what the line has no room for. */
function withoutPooling(
  columns: readonly DepthColumn[],
  frame: Frame,
  y: (value: number) => number,
  input: number | null,
): { readonly drawn: readonly SVGElement[]; readonly words: string } {
  const points: [number, number][] = [];
  let [value, differs] = [0, false];
  for (const [at, { unpooled, sees }] of columns.entries()) {
    // A head that leaves in the middle sees everything; the net goes on behind it.
    if (unpooled === null) continue;
    points.push([frame.x(at), y(unpooled)]);
    value = unpooled;
    differs ||= sees !== 'all' && sees !== unpooled;
  }
  const end = points.at(-1);
  if (!differs || points.length < 2 || !end) return { drawn: [], words: '' };
  const drawn = [
    svg('path', { class: 'depth-unpooled', d: pathOf(points) }),
    svg('circle', { class: 'depth-unpooled-end', cx: end[0], cy: end[1], r: 3 }),
  ];
  const words = frame.wide ? t('without pooling: {0}', integer(value)) : t('no pooling: {0}', integer(value));
  const x = end[0] + (frame.wide ? 16 : 10);
  // Bars of what sees everything end at the input's height, and say so there.
  const free = input === null || Math.abs(end[1] - y(input)) > 24;
  if (!free || x + words.length * (CHARACTER - 0.4) > frame.width) return { drawn, words };
  return { drawn: [...drawn, text(x, end[1] - 2, words, 'halo')], words: '' };
}

/** Family, kernel and channels below each column. */
function axis(columns: readonly DepthColumn[], frame: Frame, bottom: number): readonly SVGElement[] {
  return columns.flatMap((column, at) => {
    const x = frame.x(at);
    const mark = svg('rect', {
      class: 'depth-family',
      style: `--family: var(--${column.family ?? 'fg'})`,
      x: x - frame.barWidth / 2,
      y: bottom + 3,
      width: frame.barWidth,
      height: 3,
      rx: 1,
    });
    if (!frame.axisLines) return [mark];
    const fits = Math.floor((frame.columnWidth - 2) / (CHARACTER - 0.4));
    const words = column.lines.map((line) => (line.length <= fits ? line : `${line.slice(0, fits - 1)}…`));
    return [mark, ...words.map((line, n) => text(x, bottom + 19 + 13 * n, line, 'dim num', 'middle'))];
  });
}

/** Bars of a cost with their share of the net. */
export function costRow(
  title: string,
  total: number | null,
  columns: readonly DepthColumn[],
  of: (column: DepthColumn) => number | null,
  frame: Frame,
  row: Frame['macs'],
): SVGElement {
  const values = columns.map((column) => of(column) ?? 0);
  const most = Math.max(1, ...values);
  const bottom = row.top + row.height;
  const start = frame.wide ? 16 : 12;
  const group = svg('g', { class: 'depth-cost', 'aria-hidden': 'true' });
  const heading = text(start, frame.wide ? row.top + 4 : row.top - 10, title, 'strong');
  // Below the title where there is a margin, beside it where there is none.
  const below = frame.wide ? { x: start, dy: 14 } : { dx: 6 };
  heading.append(svg('tspan', { class: 'depth-label dim num', ...below }, total === null ? '?' : compact(total)));
  group.append(heading);
  group.append(
    svg('path', { class: 'depth-axis', d: `M${frame.left} ${Math.round(bottom) + 0.5}H${frame.width - frame.right}` }),
  );
  const whole = total ?? values.reduce((a, b) => a + b, 0);
  const { barWidth } = frame;
  const shares: { readonly share: number; readonly x: number; readonly y: number }[] = [];
  values.forEach((value, at) => {
    if (value <= 0) return;
    const height = Math.max(1, (value / most) * row.height);
    const [x, top] = [frame.x(at), bottom - height];
    const rx = barWidth > 4 ? 1 : 0;
    group.append(svg('rect', { class: 'depth-bar cost', x: x - barWidth / 2, y: top, width: barWidth, height, rx }));
    shares.push({ share: value / whole, x, y: top - 4 });
  });
  // Where columns are narrow only what weighs is labelled, the heaviest first, and no label over another.
  const least = frame.columnWidth >= 6 * CHARACTER ? 0 : 0.08;
  const placed: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  for (const { share, x, y } of shares.sort((a, b) => b.share - a.share)) {
    const words = percent(share);
    const half = (words.length * (CHARACTER - 0.6)) / 2;
    if (share < least) break;
    if (placed.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 12)) continue;
    placed.push({ x, y, half });
    group.append(text(x, y, words, 'dim num halo', 'middle'));
  }
  return group;
}
