/** Where each kernel of a layer stands when they are drawn as small images: rows and columns of a long sheet. */

export interface Kernels {
  readonly rowCount: number;
  readonly columnCount: number;
  readonly height: number;
  readonly width: number;
}

export interface KernelGrid {
  /** Side of one element, and the gap between kernels, px. */
  readonly pixel: number;
  readonly gap: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Rows of kernels standing side by side, where one is much narrower than the panel. */
  readonly strips: number;
  /** Distance from one strip to the next. */
  readonly stripWidth: number;
  readonly lines: number;
  /** Of the whole sheet. */
  readonly sheetWidth: number;
  readonly sheetHeight: number;
}

const LARGEST_PIXEL = 8;
const SMALLEST_PIXEL = 2;
/** A kernel should not be wider than this, as long as its elements can be told apart. */
const WIDEST_KERNEL = 28;
const GAP = 3;
/** Between kernels so small that a wider gap would outweigh them. */
const NARROW_GAP = 2;
const STRIP_GAP = 8;

/** As large as lets a row of kernels fit into `width`, within reason; wider rows are scrolled. */
export function kernelGrid({ rowCount, columnCount, height, width: w }: Kernels, width: number): KernelGrid {
  // Kernels of one element are a matrix: no gaps.
  const widest = height * w === 1 ? 0 : GAP;
  const fitting = Math.floor((width / columnCount - widest) / w);
  const wide = Math.min(LARGEST_PIXEL, Math.max(SMALLEST_PIXEL, Math.floor(WIDEST_KERNEL / Math.max(w, height))));
  const pixel = Math.max(SMALLEST_PIXEL, Math.min(wide, fitting));
  const gap = pixel < 4 ? Math.min(widest, NARROW_GAP) : widest;
  const cellWidth = w * pixel + gap;
  const rowWidth = columnCount * cellWidth - gap;
  const between = columnCount === 1 ? gap : STRIP_GAP;
  const strips = Math.max(1, Math.min(rowCount, Math.floor((width + between) / (rowWidth + between))));
  const cellHeight = height * pixel + gap;
  const lines = Math.ceil(rowCount / strips);
  return {
    pixel,
    gap,
    cellWidth,
    cellHeight,
    strips,
    stripWidth: rowWidth + between,
    lines,
    sheetWidth: strips * (rowWidth + between) - between,
    sheetHeight: lines * cellHeight - gap,
  };
}

/** A rectangle of the sheet, px. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One kernel in sight: its row and column, and where its upper left corner stands on the sheet. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly x: number;
  readonly y: number;
}

export function* cellsIn(grid: KernelGrid, kernels: Kernels, window: Window): Generator<Cell> {
  const firstLine = Math.max(0, Math.floor(window.y / grid.cellHeight));
  const lastLine = Math.min(grid.lines - 1, Math.floor((window.y + window.height) / grid.cellHeight));
  for (let line = firstLine; line <= lastLine; line++)
    for (let strip = 0; strip < grid.strips; strip++) {
      const row = line * grid.strips + strip;
      if (row >= kernels.rowCount) break;
      const left = strip * grid.stripWidth;
      const first = Math.max(0, Math.floor((window.x - left) / grid.cellWidth));
      const last = Math.min(kernels.columnCount - 1, Math.floor((window.x + window.width - left) / grid.cellWidth));
      for (let column = first; column <= last; column++)
        yield { row, column, x: left + column * grid.cellWidth, y: line * grid.cellHeight };
    }
}

/** Index of a kernel's first element in the tensor. */
export const firstElement = (
  { columnCount, height, width }: Kernels,
  { row, column }: Pick<Cell, 'row' | 'column'>,
): number => (row * columnCount + column) * height * width;

/** Rows `[first, last]` that stand on the lines in sight. */
export function rowsIn(grid: KernelGrid, kernels: Kernels, window: Window): readonly [number, number] {
  const first = Math.floor(Math.max(0, window.y) / grid.cellHeight) * grid.strips;
  const lastLine = Math.floor((window.y + window.height - 1) / grid.cellHeight);
  return [first, Math.min(kernels.rowCount - 1, lastLine * grid.strips + grid.strips - 1)];
}

/** The element at a place of the sheet; null in the gaps. */
export function elementAt(
  grid: KernelGrid,
  kernels: Kernels,
  x: number,
  y: number,
): (Pick<Cell, 'row' | 'column'> & { readonly dy: number; readonly dx: number }) | null {
  for (const cell of cellsIn(grid, kernels, { x, y, width: 0, height: 0 })) {
    const [dx, dy] = [Math.floor((x - cell.x) / grid.pixel), Math.floor((y - cell.y) / grid.pixel)];
    if (dx >= 0 && dy >= 0 && dx < kernels.width && dy < kernels.height)
      return { row: cell.row, column: cell.column, dy, dx };
  }
  return null;
}
