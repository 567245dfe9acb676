import type { AppStore } from './app';
import { opensRow } from './repeats';

/** Opens the outermost closed modules everywhere, or closes the innermost open ones. */
export function oneLevel(store: AppStore, open: boolean): void {
  const { scene, openGroups, fold } = store.get();
  if (!scene) return;
  const next = new Set(openGroups);
  const hasOpenChild = new Set(
    scene.groups.flatMap((g, i) => (openGroups.has(i) && g.parent !== null ? [g.parent] : [])),
  );
  scene.groups.forEach((group, index) => {
    const shown = group.parent === null || openGroups.has(group.parent);
    if (open && shown && !openGroups.has(index) && !(fold && opensRow(scene, index))) next.add(index);
    if (!open && openGroups.has(index) && !hasOpenChild.has(index)) next.delete(index);
  });
  if (next.size !== openGroups.size) store.dispatch({ do: 'groups', open: next });
}
