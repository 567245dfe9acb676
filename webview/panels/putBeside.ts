/** The layer in view among those side by side. */
import { t } from '../../src/core/l10n/l10n';
import type { AppState } from '../state/app';
import { toggled } from '../state/beside';
import type { PageContext } from '../state/context';
import { comparable } from './besideChoose';
import { layerInView } from './walk';

/** By its node, or that of what hangs on it where `afterG`; null for a layer whose output has no places. */
export function besideInView(state: AppState, afterG: boolean): number | null {
  const node = layerInView(state);
  if (!node || !comparable(node)) return null;
  return (afterG ? node.pill?.node : undefined) ?? node.id;
}

/** Puts it beside the others, or takes it out, and shows them. */
export function putBeside({ store, announce }: PageContext, afterG: boolean): void {
  const state = store.get();
  const id = besideInView(state, afterG);
  const node = state.scene?.nodes[id ?? -1];
  if (id === null || !node) {
    announce(t('This layer has no maps that could stand side by side'));
    return;
  }
  const layers = toggled(state.beside.layers, id);
  const name = node.shortName || node.title;
  if (layers === state.beside.layers) announce(t('Four layers stand side by side: take one out first'));
  else announce(layers.includes(id) ? t('{0} put side by side', name) : t('{0} taken out', name));
  store.dispatch({ do: 'beside', beside: { layers, open: true } });
  store.dispatch({ do: 'mode', mode: 'workbench', tab: 'maps' });
}
