/** Picking operators out, as keys, menus and the palette ask for it; what came of it is said once. */
import { t } from '../../src/core/l10n/l10n';
import type { Family } from '../../src/core/view/types';
import type { PageContext } from './context';
import { alike, trace, type Lit, type Way } from './lit';

/** What feeds the selection, or what it feeds. */
export function pickTrace(context: PageContext, way: Way): void {
  const { scene, selection, selectedGroup } = context.store.get();
  if (!scene) return;
  const start = selectedGroup !== null ? { group: selectedGroup } : selection === null ? null : { node: selection };
  if (start) pick(context, trace(scene, start, way));
  else context.announce(t('Select an operator or a module first'));
}

/** All operators of the selected one's kind. */
export function pickSame(context: PageContext): void {
  const { scene, selection } = context.store.get();
  const node = scene?.nodes[selection ?? -1];
  if (scene && node) pick(context, alike(scene, { op: node.op }, node.title));
  else context.announce(t('Select an operator first'));
}

export function pickFamily(context: PageContext, family: Family, title: string): void {
  const { scene } = context.store.get();
  if (scene) pick(context, alike(scene, { family }, title));
}

export function endPick({ store, announce }: PageContext): void {
  if (store.get().lit === null) return;
  store.dispatch({ do: 'lit', lit: null });
  announce(t('All operators'));
}

/** What can be done with the selection, for menus. */
export function pickActions(
  context: PageContext,
): { readonly label: string; readonly hint?: string; readonly icon?: string; readonly run: () => void }[] {
  const { scene, selection } = context.store.get();
  const node = scene?.nodes[selection ?? -1];
  return [
    { label: t('Trace what feeds it'), hint: 'U', icon: 'arrow-up', run: () => pickTrace(context, 'upstream') },
    {
      label: t('Trace what it feeds'),
      hint: 'Shift+U',
      icon: 'arrow-down',
      run: () => pickTrace(context, 'downstream'),
    },
    ...(node
      ? [{ label: t('Highlight all {0}', node.title), hint: 'T', icon: 'list-filter', run: () => pickSame(context) }]
      : []),
    ...(selection === null ? [] : [{ label: t('Cut here…'), run: () => void context.host.cut(selection) }]),
  ];
}

function pick(context: PageContext, lit: Lit | null): void {
  if (!lit) return;
  if (context.store.get().lit?.key === lit.key) {
    endPick(context);
    return;
  }
  // Hits of a search would hide it.
  if (context.store.get().find.open) context.store.dispatch({ do: 'find', find: { open: false } });
  if (context.store.get().mode === 'workbench' && !context.store.get().docked)
    context.store.dispatch({ do: 'mode', mode: 'graph' });
  context.store.dispatch({ do: 'lit', lit });
  context.announce(lit.words);
}
