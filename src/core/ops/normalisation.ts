import { elementFormula } from './activation';
import { type Dependence, pointwise } from './dependence';
import type { Expr, Formula } from './formula';
import { given, shapeOf } from './operands';
import type { OpContext, TypedContext } from './operator';

/** Data runs through point by point (statistics over the picture are no receptive field of a unit's own); the rest are weights. */
export function firstInputPointwise(
  ctx: OpContext,
  inputs: number,
  outputs = 1,
): readonly (readonly (Dependence | null)[])[] {
  const rank = shapeOf(ctx, 0)?.length ?? 0;
  const row = Array.from({ length: inputs }, (_, i) => (i === 0 ? pointwise(rank, rank) : null));
  const none = row.map(() => null);
  return Array.from({ length: outputs }, (_, i) => (i === 0 ? row : none));
}

const symbol = (text: string): Expr => ({ kind: 'symbol', text });

/** `γ · (X − μ) / √(σ² + ε) + β`, each with the index of the axis it belongs to. */
export function normalised(
  ctx: TypedContext,
  options: {
    readonly x: (names: readonly string[]) => Expr;
    readonly mean: ((names: readonly string[]) => Expr) | null;
    readonly variance: (names: readonly string[]) => Expr;
    readonly gain: (names: readonly string[]) => Expr;
    readonly bias: ((names: readonly string[]) => Expr) | null;
    readonly biasInput: number;
    readonly epsilon: number;
    readonly notes: readonly string[];
  },
): Formula | null {
  const epsilon = symbol(String(Number(ctx.attrs.float('epsilon', options.epsilon).toPrecision(7))));
  return elementFormula(
    ctx.outputs[0]?.shape,
    (names) => {
      const x = options.x(names);
      const above: Expr = options.mean ? { kind: 'difference', left: x, right: options.mean(names) } : x;
      const below: Expr = { kind: 'root', of: { kind: 'sum', terms: [options.variance(names), epsilon] } };
      const scaled: Expr = {
        kind: 'product',
        factors: [options.gain(names), { kind: 'fraction', above, below }],
      };
      const bias = options.bias && given(ctx, options.biasInput) ? options.bias(names) : null;
      return bias ? { kind: 'sum', terms: [scaled, bias] } : scaled;
    },
    options.notes,
  );
}
