import { dimMul, type Dim } from '../ir/dim';
import type { DType } from '../ir/types';
import { t } from '../l10n/l10n';
import { call, elementFormula, number, plain, product, sameType } from './activation';
import { finite } from './arithmetic';
import { contentsOf, isWhole } from './contents';
import { tensor, type Expr } from './formula';
import { shapeOf, tensorType } from './operands';
import type { Contents, OpDef, TypedContext } from './operator';

/** Applies `compute` to every element. */
export function evaluateUnary(ctx: TypedContext, compute: (x: Dim) => Dim): readonly (Contents | null)[] {
  const x = ctx.inputs[0]?.contents;
  if (!x) return [null];
  return [
    contentsOf(
      ctx.outputs[0]?.dtype ?? x.dtype,
      x.shape,
      x.values.map((v) => finite(compute(v))),
    ),
  ];
}

interface Unary {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** Of a known number; symbols become unknown unless `symbols` says otherwise. */
  readonly compute?: (x: number) => number;
  /** Symbols stay what they are: rounding a whole number. */
  readonly keepsSymbols?: boolean;
  readonly right?: (x: Expr) => Expr;
  readonly result?: DType;
}

function unary({ name, title, summary, compute, keepsSymbols, right, result }: Unary): OpDef {
  return {
    name,
    family: 'join',
    title,
    summary,
    inputs: [{ name: 'X' }],
    types: (ctx) => (result ? [tensorType(result, shapeOf(ctx, 0))] : sameType(ctx)),
    ...(compute && {
      evaluate: (ctx: TypedContext) =>
        evaluateUnary(ctx, (x) => (typeof x === 'number' ? compute(x) : keepsSymbols ? x : null)),
    }),
    formula: (ctx) =>
      elementFormula(ctx.outputs[0]?.shape, (names) => {
        const x = tensor('X', ...names);
        return right ? right(x) : call(title.toLowerCase(), x);
      }),
  };
}

const fn = (name: string) => (x: Expr) => call(name, x);

/** Half to even, as ONNX rounds. */
function roundEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (rest !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

const abs = unary({
  name: 'Abs',
  title: t('Absolute value'),
  summary: t('The size of every value without its sign.'),
  compute: Math.abs,
  keepsSymbols: true,
  right: fn('abs'),
});

const neg: OpDef = {
  ...unary({
    name: 'Neg',
    title: t('Negate'),
    summary: t('Turns the sign of every value.'),
    right: (x) => product(number(-1), x),
  }),
  evaluate: (ctx) => evaluateUnary(ctx, (x) => dimMul(x, -1)),
};

const floor = unary({
  name: 'Floor',
  title: t('Floor'),
  summary: t('Rounds every value down.'),
  compute: Math.floor,
  keepsSymbols: true,
});

const ceil = unary({
  name: 'Ceil',
  title: t('Ceil'),
  summary: t('Rounds every value up.'),
  compute: Math.ceil,
  keepsSymbols: true,
});

const round = unary({
  name: 'Round',
  title: t('Round'),
  summary: t('Rounds every value to the nearest whole number, halves to the even one.'),
  compute: roundEven,
  keepsSymbols: true,
});

const sqrt = unary({
  name: 'Sqrt',
  title: t('Square root'),
  summary: t('The square root of every value.'),
  compute: Math.sqrt,
  right: (of) => ({ kind: 'root', of }),
});

const reciprocal = unary({
  name: 'Reciprocal',
  title: 'Reciprocal',
  summary: t('1 divided by every value.'),
  compute: (x) => 1 / x,
  right: (x) => ({ kind: 'fraction', above: number(1), below: x }),
});

const exp = unary({
  name: 'Exp',
  title: t('Exponential'),
  summary: t('e to the power of every value.'),
  compute: Math.exp,
  right: fn('exp'),
});

const log = unary({
  name: 'Log',
  title: t('Logarithm'),
  summary: t('The natural logarithm of every value.'),
  compute: Math.log,
  right: fn('log'),
});

const sign = unary({
  name: 'Sign',
  title: t('Sign'),
  summary: t('1, 0 or −1: the sign of every value.'),
  compute: Math.sign,
});

const erf = unary({
  name: 'Erf',
  title: t('Error function'),
  summary: t('The Gaussian error function; half of an unfolded GELU.'),
  right: fn('erf'),
});

/** Rarely in convolutional nets, but cheap to know: all are the function their name says. */
const trigonometric: readonly (readonly [string, string, (x: number) => number])[] = [
  ['Sin', t('Sine'), Math.sin],
  ['Cos', t('Cosine'), Math.cos],
  ['Tan', t('Tangent'), Math.tan],
  ['Asin', t('Arc sine'), Math.asin],
  ['Acos', t('Arc cosine'), Math.acos],
  ['Atan', t('Arc tangent'), Math.atan],
  ['Sinh', t('Hyperbolic sine'), Math.sinh],
  ['Cosh', t('Hyperbolic cosine'), Math.cosh],
  ['Asinh', t('Inverse hyperbolic sine'), Math.asinh],
  ['Acosh', t('Inverse hyperbolic cosine'), Math.acosh],
  ['Atanh', t('Inverse hyperbolic tangent'), Math.atanh],
];

const trigonometry: readonly OpDef[] = trigonometric.map(([name, title, compute]) =>
  unary({
    name,
    title,
    summary: t('The {0} of every value.', title.toLowerCase()),
    compute,
    right: fn(name.toLowerCase()),
  }),
);

const isNaN = unary({
  name: 'IsNaN',
  title: 'Is NaN',
  summary: t('True where a value is not a number.'),
  result: 'bool',
});

const isInf = unary({
  name: 'IsInf',
  title: t('Is infinite'),
  summary: t('True where a value is infinite.'),
  result: 'bool',
});

const not = unary({
  name: 'Not',
  title: t('Not'),
  summary: t('Turns true into false and false into true.'),
  compute: (x) => (x ? 0 : 1),
  right: (x) => call('¬', x),
  result: 'bool',
});

const bitwiseNot = unary({
  name: 'BitwiseNot',
  title: t('Bitwise not'),
  summary: t('Inverts every bit of every value.'),
});

/** Removed from ONNX before 1.0, still in the first files of converters: `alpha·x + beta`. */
const affine = unary({
  name: 'Affine',
  title: 'Affine',
  summary: t('Multiplies every value by one number and adds another.'),
});

const shrink: OpDef = {
  ...unary({
    name: 'Shrink',
    title: 'Shrink',
    summary: t('Pulls values towards 0 and replaces small ones by 0.'),
  }),
  family: 'activation',
  activation(ctx) {
    const [bias, limit] = [ctx.attrs.float('bias', 0), ctx.attrs.float('lambd', 0.5)];
    const moved = bias ? `· ∓ ${plain(bias)}` : '·';
    return t('{0} where |·| > {1}, else 0', moved, plain(limit));
  },
};

/** Contents of a value after it became another type. */
export function castTo(x: Dim, dtype: DType): Dim {
  if (typeof x !== 'number') return dtype === 'bool' ? null : x;
  if (dtype === 'bool') return x ? 1 : 0;
  return isWhole(dtype) ? Math.trunc(x) : x;
}

export const unaryOperators: readonly OpDef[] = [
  abs,
  affine,
  bitwiseNot,
  ceil,
  erf,
  exp,
  floor,
  isInf,
  isNaN,
  log,
  neg,
  not,
  reciprocal,
  round,
  shrink,
  sign,
  sqrt,
  ...trigonometry,
];
