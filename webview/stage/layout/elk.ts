/** Layered layout by elkjs of a part that is neither a chain nor branches. Loaded when first needed. */
import type { ELK, ElkNode, ElkExtendedEdge, ElkPort } from 'elkjs/lib/elk-api';
import type { ChildShape, Region } from './board';
import type { Metrics } from './metrics';
import { edgeKey, routeLong, type RegionGraph } from './region';

/** Beyond these elk takes longer than a person waits; the linear layout takes over. */
export const ELK_CHILDREN = 260;
export const ELK_EDGES = 700;

let loading: Promise<ELK> | null = null;

async function load(): Promise<ELK> {
  const { default: Elk } = await import('elkjs/lib/elk-api.js');
  const { Worker: Inside } = (await import('elkjs/lib/elk-worker.js')) as unknown as { Worker: new () => Worker };
  // In a worker elk makes itself the listener of its messages; they are ours.
  if ('onmessage' in globalThis && !('document' in globalThis)) Reflect.set(globalThis, 'onmessage', null);
  return new Elk({ workerFactory: () => new Inside() });
}

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.padding': '[top=0,left=0,bottom=0,right=0]',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  // The stack of a worker is small, and splitting into components recurses.
  'elk.separateConnectedComponents': 'false',
};

export async function elkRegion(graph: RegionGraph, metrics: Metrics): Promise<Region> {
  loading ??= load();
  const elk = await loading;
  const placed = await elk.layout(toElk(graph, metrics));
  return fromElk(graph, placed);
}

const inPort = (child: number, port: number): string => `${child}i${port}`;
const outPort = (child: number, port: number): string => `${child}o${port}`;

function toElk(graph: RegionGraph, metrics: Metrics): ElkNode {
  const end = graph.shapes.length;
  const children: ElkNode[] = graph.shapes.map((shape, child) => ({
    id: String(child),
    width: shape.before + shape.after,
    height: shape.main,
    ports: portsOf(shape, child),
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  }));
  children.unshift({
    id: 'in',
    width: 1,
    height: 1,
    layoutOptions: { 'elk.layered.layering.layerConstraint': 'FIRST' },
  });
  children.push({ id: 'out', width: 1, height: 1, layoutOptions: { 'elk.layered.layering.layerConstraint': 'LAST' } });
  const edges: ElkExtendedEdge[] = graph.edges.map((edge) => ({
    id: edgeKey(edge, end),
    sources: [edge.from < 0 ? 'in' : outPort(edge.from, edge.fromPort)],
    targets: [edge.to >= end ? 'out' : inPort(edge.to, edge.toPort)],
  }));
  const layoutOptions = {
    ...OPTIONS,
    'elk.spacing.nodeNode': String(metrics.branch),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(metrics.gap + metrics.pill + 8),
    'elk.layered.spacing.edgeNodeBetweenLayers': '12',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
    'elk.spacing.edgeNode': '12',
    'elk.spacing.edgeEdge': '8',
  };
  return { id: 'region', children, edges, layoutOptions };
}

function portsOf(shape: ChildShape, child: number): ElkPort[] {
  const port = (id: string, x: number, y: number, side: string): ElkPort => ({
    id,
    x,
    y,
    width: 0,
    height: 0,
    layoutOptions: { 'elk.port.side': side },
  });
  const [inX, outX] = [shape.inX.length ? shape.inX : [0], shape.outX.length ? shape.outX : [0]];
  return [
    ...inX.map((at, i) => port(inPort(child, i), shape.before + at, 0, 'NORTH')),
    ...outX.map((at, i) => port(outPort(child, i), shape.before + at, shape.main, 'SOUTH')),
  ];
}

/** Room between what elk draws at the ends of a region and the rest of the drawing. */
const END = 8;

function fromElk(graph: RegionGraph, placed: ElkNode): Region {
  const byId = new Map((placed.children ?? []).map((c) => [c.id, c]));
  const entry = (byId.get('in')?.x ?? 0) + 0.5;
  const ways = (placed.edges ?? []).flatMap((edge) => {
    const section = edge.sections?.[0];
    return section ? [{ id: edge.id, section }] : [];
  });
  // From the first box or turn of an edge to the last: the stubs of `in` and `out` are the rest of the drawing's.
  const turns = ways.flatMap(({ section }) => (section.bendPoints ?? []).map((p) => p.y));
  const boxes = graph.shapes.map((shape, i) => ({ top: byId.get(String(i))?.y ?? 0, main: shape.main }));
  const above = Math.min(...boxes.map((b) => b.top), ...turns.map((y) => y - END));
  const below = Math.max(...boxes.map((b) => b.top + b.main), ...turns.map((y) => y + END));
  const routes = new Map<string, readonly number[]>();
  for (const { id, section } of ways) {
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    const within = (y: number): number => Math.min(below, Math.max(above, y)) - above;
    routes.set(
      id,
      points.flatMap((p) => [p.x - entry, within(p.y)]),
    );
  }
  const x = graph.shapes.map((s, i) => (byId.get(String(i))?.x ?? 0) + s.before - entry);
  const y = boxes.map((b) => b.top - above);
  const right = (placed.width ?? 0) - entry;
  const after = routeLong(graph, x, y, routes, right);
  const exitX = (byId.get('out')?.x ?? entry - 0.5) + 0.5 - entry;
  return { x, y, main: below - above, before: entry, after, exitX, routes };
}
