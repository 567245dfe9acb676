import type { Steps } from '../../src/core/steps';
import type { Scene } from '../../src/core/view/types';
import { readColumns } from '../../src/protocol/columns';
import type { Plan } from '../../src/core/plan';
import type { PlanText, SceneText } from '../../src/protocol/host';
import type { AppStore } from './app';
import { foretold } from './plans';
import { repeatsOf } from './repeats';
import { turnByTurn } from './turns';

let last: Promise<unknown> = Promise.resolve();

/** Of a scene that comes later: its plan, and the modules that will stand open. */
export interface Ahead {
  readonly plan: Plan;
  readonly open: ReadonlySet<number>;
}

export const readPlan = async (text: PlanText): Promise<Plan> => (await turnByTurn(readColumns(text))) as Plan;

/**
 * Puts the host's scenes into the state, one after the other however long each of them takes to read. `ahead`: what was told of this
 * one; null where nothing was.
 */
export function showScene(store: AppStore, text: SceneText, ahead: Ahead | null = null): Promise<Scene> {
  const shown = last.then(async () => {
    const scene = await turnByTurn(reading(text, ahead));
    store.dispatch({ do: 'scene', scene, ...(ahead && { open: ahead.open }) });
    return scene;
  });
  last = shown.catch(() => undefined);
  return shown;
}

/** What the host wrote; what takes longest of what the state asks first of a scene is worked out in turns of its own. */
function* reading(text: SceneText, ahead: Ahead | null): Steps<Scene> {
  const scene = (yield* readColumns(text)) as Scene;
  yield;
  if (ahead) foretold(scene, ahead.plan);
  repeatsOf(scene);
  yield;
  return scene;
}
