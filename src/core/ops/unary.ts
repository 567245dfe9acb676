import { dimMul, type Dim } from '../ir/dim';
import type { DType } from '../ir/types';
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
  title: 'Absolute value',
  summary: 'The size of every value without its sign.',
  compute: Math.abs,
  keepsSymbols: true,
  right: fn('abs'),
});

const neg: OpDef = {
  ...unary({
    name: 'Neg',
    title: 'Negate',
    summary: 'Turns the sign of every value.',
    right: (x) => product(number(-1), x),
  }),
  evaluate: (ctx) => evaluateUnary(ctx, (x) => dimMul(x, -1)),
};

const floor = unary({
  name: 'Floor',
  title: 'Floor',
  summary: 'Rounds every value down.',
  compute: Math.floor,
  keepsSymbols: true,
});

const ceil = unary({
  name: 'Ceil',
  title: 'Ceil',
  summary: 'Rounds every value up.',
  compute: Math.ceil,
  keepsSymbols: true,
});

const round = unary({
  name: 'Round',
  title: 'Round',
  summary: 'Rounds every value to the nearest whole number, halves to the even one.',
  compute: roundEven,
  keepsSymbols: true,
});

const sqrt = unary({
  name: 'Sqrt',
  title: 'Square root',
  summary: 'The square root of every value.',
  compute: Math.sqrt,
  right: (of) => ({ kind: 'root', of }),
});

const reciprocal = unary({
  name: 'Reciprocal',
  title: 'Reciprocal',
  summary: '1 divided by every value.',
  compute: (x) => 1 / x,
  right: (x) => ({ kind: 'fraction', above: number(1), below: x }),
});

const exp = unary({
  name: 'Exp',
  title: 'Exponential',
  summary: 'e to the power of every value.',
  compute: Math.exp,
  right: fn('exp'),
});

const log = unary({
  name: 'Log',
  title: 'Logarithm',
  summary: 'The natural logarithm of every value.',
  compute: Math.log,
  right: fn('log'),
});

const sign = unary({
  name: 'Sign',
  title: 'Sign',
  summary: '1, 0 or −1: the sign of every value.',
  compute: Math.sign,
});

const erf = unary({
  name: 'Erf',
  title: 'Error function',
  summary: 'The Gaussian error function; half of an unfolded GELU.',
  right: fn('erf'),
});

/** Rarely in convolutional nets, but cheap to know: all are the function their name says. */
const trigonometric: readonly (readonly [string, string, (x: number) => number])[] = [
  ['Sin', 'Sine', Math.sin],
  ['Cos', 'Cosine', Math.cos],
  ['Tan', 'Tangent', Math.tan],
  ['Asin', 'Arc sine', Math.asin],
  ['Acos', 'Arc cosine', Math.acos],
  ['Atan', 'Arc tangent', Math.atan],
  ['Sinh', 'Hyperbolic sine', Math.sinh],
  ['Cosh', 'Hyperbolic cosine', Math.cosh],
  ['Asinh', 'Inverse hyperbolic sine', Math.asinh],
  ['Acosh', 'Inverse hyperbolic cosine', Math.acosh],
  ['Atanh', 'Inverse hyperbolic tangent', Math.atanh],
];

const trigonometry: readonly OpDef[] = trigonometric.map(([name, title, compute]) =>
  unary({ name, title, summary: `The ${title.toLowerCase()} of every value.`, compute, right: fn(name.toLowerCase()) }),
);

const isNaN = unary({
  name: 'IsNaN',
  title: 'Is NaN',
  summary: 'True where a value is not a number.',
  result: 'bool',
});

const isInf = unary({
  name: 'IsInf',
  title: 'Is infinite',
  summary: 'True where a value is infinite.',
  result: 'bool',
});

const not = unary({
  name: 'Not',
  title: 'Not',
  summary: 'Turns true into false and false into true.',
  compute: (x) => (x ? 0 : 1),
  right: (x) => call('¬', x),
  result: 'bool',
});

const bitwiseNot = unary({
  name: 'BitwiseNot',
  title: 'Bitwise not',
  summary: 'Inverts every bit of every value.',
});

/** Removed from ONNX before 1.0, still in the first files of converters: `alpha·x + beta`. */
const affine = unary({
  name: 'Affine',
  title: 'Affine',
  summary: 'Multiplies every value by one number and adds another.',
});

const shrink: OpDef = {
  ...unary({
    name: 'Shrink',
    title: 'Shrink',
    summary: 'Pulls values towards 0 and replaces small ones by 0.',
  }),
  family: 'activation',
  activation(ctx) {
    const [bias, limit] = [ctx.attrs.float('bias', 0), ctx.attrs.float('lambd', 0.5)];
    const moved = bias ? `· ∓ ${plain(bias)}` : '·';
    return `${moved} where |·| > ${plain(limit)}, else 0`;
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
