/** How large maps are drawn, and how many to a row. */

/** Between maps, px. */
export const GAP = 6;
/** Channel number and sorting value under each map. */
export const CAPTION = 16;
/** Few maps are shown larger, up to this. */
const LARGEST = 232;

export interface Grid {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

/** Tiles as large as lets all maps be seen at once, but not larger than pleases and not smaller than can be read. */
export function gridFor(count: number, width: number, height: number, ratio: number): Grid {
  const smallest = width < 560 ? 70 : 89;
  const make = (columns: number): Grid => {
    const tile = Math.max(8, Math.floor((width - (columns - 1) * GAP) / columns));
    return { columns, width: tile, height: Math.max(16, Math.round(tile * Math.min(2, Math.max(0.2, ratio)))) };
  };
  const most = Math.max(1, Math.floor((width + GAP) / (smallest + GAP)));
  for (let columns = 1; columns < most; columns++) {
    const grid = make(columns);
    if (grid.width <= LARGEST && Math.ceil(count / columns) * (grid.height + CAPTION + GAP) <= height) return grid;
  }
  return make(most);
}
