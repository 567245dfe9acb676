/** Elements of the layer table: headings, cells with their bars, rows of modules. */
import { t } from '../../src/core/l10n/l10n';
import type { Scene } from '../../src/core/view/types';
import { el, icon } from '../ui/dom';
import { integer } from '../ui/numbers';
import { signOf } from './compareSigns';
import type { Column } from './layersColumns';
import { layerName, type Row, type TableView } from './layersRows';

/** What all rows share. */
export interface RowSetting {
  readonly columns: readonly Column[];
  /** Widths of the columns, as CSS writes them. */
  readonly template: string;
  /** The longest bar of each column. */
  readonly reach: ReadonlyMap<Column['id'], number>;
  /** Extent of the input, px: a dashed line among the receptive fields. */
  readonly input: number | null;
}

const percentage = (share: number): string => `${(100 * share).toFixed(2)}%`;

export function headRow(sort: TableView['sort'], { columns, input }: RowSetting): readonly HTMLElement[] {
  return columns.map((column, at) => {
    const mine = sort?.column.id === column.id ? sort : null;
    const title = column.id === 'sees' && input !== null ? `${column.title} ┊ ${integer(input)}` : column.title;
    const order = mine ? (mine.descending ? 'descending' : 'ascending') : 'none';
    return el(
      'div',
      {
        class: column.numeric ? 'layers-heading right' : 'layers-heading',
        role: 'columnheader',
        title: t('{0}. Click to sort.', column.about.replace(/[.]$/, '')),
        attrs: {
          id: `layers-head-${column.id}`,
          'aria-colindex': at + 1,
          'aria-sort': order,
          'data-column': column.id,
        },
      },
      el('span', { class: 'layers-title', text: title }),
      mine ? icon(mine.descending ? 'arrow-down' : 'arrow-up') : null,
    );
  });
}

export function bodyRow(scene: Scene, row: Row, index: number, setting: RowSetting): HTMLElement {
  const module = row.kind === 'module';
  const cells = setting.columns.map((column, at) => {
    const cell = module ? moduleCell(scene, row, column) : operatorCell(scene, row, column, setting);
    cell.setAttribute('aria-colindex', String(at + 1));
    cell.id = `layers-${index}-${column.id}`;
    return cell;
  });
  return el(
    'div',
    {
      class: module ? 'layers-row layers-module' : 'layers-row',
      role: 'row',
      attrs: {
        id: `layers-row-${index}`,
        'data-index': index,
        'data-mark': module ? null : (row.node.mark ?? null),
        [module ? 'data-group' : 'data-node']: module ? row.group : row.node.id,
        'aria-rowindex': index + 2,
        'aria-level': row.depth + 1,
        'aria-expanded': module ? String(!row.folded) : null,
      },
      style: { '--depth': String(row.depth) },
    },
    ...cells,
  );
}

/** A sign that says more under the pointer. */
function remark(sign: string, text: string): HTMLElement {
  const element = icon(sign, text);
  element.title = text;
  return element;
}

const cellOf = (column: Column, ...children: readonly (Node | string | null)[]): HTMLElement =>
  el('div', { class: `layers-cell of-${column.id}${column.numeric ? ' right' : ''}`, role: 'gridcell' }, ...children);

function moduleCell(scene: Scene, row: Extract<Row, { kind: 'module' }>, column: Column): HTMLElement {
  const group = scene.groups[row.group]!;
  const text = column.ofModule?.(group, scene, row.folded) ?? '';
  if (column.id !== 'layer') return cellOf(column, text);
  const cell = cellOf(
    column,
    el('span', { class: 'layers-twistie' }, icon(row.folded ? 'chevron-right' : 'chevron-down')),
    el('span', { text }),
    group.kind ? el('span', { class: 'layers-name', text: group.kind }) : null,
  );
  cell.title = group.path;
  return cell;
}

function operatorCell(
  scene: Scene,
  row: Extract<Row, { kind: 'operator' }>,
  column: Column,
  { reach, input }: RowSetting,
): HTMLElement {
  const { node, chapter } = row;
  if (column.id === 'layer') {
    const cell = cellOf(
      column,
      el('i', { class: 'swatch', style: { background: `var(--${node.family})` } }),
      el('span', { text: node.title }),
      el('span', { class: 'layers-name', text: layerName(scene, node, chapter) }),
      node.problem
        ? icon(node.problem, node.problem === 'error' ? t('error in this layer') : t('warning in this layer'))
        : null,
      node.unproductive
        ? remark('circle-slash', t('Unproductive: {0}. A wider view can’t bring in anything new.', node.unproductive))
        : null,
    );
    cell.title = node.name || node.title;
    return cell;
  }
  const text = column.text(node);
  if (column.id === 'difference' && node.mark)
    return cellOf(column, signOf(node.mark), el('span', { class: 'layers-mark', text }));
  const cell = cellOf(column, ...barOf(column, column.bar?.(node, input) ?? 0, reach.get(column.id) ?? 0, input), text);
  // What sees everything has no size of its own: the bar is that of the input, and pale.
  if (column.id === 'sees' && node.sees === 'all') cell.classList.add('whole');
  const exact = column.exact?.(node) ?? '';
  if (text !== '' && exact !== text && exact !== '') cell.title = exact;
  else if (column.id === 'label') cell.title = text;
  return cell;
}

/** The bar at the left of a number, and the input's size where the number is a receptive field. */
function barOf(column: Column, value: number, reach: number, input: number | null): readonly HTMLElement[] {
  if (!column.bar || reach <= 0) return [];
  const marks: HTMLElement[] = [];
  if (column.signed) {
    if (value !== 0) {
      const side = value > 0 ? 'more' : 'less';
      const share = percentage(Math.abs(value) / reach / 2);
      marks.push(el('i', { class: `layers-bar-mark ${side}`, style: { '--share': share } }));
    }
    marks.push(el('i', { class: 'layers-zero-mark' }));
  } else if (value > 0)
    marks.push(el('i', { class: 'layers-bar-mark', style: { '--share': percentage(value / reach) } }));
  if (column.id === 'sees' && input !== null)
    marks.push(el('i', { class: 'layers-input-mark', style: { '--share': percentage(input / reach) } }));
  return marks.length ? [el('span', { class: 'layers-track', attrs: { 'aria-hidden': 'true' } }, ...marks)] : [];
}
