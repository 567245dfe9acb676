/** All of the stage but its margin and minimap: module grounds, edges, boxes, pills, labels, in this order. */
import type { Family } from '../../../src/core/view/types';
import { percent } from '../../ui/numbers';
import { pillRoom } from '../scene/layoutScene';
import type { Box, Item, StageModel } from '../scene/model';
import type { Brush } from './brush';
import { describeGroups, paintClosed, paintHeader, paintOpen, paintPort, type GroupFacts } from './group';
import type { Look } from './look';
import { paintNode, paintPill } from './node';
import { outlined } from './brush';
import { labelWires, paintLabels, paintMarkedWire, paintWires, type WireLabel } from './wire';

/** What is marked now, by item number. */
export interface Marks {
  readonly selected: number;
  readonly hovered: number;
  readonly wire: number | null;
  /** Items found; null while nothing is looked for. */
  readonly hits: ReadonlySet<number> | null;
  /** Number of hits inside closed modules, by item number. */
  readonly counts: ReadonlyMap<number, number>;
  /** The pill that is selected rather than its host: host's item number. */
  readonly pill: number;
  readonly scale: Scale | null;
}

/** Colour by a number: the bar's colour of an item, and its share in words. */
export interface Scale {
  colour(item: number): string | null;
  words(item: number): string;
}

/** What can be known once per layout. */
export interface Prepared {
  readonly model: StageModel;
  readonly labels: readonly WireLabel[];
  readonly labelOf: ReadonlyMap<number, WireLabel>;
  readonly groups: readonly { readonly repeat: string; readonly families: readonly Family[] }[];
  readonly input: number | null;
  /** x (or y, sideways) of the main path through each opened module's header. */
  readonly axis: ReadonlyMap<number, number>;
}

export function prepare(model: StageModel): Prepared {
  const { scene, geometry } = model;
  const [nodes, groups] = [scene.nodes.length, scene.groups.length];
  const telling = (edge: number, from: number): boolean => {
    if (from < 0 || from >= nodes) return true;
    return scene.nodes[from]!.sizeIn !== scene.edges[edge]!.size;
  };
  const size = (edge: number): string => scene.edges[edge]?.size ?? '';
  const below = (from: number): number => {
    const node = from >= 0 && from < nodes ? scene.nodes[from] : undefined;
    if (!node?.pill || node.join) return 0;
    return geometry.direction === 'horizontal' ? pillRoom(node.pill.title) : 10;
  };
  // The size of the net's input stands in its pill already.
  const labels = labelWires(geometry, size, telling, below).filter(
    (l) => geometry.wires.from[l.wire]! < nodes + groups,
  );
  const described = describeGroups(scene);
  return {
    model,
    labels,
    labelOf: new Map(labels.map((l) => [l.wire, l])),
    groups: described.map(({ blocks, families }) => ({
      repeat: blocks ? `×${blocks} blocks` : '',
      families: families as readonly Family[],
    })),
    input: scene.imageSize ? Math.max(...scene.imageSize) : null,
    axis: headerAxes(model),
  };
}

function headerAxes(model: StageModel): Map<number, number> {
  const { geometry, scene } = model;
  const { wires } = geometry;
  const axis = new Map<number, number>();
  if (geometry.direction === 'horizontal') return axis;
  for (let w = 0; w < wires.count; w++) {
    const to = wires.to[w]! - scene.nodes.length;
    if (to < 0 || to >= scene.groups.length || axis.has(to)) continue;
    axis.set(to, wires.points[2 * (wires.start[w + 1]! - 1)]!);
  }
  return axis;
}

const FADED = 0.55;

