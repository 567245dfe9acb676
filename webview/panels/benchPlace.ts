/** What panels that stand below the graph, or in its place, do with the other half of the page. */
import type { PageContext } from '../state/context';

/** The graph stands above the panel and can be seen. */
const isBeside = (panel: Element): boolean => panel.closest('.body')?.getAttribute('data-bench') === 'docked';

/** Where the graph is in view, it moves until the node is. */
export function pointInGraph(panel: Element, { stage }: PageContext, node: number): void {
  if (isBeside(panel)) stage?.pointTo(node);
}

/** Goes to the node in the graph, leaving the panel where there is no room for both. */
export function showInGraph(panel: Element, { store, stage }: PageContext, node: number | null): void {
  if (!isBeside(panel)) store.dispatch({ do: 'mode', mode: 'graph' });
  if (node !== null) stage?.reveal(node);
  stage?.focus();
}

/** Opened by a command or a key, a panel is what the next key is for; opened by a click on its tab, the tab is. */
export function takeFocus(panel: Element, target: HTMLElement | SVGElement): void {
  const bench = panel.closest('.bench');
  requestAnimationFrame(() => {
    if (!bench?.contains(document.activeElement)) target.focus({ preventScroll: true });
  });
}
