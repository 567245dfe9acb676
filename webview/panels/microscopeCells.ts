/** Tables of numbers, coloured around zero, as the middle of the microscope shows them. */
import { colourAt, type ColourScale } from '../ui/colourMaps';
import { el } from '../ui/dom';
import { cellText, type CellScale } from './microscopeText';

/** Colours follow the size of a value to this power, so that small ones show. */
const BEND = 0.7;
/** Lighter than this, digits are black. */
const LIGHT = 0.42;
/** Below this width numbers would not fit: colours only, the number on pointing at the cell. */
const READABLE = 30;

export interface CellLook {
  /** Largest size of the column this table belongs to. */
  readonly largest: number;
  readonly scale: CellScale;
  readonly width: number;
  readonly height: number;
  /** Values that are never negative run from zero up instead of around it. */
  readonly fromZero?: boolean;
}

export interface CellTable {
  readonly label: string;
  readonly extent: readonly number[];
  readonly values: ArrayLike<number>;
  /** Beyond the border: hatched, with the neutral value, or empty where that is null. */
  readonly outside?: readonly boolean[];
  readonly neutral?: number | null;
  /** Outlined with a double line. */
  readonly marked?: ReadonlySet<number>;
}

interface Painted {
  readonly ground: string;
  readonly ink: string;
}
const painted = new Map<string, Painted>();

function paint(value: number, { largest, fromZero }: CellLook): Painted {
  const share = largest > 0 ? Math.sign(value) * Math.min(1, Math.abs(value) / largest) ** BEND : 0;
  const scale: ColourScale = fromZero
    ? { map: 'magnitude', low: 0, high: 1, exponent: 'linear' }
    : { map: 'diverging', low: -1, high: 1, exponent: 'linear' };
  const ground = Number.isFinite(share) ? colourAt(share, scale) : 'transparent';
  const known = painted.get(ground);
  if (known) return known;
  const [red = 0, green = 0, blue = 0] = (ground.match(/\d+/g) ?? []).map(Number);
  const light = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255 > LIGHT;
  const made = { ground, ink: light ? '#000' : '#fff' };
  // Colours repeat from step to step; a theme has some thousands of them at most.
  if (painted.size > 4096) painted.clear();
  painted.set(ground, made);
  return made;
}

/** Rows and columns of a window; one axis lies along the columns, a third stacks planes. */
function layout(extent: readonly number[]): {
  readonly planes: number;
  readonly rows: number;
  readonly columns: number;
} {
  const columns = extent.at(-1) ?? 1;
  const rows = extent.at(-2) ?? 1;
  return { planes: extent.slice(0, -2).reduce((product, count) => product * count, 1), rows, columns };
}

function cellElement(table: CellTable, look: CellLook, cell: number): HTMLTableCellElement {
  const value = table.values[cell]!;
  const outside = table.outside?.[cell] ?? false;
  const marked = table.marked?.has(cell) ? ' marked' : '';
  const readable = look.width >= READABLE;
  const attrs = { 'data-cell': cell };
  if (outside) {
    const text = table.neutral === null || table.neutral === undefined ? '' : cellText(table.neutral, look.scale);
    return el('td', { class: 'mic-cell outside', attrs }, el('span', { text: readable ? text : '' }));
  }
  const { ground, ink } = paint(value, look);
  return el('td', {
    class: `mic-cell${marked}`,
    text: readable ? cellText(value, look.scale) : '',
    attrs,
    style: { background: ground, color: ink },
  });
}

/** Width of one table of the window in cells. */
export const columnsOf = (extent: readonly number[]): number => layout(extent).columns;

export function cellTable(table: CellTable, look: CellLook): HTMLElement {
  const { planes, rows, columns } = layout(table.extent);
  const bodies = Array.from({ length: planes }, (_, plane) =>
    el(
      'tbody',
      {},
      ...Array.from({ length: rows }, (_, row) =>
        el(
          'tr',
          {},
          ...Array.from({ length: columns }, (_, column) =>
            cellElement(table, look, (plane * rows + row) * columns + column),
          ),
        ),
      ),
    ),
  );
  return el(
    'table',
    {
      class: look.width < READABLE ? 'mic-cells tiny' : 'mic-cells',
      attrs: { 'aria-label': table.label },
      style: { '--cell': `${look.width}px`, '--cell-high': `${look.height}px` },
    },
    ...bodies,
  );
}

/** A table is as high as this where its rows may still be read. */
const HIGH = 100;

/** Cells are as wide as the room allows, between a few pixels and the design's 64; rows of large windows are lower. */
export function cellSize(room: number, extent: readonly number[]): { readonly width: number; readonly height: number } {
  const { rows, columns } = layout(extent);
  const width = Math.max(10, Math.min(64, Math.floor(room / Math.max(1, columns))));
  return { width, height: Math.min(width, 28, Math.max(18, Math.floor(HIGH / rows))) };
}

export const largestOf = (values: Iterable<number>): number => {
  let largest = 0;
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
  return largest;
};
