import type { Clock } from '../../core/steps';

/** Others have their turn in between: what was typed meanwhile is heard of. */
export const clock: Clock = {
  now: () => performance.now(),
  pause: (ms) => new Promise((resolve) => void setTimeout(resolve, ms)),
};
