/** Long work in short steps: whoever runs it may pause between any two, or stop. */
export type Steps<T> = Generator<void, T, void>;

/** So many pieces of work of some microseconds each are one step: stopping after each would take as long as the work. */
export const PIECES = 8;

/** For loops over such pieces: asked after each, tells after which of them to stop. */
export function pacer(): () => boolean {
  let done = 0;
  return () => ++done % PIECES === 0;
}

/** Runs all steps without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The time in ms, and a way to let others have their turn. */
export interface Clock {
  now(): number;
  /** Resolves once others had theirs, and not before so many ms. */
  pause(ms: number): Promise<void>;
}

/** A turn this long is not felt, and leaves room for the step it ends with. */
const TURN_MS = 5;

/** Runs steps with a pause after each turn of so many ms; null where the signal came before the end. Errors of the work are thrown. */
export async function inTurns<T>(
  steps: Steps<T>,
  clock: Clock,
  signal: AbortSignal,
  turn = TURN_MS,
): Promise<T | null> {
  for (;;) {
    const until = clock.now() + turn;
    do {
      if (signal.aborted) {
        steps.return(undefined as T);
        return null;
      }
      const step = steps.next();
      if (step.done) return step.value;
    } while (clock.now() < until);
    await clock.pause(0);
  }
}
