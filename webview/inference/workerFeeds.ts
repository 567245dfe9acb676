/** Inputs as the runtime takes them; runs in the worker. */
import * as ort from 'ort';
import {
  arrayInput,
  checkedFormat,
  decodable,
  decodePicture,
  filledInput,
  isNpy,
  pictureInput,
  PictureError,
  type FedTensor,
  type Picture,
} from '../../src/core/image';
import { t } from '../../src/core/l10n/l10n';
import type { FeedRequest } from './messages';

/** The types of a tensor and its data belong together; both come from the dtype. */
const tensor = ({ dtype, data, dims }: FedTensor): ort.Tensor =>
  new ort.Tensor(dtype as 'float32', data as Float32Array, dims);

/** PNG and JPEG by our own code, the same on every machine; what else a browser can show, by the browser. */
async function decode(bytes: Uint8Array): Promise<Picture> {
  if (decodable(checkedFormat(bytes))) return decodePicture(bytes);
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>]), {
      premultiplyAlpha: 'none',
      colorSpaceConversion: 'none',
    });
  } catch {
    throw new PictureError(t('The file is not a picture this browser can show.'));
  }
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new PictureError(t('The browser gives no canvas to decode this picture on.'));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { width, height, data: context.getImageData(0, 0, width, height).data };
}

/** Everything a run of the model takes, and the picture as the net gets it. */
export async function feedsOf({
  image,
  others,
}: FeedRequest): Promise<{ readonly picture: Picture | null; readonly feeds: Record<string, ort.Tensor> }> {
  const feeds = Object.fromEntries(others.map((input) => [input.name, tensor(filledInput(input))]));
  if (!image) return { picture: null, feeds };
  const { bytes } = image;
  const fed = isNpy(bytes) ? arrayInput(bytes, image) : pictureInput(await decode(bytes), image);
  return { picture: fed.picture, feeds: { ...feeds, [image.name]: tensor(fed.tensor) } };
}
