/** Lays out all frames from the innermost out, each kind of module once, and gathers the places in one sheet. */
import type { ChildShape } from './board';
import { layoutFrame, type Counter, type FrameLayout } from './frame';
import { localGraphs, type LocalGraph } from './local';
import { metricsOf, type Metrics } from './metrics';
import { leaveSideways, type Exit, type Opened, type Way } from './sideways';
import { ARROW, EdgeKind, LANE, LEAVES, ROOMY, type Direction, type Geometry, type LayoutScene } from './types';
import { indexed } from './spatial';
import { visibleOf, type Folding, type Visible } from './visible';

export interface NestedRequest extends Folding {
  readonly direction: Direction;
  readonly general?: 'elk' | 'linear';
}

/** Asked between frames; throwing stops the work. */
export type Checkpoint = () => Promise<void>;

export async function layoutScene(
  scene: LayoutScene,
  request: NestedRequest,
  memo: Map<string, FrameLayout>,
  checkpoint: Checkpoint,
): Promise<{ geometry: Geometry; counter: Counter }> {
  const visible = visibleOf(scene, request);
  const graphs = localGraphs(visible);
  const metrics = metricsOf(request.direction);
  const counter: Counter = { own: 0, elk: 0, linear: 0, memo: 0 };
  const layouts = new Map<number, FrameLayout>();
  const itemShapeOf = itemShapes(scene, metrics);
  const shapeOf = (item: number): ChildShape => {
    const group = item - scene.nodes;
    if (group >= 0 && group < scene.groups && visible.isOpen[group]) return layouts.get(group)!.shape;
    return itemShapeOf(item);
  };
  for (const group of innermostFirst(graphs, visible)) {
    const graph = graphs.get(group)!;
    const shapes = graph.children.map(shapeOf);
    const isInner = group >= 0 && scene.parent[group]! >= 0;
    const pads = group < 0 ? null : isInner ? metrics.inner : metrics.frame;
    const key = `${request.direction}${request.general ?? ''}${group < 0 ? 'r' : isInner ? 'i' : 'f'}${signature(graph, shapes)}`;
    let layout = memo.get(key);
    if (layout) counter.memo++;
    else {
      layout = await layoutFrame(graph, shapes, metrics, pads, counter, request.general);
      memo.set(key, layout);
      await checkpoint();
    }
    layouts.set(group, layout);
  }
  return { geometry: gather(visible, graphs, layouts, request.direction, itemShapeOf), counter };
}

/** Shapes of all that is no opened module. There are few kinds of them: equal ones are one object. */
function itemShapes(scene: LayoutScene, metrics: Metrics): (item: number) => ChildShape {
  const known = new Map<number, ChildShape>();
  return (item) => {
    const isNode = item < scene.nodes;
    const light = isNode && scene.light[item] === 1;
    const circle = isNode && scene.join[item] === 1;
    const pill = isNode ? scene.pillWidth[item]! : 0;
    const place = circle ? 0 : isNode ? 1 : item < scene.nodes + scene.groups ? 2 : 3;
    const key = 8 * pill + 2 * place + (light ? 1 : 0);
    let shape = known.get(key);
    if (!shape) known.set(key, (shape = itemShape(metrics, PLACES[place], pill, light)));
    return shape;
  };
}

const PLACES = ['circle', 'box', 'closed', 'port'] as const;

function itemShape(metrics: Metrics, place: (typeof PLACES)[number], pill: number, light: boolean): ChildShape {
  const base = { light, inX: [], outX: [] };
  if (place === 'circle') {
    const [r, text] = [metrics.circle / 2, metrics.joinText];
    return { ...base, before: r + text.before, after: r + text.after, main: metrics.circle, kind: 'circle', pill: 0 };
  }
  const extent = metrics[place];
  const half = extent.cross / 2;
  const along = pill && metrics.pillAlong ? pill + 3 : pill && metrics.pill;
  return { ...base, before: half, after: half, main: extent.main, kind: 'box', pill: along };
}

/** Frames in an order in which those inside come first. */
function innermostFirst(graphs: ReadonlyMap<number, LocalGraph>, visible: Visible): number[] {
  const depth = (group: number): number => {
    let d = 0;
    for (let g = group; g >= 0; g = visible.container[visible.scene.nodes + g]!) d++;
    return d;
  };
  return [...graphs.keys()]
    .map((g) => [depth(g), g] as const)
    .sort((a, b) => b[0] - a[0])
    .map(([, g]) => g);
}

const words = new WeakMap<ChildShape, string>();

function shapeWords(s: ChildShape): string {
  let known = words.get(s);
  if (known === undefined) {
    const ports = `${s.inX.join('/')}|${s.outX.join('/')}`;
    known = `${s.kind[0] ?? ''}${s.before},${s.after},${s.main}p${s.pill}${s.light ? 'l' : ''}${ports}`;
    words.set(s, known);
  }
  return known;
}

/** Equal signatures, equal layouts: blocks repeated thirty times are laid out once. */
function signature(graph: LocalGraph, shapes: readonly ChildShape[]): string {
  const boxes = shapes.map(shapeWords);
  const edges = graph.edges.map((e) => `${e.from}.${e.fromPort}>${e.to}.${e.toPort}`);
  return `${graph.inPorts},${graph.outPorts};${boxes.join(';')};${edges.join(';')}`;
}

