/** What the user asks a figure of the graph to be. */
export interface FigureRequest {
  readonly format: 'svg' | 'png';
  readonly area: 'whole' | 'view';
  /** Pixels of a PNG for each of the drawing. */
  readonly scale: number;
  /** Light colours for print instead of those of the editor. */
  readonly paper: boolean;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Larger pictures no program opens. */
export const MOST_PIXELS = 600_000_000;

/** Pixels of a PNG of a drawing of this size. */
export const pixelsOf = ({ width, height }: Size, scale: number): Size => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

export interface Figures {
  /** How large a figure would be, px of the drawing; null while there is nothing to draw. */
  size(request: FigureRequest): Size | null;
  /** SVG as text, PNG as bytes. */
  make(request: FigureRequest): Promise<string | Uint8Array>;
}
