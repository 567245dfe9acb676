import { fit } from './fit';
import { flatten, type Picture } from './picture';
import type { Preparation } from './preparation';
import { grey, toTensor, type ImageTensor } from './tensor';

export interface Prepared {
  /** The picture as the net gets it, in the net's size: cropped, and grey where the net wants grey. */
  readonly picture: Picture;
  readonly tensor: ImageTensor;
}

/** Everything between a decoded picture and the net's input. */
export function prepare(picture: Picture, preparation: Preparation): Prepared {
  const fitted = fit(flatten(picture), preparation);
  const tensor = toTensor(fitted, preparation);
  return { picture: preparation.order === 'grey' ? asGrey(fitted) : fitted, tensor };
}

function asGrey(picture: Picture): Picture {
  const data = new Uint8ClampedArray(picture.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const value = grey(picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!);
    data[at] = data[at + 1] = data[at + 2] = value;
    data[at + 3] = 255;
  }
  return { width: picture.width, height: picture.height, data };
}
