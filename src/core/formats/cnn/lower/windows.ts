import type { Padding, Pads, Pair } from './values';
import type { Extent } from './wire';

type Spatial = readonly [Extent, Extent];

/** Pixels from the first to the last tap. */
export const spanOf = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

/**
 * Pixels of padding at each side. `same` gives ⌈size / stride⌉ windows, an odd rest at the end, as TensorFlow does;
 * null where that depends on a size nobody knows.
 */
export function padsOf(padding: Padding, kernel: Pair, stride: Pair, dilation: Pair, spatial: Spatial): Pads | null {
  if (typeof padding !== 'string') return padding;
  if (padding === 'valid') return [0, 0, 0, 0];
  const sides = ([0, 1] as const).map((axis) => {
    const span = spanOf(kernel[axis], dilation[axis]);
    if (padding === 'full') return [span - 1, span - 1] as const;
    const total = sameTotal(span, stride[axis], spatial[axis]);
    return total === null ? null : ([Math.floor(total / 2), Math.ceil(total / 2)] as const);
  });
  const [rows, columns] = sides;
  return rows && columns ? [rows[0], columns[0], rows[1], columns[1]] : null;
}

function sameTotal(span: number, stride: number, size: Extent): number | null {
  if (stride === 1) return span - 1;
  return size === null ? null : Math.max((Math.ceil(size / stride) - 1) * stride + span - size, 0);
}

/** How many windows fit along one axis: torch's and ONNX's rule, `ceil` included. Less than 1 where none does. */
export function windowCount(
  size: number,
  span: number,
  stride: number,
  before: number,
  after: number,
  ceil = false,
): number {
  const room = size + before + after - span;
  if (!ceil) return Math.floor(room / stride) + 1;
  const count = Math.ceil(room / stride) + 1;
  // A window may hang over the end, but may not begin in the padding there.
  return (count - 1) * stride >= size + before ? count - 1 : count;
}

/** Rows and columns after a window was put everywhere; null where they are not known, 0 or less where it does not fit. */
export function windowed(
  spatial: Spatial,
  kernel: Pair,
  stride: Pair,
  dilation: Pair,
  pads: Pads,
  ceil = false,
): [Extent, Extent] {
  const along = (axis: 0 | 1): Extent => {
    const size = spatial[axis];
    if (size === null) return null;
    return windowCount(
      size,
      spanOf(kernel[axis], dilation[axis]),
      stride[axis],
      pads[axis],
      pads[axis === 0 ? 2 : 3],
      ceil,
    );
  };
  return [along(0), along(1)];
}

/** Rows and columns of a transposed convolution. */
export function spread(
  spatial: Spatial,
  kernel: Pair,
  stride: Pair,
  dilation: Pair,
  pads: Pads,
  outpad: Pair,
): [Extent, Extent] {
  const along = (axis: 0 | 1): Extent => {
    const size = spatial[axis];
    if (size === null) return null;
    const span = spanOf(kernel[axis], dilation[axis]);
    return (size - 1) * stride[axis] + span + outpad[axis] - pads[axis] - pads[axis === 0 ? 2 : 3];
  };
  return [along(0), along(1)];
}

/** The padding on all sides that keeps the size at stride 1, where one number does: `1` for 3×3, `2x1` for 5×3. */
export function keepingPad(kernel: Pair, dilation: Pair): string | null {
  const [rows, columns] = [spanOf(kernel[0], dilation[0]) - 1, spanOf(kernel[1], dilation[1]) - 1];
  if (rows % 2 || columns % 2 || (rows === 0 && columns === 0)) return null;
  return rows === columns ? String(rows / 2) : `${rows / 2}x${columns / 2}`;
}
