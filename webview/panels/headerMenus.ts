/** What the tools of the header open. */
import { t } from '../../src/core/l10n/l10n';
import type { ColourBy, Tab } from '../state/app';
import type { PageContext } from '../state/context';
import { oneLevel } from '../state/modules';
import { opensRow } from '../state/repeats';
import type { MenuEntry } from '../ui/menu';
import { fieldInputEntries } from './fieldInput';
import { openFigure } from './headerFigure';

export const COLOURS: readonly { readonly by: ColourBy; readonly label: string }[] = [
  { by: 'family', label: t('Family') },
  { by: 'parameters', label: t('Parameters') },
  { by: 'macs', label: 'MACs' },
  { by: 'memory', label: t('Memory') },
  { by: 'field', label: t('Receptive field') },
  { by: 'time', label: t('Time') },
  { by: 'dtype', label: t('Element type') },
];

export const VIEWS: readonly { readonly tab: Tab; readonly icon: string; readonly label: string }[] = [
  { tab: 'maps', icon: 'symbol-array', label: t('Maps') },
  { tab: 'depth', icon: 'graph-line', label: t('Depth') },
  { tab: 'layers', icon: 'table', label: t('Layers') },
];

export const figureEntries = (context: PageContext): MenuEntry[] => [
  { label: t('Save graph as SVG…'), icon: 'export', run: () => openFigure(context, 'svg') },
  { label: t('Save graph as PNG…'), icon: 'file-media', run: () => openFigure(context, 'png') },
];

export function colourEntries({ store }: PageContext): MenuEntry[] {
  const now = store.get().colourBy;
  return COLOURS.map(({ by, label }) => ({
    label,
    checked: by === now,
    run: () => store.dispatch({ do: 'colourBy', by }),
  }));
}

export function moduleEntries(context: PageContext): (MenuEntry | null)[] {
  const { store } = context;
  const { scene, plumbing, fold, thumbnails } = store.get();
  const all = new Set(scene?.groups.flatMap((_, i) => (fold && opensRow(scene, i) ? [] : [i])) ?? []);
  const usual = new Set(scene?.groups.flatMap((g, i) => (g.open ? [i] : [])) ?? []);
  const open = (groups: ReadonlySet<number>): void => store.dispatch({ do: 'groups', open: groups });
  return [
    { label: t('Open one level'), hint: 'E', icon: 'expand-all', run: () => oneLevel(store, true) },
    { label: t('Close one level'), hint: 'Shift+E', icon: 'collapse-all', run: () => oneLevel(store, false) },
    { label: t('Open all'), run: () => open(all) },
    { label: t('Close all'), run: () => open(new Set()) },
    { label: t('As at first'), run: () => open(usual) },
    null,
    { label: t('Draw repeats once'), checked: fold, run: () => store.dispatch({ do: 'toggle', what: 'fold' }) },
    {
      label: t('Show shape plumbing'),
      checked: plumbing,
      run: () => store.dispatch({ do: 'toggle', what: 'plumbing' }),
    },
    {
      label: t('Strongest maps on the layers after a run'),
      hint: 'W',
      checked: thumbnails,
      run: () => store.dispatch({ do: 'toggle', what: 'thumbnails' }),
    },
  ];
}

export function moreEntries(context: PageContext): (MenuEntry | null)[] {
  const { store } = context;
  const views = VIEWS.filter((v) => v.tab !== 'layers');
  return [
    { label: t('Graph'), icon: 'type-hierarchy', run: () => store.dispatch({ do: 'mode', mode: 'graph' }) },
    ...views.map((v) => ({
      label: v.label,
      icon: v.icon,
      run: () => store.dispatch({ do: 'mode', mode: 'workbench', tab: v.tab }),
    })),
    null,
    { label: t('Direction'), hint: 'D', icon: 'arrow-swap', run: () => store.dispatch({ do: 'direction' }) },
    ...figureEntries(context),
    null,
    ...moduleEntries(context),
    ...fieldInputEntries(context),
  ];
}
