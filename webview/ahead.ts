/** Has the graph laid out while the scene is still on its way from the host. */
import type { PlanText } from '../src/protocol/host';
import type { Arranger } from './stage/arranger';
import type { AppStore } from './state/app';
import { openGroups, type Saved } from './state/persist';
import { openAtFirst } from './state/repeats';
import { readPlan, type Ahead } from './state/scenes';

export interface Outlook {
  /** The host has told the plan of the scene that `open` answers with. */
  told(text: PlanText): void;
  /** There is a stage now, with this. */
  mounted(arranger: Pick<Arranger, 'expect'>): void;
  /** What is known of the scene ahead of it; null where the host told nothing. */
  found(): Promise<Ahead | null>;
}

/** `saved`: what stood open when the page was here before. */
export function lookAhead(store: AppStore, saved: Saved | null): Outlook {
  let ahead: Promise<Ahead | null> = Promise.resolve(null);
  let mounted = (_: Pick<Arranger, 'expect'>): void => undefined;
  const arranger = new Promise<Pick<Arranger, 'expect'>>((resolve) => (mounted = resolve));
  return {
    told(text) {
      ahead = readPlan(text).then((plan) => ({
        plan,
        open: (saved && openGroups(saved, plan)) ?? openAtFirst(plan, store.get().fold),
      }));
      // Without it the scene is laid out when it is there; one that cannot be read is told of then.
      void Promise.all([ahead, arranger]).then(
        ([known, there]) => known && there.expect(known.plan, { ...store.get(), openGroups: known.open }),
        () => undefined,
      );
    },
    mounted: (there) => mounted(there),
    found: () => ahead.catch(() => null),
  };
}
