/** Where the rows of the chart along the depth stand, for the room there is. */

interface Row {
  readonly top: number;
  readonly height: number;
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly wide: boolean;
  readonly left: number;
  readonly right: number;
  readonly columnWidth: number;
  readonly barWidth: number;
  /** Middle of a column. */
  readonly x: (column: number) => number;
  readonly volumes: Row;
  /** Baseline of the sizes below the boxes. */
  readonly sizes: number;
  readonly fields: Row;
  /** Lines of text below the chart that fit into a column: kernel and channels, or none. */
  readonly axisLines: number;
  readonly parameters: Row;
  readonly macs: Row;
}

const WIDE = 900;
/** A bar wider than this says no more. */
const WIDEST_BAR = 44;
/** The least that can be read; with less room the panel scrolls. */
const LEAST = 470;

export function frameOf(width: number, roomHeight: number, columns: number): Frame {
  const wide = width >= WIDE;
  const [left, right] = [wide ? 96 : 52, 20];
  const columnWidth = (width - left - right) / Math.max(1, columns);
  const axisLines = columnWidth >= 40 ? 2 : 0;
  const height = Math.max(LEAST, roomHeight);
  // What the rows share; the rest is text between them.
  const texts = 12 + 34 + 46 + (axisLines ? 46 : 18) + 30 + 34 + 20;
  const shared = height - texts;
  const volumes = { top: 12, height: shared * 0.42 };
  const sizes = volumes.top + volumes.height + 22;
  const fields = { top: sizes + 12 + 46, height: shared * 0.34 };
  const below = fields.top + fields.height + (axisLines ? 46 : 18);
  const parameters = { top: below + 30, height: shared * 0.12 };
  const macs = { top: parameters.top + parameters.height + 34, height: shared * 0.12 };
  return {
    width,
    height,
    wide,
    left,
    right,
    columnWidth,
    barWidth: Math.max(1, Math.min(WIDEST_BAR, columnWidth * (columnWidth < 8 ? 0.7 : 0.5))),
    x: (column) => left + (column + 0.5) * columnWidth,
    volumes,
    sizes,
    fields,
    axisLines,
    parameters,
    macs,
  };
}
