import type { Dim } from '../ir/dim';

/**
 * A layer's formula in index (Einstein) notation: an index that appears twice on the right and not on the left is summed over.
 * `A[i, j]` is an element, `A[i, J]` a row, `A[I, J]` the whole. Plain data; rendered as MathML, text and LaTeX by core/view.
 */
export interface Formula {
  /** Usually `Y[b, k, y, x]`. */
  readonly left: TensorTerm;
  readonly right: Expr;
  readonly ranges: readonly IndexRange[];
  /** "outside the border X is 0", "ties: the first wins". */
  readonly notes: readonly string[];
}

export interface IndexRange {
  /** Letters that share the range: `['y', 'x']` when height and width are equal. */
  readonly letters: readonly string[];
  /** Number of values: the index runs from 0 to `count − 1`. */
  readonly count: Dim;
  readonly summed: boolean;
}

export interface TensorTerm {
  readonly kind: 'tensor';
  /** `X`, `W`, `β`. */
  readonly name: string;
  readonly indices: readonly Index[];
}

/** `factor·letter` terms plus a constant: `2y + u − 1`. A capital letter without factor stands for the whole axis. */
export interface Index {
  readonly terms: readonly { readonly letter: string; readonly factor: number }[];
  readonly constant: number;
  /** ⌊(…)/divisor⌋ when not 1. */
  readonly divisor: number;
}

export type Expr =
  | TensorTerm
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly text: string }
  /** Added up in the order given. */
  | { readonly kind: 'sum'; readonly terms: readonly Expr[] }
  | { readonly kind: 'difference'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'product'; readonly factors: readonly Expr[] }
  | { readonly kind: 'fraction'; readonly above: Expr; readonly below: Expr }
  | { readonly kind: 'power'; readonly base: Expr; readonly exponent: Expr }
  | { readonly kind: 'root'; readonly of: Expr }
  /** `A > B`, `A ∧ B`: written in brackets, so that no sign is taken for that between the two sides of the formula. */
  | { readonly kind: 'relation'; readonly sign: string; readonly left: Expr; readonly right: Expr }
  /** `g(…)`, `exp(…)`, `max(…)`. */
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Expr[] }
  /** max over u, v of …; mean over …; Σ over …: an operator with letters underneath. */
  | {
      readonly kind: 'over';
      readonly fn: 'max' | 'min' | 'mean' | 'Σ' | '∏';
      readonly letters: readonly string[];
      readonly of: Expr;
    };

export const at = (letter: string, factor = 1, constant = 0): Index => ({
  terms: [{ letter, factor }],
  constant,
  divisor: 1,
});
export const tensor = (name: string, ...indices: readonly (Index | string)[]): TensorTerm => ({
  kind: 'tensor',
  name,
  indices: indices.map((i) => (typeof i === 'string' ? at(i) : i)),
});
/** `stride·out + dilation·k − pad`. */
export const slid = (out: string, stride: number, k: string, dilation: number, pad: number): Index => ({
  terms: [
    { letter: out, factor: stride },
    { letter: k, factor: dilation },
  ],
  constant: -pad,
  divisor: 1,
});
