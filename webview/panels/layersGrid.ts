/** The table itself: rows that exist only while they are in sight, a cursor over rows and cells, and what is marked. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import { el, fill } from '../ui/dom';
import { bodyRow, headRow, type RowSetting } from './layersCells';
import type { Column } from './layersColumns';
import type { Row, TableView } from './layersRows';

/** Height of a row to its size of text: 22 px with text of 12. */
const ROW = 22 / 12;
/** Rows beyond the edge, so that a quick scroll meets no gap. */
const SPARE = 10;
const HEAD = -1;

export interface GridContent {
  readonly scene: Scene;
  readonly rows: readonly Row[];
  readonly sort: TableView['sort'];
  readonly setting: RowSetting;
}

export interface GridEvents {
  /** The cursor has come to a row; `how` tells what becomes of the marks. */
  moved(row: Row, how: 'alone' | 'range' | 'toggle'): void;
  /** Enter or a double click. */
  chosen(row: Row): void;
  fold(row: Row, folded: boolean): void;
  sort(column: Column): void;
  isMarked(row: Row): boolean;
}

export interface Grid {
  readonly element: HTMLElement;
  show(content: GridContent): void;
  /** Marks again what is selected. */
  mark(): void;
  /** Puts the cursor on a row without telling, and brings that into sight unless told not to. */
  point(index: number, inSight?: boolean): void;
  readonly at: number;
  unmount(): void;
}

