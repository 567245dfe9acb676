import { inTurns, type Clock } from '../../src/core/steps';
import type { Scene } from '../../src/core/view/types';
import { readColumns } from '../../src/protocol/columns';
import type { SceneText } from '../../src/protocol/host';
import type { AppStore } from './app';

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

/** What the host wrote. */
async function readScene(text: SceneText): Promise<Scene> {
  return (await inTurns(readColumns(text), clock, new AbortController().signal, TURN_MS)) as Scene;
}