function gather(
  visible: Visible,
  graphs: ReadonlyMap<number, LocalGraph>,
  layouts: ReadonlyMap<number, FrameLayout>,
  direction: Direction,
  itemShapeOf: (item: number) => ChildShape,
): Geometry {
  const { scene } = visible;
  const turned = direction === 'horizontal';
  const items: number[] = [];
  const boxes: number[] = [];
  const open: number[] = [];
  const beside: number[] = [];
  const folded: number[] = [];
  const ways: Way[] = [];
  /** By the module and the port of its lower edge. */
  const exits = new Map<string, Exit>();
  const exitOf = (group: number, port: number): Exit => {
    const key = `${group}:${port}`;
    const known = exits.get(key);
    if (known) return known;
    const exit: Exit = { frame: null, inner: [], outer: [] };
    exits.set(key, exit);
    return exit;
  };
  const kind: number[] = [];
  const flags: number[] = [];
  const edges: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  const visit = (group: number, ox: number, oy: number, aside: number): void => {
    const graph = graphs.get(group)!;
    const layout = layouts.get(group)!;
    const around = { from: items.length, to: 0 };
    const waysAround = { from: 0, to: 0 };
    const opened = new Map<number, Opened>();
    graph.children.forEach((item, i) => {
      const inner = item - scene.nodes;
      const isFrame = inner >= 0 && inner < scene.groups && visible.isOpen[inner] === 1;
      const [x, y] = [ox + layout.x[i]!, oy + layout.y[i]!];
      items.push(item);
      open.push(isFrame ? 1 : 0);
      beside.push(aside || layout.beside[i]!);
      folded.push(inner >= 0 && inner < scene.groups ? visible.folded[inner]! : 0);
      if (isFrame) {
        boxes.push(x - layout.before[i]!, y, layout.before[i]! + layout.after[i]!, layouts.get(inner)!.shape.main);
        const place = items.length - 1;
        visit(inner, x, y, beside.at(-1)!);
        opened.set(i, { place, around, waysAround });
      } else {
        const shape = itemShapeOf(item);
        const half = shape.kind === 'circle' ? shape.main / 2 : shape.before;
        boxes.push(x - half, y, 2 * half, shape.main);
      }
    });
    around.to = items.length;
    waysAround.from = ways.length;
    // Lanes that end at one place are of one kind to the eye.
    const skipsTo = new Set<string>();
    for (const { local, lane } of layout.wires) {
      const { kind: own, to: end, toPort } = graph.edges[local]!;
      if (lane && own === EdgeKind.Skip) skipsTo.add(`${end}.${toPort}`);
    }
    for (const wire of layout.wires) {
      const edge = graph.edges[wire.local]!;
      const target = edge.to < 0 ? -1 : graph.children[edge.to]!;
      const inFrame = target < 0 || (target >= scene.nodes && visible.isOpen[target - scene.nodes] === 1);
      if (edge.to < 0) exitOf(group, edge.toPort).inner.push(ways.length);
      const frame = opened.get(edge.from);
      if (frame) {
        const exit = exitOf(graph.children[edge.from]! - scene.nodes, edge.fromPort);
        exit.frame = frame;
        exit.outer.push(ways.length);
      }
      ways.push({ points: wire.points.map((p, i) => p + (i % 2 ? oy : ox)), lane: wire.lane });
      const alike = wire.lane && edge.kind === EdgeKind.Data && skipsTo.has(`${edge.to}.${edge.toPort}`);
      kind.push(alike ? EdgeKind.Skip : edge.kind);
      flags.push(
        (inFrame ? 0 : ARROW) | (wire.lane ? LANE : 0) | (edge.from >= 0 ? LEAVES : 0) | (wire.roomy ? ROOMY : 0),
      );
      edges.push(edge.edge);
      from.push(edge.from < 0 ? -1 : graph.children[edge.from]!);
      to.push(target);
    }
    waysAround.to = ways.length;
  };
  const whole = layouts.get(-1)!.shape;
  visit(-1, whole.before, 0, 0);
  const [cross, main] = [whole.before + whole.after, whole.main];
  leaveSideways(ways, boxes, exits.values());
  const start = [0];
  for (const { points } of ways) start.push(start.at(-1)! + points.length / 2);
  const points = ways.flatMap((way) => way.points);
  return indexed({
    direction,
    items: Int32Array.from(items),
    boxes: turned ? turnedPairs(boxes) : Float64Array.from(boxes),
    open: Uint8Array.from(open),
    beside: Uint8Array.from(beside),
    folded: Uint8Array.from(folded),
    wires: {
      count: edges.length,
      points: turned ? turnedPairs(points) : Float64Array.from(points),
      start: Int32Array.from(start),
      kind: Uint8Array.from(kind),
      flags: Uint8Array.from(flags),
      edge: Int32Array.from(edges),
      from: Int32Array.from(from),
      to: Int32Array.from(to),
    },
    width: turned ? main : cross,
    height: turned ? cross : main,
  });
}

/** Across and along the flow changed places: the layouts run downwards. */
function turnedPairs(values: readonly number[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i += 2) [out[i], out[i + 1]] = [values[i + 1]!, values[i]!];
  return out;
}
