/** Every layer in one table: sorted, filtered, linked with the selection, copied and saved. */
import './layers.css';
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import type { AppState } from '../state/app';
import type { PageContext, Unmount } from '../state/context';
import { el, icon } from '../ui/dom';
import { tool } from '../ui/index';
import { integer } from '../ui/numbers';
import { pointInGraph, showInGraph, takeFocus } from './benchPlace';
import { createExporter } from './layersExport';
import { inputExtent, reaches, type Column, type Room } from './layersColumns';
import { createGrid } from './layersGrid';
import { ONE_MODEL, type LayersOf } from './layersOf';
import { columnWidths, roomOf } from './layersWidths';
import type { RowSetting } from './layersCells';
import { chaptersAround, listing, type Listing, type Row, type TableView } from './layersRows';

type Mount = (parent: HTMLElement, context: PageContext, about: (text: string) => void) => Unmount;

interface Kept {
  view: Pick<TableView, 'query' | 'folded'> & {
    /** By name: columns are made anew with what was measured. */
    readonly sort: { readonly id: Column['id']; readonly descending: boolean } | null;
  };
  /** What was asked for last, and done. */
  tableBy: AppState['tableBy'];
}

/** The tab; what was filtered, sorted and folded is still so when one comes back to it. */
export function createLayers(of: LayersOf = ONE_MODEL): Mount {
  const kept: Kept = { view: { query: '', sort: null, folded: new Set() }, tableBy: null };
  return (parent, context, about) => mountLayers(parent, context, about, kept, of);
}

