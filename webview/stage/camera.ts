/** Where the stage looks: pure arithmetic. */
import type { Camera } from '../state/context';
import type { View } from './paint/brush';
import type { Box } from './scene/model';

export interface Insets {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Ten thousand layers below one another still fit. */
const LEAST_ZOOM = 0.0005;
const MOST_ZOOM = 6;
/**
 * From here on a first look tells all that the level of detail has to tell: sizes on edges and what one unit sees, in letters of 8 px
 * (10.5 · 0.78). Where the whole cannot be shown like this, better its beginning.
 */
export const READABLE = 0.78;
/**
 * Below this, layers one under the other (58 px apart) share pixels of the screen, and a long net fitted whole is a line without
 * anything to be told apart.
 */
const LEGIBLE = 0.025;
/** A look at the beginning alone. */
const FIRST_ZOOM = 0.9;

export function viewOf(camera: Camera, width: number, height: number, ratio: number): View {
  const { zoom } = camera;
  return { zoom, left: width / 2 - camera.x * zoom, top: height / 2 - camera.y * zoom, width, height, ratio };
}

export const clampZoom = (zoom: number): number => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** Zooms so that what lies under the pointer stays there. */
export function zoomAt(camera: Camera, width: number, height: number, x: number, y: number, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  const [dx, dy] = [x - width / 2, y - height / 2];
  return { x: camera.x + dx / camera.zoom - dx / zoom, y: camera.y + dy / camera.zoom - dy / zoom, zoom };
}

export const pan = (camera: Camera, dx: number, dy: number): Camera => ({
  ...camera,
  x: camera.x - dx / camera.zoom,
  y: camera.y - dy / camera.zoom,
});

/** A rectangle of the drawing into what the insets leave of the stage, at most at `most`. */
export function fitTo(box: Box, width: number, height: number, insets: Insets, most = 1): Camera {
  const [w, h] = [Math.max(40, width - insets.left - insets.right), Math.max(40, height - insets.top - insets.bottom)];
  const zoom = clampZoom(Math.min(most, w / Math.max(1, box.width), h / Math.max(1, box.height)));
  return centred(box, zoom, insets);
}

/** All of a drawing where there is room for it; of a larger one the least emptiness, no more than the insets beyond its edges. */
export function within(
  camera: Camera,
  box: Box,
  { width, height }: { readonly width: number; readonly height: number },
  insets: Insets,
): Camera {
  const { zoom } = camera;
  const along = (at: number, from: number, extent: number, size: number, before: number, after: number): number => {
    const [first, last] = [from + (size / 2 - before) / zoom, from + extent - (size / 2 - after) / zoom];
    return Math.min(Math.max(at, Math.min(first, last)), Math.max(first, last));
  };
  return {
    x: along(camera.x, box.x, box.width, width, insets.left, insets.right),
    y: along(camera.y, box.y, box.height, height, insets.top, insets.bottom),
    zoom,
  };
}

/** All of a drawing; of one so long that nothing of it could be told apart as much as can, about where one looks. */
export function fitWhole(whole: Box, from: Camera, width: number, height: number, insets: Insets): Camera {
  const all = fitTo(whole, width, height, insets);
  if (all.zoom >= LEGIBLE) return all;
  const near = centred(whole, LEGIBLE, insets);
  const tall = whole.height * LEGIBLE > height;
  const wide = whole.width * LEGIBLE > width;
  return within(
    { x: wide ? from.x : near.x, y: tall ? from.y : near.y, zoom: LEGIBLE },
    whole,
    { width, height },
    insets,
  );
}

function centred(box: Box, zoom: number, insets: Insets): Camera {
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  return {
    x: cx - (insets.left - insets.right) / 2 / zoom,
    y: cy - (insets.top - insets.bottom) / 2 / zoom,
    zoom,
  };
}

/** The first look: everything if that can be read, else the beginning. */
export function firstLook(
  whole: Box,
  axis: number,
  width: number,
  height: number,
  insets: Insets,
  sideways: boolean,
): Camera {
  const all = fitTo(whole, width, height, insets);
  if (all.zoom >= READABLE) return all;
  const room = sideways ? height - insets.top - insets.bottom : width - insets.left - insets.right;
  const across = sideways ? whole.height : whole.width;
  // All of its breadth, where that takes no more than a step back; a part of it is as well read at full size.
  const fits = across * READABLE <= room;
  const zoom = fits ? Math.min(FIRST_ZOOM, room / across) : FIRST_ZOOM;
  const middle = fits ? (sideways ? whole.y + whole.height / 2 : whole.x + whole.width / 2) : axis;
  if (sideways)
    return {
      x: whole.x + (width / 2 - insets.left) / zoom,
      y: middle - (insets.top - insets.bottom) / 2 / zoom,
      zoom,
    };
  return { x: middle - (insets.left - insets.right) / 2 / zoom, y: whole.y + (height / 2 - insets.top) / zoom, zoom };
}

export const between = (a: Camera, b: Camera, t: number): Camera => {
  // Zoom on a logarithmic scale: halfway from 10 % to 1 000 % is 100 %.
  const zoom = Math.exp(Math.log(a.zoom) * (1 - t) + Math.log(b.zoom) * t);
  return { x: a.x * (1 - t) + b.x * t, y: a.y * (1 - t) + b.y * t, zoom };
};

export const easeOut = (t: number): number => 1 - (1 - t) ** 3;
