import type { Plan } from '../../../src/core/plan';
import type { Repeats } from '../../state/repeats';
import { EdgeKind, type LayoutScene } from '../layout/types';

const KINDS = { data: EdgeKind.Data, skip: EdgeKind.Skip, auxiliary: EdgeKind.Auxiliary, plumbing: EdgeKind.Plumbing };

/** About as wide as a pill with these words; the layout cannot measure text. */
export const pillRoom = (words: string): number => Math.min(255, Math.max(41, Math.ceil(6.6 * words.length + 16)));

/** The plan as the layout worker needs it. */
export function layoutSceneOf(plan: Plan, repeats: Repeats): LayoutScene {
  return {
    nodes: plan.groupOf.length,
    groups: plan.groups.length,
    ports: plan.ports,
    groupOf: Int32Array.from(plan.groupOf),
    parent: Int32Array.from(plan.groups, ({ parent }) => parent ?? -1),
    run: repeats.run,
    stands: repeats.stands,
    pillOf: Int32Array.from(plan.pillOf),
    pillWidth: Uint8Array.from(plan.pill, (words) => (words ? pillRoom(words) : 0)),
    plumbing: Uint8Array.from(plan.plumbing, Number),
    light: Uint8Array.from(plan.light, Number),
    join: Uint8Array.from(plan.join, Number),
    edgeFrom: Int32Array.from(plan.edgeFrom),
    edgeTo: Int32Array.from(plan.edgeTo),
    edgeKind: Uint8Array.from(plan.edgeKind, (kind) => KINDS[kind]),
  };
}
