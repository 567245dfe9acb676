/** Long work of the page, cut into turns: in between it answers. */
import { inTurns, type Clock, type Steps } from '../../src/core/steps';

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

/** Half a frame or so: the page answers meanwhile, and does not work for longer than it has to. */
const TURN_MS = 20;

/** Resolves once others had their turn. */
export const breath = (): Promise<void> => clock.pause(0);

export const turnByTurn = async <T>(steps: Steps<T>): Promise<T> =>
  (await inTurns(steps, clock, new AbortController().signal, TURN_MS))!;
