import { blankPicture, type Picture } from './picture';
import type { Preparation } from './preparation';
import { resize, type Region } from './resize';

/** The largest part of a picture with the proportions `width : height`, from its middle. */
export function centreCrop(picture: Picture, width: number, height: number): Region {
  const zoom = Math.min(picture.width / width, picture.height / height);
  const [w, h] = [width * zoom, height * zoom];
  return { x: (picture.width - w) / 2, y: (picture.height - h) / 2, width: w, height: h };
}

/** Where a letterboxed picture lies in its frame, in whole pixels; bars are left over at two sides. */
export function letterboxPlace(picture: Picture, width: number, height: number): Region {
  const zoom = Math.min(width / picture.width, height / picture.height);
  const w = Math.max(1, Math.round(picture.width * zoom));
  const h = Math.max(1, Math.round(picture.height * zoom));
  return { x: Math.floor((width - w) / 2), y: Math.floor((height - h) / 2), width: w, height: h };
}

/** Brings a picture to the size a net wants. Letterbox bars are black. */
export function fit(
  picture: Picture,
  { width, height, resize: how }: Pick<Preparation, 'width' | 'height' | 'resize'>,
): Picture {
  if (how === 'crop') return resize(picture, width, height, centreCrop(picture, width, height));
  if (how === 'stretch') return resize(picture, width, height);
  const place = letterboxPlace(picture, width, height);
  const inner = resize(picture, place.width, place.height);
  const framed = blankPicture(width, height);
  for (let at = 3; at < framed.data.length; at += 4) framed.data[at] = 255;
  for (let row = 0; row < place.height; row++) {
    const line = inner.data.subarray(row * place.width * 4, (row + 1) * place.width * 4);
    framed.data.set(line, ((place.y + row) * width + place.x) * 4);
  }
  return framed;
}
