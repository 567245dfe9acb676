/** Layered layout by elkjs of a part that is neither a chain nor branches. Loaded when first needed. */
import type { ELK, ElkNode, ElkExtendedEdge, ElkPort } from 'elkjs/lib/elk-api';
import type { ChildShape, Region } from './board';
import type { Metrics } from './metrics';
import { routeLong, type RegionGraph } from './region';

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
  const edges: ElkExtendedEdge[] = graph.edges.map(({ from, to }) => ({
    id: `${from < 0 ? 'in' : from}>${to >= end ? 'out' : to}`,
    sources: [from < 0 ? 'in' : outPort(from, 0)],
    targets: [to >= end ? 'out' : inPort(to, 0)],
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
  return [
    port(inPort(child, 0), shape.before + (shape.inX[0] ?? 0), 0, 'NORTH'),
    port(outPort(child, 0), shape.before + (shape.outX[0] ?? 0), shape.main, 'SOUTH'),
  ];
}

function fromElk(graph: RegionGraph, placed: ElkNode): Region {
  const byId = new Map((placed.children ?? []).map((c) => [c.id, c]));
  const entry = byId.get('in')?.x ?? 0;
  const first = Math.min(...graph.shapes.map((_, i) => byId.get(String(i))?.y ?? 0));
  const x = graph.shapes.map((s, i) => (byId.get(String(i))?.x ?? 0) + s.before - entry);
  const y = graph.shapes.map((_, i) => (byId.get(String(i))?.y ?? 0) - first);
  const routes = new Map<string, readonly number[]>();
  for (const edge of placed.edges ?? []) {
    const section = edge.sections?.[0];
    if (!section) continue;
    const points = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint];
    routes.set(
      edge.id,
      points.flatMap((p) => [p.x - entry, p.y - first]),
    );
  }
  const bottom = Math.max(...graph.shapes.map((s, i) => y[i]! + s.main));
  const right = (placed.width ?? 0) - entry;
  const after = routeLong(graph, x, y, routes, right);
  const exitX = (byId.get('out')?.x ?? entry) - entry;
  return { x, y, main: bottom, before: entry, after, exitX, routes };
}
