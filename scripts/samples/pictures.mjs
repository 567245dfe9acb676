// Turns an image file into the numbers a sample model is fed, as its convlens.preparation says.
import { readFileSync } from 'node:fs';
import { decode as decodePng } from 'fast-png';
import jpeg from 'jpeg-js';

/** { width, height, channels, data } with 1, 3 or 4 bytes a pixel. */
export function read(path) {
  const bytes = readFileSync(path);
  if (path.endsWith('.jpg')) return { ...jpeg.decode(bytes, { useTArray: true }), channels: 4 };
  return decodePng(bytes);
}

function pixel(image, row, column, order) {
  const at = (row * image.width + column) * image.channels;
  const [r, g, b] = [0, 1, 2].map((k) => image.data[at + (image.channels < 3 ? 0 : k)]);
  if (order === 'grey') return [0.299 * r + 0.587 * g + 0.114 * b];
  return order === 'BGR' ? [b, g, r] : [r, g, b];
}

/** The largest part of the picture with the wanted proportions, from its middle, stretched bilinearly to the wanted size. */
export function feed(image, [, channels, height, width], { scale, mean, std, order, resize }) {
  if (resize !== 'crop') throw new Error(`${resize}: no sample uses it`);
  const zoom = Math.min(image.width / width, image.height / height);
  const out = new Float32Array(channels * height * width);
  const place = (index, size, full) => {
    const exact = (full - size * zoom) / 2 + (index + 0.5) * zoom - 0.5;
    const low = Math.min(Math.max(Math.floor(exact), 0), full - 1);
    return [low, Math.min(low + 1, full - 1), Math.min(Math.max(exact - low, 0), 1)];
  };
  for (let y = 0; y < height; y++) {
    const [top, bottom, down] = place(y, height, image.height);
    for (let x = 0; x < width; x++) {
      const [left, right, across] = place(x, width, image.width);
      const [a, b, c, d] = [
        [top, left],
        [top, right],
        [bottom, left],
        [bottom, right],
      ].map(([row, column]) => pixel(image, row, column, order));
      for (let k = 0; k < channels; k++) {
        const value = (a[k] * (1 - across) + b[k] * across) * (1 - down) + (c[k] * (1 - across) + d[k] * across) * down;
        out[(k * height + y) * width + x] = (value * scale - mean[k]) / std[k];
      }
    }
  }
  return out;
}
