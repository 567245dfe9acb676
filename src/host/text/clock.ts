import type { Clock } from '../../core/steps';

/** Web workers have no `setImmediate`, and make timers in timers wait for 4 ms. */
const soon = (done: () => void): void => {
  if (typeof setImmediate === 'function') {
    setImmediate(done);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener('message', () => {
    port1.close();
    done();
  });
  port1.start();
  port2.postMessage(null);
};

/** Others have their turn in between: what was typed meanwhile is heard of. */
export const clock: Clock = {
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => (ms > 0 ? void setTimeout(resolve, ms) : soon(resolve))),
};
