/** Reads the text of an activation (`max(0, ·) + 0.01 min(0, ·)`) as the function it says, so that a test can compute with it. */

const erf = (x: number): number => {
  if (Math.abs(x) > 3.5) return Math.sign(x);
  // The Maclaurin series: enough for the small arguments of tests.
  let [sum, term] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= -(x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** JavaScript for a mathematician's line: roots, bars, powers, and products that are only written side by side. */
function script(text: string): string {
  const [then, other] = text.split(', else ');
  if (then !== undefined && other !== undefined && !then.includes('(· where')) {
    const [value = '0', condition = 'false'] = then.split(' where ');
    return `(${script(condition)}) ? (${script(value)}) : (${script(other)})`;
  }
  const inner = /^(.*)\(· where · > 0, else (.*)\)$/.exec(text);
  if (inner) return `(${script(inner[1] ?? '1')}) * (x > 0 ? x : (${script(inner[2] ?? '0')}))`;
  return text
    .replace(/−/g, '-')
    .replace(/·³/g, '(x**3)')
    .replace(/\|·\|/g, 'Math.abs(x)')
    .replace(/·/g, 'x')
    .replace(/√\(/g, 'Math.sqrt(')
    .replace(/√2/g, 'Math.sqrt(2)')
    .replace(/½ x \(/, '0.5 * x * (')
    .replace(/½/g, '0.5')
    .replace(/π/g, 'Math.PI')
    .replace(/ × /g, ' * ')
    .replace(/([\dx)]) (?=[a-zM(])/g, '$1 * ')
    .replace(/\b(max|min|exp|log|tanh)\(/g, 'Math.$1(');
}

export function activationOf(text: string): (x: number) => number {
  // The text is our own, made by the definitions under test.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const compute = new Function('x', 'erf', 'sigmoid', `return ${script(text)};`) as (
    x: number,
    e: typeof erf,
    s: typeof sigmoid,
  ) => number;
  return (x) => compute(x, erf, sigmoid);
}
