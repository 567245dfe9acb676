import type { EdgeEnd, Family, Scene } from '../../../src/core/view/types';
import { EdgeKind, type LayoutScene } from '../layout/types';
import type { Repeats } from '../../state/repeats';

const KINDS = { data: EdgeKind.Data, skip: EdgeKind.Skip, auxiliary: EdgeKind.Auxiliary, plumbing: EdgeKind.Plumbing };

const LIGHT: ReadonlySet<Family> = new Set<Family>(['shape', 'join', 'activation']);

/** The scene as the layout needs it: structure only. */
export function layoutSceneOf(scene: Scene, repeats: Repeats): LayoutScene {
  const [nodes, groups] = [scene.nodes.length, scene.groups.length];
  const item = (end: EdgeEnd): number => (end.kind === 'node' ? end.node : nodes + groups + end.port);
  return {
    nodes,
    groups,
    ports: scene.ports.length,
    groupOf: Int32Array.from(scene.nodes, (n) => n.group ?? -1),
    parent: Int32Array.from(scene.groups, (g) => g.parent ?? -1),
    run: repeats.run,
    stands: repeats.stands,
    pillOf: Int32Array.from(scene.nodes, (n) => n.pillOf ?? -1),
    hasPill: Uint8Array.from(scene.nodes, (n) => (n.pill && !n.join ? 1 : 0)),
    plumbing: Uint8Array.from(scene.nodes, (n) => (n.plumbing ? 1 : 0)),
    light: Uint8Array.from(scene.nodes, (n) => (n.parameters === 0 && LIGHT.has(n.family) ? 1 : 0)),
    join: Uint8Array.from(scene.nodes, (n) => (n.join ? 1 : 0)),
    edgeFrom: Int32Array.from(scene.edges, (e) => item(e.from)),
    edgeTo: Int32Array.from(scene.edges, (e) => item(e.to)),
    edgeKind: Uint8Array.from(scene.edges, (e) => KINDS[e.kind]),
  };
}
