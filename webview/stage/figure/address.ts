/** A picture with extents of its own as a data URL: figures stand alone. */
export function addressOf(picture: CanvasImageSource): string {
  const { width, height } = picture as { readonly width: number; readonly height: number };
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(picture, 0, 0);
  return canvas.toDataURL('image/png');
}
