/** What lies over the picture: painted in its pixels, scaled to the size it is shown in. */
export interface Overlay {
  paint(context: CanvasRenderingContext2D, size: { readonly width: number; readonly height: number }): void;
}

/** A small picture stretched over the whole, pixel by pixel. */
export const pictureOverlay = (canvas: HTMLCanvasElement, opacity: number): Overlay => ({
  paint(context, { width, height }) {
    context.save();
    context.globalAlpha = opacity;
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, 0, 0, width, height);
    context.restore();
  },
});
