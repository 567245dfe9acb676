/** What a layer, or one unit of it, uses of the picture. */
import { t } from '../../src/core/l10n/l10n';
import type { PageContext, Unmount } from '../state/context';
import type { Runner } from '../state/runner';
import { el } from '../ui/dom';
import { mountCoverage } from './coverage';
import type { MapsStore } from './layerMaps';
import { mountUnitSight } from './unitSight';

type View = 'layer' | 'unit';

const VIEWS: readonly { readonly view: View; readonly label: string; readonly title: string }[] = [
  { view: 'layer', label: t('layer'), title: t('How often the layer uses each pixel') },
  { view: 'unit', label: t('unit'), title: t('What the chosen unit sees, and the way back through the net') },
];

export function createSight(context: PageContext, runner: Runner, maps: MapsStore): (parent: HTMLElement) => Unmount {
  // Which of the two is looked at is kept while other tabs are open.
  let view: View = 'layer';
  return (parent) => {
    const root = el('div', { class: 'sight' });
    parent.append(root);
    let unmount: Unmount = () => undefined;
    const show = (): void => {
      unmount();
      root.replaceChildren();
      const switcher = el(
        'span',
        { class: 'wb-choices', role: 'group', attrs: { 'aria-label': t('Whose sight') } },
        ...VIEWS.map((one) =>
          el('button', {
            class: view === one.view ? 'wb-choice on' : 'wb-choice',
            text: one.label,
            title: one.title,
            attrs: { type: 'button', 'aria-pressed': String(view === one.view), 'data-view': one.view },
            on: {
              click: () => {
                view = one.view;
                show();
                root.querySelector<HTMLElement>(`[data-view=${view}]`)?.focus();
              },
            },
          }),
        ),
      );
      const mount = view === 'layer' ? mountCoverage : mountUnitSight;
      unmount = mount(root, context, runner, maps, switcher);
    };
    show();
    return () => {
      unmount();
      root.remove();
    };
  };
}
