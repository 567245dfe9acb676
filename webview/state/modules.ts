import type { AppStore } from './app';

/** Opens the outermost closed modules everywhere, or closes the innermost open ones. */
export function oneLevel(store: AppStore, open: boolean): void {
  const { scene, openGroups } = store.get();
  if (!scene) return;
  const next = new Set(openGroups);
  const hasOpenChild = new Set(
    scene.groups.flatMap((g, i) => (openGroups.has(i) && g.parent !== null ? [g.parent] : [])),
  );
  scene.groups.forEach((group, index) => {
    if (open && !openGroups.has(index) && (group.parent === null || openGroups.has(group.parent))) next.add(index);
    if (!open && openGroups.has(index) && !hasOpenChild.has(index)) next.delete(index);
  });
  if (next.size !== openGroups.size) store.dispatch({ do: 'groups', open: next });
}
