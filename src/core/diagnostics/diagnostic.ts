/** Problems are values: they travel beside the result, never instead of it. */
export type Severity = 'error' | 'warning' | 'info';

/** Half-open byte (or character) range `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Location =
  | { readonly kind: 'bytes'; readonly span: Span }
  /** `line` and `column`, from 1, where whoever reads the text can count them for those who cannot. */
  | { readonly kind: 'text'; readonly span: Span; readonly line?: number; readonly column?: number }
  | { readonly kind: 'derived'; readonly from: Location; readonly by: string };

export interface Diagnostic {
  /** Stable, `area/what`, e.g. `onnx/truncated`. */
  readonly code: string;
  readonly severity: Severity;
  /** Plain text: what, where, what can be done. May contain strings of the model: never render as HTML or Markdown. */
  readonly message: string;
  readonly location: Location | null;
  /** Index of the node in the main graph (file order), where there is one. */
  readonly node: number | null;
}

export interface Place {
  readonly location?: Location | null;
  readonly node?: number | null;
}

/** A model's names and shapes may be of any length; nobody reads more than this of them. */
const LONGEST = 2000;
const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST / 2)} … ${text.slice(-LONGEST / 4)}`;

/** Declares a kind of problem once, next to its producer; call the result like a function to make one. */
export function declare<A extends readonly unknown[]>(
  code: string,
  severity: Severity,
  text: (...args: A) => string,
): (place: Place, ...args: A) => Diagnostic {
  return (place, ...args) => ({
    code,
    severity,
    message: cut(text(...args)),
    location: place.location ?? null,
    node: place.node ?? null,
  });
}

/** Thrown by nothing but a signal check; caught at the session. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}
