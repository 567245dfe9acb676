import { encodeFloat16 } from './float16';
import type { Picture } from './picture';
import type { Preparation } from './preparation';

export type TensorData =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>;

/** Numbers for one input of a net; float16 as its bits. */
export interface ImageTensor {
  readonly dtype: string;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** Luma of ITU-R BT.601, the grey of Pillow, OpenCV and the eye. */
export const grey = (red: number, green: number, blue: number): number => 0.299 * red + 0.587 * green + 0.114 * blue;

const clampTo = (values: Float32Array, low: number, high: number): number[] =>
  Array.from(values, (value) => Math.min(high, Math.max(low, Math.round(value))));

function packed(values: Float32Array<ArrayBuffer>, dtype: string): TensorData {
  switch (dtype) {
    case 'float16':
      return encodeFloat16(values);
    case 'float64':
      return Float64Array.from(values);
    case 'uint8':
      return Uint8Array.from(clampTo(values, 0, 255));
    case 'int8':
      return Int8Array.from(clampTo(values, -128, 127));
    case 'int32':
      return Int32Array.from(values, Math.round);
    default:
      return values;
  }
}

/** dtypes an image can be fed as. */
export const isImageDtype = (dtype: string): boolean =>
  ['float32', 'float16', 'float64', 'uint8', 'int8', 'int32'].includes(dtype);

/** The pixels of a picture of the right size as the numbers the net gets. Alpha is left out: flatten first. */
export function toTensor(picture: Picture, preparation: Preparation): ImageTensor {
  const { channels, order, scale, mean, std, layout, dtype } = preparation;
  const { width, height, data } = picture;
  const pixels = width * height;
  const values = new Float32Array(channels * pixels);
  for (let channel = 0; channel < channels; channel++) {
    const offset = mean[channel] ?? mean[0] ?? 0;
    const divisor = std[channel] ?? std[0] ?? 1;
    // A net with more channels than a picture gets zeros there (depth, say, which no picture has); alpha is full.
    // A fourth channel is alpha, which is full once the picture is flattened.
    const source = order === 'BGR' ? 2 - channel : channel;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const at = pixel * 4;
      const raw =
        order === 'grey'
          ? grey(data[at]!, data[at + 1]!, data[at + 2]!)
          : channel < 3
            ? data[at + source]!
            : data[at + 3]!;
      const place = layout === 'NHWC' ? pixel * channels + channel : channel * pixels + pixel;
      values[place] = (raw * scale - offset) / divisor;
    }
  }
  const dims = layout === 'NHWC' ? [1, height, width, channels] : [1, channels, height, width];
  return { dtype, dims, data: packed(values, dtype) };
}
