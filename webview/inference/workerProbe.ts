/** What becomes of one unit when parts of the picture are covered; runs in the worker. */
import * as ort from 'ort';
import { fromFloat16 } from '../../src/core/image';
import { t } from '../../src/core/l10n/l10n';
import type { ProbeRequest } from './messages';

type Feeds = Record<string, ort.Tensor>;
type Cells = Float32Array | Uint16Array | Float64Array;
type Patch = ProbeRequest['patches'][number];

interface Planes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Place of a channel's pixel in one picture. */
  at(channel: number, row: number, column: number): number;
}

function planesOf(dims: readonly number[], layout: ProbeRequest['layout']): Planes {
  const [a, b, c] = dims.slice(-3) as [number, number, number];
  if (layout === 'NCHW') {
    const [channels, height, width] = [a, b, c];
    return { channels, height, width, at: (k, row, column) => (k * height + row) * width + column };
  }
  const [height, width, channels] = [a, b, c];
  return { channels, height, width, at: (k, row, column) => (row * width + column) * channels + k };
}

/** What a covered pixel is: the picture's mean of each channel, in the numbers the net gets, so that nothing is lit up instead. */
function neutral(data: Cells, planes: Planes, read: (cell: number) => number): number[] {
  return Array.from({ length: planes.channels }, (_, channel) => {
    let sum = 0;
    for (let row = 0; row < planes.height; row++)
      for (let column = 0; column < planes.width; column++) sum += read(data[planes.at(channel, row, column)]!);
    return sum / (planes.height * planes.width);
  });
}

/** The cell whose number is nearest to a mean: of the picture itself, so that it can be written in any type. */
function nearestCells(data: Cells, planes: Planes, read: (cell: number) => number): number[] {
  return neutral(data, planes, read).map((mean, channel) => {
    let best = data[planes.at(channel, 0, 0)]!;
    for (let row = 0; row < planes.height; row++)
      for (let column = 0; column < planes.width; column++) {
        const cell = data[planes.at(channel, row, column)]!;
        if (Math.abs(read(cell) - mean) < Math.abs(read(best) - mean)) best = cell;
      }
    return best;
  });
}

function cover(data: Cells, offset: number, planes: Planes, [top, left, bottom, right]: Patch, cells: number[]): void {
  for (let channel = 0; channel < planes.channels; channel++)
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++)
        data[offset + planes.at(channel, row, column)] = cells[channel]!;
}

/** The unit's value for every patch, in order. */
export async function probed(
  session: ort.InferenceSession,
  feeds: Feeds,
  { input, layout, output, at, patches, batch }: ProbeRequest,
): Promise<Float64Array> {
  const fed = feeds[input];
  if (!fed) throw new Error(t('Nothing was fed to the input {0}.', input));
  const half = fed.type === 'float16';
  const read = half && fed.data instanceof Uint16Array ? fromFloat16 : (cell: number) => cell;
  const whole = fed.data as Cells;
  const size = fed.dims.slice(-3).reduce((all, extent) => all * extent, 1);
  const one = whole.slice(0, size);
  const planes = planesOf(fed.dims, layout);
  const cells = nearestCells(one, planes, read);
  const values = new Float64Array(patches.length);
  // A model with a fixed batch gets its own number of pictures, of which the first is changed.
  const fixed = whole.length / size;
  const together = fixed > 1 ? 1 : Math.max(1, batch);
  for (let from = 0; from < patches.length; from += together) {
    const some = patches.slice(from, from + together);
    const data = new (whole.constructor as new (length: number) => Cells)(Math.max(fixed, some.length) * size);
    if (fixed > 1) data.set(whole);
    else some.forEach((_, k) => data.set(one, k * size));
    some.forEach((patch, k) => cover(data, k * size, planes, patch, cells));
    const dims = [...fed.dims];
    if (dims.length > 3) dims[0] = Math.max(fixed, some.length);
    const covered = new ort.Tensor(fed.type as 'float32', data as Float32Array, dims);
    const results = await session.run({ ...feeds, [input]: covered }, [output]);
    const tensor = results[output]!;
    const own = tensor.data as ArrayLike<number | bigint>;
    const step = own.length / Math.max(fixed, some.length);
    some.forEach((_, k) => {
      const cell = Number(own[k * step + at]!);
      values[from + k] = tensor.type === 'float16' && own instanceof Uint16Array ? fromFloat16(cell) : cell;
    });
  }
  return values;
}
