/** All of the stage but its margin and minimap: module grounds, edges, boxes, pills, labels, in this order. */
import { t } from '../../../src/core/l10n/l10n';
import type { EdgeEnd, Family, Scene, SceneNode } from '../../../src/core/view/types';
import { percent } from '../../ui/numbers';
import type { Box, Item } from '../scene/model';
import type { Moving } from '../motion';
import { outlined, type Brush } from './brush';
import { paintClosed, paintHeader, paintOpen, paintPort, STACK, type GroupFacts } from './group';
import { paintDiff } from './diff';
import { paintFar } from './far';
import type { Look } from './look';
import { paintNode, paintPill } from './node';
import { fadeOf, type Marks, type Prepared } from './prepared';
import { paintConflict, paintLabels, paintMarkedWire, paintWires } from './wire';

export function paintPicture(
  brush: Brush,
  prepared: Prepared,
  marks: Marks,
  { boxes, alpha: wireAlpha, fresh }: Moving,
): void {
  const { model } = prepared;
  const { view, context } = brush;
  const reach = 40;
  const { x, y, width, height } = brush.clip ?? { x: 0, y: 0, width: view.width, height: view.height };
  const [x0, y0] = [(x - view.left - reach) / view.zoom, (y - view.top - reach) / view.zoom];
  const [x1, y1] = [(x + width - view.left + reach) / view.zoom, (y + height - view.top + reach) / view.zoom];
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
      faded: marks.kept !== null && !marks.kept.has(item),
      scale: marks.scale?.colour(item) ?? null,
    };
  };
  for (const place of places) {
    const item = model.item(place);
    if (!open[place] || item.kind !== 'group') continue;
    context.globalAlpha = (fresh?.[place] ? wireAlpha : 1) * (marks.traced && look(place).faded ? fadeOf(marks) : 1);
    context.open?.(wordsOf(item));
    paintOpen(brush, screen(place), look(place), factsOf(brush, prepared, item, marks));
    context.close?.();
  }
  const { conflicts } = prepared;
  const [fitting, off] = wiresBy(prepared, marks, wires);
  const on = fitting.filter((wire) => !conflicts.wires.has(wire));
  context.globalAlpha = wireAlpha * fadeOf(marks) * 0.8;
  const before = stackOver(brush, prepared);
  paintWires(brush, model.geometry, off, before);
  context.globalAlpha = wireAlpha * (marks.hits ? 0.8 : 1);
  paintWires(brush, model.geometry, on, before);
  paintConflict(
    brush,
    model.geometry,
    fitting.filter((wire) => conflicts.wires.has(wire)),
  );
  context.globalAlpha = 1;
  if (marks.wire !== null) paintMarkedWire(brush, model.geometry, marks.wire);
  if (brush.level === 'far') {
    paintFar(brush, prepared, places, marks, screen, look);
    for (const place of places) paintDiff(brush, model.scene, model.item(place), screen(place));
    return;
  }
  const alphaOf = (place: number): number =>
    (fresh?.[place] ? wireAlpha : 1) *
    (look(place).faded ? fadeOf(marks) : 1) *
    // Behind what does not fit nothing is certain.
    (conflicts.behind.has(items[place]!) ? 0.55 : 1);
  for (const place of places) {
    if (open[place]) continue;
    context.globalAlpha = alphaOf(place);
    context.open?.(wordsOf(model.item(place)));
    paintPlace(brush, prepared, place, screen(place), look(place), marks);
    paintDiff(brush, model.scene, model.item(place), screen(place));
    context.close?.();
  }
  if (brush.level !== 'middle') {
    for (const place of places) {
      const item = model.item(place);
      if (item.kind !== 'node' || !item.node.pill) continue;
      context.globalAlpha = brush.detail * alphaOf(place);
      paintPill(brush, item.node, screen(place), marks.pill === items[place], pillFamily(model.scene, item.node));
    }
    for (const [list, strength] of [
      [fitting, 1],
      [off, fadeOf(marks)],
    ] as const) {
      const shown = new Set(list);
      context.globalAlpha = brush.detail * wireAlpha * strength;
      paintLabels(
        brush,
        model.geometry,
        prepared.labels.filter((l) => shown.has(l.wire)),
      );
    }
  }
  for (const place of places) {
    const item = model.item(place);
    if (!open[place] || item.kind !== 'group') continue;
    const faded = marks.traced !== null && look(place).faded;
    context.globalAlpha = brush.detail * (fresh?.[place] ? wireAlpha : 1) * (faded ? fadeOf(marks) : 1);
    const cuts = prepared.cuts.get(item.index) ?? [];
    paintHeader(
      brush,
      item.group,
      screen(place),
      factsOf(brush, prepared, item, marks),
      cuts.map((x) => x * view.zoom + view.left),
    );
  }
  context.globalAlpha = 1;
  for (const place of places) {
    const count = marks.counts.get(items[place]!);
    if (count !== undefined && !open[place]) paintCount(brush, screen(place), count);
  }
}

