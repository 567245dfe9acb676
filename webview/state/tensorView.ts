/** A tensor as pictures: which of its extents are channels, rows and columns. */
export interface TensorView {
  /** `vector` when every channel has one value only: drawn as bars. */
  readonly kind: 'maps' | 'vector';
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** 2, or 1 for signals, whose rows are 1. */
  readonly axes: 0 | 1 | 2;
  readonly data: ArrayLike<number>;
}

const product = (extents: readonly number[]): number => extents.reduce((all, extent) => all * extent, 1);

/**
 * The first picture of the batch. `spatial` is how many spatial axes the layer has, where known: it tells `[N, C, L]`, a signal,
 * from `[N, A, B]`, a table.
 */
export function viewTensor(
  tensor: { readonly dims: readonly number[]; readonly data: ArrayLike<number> },
  spatial?: number,
): TensorView {
  const { dims, data } = tensor;
  const vector = (length: number): TensorView => ({
    kind: 'vector',
    channels: length,
    height: 1,
    width: 1,
    axes: 0,
    data,
  });
  if (dims.length <= 1) return vector(dims[0] ?? 1);
  const inner = dims.slice(1);
  if (dims.length === 2) {
    const [rows, columns] = dims as [number, number];
    return rows === 1 ? vector(columns) : { kind: 'maps', channels: 1, height: rows, width: columns, axes: 2, data };
  }
  if (dims.length === 3) {
    const [a, b] = inner as [number, number];
    if (spatial === 1) return b === 1 ? vector(a) : { kind: 'maps', channels: a, height: 1, width: b, axes: 1, data };
    return a === 1 || b === 1 ? vector(a * b) : { kind: 'maps', channels: 1, height: a, width: b, axes: 2, data };
  }
  const [height, width] = dims.slice(-2) as [number, number];
  const channels = product(dims.slice(1, -2));
  if (height * width === 1) return vector(channels);
  return { kind: 'maps', channels, height, width, axes: 2, data };
}

/** Values of one channel, row by row. */
export function channelValues({ data, height, width }: TensorView, channel: number): Float64Array {
  const size = height * width;
  const values = new Float64Array(size);
  for (let at = 0; at < size; at++) values[at] = data[channel * size + at] ?? NaN;
  return values;
}

export const valueAt = (view: TensorView, channel: number, row: number, column: number): number =>
  view.data[(channel * view.height + row) * view.width + column] ?? NaN;

/** The inverse of `viewTensor`: one index per axis of the tensor for a channel and the position within it. */
export function placeIn(
  dims: readonly number[],
  spatial: number,
  channel: number,
  unit: readonly number[],
): readonly number[] {
  if (dims.length <= 1) return dims.length === 0 ? [] : [channel];
  const [row = 0, column = 0] = unit;
  if (dims.length === 2) return unit.length === 2 ? [row, column] : [0, channel];
  if (dims.length === 3) {
    if (spatial === 1) return [0, channel, row];
    return unit.length === 2 ? [0, row, column] : [0, Math.floor(channel / dims[2]!), channel % dims[2]!];
  }
  const middle: number[] = [];
  let rest = channel;
  for (let axis = dims.length - 3; axis >= 1; axis--) {
    middle.unshift(rest % dims[axis]!);
    rest = Math.floor(rest / dims[axis]!);
  }
  return [0, ...middle, row, column];
}

/** The first minus the second, value by value; null where their extents differ. */
export function difference<T extends { readonly dims: readonly number[]; readonly data: ArrayLike<number> }>(
  a: T,
  b: { readonly dims: readonly number[]; readonly data: ArrayLike<number> },
): (Omit<T, 'data'> & { readonly data: Float64Array }) | null {
  if (a.dims.join() !== b.dims.join() || a.data.length !== b.data.length) return null;
  return { ...a, data: Float64Array.from(a.data, (value, at) => value - b.data[at]!) };
}
