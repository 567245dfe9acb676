/** Keys of the whole page (design §6); those of the graph are the stage's own. */
import { startOrCancel } from './panels/header';
import { putBeside } from './panels/putBeside';
import type { Frame } from './frame';
import { endPick } from './state/pick';
import { besideShown, type Tab } from './state/app';
import type { PageContext } from './state/context';

const TABS: readonly Tab[] = ['maps', 'microscope', 'coverage', 'depth', 'layers'];
const TYPING = 'input, textarea, select, [contenteditable]';

/** `own`: single keys of a page that has neither layers nor runs. */
export function attachKeys(frame: Frame, context: PageContext, own?: (key: string) => boolean): void {
  const { store } = context;

  const escape = (): boolean => {
    const { find, hover, lit, mode, tab, inspectorOpen } = store.get();
    if (hover !== null) store.dispatch({ do: 'hover', node: null });
    else if (find.open) store.dispatch({ do: 'find', find: { open: false } });
    else if (lit !== null && mode === 'graph') endPick(context);
    else if (mode === 'workbench' && tab === 'maps' && besideShown(store.get())) {
      // The maps of one layer come back, and the keyboard with them.
      store.dispatch({ do: 'beside', beside: { open: false } });
      return true;
    } else if (mode === 'workbench') store.dispatch({ do: 'mode', mode: 'graph' });
    else if (inspectorOpen) store.dispatch({ do: 'inspector', open: false });
    else return false;
    context.stage?.focus();
    return true;
  };

  const regions = (): HTMLElement[] =>
    [frame.header, frame.course, frame.bench, frame.stage, frame.find, frame.inspector, frame.status].filter(
      (r) => r.offsetParent !== null,
    );
  const nextRegion = (step: number): boolean => {
    const all = regions();
    const at = all.findIndex((r) => r.contains(document.activeElement));
    const next = all[(at + step + all.length) % all.length];
    if (next === frame.stage) context.stage?.focus();
    else next?.querySelector<HTMLElement>('button, input, select, vscode-button, [tabindex="0"]')?.focus();
    return true;
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented) return;
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const typing = event.target instanceof Element && event.target.matches(TYPING);
    let done = false;
    if (key === 'Escape') done = escape();
    else if (key === 'F6') done = nextRegion(shiftKey ? -1 : 1);
    else if ((ctrlKey || metaKey) && key.toLowerCase() === 'f') done = openFind();
    else if (altKey && !typing && key === 'ArrowLeft') done = (context.history?.back(), true);
    else if (altKey && !typing && key === 'ArrowRight') done = (context.history?.forward(), true);
    else if (!typing && !altKey && !ctrlKey && !metaKey) done = single(key);
    if (done) event.preventDefault();
  });

  function openFind(): boolean {
    store.dispatch({ do: 'find', find: { open: true } });
    return true;
  }

  function single(key: string): boolean {
    const { mode } = store.get();
    if (key === '/') return openFind();
    if (own) return own(key);
    const tab = TABS[Number(key) - 1];
    if (tab && key !== '0') store.dispatch({ do: 'mode', mode: 'workbench', tab });
    else if (key === 'r') startOrCancel(context);
    else if (key === 'b') putBeside(context, true);
    else if (key === 'g' && mode === 'workbench') store.dispatch({ do: 'mode', mode: 'graph' });
    else return false;
    return true;
  }
}
