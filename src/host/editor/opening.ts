/** How a scene goes to a page: first what its layout needs, then all of it. */
import { planOf } from '../../core/plan';
import { inTurns } from '../../core/steps';
import type { Scene } from '../../core/view/types';
import { columnsText } from '../../protocol/columns';
import type { PlanText, SceneText } from '../../protocol/host';
import { clock } from '../text/clock';

/** In turns, as all that takes long for a large model. */
const textOf = async (value: unknown): Promise<string> =>
  (await inTurns(columnsText(value), clock, new AbortController().signal)) ?? '';

export const sceneText = (scene: Scene): Promise<SceneText> => textOf(scene);

/** The page has the scene laid out while it is written, sent and read. */
export async function openingText(scene: Scene, tell: (plan: PlanText) => void): Promise<SceneText> {
  tell(await textOf(planOf(scene)));
  return sceneText(scene);
}
