/** Splits the visible graph into one small graph per opened module: edges are cut where they cross its frame. */
import { EdgeKind } from './types';
import type { Visible } from './visible';

/** Stands for the frame itself as the source or the target of an edge. */
export const FRAME = -1;

export interface LocalEdge {
  /** Index of a child, or FRAME: the tensor comes in through port `fromPort`. */
  readonly from: number;
  readonly fromPort: number;
  readonly to: number;
  readonly toPort: number;
  kind: EdgeKind;
  /** Scene edge this one is part of. */
  readonly edge: number;
}

export interface LocalGraph {
  /** Item numbers in flow order; an opened group is one child. */
  readonly children: number[];
  readonly edges: LocalEdge[];
  /** Tensors that come in and go out, each through a port of its own. */
  inPorts: number;
  outPorts: number;
}

/** Local graphs by container: group index, or -1 for the whole drawing. */
export function localGraphs(visible: Visible): Map<number, LocalGraph> {
  const { scene, container } = visible;
  const graphs = new Map<number, LocalGraph>();
  const indexOf = new Map<number, number>();
  const graphOf = (group: number): LocalGraph => {
    let graph = graphs.get(group);
    if (!graph) {
      graph = { children: [], edges: [], inPorts: 0, outPorts: 0 };
      graphs.set(group, graph);
    }
    return graph;
  };
  /** Adds an item, and the opened groups around it as children of theirs. */
  const place = (item: number): void => {
    if (indexOf.has(item)) return;
    const group = container[item]!;
    if (group >= 0) place(scene.nodes + group);
    const graph = graphOf(group);
    indexOf.set(item, graph.children.length);
    graph.children.push(item);
  };
  graphOf(-1);
  for (const item of visible.items) place(item);

  const entries = entryPorts(visible);
  const exits = new Map<string, number>();
  const joined = new Map<string, LocalEdge>();
  const link = (group: number, edge: LocalEdge): void => {
    const key = `${group}:${edge.from},${edge.fromPort}>${edge.to},${edge.toPort}`;
    const known = joined.get(key);
    if (!known) {
      joined.set(key, edge);
      graphOf(group).edges.push(edge);
    } else if (edge.kind === EdgeKind.Data) known.kind = edge.kind;
  };
  const exitPort = (group: number, source: number): number => {
    const key = `${group}:${source}`;
    let port = exits.get(key);
    if (port === undefined) exits.set(key, (port = graphOf(group).outPorts++));
    return port;
  };

  for (const { from, to, kind, edge } of visible.edges) {
    const up = groupsAround(visible, from);
    const down = groupsAround(visible, to);
    while (up.length && down.length && up.at(-1) === down.at(-1)) {
      up.pop();
      down.pop();
    }
    const top = up.length
      ? container[scene.nodes + up.at(-1)!]!
      : container[down.length ? scene.nodes + down.at(-1)! : to]!;
    let [child, port] = [indexOf.get(from)!, 0];
    for (const group of up) {
      const out = exitPort(group, from);
      link(group, { from: child, fromPort: port, to: FRAME, toPort: out, kind, edge });
      [child, port] = [indexOf.get(scene.nodes + group)!, out];
    }
    let level = top;
    for (const group of down.reverse()) {
      const into = entries.port(group, from, graphOf(group));
      link(level, { from: child, fromPort: port, to: indexOf.get(scene.nodes + group)!, toPort: into, kind, edge });
      [child, port, level] = [FRAME, into, group];
    }
    link(level, { from: child, fromPort: port, to: indexOf.get(to)!, toPort: 0, kind, edge });
  }
  // Equal modules have equal lists whatever the order of the file's edges: they share one layout.
  for (const graph of graphs.values())
    graph.edges.sort((a, b) => a.from - b.from || a.to - b.to || a.fromPort - b.fromPort || a.toPort - b.toPort);
  return graphs;
}

/** Opened groups around an item, innermost first. */
function groupsAround({ scene, container }: Visible, item: number): number[] {
  const around: number[] = [];
  for (let group = container[item]!; group >= 0; group = container[scene.nodes + group]!) around.push(group);
  return around;
}

/**
 * Tensors that go to the very same places inside share one port: twelve inputs of one Concat come in as one bundle, as a person
 * would draw them.
 */
function entryPorts(visible: Visible): { port: (group: number, source: number, graph: LocalGraph) => number } {
  const targets = new Map<string, number[]>();
  for (const { from, to } of visible.edges) {
    const inside = new Set(groupsAround(visible, from));
    for (const group of groupsAround(visible, to)) {
      if (inside.has(group)) break;
      const key = `${group}:${from}`;
      const list = targets.get(key);
      if (list) list.push(to);
      else targets.set(key, [to]);
    }
  }
  const ports = new Map<string, number>();
  return {
    port(group, source, graph) {
      const key = `${group}>${(targets.get(`${group}:${source}`) ?? []).sort((a, b) => a - b).join()}`;
      let port = ports.get(key);
      if (port === undefined) ports.set(key, (port = graph.inPorts++));
      return port;
    },
  };
}