export function createGrid(events: GridEvents): Grid {
  const head = el('div', { class: 'layers-head', role: 'row', attrs: { 'aria-rowindex': 1, id: 'layers-row-head' } });
  const space = el('div', { class: 'layers-space', role: 'rowgroup' });
  const element = el(
    'div',
    {
      class: 'layers-grid num',
      role: 'treegrid',
      attrs: { tabindex: 0, 'aria-label': t('Layers'), 'aria-multiselectable': 'true', 'data-testid': 'layer-table' },
    },
    el('div', { role: 'rowgroup' }, head),
    space,
  );
  let content: GridContent | null = null;
  let columns: readonly Column[] = [];
  /** Row and column under the cursor; column -1 is the row as a whole. */
  let [at, column] = [0, -1];
  let rowHeight = 22;
  let frame = 0;
  const shown = new Map<number, HTMLElement>();

  const rows = (): readonly Row[] => content?.rows ?? [];

  const draw = (): void => {
    frame = 0;
    if (!content) return;
    const first = Math.max(0, Math.floor(element.scrollTop / rowHeight) - SPARE);
    const last = Math.min(rows().length, Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + SPARE);
    for (const [index, row] of shown)
      if ((index < first || index >= last) && index !== at) {
        row.remove();
        shown.delete(index);
      }
    const added: HTMLElement[] = [];
    const put = (index: number): void => {
      const row = rows()[index];
      if (!row || shown.has(index)) return;
      const made = bodyRow(content!.scene, row, index, content!.setting);
      made.style.transform = `translateY(${index * rowHeight}px)`;
      decorate(made, row, index);
      shown.set(index, made);
      added.push(made);
    };
    for (let index = first; index < last; index++) put(index);
    // The cursor's row is what the grid points to: it stays, wherever the table is scrolled to.
    put(at);
    space.append(...added);
  };
  const later = (): void => {
    if (!frame) frame = requestAnimationFrame(draw);
  };

  const decorate = (made: HTMLElement, row: Row, index: number): void => {
    const on = events.isMarked(row);
    made.classList.toggle('on', on);
    made.setAttribute('aria-selected', String(on));
    made.classList.toggle('cursor', index === at && column < 0);
    made.querySelector('.cell-cursor')?.classList.remove('cell-cursor');
    if (index === at && column >= 0) made.children[column]?.classList.add('cell-cursor');
  };
  const mark = (): void => {
    for (const [index, made] of shown) {
      const row = rows()[index];
      if (row) decorate(made, row, index);
    }
    head.querySelector('.cell-cursor')?.classList.remove('cell-cursor');
    const cell = at === HEAD ? head.children[Math.max(0, column)] : null;
    cell?.classList.add('cell-cursor');
    const row = shown.get(at);
    const active = cell ?? (column >= 0 ? row?.children[column] : row);
    if (active?.id) element.setAttribute('aria-activedescendant', active.id);
    else element.removeAttribute('aria-activedescendant');
  };

  const bringIntoSight = (): void => {
    if (at < 0) return;
    const [top, sight] = [at * rowHeight, element.clientHeight - head.offsetHeight];
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + sight) element.scrollTop = top + rowHeight - sight;
  };
  const goTo = (index: number, how: 'alone' | 'range' | 'toggle' | null = 'alone', inSight = true): void => {
    at = Math.max(HEAD, Math.min(rows().length - 1, index));
    if (at === HEAD && column < 0) column = 0;
    if (inSight) bringIntoSight();
    const row = rows()[at];
    if (row && how) events.moved(row, how);
    draw();
    mark();
  };

  const sideways = (step: number): void => {
    const row = rows()[at];
    if (at !== HEAD && column < 0) {
      if (row?.kind === 'module' && row.folded === step > 0) {
        events.fold(row, step < 0);
        return;
      }
      if (step < 0) {
        // To the module this row lies in.
        for (let above = at - 1; above >= 0; above--)
          if (rows()[above]!.depth < (row?.depth ?? 0)) {
            goTo(above);
            break;
          }
        return;
      }
    }
    column = Math.max(at === HEAD ? 0 : -1, Math.min(columns.length - 1, column + step));
    draw();
    mark();
  };

  const keys = (event: KeyboardEvent): void => {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
    if (altKey) return;
    const control = ctrlKey || metaKey;
    const how = shiftKey ? 'range' : 'alone';
    const page = Math.max(1, Math.floor((element.clientHeight - head.offsetHeight) / rowHeight) - 1);
    const row = rows()[at];
    if (key === 'ArrowDown') goTo(at + 1, how);
    else if (key === 'ArrowUp') goTo(at - 1, how);
    else if (key === 'PageDown') goTo(Math.max(0, at) + page, how);
    else if (key === 'PageUp') goTo(Math.max(0, at - page), how);
    else if (key === 'ArrowRight' || key === 'ArrowLeft') sideways(key === 'ArrowRight' ? 1 : -1);
    else if ((key === 'Home' || key === 'End') && (control || column < 0)) goTo(key === 'Home' ? 0 : Infinity, how);
    else if (key === 'Home' || key === 'End') {
      column = key === 'Home' ? 0 : columns.length - 1;
      mark();
    } else if (key === 'Enter' || (key === ' ' && at === HEAD)) {
      if (at === HEAD) events.sort(columns[Math.max(0, column)]!);
      else if (row?.kind === 'module') events.fold(row, !row.folded);
      else if (row) events.chosen(row);
    } else if (key === ' ' && row) events.moved(row, control ? 'toggle' : how);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const rowOf = (event: Event): number => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    return row ? Number(row.dataset.index) : HEAD;
  };
  const clicked = (event: MouseEvent): void => {
    const target = event.target as Element;
    const heading = target.closest<HTMLElement>('[data-column]');
    if (heading) {
      const sorted = columns.find(({ id }) => id === heading.dataset.column);
      if (sorted) events.sort(sorted);
      return;
    }
    const index = rowOf(event);
    const row = rows()[index];
    if (!row) return;
    column = -1;
    if (row.kind === 'module' && target.closest('.layers-twistie')) {
      goTo(index, null);
      events.fold(row, !row.folded);
    } else goTo(index, event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone');
  };
  element.addEventListener('keydown', keys);
  element.addEventListener('click', clicked);
  element.addEventListener('dblclick', (event) => {
    const row = rows()[rowOf(event)];
    if (row?.kind === 'module') events.fold(row, !row.folded);
    else if (row) events.chosen(row);
  });
  element.addEventListener('scroll', later, { passive: true });

  const rebuild = (): void => {
    if (!content) return;
    if (content.setting.columns.length !== columns.length) column = Math.min(column, 0);
    columns = content.setting.columns;
    element.style.setProperty('--columns', content.setting.template);
    element.setAttribute('aria-rowcount', String(rows().length + 1));
    element.setAttribute('aria-colcount', String(columns.length));
    fill(head, ...headRow(content.sort, content.setting));
    space.style.height = `${rows().length * rowHeight}px`;
    for (const row of shown.values()) row.remove();
    shown.clear();
    at = Math.min(at, rows().length - 1);
    draw();
    mark();
  };

  return {
    element,
    show(next) {
      content = next;
      // Larger text needs taller rows.
      rowHeight = Math.round((Number.parseFloat(getComputedStyle(element).fontSize) || 12) * ROW);
      element.style.setProperty('--row', `${rowHeight}px`);
      rebuild();
    },
    mark,
    point: (index, inSight = true) => {
      column = -1;
      goTo(index, null, inSight);
    },
    get at() {
      return at;
    },
    unmount: () => cancelAnimationFrame(frame),
  };
}
