import type { Pair } from './values';

/** A kernel, row by row. Kernels are not flipped: what is written at the left weighs the pixel at the left. */
export interface Kernel {
  readonly size: Pair;
  readonly values: readonly number[];
}

export const kernelText = ([rows, columns]: Pair): string => `${rows}×${columns}`;

const square = (values: readonly number[]): Kernel => ({ size: [3, 3], values });

const transposed = ({ size: [rows, columns], values }: Kernel): Kernel => ({
  size: [columns, rows],
  values: Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!),
});

/** Brighter to the right, smoothed over three rows. */
const SOBEL = square([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
const DIFFERENCE: Kernel = { size: [1, 3], values: [-0.5, 0, 0.5] };
const LAPLACIAN = square([0, 1, 0, 1, -4, 1, 0, 1, 0]);
const SHARPEN = square([0, -1, 0, -1, 5, -1, 0, -1, 0]);
const EMBOSS = square([-2, -1, 0, -1, 1, 1, 0, 1, 2]);

/** The classics by name. `said` is the size asked for, where the kernel has any size; the others have their own. */
export function classicKernel(name: string, axis: 'x' | 'y', said: Pair | null, sigma: number | null): Kernel {
  const along = (kernel: Kernel): Kernel => (axis === 'x' ? kernel : transposed(kernel));
  switch (name) {
    case 'sobel':
      return along(SOBEL);
    case 'difference':
      return along(DIFFERENCE);
    case 'laplacian':
      return LAPLACIAN;
    case 'sharpen':
      return SHARPEN;
    case 'emboss':
      return EMBOSS;
    case 'box':
      return box(said ?? [3, 3]);
    case 'gaussian':
      return gaussian(said, sigma);
    default:
      return identity(said ?? [3, 3]);
  }
}

function identity([rows, columns]: Pair): Kernel {
  const values = Array<number>(rows * columns).fill(0);
  values[Math.floor((rows - 1) / 2) * columns + Math.floor((columns - 1) / 2)] = 1;
  return { size: [rows, columns], values };
}

const box = ([rows, columns]: Pair): Kernel => ({
  size: [rows, columns],
  values: Array<number>(rows * columns).fill(1 / (rows * columns)),
});

/** Without a width the one that OpenCV takes for a size; without a size one that holds three widths to each side. */
function gaussian(said: Pair | null, sigma: number | null): Kernel {
  const width = sigma !== null && sigma > 0 ? Math.min(sigma, 100) : null;
  const side = width === null ? 3 : 2 * Math.ceil(3 * width) + 1;
  const [rows, columns] = said ?? [side, side];
  const weights = (size: number): readonly number[] => {
    const own = width ?? 0.3 * ((size - 1) / 2 - 1) + 0.8;
    const plain = Array.from({ length: size }, (_, i) => Math.exp(-((i - (size - 1) / 2) ** 2) / (2 * own * own)));
    const sum = plain.reduce((total, value) => total + value, 0);
    return plain.map((value) => value / sum);
  };
  const across = weights(columns);
  return { size: [rows, columns], values: weights(rows).flatMap((down) => across.map((value) => down * value)) };
}
