/** What the painters draw with: a canvas, or whatever keeps the shapes for a figure. */
export type Pen = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'arcTo'
  | 'arc'
  | 'rect'
  | 'roundRect'
  | 'fill'
  | 'stroke'
  | 'fillText'
  | 'strokeText'
  | 'setLineDash'
  | 'save'
  | 'restore'
  | 'translate'
  | 'rotate'
  | 'imageSmoothingEnabled'
> & {
  drawImage(picture: CanvasImageSource, x: number, y: number, width: number, height: number): void;
  /** Until `close`, all belongs to what these words name. A canvas has no use for it. */
  open?(words: string): void;
  close?(): void;
};
