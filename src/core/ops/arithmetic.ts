import { dimAdd, dimEquals, dimFloorDiv, dimMod, dimMul, dimSub, type Dim } from '../ir/dim';
import type { DType, TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { elementFormula, fraction, plain, power, number } from './activation';
import { broadcastPosition, broadcastShapes } from './broadcast';
import { contentsOf, followedShape, isWhole, positions } from './contents';
import { exactRatio } from './exact';
import { tensor, type Expr } from './formula';
import { broadcastLetters } from './letters';
import { dtypeOf, given, numbersOf, shapeOf, tensorType } from './operands';
import type { Contents, OpContext, OpDef, ParameterRole, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { shapeText } from './shapeProblems';

/**
 * The shape two operands are broadcast to. Before opset 7 the second one was laid along the first from `axis` on, if `broadcast` was set;
 * the result then always has the first one's shape.
 */
function binaryShape(ctx: OpContext): readonly Dim[] | null {
  const [a, b] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  if (ctx.opset < 7 && ctx.attrs.int('broadcast', 0) === 1) return a;
  if (!a || !b) return null;
  const misfit = t('the shapes {0} and {1} do not fit together', shapeText(a), shapeText(b));
  return broadcastShapes([a, b]) ?? refuse(ctx, mismatch, misfit);
}

export type Compute = (a: Dim, b: Dim, whole: boolean) => Dim;

/** Applies `compute` to the elements of two broadcast operands. */
export function evaluateBinary(ctx: TypedContext, compute: Compute): readonly (Contents | null)[] {
  const [a, b] = [ctx.inputs[0]?.contents, ctx.inputs[1]?.contents];
  const shape = followedShape(ctx);
  if (!a || !b || !shape || (ctx.opset < 7 && ctx.attrs.has('axis'))) return [null];
  const whole = isWhole(a.dtype);
  const values = positions(shape).map((index) => {
    const x = a.values[broadcastPosition(index, shape, a.shape)] ?? null;
    const y = b.values[broadcastPosition(index, shape, b.shape)] ?? null;
    return finite(compute(x, y, whole));
  });
  return [contentsOf(ctx.outputs[0]?.dtype ?? a.dtype, shape, values)];
}

/** A number that is none (0/0, an overflow) counts as unknown. */
export const finite = (d: Dim): Dim => (typeof d === 'number' && !Number.isFinite(d) ? null : d);

/** The right-hand side of a binary operator's formula; constants of one element are written as numbers. */
export function binaryFormula(
  ctx: TypedContext,
  combine: (a: Expr, b: Expr) => Expr,
): ReturnType<typeof elementFormula> {
  const shape = ctx.outputs[0]?.shape;
  if (!shape) return null;
  const side = (input: number, name: string): Expr => {
    const from = shapeOf(ctx, input) ?? shape;
    const numbers = numbersOf(ctx, input);
    if (numbers?.length === 1) return number(numbers[0] ?? 0);
    const indices = broadcastLetters(from, shape).map((letter) =>
      typeof letter === 'number' ? { terms: [], constant: 0, divisor: 1 } : letter,
    );
    return tensor(name, ...indices);
  };
  return elementFormula(shape, () => combine(side(0, 'A'), side(1, 'B')));
}

/** `+ 0.5`, `× 2`: the constant operand of one element says more than any size. */
function constantLabel(ctx: TypedContext, sign: string): readonly string[] {
  const at = [0, 1].find((i) => ctx.inputs[i]?.constant && numbersOf(ctx, i)?.length === 1);
  return at === undefined ? [] : [`${sign} ${plain(numbersOf(ctx, at)?.[0] ?? 0)}`];
}

interface Binary {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly sign: string;
  readonly compute: Compute;
  readonly combine: (a: Expr, b: Expr) => Expr;
  readonly parameter?: ParameterRole;
  readonly result?: (ctx: OpContext) => DType;
}

export function binaryTypes(ctx: OpContext, result?: (ctx: OpContext) => DType): readonly (TensorType | null)[] {
  if (!given(ctx, 0)) return [null];
  return [tensorType(result ? result(ctx) : dtypeOf(ctx, 0), binaryShape(ctx))];
}

function binary({ name, title, summary, sign, compute, combine, parameter, result }: Binary): OpDef {
  const port = (portName: string) => (parameter ? { name: portName, parameter } : { name: portName });
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [port('A'), port('B')],
    types: (ctx) => binaryTypes(ctx, result),
    evaluate: (ctx) => evaluateBinary(ctx, compute),
    label: (ctx) => constantLabel(ctx, sign),
    formula: (ctx) => binaryFormula(ctx, combine),
  };
}

const add = binary({
  name: 'Add',
  title: t('Add'),
  summary: t('Adds two tensors element by element: the joint of a skip connection.'),
  sign: '+',
  compute: dimAdd,
  combine: (a, b) => ({ kind: 'sum', terms: [a, b] }),
  parameter: 'elementwise_const',
});

const sub = binary({
  name: 'Sub',
  title: t('Subtract'),
  summary: t('Subtracts the second tensor from the first, element by element.'),
  sign: '−',
  compute: dimSub,
  combine: (left, right) => ({ kind: 'difference', left, right }),
  parameter: 'elementwise_const',
});

const isSymbol = (d: Dim): boolean => d !== null && typeof d !== 'number';

const mul = binary({
  name: 'Mul',
  title: t('Multiply'),
  summary: t('Multiplies two tensors element by element: scaling, gating, attention over channels.'),
  sign: '×',
  // A symbol times a fraction is no extent any more.
  compute(a, b, whole) {
    const fractional = [a, b].some((d) => typeof d === 'number' && !Number.isInteger(d));
    return !whole && fractional && (isSymbol(a) || isSymbol(b)) ? null : dimMul(a, b);
  },
  combine: (a, b) => ({ kind: 'product', factors: [a, b] }),
  parameter: 'elementwise_const',
});

/** Whole numbers are divided towards zero, as C does; a quotient of symbols only where it is a number or comes out even. */
function divide(a: Dim, b: Dim, whole: boolean): Dim {
  if (b === 0) return null;
  if (typeof a === 'number' && typeof b === 'number') return whole ? Math.trunc(a / b) : a / b;
  const ratio = exactRatio(a, b);
  if (ratio !== null) return whole ? Math.trunc(ratio) : ratio;
  if (typeof b === 'number' && b < 0) return null;
  const quotient = dimFloorDiv(a, b);
  return whole || dimEquals(dimMul(quotient, b), a) ? quotient : null;
}

const div = binary({
  name: 'Div',
  title: t('Divide'),
  summary: t('Divides the first tensor by the second, element by element.'),
  sign: '÷',
  compute: divide,
  combine: fraction,
  parameter: 'elementwise_const',
});

const pow = binary({
  name: 'Pow',
  title: t('Power'),
  summary: t('Raises every element to a power.'),
  sign: '^',
  compute(a, b, whole) {
    if (b === 1) return a;
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    return whole ? Math.trunc(a ** b) : a ** b;
  },
  combine: power,
});

const mod: OpDef = {
  ...binary({
    name: 'Mod',
    title: t('Remainder'),
    summary: t('The remainder of a division, element by element.'),
    sign: 'mod',
    compute: dimMod,
    combine: (a, b) => ({ kind: 'call', fn: 'mod', args: [a, b] }),
  }),
  // With `fmod` the remainder takes the sign of the dividend, as C does, else that of the divisor.
  evaluate: (ctx) =>
    evaluateBinary(ctx, (a, b) => {
      const bothNumbers = typeof a === 'number' && typeof b === 'number';
      return ctx.attrs.int('fmod', 0) === 1 && bothNumbers ? a % b : dimMod(a, b);
    }),
};

export const arithmetic: readonly OpDef[] = [add, div, mod, mul, pow, sub];
