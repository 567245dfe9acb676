/** What the layout of a drawing depends on: sent ahead of the scene, so that boxes find their places while the rest is on its way. */
import type { Family } from './ops/operator';
import type { EdgeEnd, Scene, SceneEdge, SceneGroup } from './view/types';

/** Columns by node and by edge; one number names anything drawn: nodes first (0…), then groups, then ports. */
export interface Plan {
  /** Innermost group of each node, -1 for none. */
  readonly groupOf: readonly number[];
  /** Node in whose pill this one is, -1 for a node of its own. */
  readonly pillOf: readonly number[];
  /** Words of the pill that hangs on each box; '' for none. */
  readonly pill: readonly string[];
  readonly plumbing: readonly boolean[];
  /** Neither weights nor windows: cropping, padding, reordering. */
  readonly light: readonly boolean[];
  /** Drawn as a circle. */
  readonly join: readonly boolean[];
  readonly groups: readonly Pick<SceneGroup, 'path' | 'parent' | 'twin' | 'nodes' | 'open'>[];
  readonly ports: number;
  readonly edgeFrom: readonly number[];
  readonly edgeTo: readonly number[];
  readonly edgeKind: readonly SceneEdge['kind'][];
}

const LIGHT: ReadonlySet<Family> = new Set<Family>(['shape', 'join', 'activation']);

export function planOf({ nodes, groups, edges, ports }: Pick<Scene, 'nodes' | 'groups' | 'edges' | 'ports'>): Plan {
  const first = nodes.length + groups.length;
  const item = (end: EdgeEnd): number => (end.kind === 'node' ? end.node : first + end.port);
  return {
    groupOf: nodes.map((node) => node.group ?? -1),
    pillOf: nodes.map((node) => node.pillOf ?? -1),
    pill: nodes.map(({ pill, join }) => (join === null ? (pill?.title ?? '') : '')),
    plumbing: nodes.map((node) => node.plumbing),
    light: nodes.map(({ parameters, family }) => parameters === 0 && LIGHT.has(family)),
    join: nodes.map((node) => node.join !== null),
    groups: groups.map(({ path, parent, twin, nodes: inside, open }) => ({ path, parent, twin, nodes: inside, open })),
    ports: ports.length,
    edgeFrom: edges.map(({ from }) => item(from)),
    edgeTo: edges.map(({ to }) => item(to)),
    edgeKind: edges.map(({ kind }) => kind),
  };
}