/** What a box is called in a figure, whole where its words on it are cut. */
function wordsOf(item: Item): string {
  if (item.kind === 'port') return [item.port.name, item.port.size].filter(Boolean).join(', ');
  if (item.kind === 'group')
    return `${item.group.name}, ${[item.group.sizeIn, item.group.sizeOut].filter(Boolean).join(' → ')}`;
  const { title, name, label, sizeOut } = item.node;
  return [title, ...label, name, sizeOut].filter(Boolean).join(', ');
}

/** Wires of what is traced, and the others. */
function wiresBy(
  { model }: Prepared,
  { traced, kept }: Marks,
  wires: readonly number[],
): [readonly number[], readonly number[]] {
  if (!traced || !kept) return [wires, []];
  const { edge, from, to } = model.geometry.wires;
  const { edges } = model.scene;
  const holds = (end: EdgeEnd | undefined): boolean =>
    end?.kind === 'node' ? traced.nodes.has(end.node) : end !== undefined && traced.ports.has(end.port);
  const on: number[] = [];
  const off: number[] = [];
  for (const wire of wires) {
    const [a, b] = [from[wire]!, to[wire]!];
    // One that comes through a frame has no box at that end: what it stands for decides.
    const scene = edges[edge[wire]!];
    const is = a >= 0 && b >= 0 ? kept.has(a) && kept.has(b) : holds(scene?.from) && holds(scene?.to);
    (is ? on : off).push(wire);
  }
  return [on, off];
}

/** An arrow that comes from above ends at the second edge behind a module, or that would hide its head. */
function stackOver({ sideways, level }: Brush, { model }: Prepared): (wire: number) => number {
  const { wires, open, folded } = model.geometry;
  const { nodes, groups } = model.scene;
  if (sideways || level === 'far') return () => 0;
  return (wire) => {
    const item = wires.to[wire]!;
    if (item < nodes.length || item >= nodes.length + groups.length) return 0;
    const place = model.placeOf[item]!;
    return !open[place] ? STACK.closed : folded[place] ? STACK.row : 0;
  };
}

/** A pill has the colour of its activation, if there is one. */
function pillFamily(scene: Scene, { pill }: SceneNode): Family {
  const families = pill?.parts.map((part) => scene.nodes[part.nodes[0] ?? -1]?.family ?? 'shape') ?? [];
  return families.find((f) => f === 'activation') ?? families[0] ?? 'activation';
}

function factsOf(brush: Brush, prepared: Prepared, item: Item & { kind: 'group' }, marks: Marks): GroupFacts {
  const { index, row } = item;
  const group = prepared.groups[index]!;
  const { scene } = prepared.model;
  return {
    repeat: row ? t('×{0} the same', row) : group.repeat,
    row,
    strip: group.families.map((f) => brush.theme.family[f]),
    input: prepared.input,
    instead: marks.scale?.words(scene.nodes.length + index) ?? '',
    thumbnails: marks.thumbnails(scene.nodes.length + index),
    inner: (scene.groups[index]?.parent ?? null) !== null,
    kind: item.group.name.startsWith(item.group.kind) ? '' : item.group.kind,
  };
}

function paintPlace(brush: Brush, prepared: Prepared, place: number, box: Box, look: Look, marks: Marks): void {
  const { scene } = prepared.model;
  const item = prepared.model.item(place);
  if (item.kind === 'node') {
    const total = scene.header.parameters;
    const share = item.node.parameters && total ? t('{0} of the net', percent(item.node.parameters / total)) : '';
    const note = marks.scale?.note(item.node.id) ?? '';
    const thumbnails = marks.thumbnails(item.node.id);
    paintNode(brush, item.node, box, look, { input: prepared.input, share, note, thumbnails });
  } else if (item.kind === 'group') paintClosed(brush, item.group, box, look, factsOf(brush, prepared, item, marks));
  else paintPort(brush, item.port, box, look);
}

function paintCount(brush: Brush, box: Box, count: number): void {
  const { context, theme, texts, view } = brush;
  const words = count === 1 ? t('1 hit') : t('{0} hits', count);
  const size = 11;
  const width = texts.width(words, size) + 16;
  const [x, y] = [box.x + box.width + 8 * view.zoom, box.y + box.height / 2 - 9];
  outlined(brush, x, y, width, 18, { radius: 9, fill: theme.background, stroke: theme.focus });
  context.fillStyle = theme.foreground;
  context.font = texts.font(size);
  context.textAlign = 'center';
  context.fillText(words, x + width / 2, y + 13);
}
