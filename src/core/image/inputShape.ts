/** How an input of a net can hold a picture. */
export interface ImageShape {
  readonly layout: 'NCHW' | 'NHWC';
  readonly channels: number;
  /** null where the file leaves it open. */
  readonly height: number | null;
  readonly width: number | null;
}

type Extent = number | string | null;

const CHANNELS = [1, 3, 4];
const SMALLEST = 4;

const isChannels = (extent: Extent | undefined): extent is number =>
  typeof extent === 'number' && CHANNELS.includes(extent);
const isSide = (extent: Extent | undefined): boolean => typeof extent !== 'number' || extent >= SMALLEST;
const fixed = (extent: Extent | undefined): number | null => (typeof extent === 'number' && extent > 0 ? extent : null);

function shaped(layout: ImageShape['layout'], channels: number, height?: Extent, width?: Extent): ImageShape | null {
  return isSide(height) && isSide(width) ? { layout, channels, height: fixed(height), width: fixed(width) } : null;
}

/**
 * Reads a shape as that of a picture: `[N, C, H, W]` or `[N, H, W, C]` with 1, 3 or 4 channels, the same without N, and with open
 * channels when all of C, H, W are open. null when it can't be one. With both readings possible channels come first, as in most files.
 */
export function imageShape(shape: readonly Extent[]): ImageShape | null {
  if (shape.length === 4) {
    const [, a, b, c] = shape;
    if (isChannels(a)) return shaped('NCHW', a, b, c);
    if (isChannels(c)) return shaped('NHWC', c, a, b);
    return fixed(a) === null && fixed(b) === null && fixed(c) === null ? shaped('NCHW', 3, b, c) : null;
  }
  if (shape.length !== 3) return null;
  const [a, b, c] = shape;
  if ((a === 3 || a === 4) && isSide(b)) return shaped('NCHW', a, b, c);
  if (isChannels(c)) return shaped('NHWC', c, a, b);
  // [1, C, L] is a signal far more often than a grey picture without batch; only a square speaks for the picture.
  return a === 1 && fixed(b) !== null && b === c ? shaped('NCHW', 1, b, c) : null;
}
