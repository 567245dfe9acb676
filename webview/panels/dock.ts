/** Puts the workbench below the graph, or back in its place. */
import { t } from '../../src/core/l10n/l10n';
import type { PageContext } from '../state/context';
import { el, refill } from '../ui/dom';
import { tool } from '../ui/index';

export interface Dock {
  readonly element: HTMLElement;
  readonly stop: () => void;
}

export function createDock({ store }: PageContext): Dock {
  const element = el('span', { class: 'wb-dock' });
  const show = (docked: boolean): void => {
    const label = docked ? t('Use the whole page') : t('Dock below the graph');
    const sign = docked ? 'screen-full' : 'layout-panel';
    refill(
      element,
      tool(sign, label, () => store.dispatch({ do: 'dock', docked: !docked })),
    );
  };
  show(store.get().docked);
  const stop = store.subscribe((state, previous) => {
    if (state.docked !== previous.docked) show(state.docked);
  });
  return { element, stop };
}
