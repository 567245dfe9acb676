import { inTurns, type Clock, type Steps } from '../../src/core/steps';
import type { Scene } from '../../src/core/view/types';
import { readColumns } from '../../src/protocol/columns';
import type { SceneText } from '../../src/protocol/host';
import type { AppStore } from './app';
import { repeatsOf } from './repeats';

const clock: Clock = {
  now: () => performance.now(),
  // By a message: timers in timers wait for 4 ms.
  pause: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    }),
};

/** Half a frame or so: the page answers meanwhile, and does not read for longer than it has to. */
const TURN_MS = 20;

let last: Promise<unknown> = Promise.resolve();

/** Puts the host's scenes into the state, one after the other however long each of them takes to read. */
export function showScene(store: AppStore, text: SceneText): Promise<Scene> {
  const shown = last.then(async () => {
    const scene = await readScene(text);
    store.dispatch({ do: 'scene', scene });
    return scene;
  });
  last = shown.catch(() => undefined);
  return shown;
}

async function readScene(text: SceneText): Promise<Scene> {
  return (await inTurns(reading(text), clock, new AbortController().signal, TURN_MS))!;
}

/** What the host wrote; what takes longest of what the state asks first of a scene is worked out in turns of its own. */
function* reading(text: SceneText): Steps<Scene> {
  const scene = (yield* readColumns(text)) as Scene;
  yield;
  repeatsOf(scene);
  yield;
  return scene;
}
