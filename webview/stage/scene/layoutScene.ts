import type { EdgeEnd, Family, Scene } from '../../../src/core/view/types';
import { EdgeKind, type LayoutScene } from '../layout/types';
import type { Repeats } from '../../state/repeats';

const KINDS = { data: EdgeKind.Data, skip: EdgeKind.Skip, auxiliary: EdgeKind.Auxiliary, plumbing: EdgeKind.Plumbing };

const LIGHT: ReadonlySet<Family> = new Set<Family>(['shape', 'join', 'activation']);

/** About as wide as a pill with these words; the layout cannot measure text. */
export const pillRoom = (words: string): number => Math.min(255, Math.max(41, Math.ceil(6.6 * words.length + 16)));

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
    pillWidth: Uint8Array.from(scene.nodes, (n) => (n.pill && !n.join ? pillRoom(n.pill.title) : 0)),
    plumbing: Uint8Array.from(scene.nodes, (n) => (n.plumbing ? 1 : 0)),
    light: Uint8Array.from(scene.nodes, (n) => (n.parameters === 0 && LIGHT.has(n.family) ? 1 : 0)),
    join: Uint8Array.from(scene.nodes, (n) => (n.join ? 1 : 0)),
    edgeFrom: Int32Array.from(scene.edges, (e) => item(e.from)),
    edgeTo: Int32Array.from(scene.edges, (e) => item(e.to)),
    edgeKind: Uint8Array.from(scene.edges, (e) => KINDS[e.kind]),
  };
}
