/** Asks the layout worker for a new arrangement when what it depends on has changed. */
import type { Plan } from '../../src/core/plan';
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import { planFor } from '../state/plans';
import { repeatsIn, type Repeats } from '../state/repeats';
import { breath } from '../state/turns';
import type { LayoutClient } from './layout/client';
import type { Geometry, LayoutScene } from './layout/types';
import { layoutSceneOf } from './scene/layoutScene';

type Wanted = Pick<AppState, 'openGroups' | 'direction' | 'plumbing' | 'fold'>;

export interface Arranger {
  /** Structure of the scene on show, or of the one that comes; null before there is one. */
  readonly layoutScene: LayoutScene | null;
  /** Does nothing when the arrangement asked for last would be the same. */
  ask(state: AppState): void;
  /** Has a scene laid out that is still on its way; `ask` takes what comes of it, if that is what is wanted then. */
  expect(plan: Plan, wanted: Wanted): void;
}

export function createArranger(
  client: Pick<LayoutClient, 'layout'>,
  placed: (scene: Scene, geometry: Geometry, repeats: Repeats) => void,
  failed: (reason: string) => void,
): Arranger {
  let known: Plan | null = null;
  let layoutScene: LayoutScene | null = null;
  let asked = '';
  let ahead: Promise<Geometry | null> | null = null;
  let requests = 0;
  /** Null when this was asked for last. */
  const request = (plan: Plan, { openGroups, direction, plumbing, fold }: Wanted): Promise<Geometry | null> | null => {
    if (plan !== known || !layoutScene) {
      known = plan;
      layoutScene = layoutSceneOf(plan, repeatsIn(plan));
      asked = '';
    }
    const open = [...openGroups];
    const key = `${direction}${plumbing ? 'p' : ''}${fold ? 'f' : ''}${open.join()}`;
    if (key === asked) return null;
    asked = key;
    requests++;
    return client.layout({ open, plumbing, fold, direction }, layoutScene);
  };
  return {
    get layoutScene() {
      return layoutScene;
    },
    ask(state) {
      const { scene } = state;
      if (!scene) return;
      const plan = planFor(scene);
      // The scene is being shown right now: its boxes come in a turn of their own.
      const answer = request(plan, state) ?? ahead?.then((geometry) => breath().then(() => geometry));
      ahead = null;
      const serial = requests;
      void answer?.then(
        (geometry) => geometry && serial === requests && placed(scene, geometry, repeatsIn(plan)),
        (error: unknown) => failed(error instanceof Error ? error.message : String(error)),
      );
    },
    expect(plan, wanted) {
      ahead = request(plan, wanted);
      // Told when it is asked for.
      ahead?.catch(() => undefined);
    },
  };
}
