/** Where one looked, kept while one looks elsewhere and back again in a page that is loaded anew. */
import type { PageContext } from './state/context';
import { openGroups, selected, type Saved } from './state/persist';

const SETTLE_MS = 250;

/** Calls `keep` a moment after anything changed that is to outlive the page. */
export function whenSettled({ store, stage }: PageContext, keep: () => void): void {
  let timer = 0;
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(keep, SETTLE_MS);
  };
  store.subscribe(later);
  stage?.onMove(later);
}

/** Open modules, selection and camera of before, as far as the scene still has them; tells whether a layer is selected. */
export function restoreView({ store, stage }: PageContext, saved: Saved | null): boolean {
  const { scene } = store.get();
  if (!saved || !scene) return false;
  const open = openGroups(saved, scene);
  if (open) store.dispatch({ do: 'groups', open });
  const node = selected(saved, scene);
  if (node !== null) store.dispatch({ do: 'select', node });
  if (saved.camera) stage?.setCamera(saved.camera);
  return node !== null;
}
