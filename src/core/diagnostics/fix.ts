import type { Diagnostic, Span } from './diagnostic';

/** A change of a text: what stands at `span` gives way to `text`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** A way out of a problem: what it does, in words, and the edits that do it. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** A problem in a text that ConvLens knows remedies for, the likeliest first. */
export interface FixableDiagnostic extends Diagnostic {
  readonly fixes?: readonly Fix[];
}
