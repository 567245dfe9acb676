/** What the tools of the header open. */
import type { ColourBy, Tab } from '../state/app';
import type { PageContext } from '../state/context';
import { oneLevel } from '../state/modules';
import { opensRow } from '../state/repeats';
import type { MenuEntry } from '../ui/menu';
import { fieldInputEntries } from './fieldInput';
import { openFigure } from './headerFigure';

export const COLOURS: readonly { readonly by: ColourBy; readonly label: string }[] = [
  { by: 'family', label: 'Family' },
  { by: 'parameters', label: 'Parameters' },
  { by: 'macs', label: 'MACs' },
  { by: 'memory', label: 'Memory' },
  { by: 'field', label: 'Receptive field' },
  { by: 'time', label: 'Time' },
  { by: 'dtype', label: 'Element type' },
];

export const VIEWS: readonly { readonly tab: Tab; readonly icon: string; readonly label: string }[] = [
  { tab: 'maps', icon: 'symbol-array', label: 'Maps' },
  { tab: 'depth', icon: 'graph-line', label: 'Depth' },
  { tab: 'layers', icon: 'table', label: 'Layers' },
];

export const figureEntries = (context: PageContext): MenuEntry[] => [
  { label: 'Save graph as SVG…', icon: 'export', run: () => openFigure(context, 'svg') },
  { label: 'Save graph as PNG…', icon: 'file-media', run: () => openFigure(context, 'png') },
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
  const { scene, plumbing, fold } = store.get();
  const all = new Set(scene?.groups.flatMap((_, i) => (fold && opensRow(scene, i) ? [] : [i])) ?? []);
  const usual = new Set(scene?.groups.flatMap((g, i) => (g.open ? [i] : [])) ?? []);
  const open = (groups: ReadonlySet<number>): void => store.dispatch({ do: 'groups', open: groups });
  return [
    { label: 'Open one level', hint: 'E', icon: 'expand-all', run: () => oneLevel(store, true) },
    { label: 'Close one level', hint: 'Shift+E', icon: 'collapse-all', run: () => oneLevel(store, false) },
    { label: 'Open all', run: () => open(all) },
    { label: 'Close all', run: () => open(new Set()) },
    { label: 'As at first', run: () => open(usual) },
    null,
    { label: 'Draw repeats once', checked: fold, run: () => store.dispatch({ do: 'toggle', what: 'fold' }) },
    { label: 'Show shape plumbing', checked: plumbing, run: () => store.dispatch({ do: 'toggle', what: 'plumbing' }) },
  ];
}

export function moreEntries(context: PageContext): (MenuEntry | null)[] {
  const { store } = context;
  const views = VIEWS.filter((v) => v.tab !== 'layers');
  return [
    { label: 'Graph', icon: 'type-hierarchy', run: () => store.dispatch({ do: 'mode', mode: 'graph' }) },
    ...views.map((v) => ({
      label: v.label,
      icon: v.icon,
      run: () => store.dispatch({ do: 'mode', mode: 'workbench', tab: v.tab }),
    })),
    null,
    { label: 'Direction', hint: 'D', icon: 'arrow-swap', run: () => store.dispatch({ do: 'direction' }) },
    ...figureEntries(context),
    null,
    ...moduleEntries(context),
    ...fieldInputEntries(context),
  ];
}
