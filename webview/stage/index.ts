/** The stage as the composition root mounts it. */
import './stage.css';
import type { PageContext } from '../state/context';
import { stageKey } from './input/keys';
import { attachPointer } from './input/pointer';
import { startLayout } from './layout/client';
import { Stage } from './stage';

export type { Stage };

export async function mountStage(parent: HTMLElement, context: PageContext): Promise<Stage> {
  const client = await startLayout(context.assets.layoutWorker);
  const stage = new Stage(parent, context, client);
  attachPointer(stage);
  stage.surface.element.addEventListener('keydown', (event) => {
    if (!stageKey(stage, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  return stage;
}
