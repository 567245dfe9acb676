/** Extents in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A decoded picture: rows from the top, four bytes a pixel (red, green, blue, alpha), alpha not premultiplied. */
export interface Picture extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A file that is no picture, or one that can't be decoded here; the message is meant for people. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

export function blankPicture(width: number, height: number): Picture {
  return { width, height, data: new Uint8ClampedArray(width * height * 4) };
}

/**
 * Lays a picture on white, as every viewer shows it: what lies under transparent pixels is rubbish of the encoder
 * and would otherwise enter the net. An opaque picture comes back as it is.
 */
export function flatten(picture: Picture): Picture {
  const { data, width, height } = picture;
  let opaque = true;
  for (let at = 3; at < data.length && opaque; at += 4) opaque = data[at] === 255;
  if (opaque) return picture;
  const flat = new Uint8ClampedArray(data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]! / 255;
    for (let channel = 0; channel < 3; channel++) flat[at + channel] = data[at + channel]! * alpha + 255 * (1 - alpha);
    flat[at + 3] = 255;
  }
  return { width, height, data: flat };
}
