/** Selections one came from and may go back to, operators and modules alike. */
import { t } from '../../src/core/l10n/l10n';
import type { AppStore } from './app';

interface Place {
  readonly node: number | null;
  readonly group: number | null;
}

export interface History {
  /** False where there is nothing to go to. */
  back(): boolean;
  forward(): boolean;
}

/** What of the page it needs; the stage is there once the page is. */
interface Around {
  readonly store: AppStore;
  readonly stage: { reveal(node: number): void; revealGroup(group: number): void } | null;
  readonly announce: (text: string) => void;
}

/** Kept per page; older ones are let go. */
const MOST = 200;

export function createHistory(context: Around): History {
  const { store } = context;
  let past: Place[] = [];
  let future: Place[] = [];
  let travelling = false;
  const placeOf = ({ selection, selectedGroup }: ReturnType<typeof store.get>): Place | null =>
    selection === null && selectedGroup === null ? null : { node: selection, group: selectedGroup };
  store.subscribe((state, previous) => {
    // Numbers mean something else in another scene.
    if (state.scene !== previous.scene && previous.scene) [past, future] = [[], []];
    if (travelling || (state.selection === previous.selection && state.selectedGroup === previous.selectedGroup))
      return;
    const from = placeOf(previous);
    if (!from || state.scene !== previous.scene) return;
    past = [...past.slice(1 - MOST), from];
    future = [];
  });
  const go = (from: Place[], to: Place[]): boolean => {
    const place = from.pop();
    if (!place) return false;
    const now = placeOf(store.get());
    if (now) to.push(now);
    travelling = true;
    store.dispatch({ do: 'select', ...place });
    travelling = false;
    if (place.node !== null) context.stage?.reveal(place.node);
    else if (place.group !== null) context.stage?.revealGroup(place.group);
    return true;
  };
  const told = (there: boolean, end: string): boolean => {
    if (!there) context.announce(end);
    return there;
  };
  return {
    back: () => told(go(past, future), t('Nothing was selected before')),
    forward: () => told(go(future, past), t('Nothing was selected after')),
  };
}