export function paintPicture(
  brush: Brush,
  prepared: Prepared,
  marks: Marks,
  boxes: Float64Array,
  wireAlpha: number,
): void {
  const { model } = prepared;
  const { view, context } = brush;
  const reach = 40;
  const [x0, y0] = [(-view.left - reach) / view.zoom, (-view.top - reach) / view.zoom];
  const [x1, y1] = [(view.width - view.left + reach) / view.zoom, (view.height - view.top + reach) / view.zoom];
  const places = model.boxesIn(x0, y0, x1, y1);
  const wires = model.wiresIn(x0, y0, x1, y1);
  const { items, open } = model.geometry;
  const screen = (place: number): Box => ({
    x: boxes[4 * place]! * view.zoom + view.left,
    y: boxes[4 * place + 1]! * view.zoom + view.top,
    width: boxes[4 * place + 2]! * view.zoom,
    height: boxes[4 * place + 3]! * view.zoom,
  });
  const look = (place: number): Look => {
    const item = items[place]!;
    const hit = marks.hits?.has(item) ?? false;
    return {
      selected: item === marks.selected,
      hovered: item === marks.hovered,
      hit,
      faded: marks.hits !== null && !hit && !marks.counts.has(item),
      scale: marks.scale?.colour(item) ?? null,
    };
  };
  for (const place of places) {
    const item = model.item(place);
    if (open[place] && item.kind === 'group')
      paintOpen(brush, screen(place), look(place), factsOf(brush, prepared, item, marks));
  }
  context.globalAlpha = wireAlpha * (marks.hits ? 0.8 : 1);
  paintWires(brush, model.geometry, wires);
  context.globalAlpha = 1;
  if (marks.wire !== null) paintMarkedWire(brush, model.geometry, marks.wire);
  if (brush.level === 'far') {
    paintFar(brush, prepared, places, marks, screen, look);
    return;
  }
  for (const place of places) if (!open[place]) paintPlace(brush, prepared, place, screen(place), look(place), marks);
  if (brush.level !== 'middle') {
    for (const place of places) {
      const item = model.item(place);
      if (item.kind !== 'node' || !item.node.pill) continue;
      context.globalAlpha = brush.detail * (look(place).faded ? FADED : 1);
      paintPill(brush, item.node, screen(place), marks.pill === items[place]);
    }
    context.globalAlpha = brush.detail * wireAlpha;
    const shown = new Set(wires);
    paintLabels(
      brush,
      model.geometry,
      prepared.labels.filter((l) => shown.has(l.wire)),
    );
  }
  for (const place of places) {
    const item = model.item(place);
    if (!open[place] || item.kind !== 'group') continue;
    context.globalAlpha = brush.detail;
    const axis = prepared.axis.get(item.index);
    paintHeader(
      brush,
      item.group,
      screen(place),
      factsOf(brush, prepared, item, marks),
      axis === undefined ? null : axis * view.zoom + view.left,
    );
  }
  context.globalAlpha = 1;
  for (const place of places) {
    const count = marks.counts.get(items[place]!);
    if (count !== undefined && !open[place]) paintCount(brush, screen(place), count);
  }
}

function factsOf(brush: Brush, prepared: Prepared, item: Item & { kind: 'group' }, marks: Marks): GroupFacts {
  const { index, row } = item;
  const group = prepared.groups[index]!;
  const { scene } = prepared.model;
  return {
    repeat: row ? `×${row} the same` : group.repeat,
    row: row > 0,
    strip: group.families.map((f) => brush.theme.family[f]),
    input: prepared.input,
    instead: marks.scale?.words(scene.nodes.length + index) ?? '',
    inner: (scene.groups[index]?.parent ?? null) !== null,
  };
}

function paintPlace(brush: Brush, prepared: Prepared, place: number, box: Box, look: Look, marks: Marks): void {
  const { context } = brush;
  const { scene } = prepared.model;
  const item = prepared.model.item(place);
  context.globalAlpha = look.faded ? FADED : 1;
  if (item.kind === 'node') {
    const total = scene.header.parameters;
    const share = item.node.parameters && total ? `${percent(item.node.parameters / total)} of the net` : '';
    paintNode(brush, item.node, box, look, { input: prepared.input, share });
  } else if (item.kind === 'group') paintClosed(brush, item.group, box, look, factsOf(brush, prepared, item, marks));
  else paintPort(brush, item.port, box, look);
  context.globalAlpha = 1;
}

