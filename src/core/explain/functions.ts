/** Elementwise functions by their operator, in double precision. */
import type { UnitContext } from './unitContext';

type Attributes = Pick<UnitContext, 'attrs'>['attrs'];
type Elementwise = (x: number, attrs: Attributes) => number;

/** erf by its series near 0 and the continued fraction of erfc beyond; to about 1e−15. Abramowitz, Stegun 7.1.5 and 7.1.14. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 3) {
    let [term, sum] = [x, x];
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (-x * x) / n;
      sum += term / (2 * n + 1);
    }
    return (2 / Math.sqrt(Math.PI)) * sum;
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (size + fraction);
  return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction));
}

const sigmoid: Elementwise = (x) => 1 / (1 + Math.exp(-x));
const softplus: Elementwise = (x) => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));
const exactGelu: Elementwise = (x) => (x / 2) * (1 + erf(x / Math.SQRT2));
const tanhGelu: Elementwise = (x) => (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const between = (x: number, low: number, high: number): number => Math.min(high, Math.max(low, x));

/** Half-way cases go to the even neighbour. */
export function roundEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

function shrink(x: number, attrs: Attributes): number {
  const [bias, limit] = [attrs.float('bias', 0), attrs.float('lambd', 0.5)];
  if (x < -limit) return x + bias;
  return x > limit ? x - bias : 0;
}

/** Domain and operator; Clip and PRelu, which have more inputs, are not among them. */
export const functions: ReadonlyMap<string, Elementwise> = new Map<string, Elementwise>([
  [':Abs', Math.abs],
  [':Ceil', Math.ceil],
  [':Celu', (x, a) => Math.max(0, x) + Math.min(0, a.float('alpha', 1) * Math.expm1(x / a.float('alpha', 1)))],
  [':Elu', (x, a) => (x > 0 ? x : a.float('alpha', 1) * Math.expm1(x))],
  [':Erf', erf],
  [':Exp', Math.exp],
  [':Floor', Math.floor],
  [':Gelu', (x, a) => (a.string('approximate', 'none') === 'tanh' ? tanhGelu(x, a) : exactGelu(x, a))],
  [':HardSigmoid', (x, a) => between(a.float('alpha', 0.2) * x + a.float('beta', 0.5), 0, 1)],
  [':HardSwish', (x) => x * between(x / 6 + 0.5, 0, 1)],
  [':LeakyRelu', (x, a) => (x > 0 ? x : a.float('alpha', 0.01) * x)],
  [':Log', Math.log],
  [':Mish', (x, a) => x * Math.tanh(softplus(x, a))],
  [':Neg', (x) => 0 - x],
  [':Reciprocal', (x) => 1 / x],
  [':Relu', (x) => Math.max(0, x)],
  [':Round', roundEven],
  [':ScaledTanh', (x, a) => a.float('alpha', 1) * Math.tanh(a.float('beta', 1) * x)],
  [
    ':Selu',
    (x, a) => a.float('gamma', 1.0507009873554805) * (x > 0 ? x : a.float('alpha', 1.6732632423543772) * Math.expm1(x)),
  ],
  [':Shrink', shrink],
  [':Sigmoid', sigmoid],
  [':Sign', Math.sign],
  [':Softplus', softplus],
  [':Softsign', (x) => x / (1 + Math.abs(x))],
  [':Sqrt', Math.sqrt],
  [':Swish', (x, a) => x * sigmoid(a.float('alpha', 1) * x, a)],
  [':Tanh', Math.tanh],
  [':ThresholdedRelu', (x, a) => (x > a.float('alpha', 1) ? x : 0)],
  ['com.microsoft:Gelu', exactGelu],
  ['com.microsoft:QuickGelu', (x, a) => x * sigmoid(a.float('alpha', 1.702) * x, a)],
]);
