/** Fixed kernels and ways back to the full size, pixel by pixel, as a course writes them down. Nothing of the product is used here. */

/** One channel, row by row. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  readonly values: ArrayLike<number>;
}

/** What stands at a place of the picture, or beyond its border. */
export type Beyond = 'reflect' | 'edge' | 'wrap' | number;

export function pixel({ rows, columns, values }: Plane, row: number, column: number, beyond: Beyond): number {
  if (row >= 0 && row < rows && column >= 0 && column < columns) return values[row * columns + column]!;
  if (typeof beyond === 'number') return beyond;
  const along = (at: number, size: number): number => {
    if (beyond === 'edge') return Math.min(Math.max(at, 0), size - 1);
    if (beyond === 'wrap') return ((at % size) + size) % size;
    // The mirror stands in the middle of the outermost pixel.
    let place = at;
    while (place < 0 || place >= size) place = place < 0 ? -place : 2 * (size - 1) - place;
    return place;
  };
  return pixel({ rows, columns, values }, along(row, rows), along(column, columns), beyond);
}

const plane = (rows: number, columns: number, at: (row: number, column: number) => number): Plane => ({
  rows,
  columns,
  values: Array.from({ length: rows * columns }, (_, i) => at(Math.floor(i / columns), i % columns)),
});

/** Each pixel becomes the sum of its neighbours, weighted; the middle of an even kernel lies before its half. */
export function filtered(source: Plane, kernel: readonly (readonly number[])[], beyond: Beyond): Plane {
  const [up, left] = [Math.floor((kernel.length - 1) / 2), Math.floor((kernel[0]!.length - 1) / 2)];
  return plane(source.rows, source.columns, (row, column) => {
    let sum = 0;
    kernel.forEach((weights, i) =>
      weights.forEach((weight, j) => {
        sum += weight * pixel(source, row + i - up, column + j - left, beyond);
      }),
    );
    return sum;
  });
}

/** Only where the whole kernel lies on the picture. */
export function filteredInside(source: Plane, kernel: readonly (readonly number[])[]): Plane {
  const whole = filtered(source, kernel, 0);
  const [up, left] = [Math.floor((kernel.length - 1) / 2), Math.floor((kernel[0]!.length - 1) / 2)];
  return plane(source.rows - kernel.length + 1, source.columns - kernel[0]!.length + 1, (row, column) =>
    pixel(whole, row + up, column + left, 0),
  );
}

export const box = (side: number): readonly (readonly number[])[] =>
  Array.from({ length: side }, () => Array<number>(side).fill(1 / side ** 2));

export function gaussian(side: number, sigma: number): readonly (readonly number[])[] {
  const middle = (side - 1) / 2;
  const raw = Array.from({ length: side }, (_, i) =>
    Array.from({ length: side }, (_unused, j) => Math.exp(-((i - middle) ** 2 + (j - middle) ** 2) / (2 * sigma ** 2))),
  );
  const total = raw.flat().reduce((sum, weight) => sum + weight, 0);
  return raw.map((row) => row.map((weight) => weight / total));
}

export const combined = (a: Plane, b: Plane, how: (x: number, y: number) => number): Plane =>
  plane(a.rows, a.columns, (row, column) => how(pixel(a, row, column, 0), pixel(b, row, column, 0)));

export const mapped = (source: Plane, how: (x: number) => number): Plane => combined(source, source, how);

/** The largest value of each square. */
export const maxPooled = (source: Plane, side: number): Plane =>
  plane(Math.floor(source.rows / side), Math.floor(source.columns / side), (row, column) =>
    Math.max(...square(source, row, column, side).map(({ value }) => value)),
  );

export const meanPooled = (source: Plane, side: number): Plane =>
  plane(Math.floor(source.rows / side), Math.floor(source.columns / side), (row, column) => {
    const found = square(source, row, column, side);
    return found.reduce((sum, { value }) => sum + value, 0) / found.length;
  });

function square(source: Plane, row: number, column: number, side: number) {
  return Array.from({ length: side * side }, (_, i) => {
    const place = { row: row * side + Math.floor(i / side), column: column * side + (i % side) };
    return { ...place, value: pixel(source, place.row, place.column, 0) };
  });
}

export const nearest = (source: Plane, times: number): Plane =>
  plane(source.rows * times, source.columns * times, (row, column) =>
    pixel(source, Math.floor(row / times), Math.floor(column / times), 0),
  );

export const nails = (source: Plane, times: number): Plane =>
  plane(source.rows * times, source.columns * times, (row, column) =>
    row % times === 0 && column % times === 0 ? pixel(source, row / times, column / times, 0) : 0,
  );

/** The four nearest pixel centres, weighted by how near they are; the border's pixels go on outside. */
export const bilinear = (source: Plane, times: number): Plane =>
  plane(source.rows * times, source.columns * times, (row, column) => {
    const [y, x] = [(row + 0.5) / times - 0.5, (column + 0.5) / times - 0.5];
    const [top, left] = [Math.floor(y), Math.floor(x)];
    const [down, across] = [y - top, x - left];
    const at = (i: number, j: number): number => pixel(source, top + i, left + j, 'edge');
    return (
      (1 - down) * ((1 - across) * at(0, 0) + across * at(0, 1)) + down * ((1 - across) * at(1, 0) + across * at(1, 1))
    );
  });

/** What was pooled from `before` goes back to where the maximum stood; of equal ones, to the first. */
export function maxUnpooled(before: Plane, side: number): Plane {
  const values = Array<number>(before.rows * before.columns).fill(0);
  for (let row = 0; row < Math.floor(before.rows / side); row++) {
    for (let column = 0; column < Math.floor(before.columns / side); column++) {
      const found = square(before, row, column, side);
      const most = found.reduce((best, place) => (place.value > best.value ? place : best));
      values[most.row * before.columns + most.column] = most.value;
    }
  }
  return { rows: before.rows, columns: before.columns, values };
}