/** Colour and form only; all boxes of one colour in one path. */
function paintFar(
  brush: Brush,
  prepared: Prepared,
  places: readonly number[],
  marks: Marks,
  screen: (place: number) => Box,
  look: (place: number) => Look,
): void {
  const { context, theme } = brush;
  const { model } = prepared;
  const { open, items } = model.geometry;
  const paths = new Map<string, Path2D>();
  const closed = new Map<string, Path2D>();
  const pathOf = (map: Map<string, Path2D>, colour: string): Path2D => {
    let path = map.get(colour);
    if (!path) map.set(colour, (path = new Path2D()));
    return path;
  };
  const marked: number[] = [];
  for (const place of places) {
    if (open[place]) continue;
    const item = model.item(place);
    const box = screen(place);
    if (items[place] === marks.selected || marks.hits?.has(items[place]!)) marked.push(place);
    if (item.kind === 'port') {
      paintPort(brush, item.port, box, look(place));
      continue;
    }
    const scale = marks.scale?.colour(items[place]!) ?? null;
    if (item.kind === 'group') {
      const family = mainFamily(prepared.groups[item.index]!.families);
      pathOf(closed, scale ?? theme.family[family]).rect(box.x, box.y, box.width, box.height);
      continue;
    }
    const path = pathOf(paths, scale ?? theme.family[item.node.family]);
    shape(path, item.node.family, item.node.join !== null, box);
  }
  const fade = marks.hits ? FADED : 1;
  for (const [colour, path] of paths) {
    context.globalAlpha = fade;
    context.fillStyle = colour;
    context.fill(path);
  }
  for (const [colour, path] of closed) {
    context.globalAlpha = 0.55 * fade;
    context.fillStyle = colour;
    context.fill(path);
  }
  context.globalAlpha = 1;
  for (const place of marked) {
    const box = screen(place);
    outlined(brush, box.x - 2, box.y - 2, box.width + 4, box.height + 4, { radius: 2, stroke: theme.focus, line: 2 });
  }
}

/** Not by colour alone: pooling narrows downwards, upsampling widens, joins are round. */
function shape(path: Path2D, family: Family, round: boolean, { x, y, width, height }: Box): void {
  if (round) {
    path.moveTo(x + width, y + height / 2);
    path.arc(x + width / 2, y + height / 2, Math.max(1.5, width / 2), 0, 2 * Math.PI);
    return;
  }
  const slant = family === 'pooling' ? width * 0.08 : family === 'upsampling' ? -width * 0.08 : 0;
  if (!slant) {
    path.rect(x, y, width, height);
    return;
  }
  const [top, bottom] = slant > 0 ? [0, slant] : [-slant, 0];
  path.moveTo(x + top, y);
  path.lineTo(x + width - top, y);
  path.lineTo(x + width - bottom, y + height);
  path.lineTo(x + bottom, y + height);
  path.closePath();
}

export function mainFamily(families: readonly Family[]): Family {
  const counts = new Map<Family, number>();
  for (const f of families) counts.set(f, (counts.get(f) ?? 0) + (f === 'convolution' ? 1.5 : 1));
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'shape';
}

function paintCount(brush: Brush, box: Box, count: number): void {
  const { context, theme, texts, view } = brush;
  const words = count === 1 ? '1 hit' : `${count} hits`;
  const size = 11;
  const width = texts.width(words, size) + 16;
  const [x, y] = [box.x + box.width + 8 * view.zoom, box.y + box.height / 2 - 9];
  outlined(brush, x, y, width, 18, { radius: 9, fill: theme.background, stroke: theme.focus });
  context.fillStyle = theme.foreground;
  context.font = texts.font(size);
  context.textAlign = 'center';
  context.fillText(words, x + width / 2, y + 13);
}