function mountLayers(
  parent: HTMLElement,
  context: PageContext,
  about: (text: string) => void,
  kept: Kept,
  of: LayersOf,
): Unmount {
  const { store } = context;
  /** Operators that are no plumbing. */
  let drawn = 0;
  let listed: Listing = { rows: [], nodes: [] };
  let setting: RowSetting = { columns: [], template: '', reach: new Map(), input: null };
  /** Operators marked beside the selected one, and where a range began. */
  let marked: ReadonlySet<number> = new Set();
  let anchor = 0;
  /** The selection comes from here: the table is where it has to be. */
  let own = false;

  const input = el('input', {
    class: 'layers-filter-input code',
    attrs: {
      type: 'text',
      spellcheck: 'false',
      placeholder: of.filters,
      'aria-label': t('Filter layers'),
      'data-testid': 'layer-filter',
    },
  });
  input.value = kept.view.query;
  const clear = tool('close', t('Clear the filter'), () => {
    setQuery('');
    input.focus();
  });
  const summary = el('span', { class: 'layers-sum num' });
  const exporter = createExporter(
    context,
    () => {
      const { scene } = store.get();
      const some = marked.size > 1 ? listed.nodes.filter((id) => marked.has(id)) : listed.nodes;
      const usual = !kept.view.sort && scene !== null && some.length === rowCount(scene);
      return { nodes: usual ? null : some, count: some.length };
    },
    of.fileName,
  );
  const none = el('p', { class: 'wb-empty', text: t('No layer is like that.'), attrs: { hidden: true } });

  const grid = createGrid({
    moved(row, how) {
      const index = grid.at;
      if (how === 'range') marked = between(anchor, index);
      else if (how === 'toggle' && row.kind === 'operator') marked = toggled(row.node.id);
      else {
        anchor = index;
        marked = new Set();
      }
      own = true;
      if (row.kind === 'operator') {
        store.dispatch({ do: 'select', node: row.node.id });
        pointInGraph(root, context, row.node.id);
      } else store.dispatch({ do: 'select', node: null, group: row.group });
      own = false;
      showSum();
    },
    chosen(row) {
      if (row.kind === 'operator') showInGraph(root, context, row.node.id);
    },
    fold(row, folded) {
      if (row.kind !== 'module') return;
      const path = store.get().scene?.groups[row.group]?.path ?? '';
      const next = new Set(kept.view.folded);
      if (folded) next.add(path);
      else next.delete(path);
      kept.view = { ...kept.view, folded: next };
      list();
    },
    sort(column) {
      kept.view = { ...kept.view, sort: nextSort(kept.view.sort, column) };
      list();
      // One sorts to see what is first; the heading keeps the cursor if it has it.
      grid.element.scrollTop = 0;
      if (grid.at >= 0) pointAtSelection(kept.view.sort === null);
    },
    isMarked(row) {
      const { selection, selectedGroup } = store.get();
      if (row.kind === 'module') return row.group === selectedGroup;
      return row.node.id === selection || marked.has(row.node.id);
    },
  });
  const root = el(
    'div',
    { class: 'layers', attrs: { 'data-testid': 'layers' } },
    el(
      'div',
      { class: 'layers-tools' },
      el('div', { class: 'layers-filter' }, icon('filter'), input, clear),
      summary,
      exporter.element,
    ),
    el('div', { class: 'layers-place' }, grid.element, none),
  );
  parent.append(root);

  function between(from: number, to: number): ReadonlySet<number> {
    const part = listed.rows.slice(Math.min(from, to), Math.max(from, to) + 1);
    return new Set(part.flatMap((row) => (row.kind === 'operator' ? [row.node.id] : [])));
  }
  function toggled(node: number): ReadonlySet<number> {
    const { selection } = store.get();
    const next = new Set(marked.size || selection === null ? marked : [selection]);
    if (!next.delete(node)) next.add(node);
    return next;
  }

  function showSum(): void {
    const { scene } = store.get();
    if (!scene) return;
    const some = marked.size > 1 ? [...marked] : listed.nodes;
    const whole = marked.size <= 1 && some.length === rowCount(scene);
    const count = marked.size > 1 ? t('{0} selected', integer(marked.size)) : '';
    const words = (short: boolean): string => [count, of.sum(scene, some, whole, short)].filter(Boolean).join('\u2003');
    summary.textContent = summary.title = words(false);
    if (summary.scrollWidth > summary.clientWidth) summary.textContent = words(true);
  }

  function list(): void {
    const { scene, plumbing } = store.get();
    if (!scene) return;
    const { query, folded, sort: wanted } = kept.view;
    const column = setting.columns.find(({ id }) => id === wanted?.id);
    const sort = column && wanted ? { column, descending: wanted.descending } : null;
    listed = listing(scene, { query, folded, sort, plumbing });
    none.hidden = listed.rows.length > 0;
    clear.hidden = kept.view.query === '';
    grid.show({ scene, rows: listed.rows, sort, setting });
    const [some, all] = [integer(listed.nodes.length), integer(rowCount(scene))];
    about(some === all ? t('{0} operators', all) : t('{0} of {1} operators shown', some, all));
    showSum();
  }
  /** Rows there are without a filter. */
  const rowCount = (scene: Scene): number => (store.get().plumbing ? scene.nodes.length : drawn);

  function setQuery(query: string): void {
    input.value = query;
    kept.view = { ...kept.view, query };
    marked = new Set();
    list();
    pointAtSelection();
    context.announce(t('{0} layers', integer(listed.nodes.length)));
  }

  /** The row of what is selected comes into sight; a folded module around it opens. */
  function pointAtSelection(inSight = true): void {
    const { scene, selection, selectedGroup } = store.get();
    if (!scene) return;
    if (selection !== null && !kept.view.sort) {
      const paths = chaptersAround(scene, selection).map((group) => scene.groups[group]!.path);
      const folded = new Set([...kept.view.folded].filter((path) => !paths.includes(path)));
      if (folded.size !== kept.view.folded.size) {
        kept.view = { ...kept.view, folded };
        list();
      }
    }
    const index = listed.rows.findIndex((row) => isRowOf(row, selection, selectedGroup));
    if (index >= 0) {
      anchor = index;
      grid.point(index, inSight);
    } else grid.mark();
  }

  function measure(): void {
    const { scene, run } = store.get();
    if (!scene) return;
    drawn = scene.nodes.reduce((count, { plumbing }) => (plumbing ? count : count + 1), 0);
    const room = roomOf(root);
    const columns = of.columns(room, run);
    const widths = columnWidths(scene, columns, room);
    setting = { columns, template: widths, reach: reaches(scene, columns), input: inputExtent(scene) };
    root.dataset.room = room;
    list();
  }

  /** Sorted as the page was asked to, without what was filtered: what stands first is first of all. */
  function sortAsAsked({ tableBy }: AppState): void {
    if (tableBy === kept.tableBy) return;
    kept.tableBy = tableBy;
    if (!tableBy) return;
    kept.view = { ...kept.view, sort: { id: tableBy.column, descending: true } };
    setQuery('');
    grid.element.scrollTop = 0;
  }

  input.addEventListener('input', () => setQuery(input.value));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'Enter') {
      grid.element.focus();
      if (grid.at < 0 || event.key === 'Enter') grid.point(Math.max(0, grid.at));
    } else if (event.key === 'Escape' && input.value !== '') setQuery('');
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const keys = (event: KeyboardEvent): void => {
    const control = event.ctrlKey || event.metaKey;
    const typing = event.target === input;
    const key = event.key.toLowerCase();
    if ((control && key === 'f') || (key === '/' && !typing && !control && !event.altKey)) {
      input.focus();
      input.select();
    } else if (control && !typing && key === 'a') {
      marked = new Set(listed.nodes);
      grid.mark();
      showSum();
    } else if (control && !typing && key === 'c') exporter.copy();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  root.addEventListener('keydown', keys);

  let room: Room | null = null;
  const resized = new ResizeObserver(() => {
    if (root.clientWidth === 0) return;
    const now = roomOf(root);
    if (now !== room) measure();
    room = now;
    grid.mark();
  });
  resized.observe(root);
  const follow = (state: AppState, previous: AppState): void => {
    const shown = state.mode === 'workbench' && state.tab === 'layers';
    if (state.scene !== previous.scene || state.plumbing !== previous.plumbing) {
      marked = new Set();
      measure();
    }
    if (state.run.times !== previous.run.times) measure();
    sortAsAsked(state);
    if (state.selection !== previous.selection || state.selectedGroup !== previous.selectedGroup) {
      if (!own) marked = new Set();
      if (own) grid.mark();
      else pointAtSelection();
      showSum();
    }
    if (shown && previous.mode === 'graph') takeFocus(root, grid.element);
  };
  const stop = store.subscribe(follow);
  measure();
  pointAtSelection();
  sortAsAsked(store.get());
  takeFocus(root, grid.element);
  return () => {
    stop();
    resized.disconnect();
    grid.unmount();
    root.remove();
  };
}

const isRowOf = (row: Row, node: number | null, group: number | null): boolean =>
  row.kind === 'operator' ? row.node.id === node : node === null && row.group === group;

/** First the direction one wants most, then the other, then the order of the file again. */
function nextSort(sort: Kept['view']['sort'], { id, numeric }: Column): Kept['view']['sort'] {
  if (sort?.id !== id) return { id, descending: numeric };
  return sort.descending === numeric ? { id, descending: !numeric } : null;
}
