/** Stored constants in the few elements that a unit needs, kept while they are looked at. */
import { runsOf, wholeOf, type Elements, type Runs } from '../../src/core/explain/elements';
import { t } from '../../src/core/l10n/l10n';
import type { HostApi } from '../../src/protocol/host';

/** Up to this many elements a tensor is fetched whole and once; beyond, what each unit asks for. */
const WHOLE = 1 << 14;
/** Nobody wants more than this for one unit: 64 MB. */
const MOST = 1 << 24;
const KEPT = 96;

export interface Weights {
  /** `runs` null: all of it. */
  elements(value: number, total: number, runs: Runs | null): Promise<Elements>;
  clear(): void;
}

export function createWeights(host: HostApi): Weights {
  const kept = new Map<string, Promise<Elements>>();

  function remember(key: string, fetch: () => Promise<Elements>): Promise<Elements> {
    const known = kept.get(key);
    // Putting it back makes it the youngest: a map keeps its order.
    kept.delete(key);
    const elements = known ?? fetch();
    kept.set(key, elements);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
    // What failed may succeed when asked again.
    elements.catch(() => kept.delete(key));
    return elements;
  }

  return {
    elements(value, total, runs) {
      if (!runs || total <= WHOLE) {
        if (total > MOST)
          return Promise.reject(new Error(t('These weights are too large to be looked at as a whole.')));
        return remember(String(value), async () =>
          wholeOf((await host.tensor({ value, from: 0, count: total, running: true })).values),
        );
      }
      const { from, count, times, step } = runs;
      return remember([value, from, count, times, step].join('/'), async () =>
        runsOf(runs, (await host.tensor({ value, ...runs, running: true })).values),
      );
    },
    clear: () => kept.clear(),
  };
}
