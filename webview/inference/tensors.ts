/** Tensors of the last run: those kept, and those the runtime is asked for again. */
import type { AppStore } from '../state/app';
import type { RunTensor } from '../state/runner';
import type { TensorCache } from './cache';
import { Cancelled } from './engine';
import type { WireTensor } from './messages';
import type { Sessions } from './sessions';

interface Parts {
  readonly store: AppStore;
  readonly cache: TensorCache;
  readonly sessions: Sessions;
  /** Null for what cannot be asked for. */
  readonly nameOf: (value: number) => string | null;
  /** Number of the last run. */
  readonly current: () => number;
  readonly keep: (tensors: readonly WireTensor[]) => void;
  readonly fail: (error: unknown) => void;
}

export interface Tensors {
  /** Puts into the cache, by one run, what of these it lacks; those that there are none of stay away. */
  readonly fetch: (values: readonly number[]) => Promise<void>;
  /** Null where there is none. */
  readonly get: (value: number) => Promise<RunTensor | null>;
}

export function createTensors({ store, cache, sessions, nameOf, current, keep, fail }: Parts): Tensors {
  async function fetch(values: readonly number[]): Promise<void> {
    const lacking = (): string[] => {
      const names = values.filter((value) => !cache.get(value)).map(nameOf);
      return [...new Set(names.filter((name) => name !== null))];
    };
    if (store.get().run.serial === 0 || lacking().length === 0) return;
    const serial = current();
    await sessions
      .inTurn(async () => {
        const names = lacking();
        const session = sessions.current;
        if (names.length > 0 && session?.started && serial === current()) keep((await session.run(names)).tensors);
      })
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled)) fail(error);
      });
  }
  return {
    fetch,
    async get(value) {
      await fetch([value]);
      return cache.get(value);
    },
  };
}
