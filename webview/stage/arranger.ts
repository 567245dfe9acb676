/** Asks the layout worker for a new arrangement when what it depends on has changed. */
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import { repeatsOf, type Repeats } from '../state/repeats';
import type { LayoutClient } from './layout/client';
import type { Geometry, LayoutScene } from './layout/types';
import { layoutSceneOf } from './scene/layoutScene';

export interface Arranger {
  /** Structure of the scene on show; null before there is one. */
  readonly layoutScene: LayoutScene | null;
  /** Does nothing when the arrangement asked for last would be the same. */
  ask(state: AppState): void;
}

export function createArranger(
  client: LayoutClient,
  placed: (scene: Scene, geometry: Geometry, repeats: Repeats) => void,
  failed: (reason: string) => void,
): Arranger {
  let known: Scene | null = null;
  let layoutScene: LayoutScene | null = null;
  let asked = '';
  return {
    get layoutScene() {
      return layoutScene;
    },
    ask({ scene, openGroups, direction, plumbing, fold }) {
      if (!scene) return;
      const repeats = repeatsOf(scene);
      if (scene !== known) {
        known = scene;
        layoutScene = layoutSceneOf(scene, repeats);
        asked = '';
      }
      const open = [...openGroups];
      const key = `${direction}${plumbing ? 'p' : ''}${fold ? 'f' : ''}${open.join()}`;
      if (key === asked || !layoutScene) return;
      asked = key;
      void client.layout({ open, plumbing, fold, direction }, layoutScene).then(
        (geometry) => geometry && placed(scene, geometry, repeats),
        (error: unknown) => failed(error instanceof Error ? error.message : String(error)),
      );
    },
  };
}
