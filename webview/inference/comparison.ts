/** The run that is kept to compare others with: another picture, another preparation, another provider. */
import type { RunSource } from '../../src/protocol/host';
import type { PageContext } from '../state/context';
import type { RunTensor } from '../state/runner';
import { createCache, type TensorCache } from './cache';
import type { FeedRequest, Provider } from './messages';
import { openSession, type ModelSession } from './session';
import type { Sessions } from './sessions';

const KEPT_BYTES = 128e6;

interface Kept {
  readonly request: FeedRequest;
  readonly provider: Provider;
  readonly cache: TensorCache;
  /** Only where the run that is looked at has another provider. */
  own: ModelSession | null;
}

export interface Comparison {
  readonly keep: (on: boolean) => void;
  readonly forget: () => void;
  readonly tensor: (value: number) => Promise<RunTensor | null>;
}

interface Parts {
  readonly context: PageContext;
  readonly sessions: Sessions;
  readonly source: { readonly get: () => Promise<RunSource>; readonly nameOf: (value: number) => string | undefined };
  /** What the last run was fed with. */
  readonly fed: () => FeedRequest | null;
}

export function createComparison({ context, sessions, source, fed }: Parts): Comparison {
  const { store, host, assets } = context;
  let kept: Kept | null = null;
  const forget = (): void => {
    kept?.own?.stop();
    kept = null;
    if (store.get().run.kept !== null) store.dispatch({ do: 'run', run: { kept: null } });
  };

  /** A session with the kept run's inputs in it: the current one for a moment, where it has the same provider. */
  async function fetchFrom(run: Kept, name: string): Promise<Omit<RunTensor, 'value'> | null> {
    const { current } = sessions;
    const now = fed();
    if (current?.started && current.provider === run.provider) {
      await current.feed(run.request);
      try {
        return (await current.run([name])).tensors[0] ?? null;
      } finally {
        if (now) await current.feed(now);
      }
    }
    if (!run.own) {
      run.own = await openSession(run.provider, host, assets);
      await run.own.feed(run.request);
      await run.own.load(await source.get(), () => undefined);
    }
    return (await run.own.run([name])).tensors[0] ?? null;
  }

  return {
    keep(on) {
      forget();
      const [request, { run }] = [fed(), store.get()];
      if (!on || !request || !sessions.current) return;
      kept = { request, provider: sessions.current.provider, cache: createCache(KEPT_BYTES), own: null };
      const words = [run.image, run.provider].filter((part) => part !== null).join(' · ');
      store.dispatch({ do: 'run', run: { kept: words } });
    },
    forget,
    async tensor(value) {
      const run = kept;
      const name = source.nameOf(value);
      if (!run || name === undefined) return null;
      return sessions
        .inTurn(async () => {
          const known = run.cache.get(value);
          if (known || run !== kept) return known;
          const tensor = await fetchFrom(run, name);
          if (tensor) run.cache.put({ ...tensor, value });
          return run.cache.get(value);
        })
        .catch(() => null);
    },
  };
}
