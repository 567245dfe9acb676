/** The net as its tensors: boxes with height and width to scale and channels on a log scale, in oblique projection. */
import { t } from '../../src/core/l10n/l10n';
import { integer } from '../ui/numbers';
import { pathOf, svg } from '../ui/svg';
import type { DepthColumn } from './depthColumns';
import type { Frame } from './depthFrame';

/** How far a pixel of width goes to the right and up, seen at an angle. */
const ASIDE = 0.3;
const UP = 0.22;
/** Thickness of a box for each doubling of its channels, px, where there is room. */
const PER_DOUBLING = 4.2;
/** Narrower columns share one box for each size. */
const OWN_BOX = 8;
/** Columns that have room for a size of their own, px. */
const ROOMY = 36;
/** Characters of labels, px. */
const CHARACTER = 6.8;

interface Run {
  readonly from: number;
  readonly to: number;
  readonly column: DepthColumn;
}

const isVector = ({ spatial }: DepthColumn): boolean => spatial.every((extent) => extent === 1);
const isKnown = ({ spatial, channels }: DepthColumn): boolean =>
  channels !== null && channels > 0 && spatial.every((extent) => extent > 0);
const heightOf = ({ spatial }: DepthColumn): number => spatial.at(spatial.length > 1 ? -2 : -1) ?? 1;
const widthOf = ({ spatial }: DepthColumn): number => (spatial.length > 1 ? spatial.at(-1)! : 1);

/** Neighbours that `same` takes together. */
function runsOf(columns: readonly DepthColumn[], same: (a: DepthColumn, b: DepthColumn) => boolean): readonly Run[] {
  const runs: { from: number; to: number; column: DepthColumn }[] = [];
  columns.forEach((column, at) => {
    const last = runs.at(-1);
    if (last && same(last.column, column)) last.to = at;
    else runs.push({ from: at, to: at, column });
  });
  return runs;
}

export function volumes(columns: readonly DepthColumn[], frame: Frame): SVGElement {
  const { columnWidth, volumes: room } = frame;
  const own = columnWidth >= OWN_BOX;
  const sameExtent = (a: DepthColumn, b: DepthColumn): boolean => !own && a.spatial.join() === b.spatial.join();
  const runs = runsOf(columns, sameExtent);
  // As large as the room and the columns allow; boxes may reach a little over their neighbours, which stand behind.
  const limits = runs.flatMap(({ column, from, to }) => {
    if (!isKnown(column) || isVector(column)) return [];
    const inRoom = room.height / (heightOf(column) + UP * widthOf(column));
    const inColumn = (1.3 * (to - from + 1) * columnWidth + 4) / (ASIDE * widthOf(column));
    // The picture itself stands at the very back.
    return column.nodes.length ? [inRoom, inColumn] : [inRoom];
  });
  const scale = Math.min(...limits);
  const axis = room.top + room.height / 2;
  if (!columns.some(isKnown)) {
    const words = t('Sizes are symbolic. With an input size set, the tensors stand here to scale.');
    const note = svg('text', { class: 'depth-label dim', x: frame.left + 6, y: axis }, words);
    return svg('g', { class: 'depth-volumes', 'aria-hidden': 'true' }, note, ...sizeLabels(columns, frame));
  }
  const boxes = runs.map((run) => {
    const { column, from, to } = run;
    if (!isKnown(column)) return unknown(frame, run, axis);
    const span = (to - from + 1) * columnWidth;
    const channels = own ? column.channels! : Math.max(...columns.slice(from, to + 1).map((one) => one.channels ?? 1));
    const thickness = Math.max(2, Math.log2(channels + 1) * Math.min(PER_DOUBLING, span * 0.0735));
    const vector = isVector(column);
    const height = vector
      ? Math.max(3, Math.log2(column.channels! + 1) * room.height * 0.0365)
      : Math.max(2, heightOf(column) * scale);
    const across = vector ? 0 : widthOf(column) * scale;
    const thick = vector ? Math.min(5, span * 0.5) : thickness;
    const centre = frame.x(from) + (span - columnWidth) / 2;
    return box(column, centre, axis, thick, height, Math.max(vector ? 0 : 1, across));
  });
  return svg('g', { class: 'depth-volumes', 'aria-hidden': 'true' }, ...boxes, ...sizeLabels(columns, frame));
}

