/** The effective receptive field (Luo, Li, Urtasun, Zemel 2016), measured by covering the picture patch by patch. */

/** `[top, left, bottom, right]` in pixels, ends included. */
export type Patch = readonly [number, number, number, number];
type Range = readonly [number, number];

export interface PatchGrid {
  readonly rows: number;
  readonly columns: number;
  readonly side: number;
  readonly patches: readonly Patch[];
}

/** Squares over the field, about `across` along its longer side; those at the lower and right border may be smaller. */
export function patchesOver(ranges: readonly Range[], across: number): PatchGrid {
  const [[top, bottom], [left, right]] = ranges as readonly [Range, Range];
  const side = Math.max(1, Math.ceil(Math.max(bottom - top + 1, right - left + 1) / across));
  const rows = Math.ceil((bottom - top + 1) / side);
  const columns = Math.ceil((right - left + 1) / side);
  const patches = Array.from({ length: rows * columns }, (_, k): Patch => {
    const [y, x] = [top + Math.floor(k / columns) * side, left + (k % columns) * side];
    return [y, x, Math.min(bottom, y + side - 1), Math.min(right, x + side - 1)];
  });
  return { rows, columns, side, patches };
}

export interface Effect {
  /** By patch: how far the unit's value moves when the patch is covered, 0 where nothing is known yet. */
  readonly sizes: Float64Array;
  readonly largest: number;
  readonly total: number;
  /** Patches that, taken from the strongest on, make half and nine tenths of the sum. */
  readonly half: number;
  readonly most: number;
}

/** What covering did to the unit; values that are no numbers count as no change. */
export function effectOf(before: number, values: ArrayLike<number>, count: number): Effect {
  const sizes = new Float64Array(count);
  for (let k = 0; k < Math.min(count, values.length); k++) {
    const moved = Math.abs(values[k]! - before);
    sizes[k] = Number.isFinite(moved) ? moved : 0;
  }
  const order = [...sizes].sort((a, b) => b - a);
  const total = order.reduce((sum, size) => sum + size, 0);
  const makes = (share: number): number => {
    let sum = 0;
    if (total === 0) return 0;
    const found = order.findIndex((size) => (sum += size) >= share * total * (1 - 1e-12));
    return found < 0 ? order.length : found + 1;
  };
  return { sizes, largest: order[0] ?? 0, total, half: makes(0.5), most: makes(0.9) };
}
