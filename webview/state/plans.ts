/** Plans by their scenes: one that was sent ahead is the scene's own, all others are made when first asked for. */
import { planOf, type Plan } from '../../src/core/plan';
import type { Scene } from '../../src/core/view/types';

const known = new WeakMap<Scene, Plan>();

export function planFor(scene: Scene): Plan {
  let plan = known.get(scene);
  if (!plan) known.set(scene, (plan = planOf(scene)));
  return plan;
}

/** `plan` was told ahead of this very scene. */
export const foretold = (scene: Scene, plan: Plan): void => void known.set(scene, plan);
