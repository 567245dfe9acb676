import type { Dim } from '../ir/dim';
import type { Expr, Formula } from './formula';
import { tensor } from './formula';
import { letters, rangesOf } from './letters';
import { typeOf } from './operands';
import type { OpContext, OpDef, Port, TypedContext } from './operator';

/** Numbers as a formula writes them: `0.01`, not `0.009999999776482582` (attributes are float32). What is none is said in words. */
export function plain(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return (Number.isFinite(value) ? String(Number(value.toPrecision(7))) : value < 0 ? '-∞' : '∞').replace('-', '−');
}

/** A factor before something else; 1 is not written. */
export const factor = (value: number): string => (value === 1 ? '' : `${plain(value)} `);

export const number = (value: number): Expr =>
  Number.isFinite(value)
    ? { kind: 'number', value: Number(value.toPrecision(7)) }
    : { kind: 'symbol', text: plain(value) };
export const call = (fn: string, ...args: readonly Expr[]): Expr => ({ kind: 'call', fn, args });
export const relation = (sign: string, left: Expr, right: Expr): Expr => ({ kind: 'relation', sign, left, right });
export const sum = (...terms: readonly Expr[]): Expr => ({ kind: 'sum', terms });
export const product = (...factors: readonly Expr[]): Expr => ({ kind: 'product', factors });
export const fraction = (above: Expr, below: Expr): Expr => ({ kind: 'fraction', above, below });
export const power = (base: Expr, exponent: Expr): Expr => ({ kind: 'power', base, exponent });

/** `Y[b, k, y, x] = right`, with the ranges of the output's axes. */
export function elementFormula(
  shape: readonly Dim[] | null | undefined,
  right: (names: readonly string[]) => Expr,
  notes: readonly string[] = [],
): Formula | null {
  if (!shape) return null;
  const names = letters(shape.length);
  return { left: tensor('Y', ...names), right: right(names), ranges: rangesOf(names, shape), notes };
}

/** An operator with one input whose output has the same type, element by element. */
export const sameType = (ctx: OpContext) => [typeOf(ctx, 0)] as const;

interface ActivationOptions {
  readonly domain?: string;
  readonly inputs?: readonly Port[];
  /** The right-hand side with `x` for the element; left out: `g(X[…])` with the activation's text as a note. */
  readonly right?: (x: Expr, ctx: TypedContext) => Expr;
  readonly notes?: (ctx: TypedContext) => readonly string[];
  readonly label?: (ctx: TypedContext) => readonly string[];
}

/** An elementwise activation: the only thing that differs is how g is written. */
export function activation(
  name: string,
  title: string,
  summary: string,
  text: (ctx: TypedContext) => string,
  options: ActivationOptions = {},
): OpDef {
  const { right, notes, label } = options;
  return {
    name,
    ...(options.domain !== undefined && { domain: options.domain }),
    family: 'activation',
    title,
    summary,
    inputs: options.inputs ?? [{ name: 'X' }],
    types: sameType,
    ...(label && { label }),
    activation: text,
    formula: (ctx) =>
      elementFormula(
        ctx.outputs[0]?.shape,
        (names) => {
          const x = tensor('X', ...names);
          return right ? right(x, ctx) : call('g', x);
        },
        right ? (notes?.(ctx) ?? []) : [`g(x) = ${text(ctx).replaceAll('·', 'x')}`, ...(notes?.(ctx) ?? [])],
      ),
  };
}