/** Front, top and side, the whole standing in the middle of its column. */
function box(
  column: DepthColumn,
  centre: number,
  axis: number,
  thickness: number,
  height: number,
  across: number,
): SVGElement {
  const [dx, dy] = [across * ASIDE, across * UP];
  const [x, right] = [centre - thickness / 2 - dx / 2, centre + thickness / 2 - dx / 2];
  const [top, bottom] = [axis - height / 2 + dy / 2, axis + height / 2 + dy / 2];
  const front = pathOf([[x, top], [right, top], [right, bottom], [x, bottom]], true); // prettier-ignore
  const group = svg('g', { class: 'depth-box', style: `--family: var(--${column.family ?? 'fg'})` });
  if (dx > 0) {
    const side = pathOf([[right, top], [right + dx, top - dy], [right + dx, bottom - dy], [right, bottom]], true); // prettier-ignore
    const lid = pathOf([[x, top], [x + dx, top - dy], [right + dx, top - dy], [right, top]], true); // prettier-ignore
    group.append(svg('path', { class: 'side', d: side }), svg('path', { class: 'lid', d: lid }));
  }
  group.append(svg('path', { class: 'front', d: front }));
  return group;
}

/** A tensor whose size is symbolic has no scale. */
function unknown(frame: Frame, { from, to }: Run, axis: number): SVGElement {
  const x = frame.x(from) + ((to - from) * frame.columnWidth) / 2;
  return svg('text', { class: 'depth-label dim', x, y: axis, 'text-anchor': 'middle' }, '?');
}

/** Sizes below the boxes, once for each change; the longest runs first, and none over another. */
function sizeLabels(columns: readonly DepthColumn[], frame: Frame): readonly SVGElement[] {
  // Where columns are narrow, blocks that go to and fro between few and many channels are one stage.
  const exact = frame.columnWidth >= ROOMY;
  const same = (a: DepthColumn, b: DepthColumn): boolean =>
    exact || !a.nodes.length || a.channels === null || !a.spatial.length
      ? a.size === b.size
      : a.spatial.join() === b.spatial.join();
  const runs = [...runsOf(columns, same)].filter(({ column }) => column.size !== '');
  runs.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const taken: [number, number][] = [];
  const labels: SVGElement[] = [];
  for (const { from, to } of runs) {
    const text = sizeOf(columns.slice(from, to + 1));
    const x = frame.x(from) + ((to - from) * frame.columnWidth) / 2;
    const half = (text.length * CHARACTER) / 2 + 5;
    if (x - half < 0 || x + half > frame.width) continue;
    if (taken.some(([a, b]) => x - half < b && x + half > a)) continue;
    taken.push([x - half, x + half]);
    labels.push(svg('text', { class: 'depth-label', x, y: frame.sizes, 'text-anchor': 'middle' }, text));
  }
  return labels;
}

/** `64×56×56`, `64…256×56×56` of a stage, `4 096` of a vector. */
function sizeOf(columns: readonly DepthColumn[]): string {
  const [first] = columns;
  if (!first) return '';
  // What pools a stage still has the channels of the one before.
  const own = columns.filter(({ family }) => family !== 'pooling');
  const channels = (own.length ? own : columns).flatMap((column) => column.channels ?? []);
  const [least, most] = [Math.min(...channels), Math.max(...channels)];
  if (!first.spatial.length && channels.length) return integer(most);
  if (columns.every(({ size }) => size === first.size)) return first.size;
  return [least === most ? most : `${least}…${most}`, ...first.spatial].join('×');
}
