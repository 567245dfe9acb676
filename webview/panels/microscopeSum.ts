/** The arithmetic below the middle, written as on paper, and what the runtime says to it. */
import type { Agreement } from '../../src/core/explain/agreement';
import type { Step } from '../../src/core/explain/explanation';
import type { After, UnitAnswer } from '../state/lens';
import { el } from '../ui/dom';
import { commonDecimals, decimalsOf, lineText } from './microscopeText';
import { valueText } from './valueText';

export interface Line extends Step {
  readonly final: boolean;
}

export interface Arithmetic {
  readonly lines: readonly Line[];
  readonly decimals: number;
  /** Digits were left off because rounding made the last ones differ. */
  readonly cut: boolean;
}

/** What leaves the layer's box: worked out here, and by the runtime. */
export interface Outcome {
  readonly value: number;
  readonly runtime: number | null;
  readonly agreement: Agreement | null;
}

export function outcomeOf({ after, explanation, runtime, agreement }: UnitAnswer): Outcome {
  const last = after.at(-1);
  return last
    ? { value: last.explanation.value, runtime: last.runtime, agreement: last.agreement }
    : { value: explanation.value, runtime, agreement };
}

const isWhole = (dtype: string): boolean => dtype.includes('int');

const nameOf = ({ activation, title }: After): string => (activation === null ? title : 'g');

function stepsOf(answer: UnitAnswer): readonly Step[] {
  const { explanation, after } = answer;
  const [next] = after;
  const own = explanation.steps.map((step, i): Step => {
    const last = i > 0 && i === explanation.steps.length - 1;
    return last && next ? { ...step, label: `before ${nameOf(next)}` } : step;
  });
  const more = after.flatMap((one) => {
    const steps = one.continues ? one.explanation.steps.slice(1) : one.explanation.steps;
    return steps.map((step, i): Step => {
      if (i < steps.length - 1) return step;
      return { ...step, label: one.activation === null ? `after ${one.title}` : `g = ${one.activation}` };
    });
  });
  return [...own, ...more];
}

/** All lines of the sum; the last one is what the runtime computed, under the one worked out here where the two read differently. */
export function arithmeticOf(answer: UnitAnswer): Arithmetic {
  const { explanation, after, runtime, output } = answer;
  const steps = stepsOf(answer);
  const found = [{ explanation, runtime }, ...after];
  const pairs = found.flatMap((one): [number, number][] =>
    one.runtime === null ? [] : [[one.explanation.value, one.runtime]],
  );
  const largest = Math.max(...steps.filter(({ result }) => result).map(({ value }) => Math.abs(value)), 0);
  // A small integer may be made of fractions: a scale, a number of steps.
  const broken = isWhole(output.dtype) && steps.some(({ value }) => !Number.isInteger(value));
  const most = broken ? 3 : decimalsOf(largest, output.dtype);
  const common = commonDecimals(pairs, most, largest);
  const outcome = outcomeOf(answer).runtime;
  const said: Step[] =
    common === null && outcome !== null ? [{ label: 'the runtime has', sign: '', value: outcome, result: true }] : [];
  const lines = [...steps, ...said].map((step, i, all): Line => {
    const final = i === all.length - 1;
    return { ...step, final, value: final && outcome !== null ? outcome : step.value };
  });
  return { lines, decimals: common ?? most, cut: common !== null && common < most };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['float64', 'double precision'],
  ['float32', 'single precision'],
  ['float16', 'half precision'],
]);
const typeWords = (dtype: string): string => TYPES.get(dtype) ?? dtype;

function verdict({ kind, difference }: Agreement, cut: boolean, dtype: string): string {
  if (kind === 'equal') return `worked out here: the same ${typeWords(dtype)} number`;
  const apart = `worked out here ${valueText(difference)} apart`;
  if (kind === 'different') return `${apart}, more than rounding explains`;
  return `${apart}${cut ? ', in digits not shown' : ''}: ${typeWords(dtype)} rounds on the way`;
}

/** `The runtime says 106.63 before g, as float16: …`. */
export function runtimeLine(answer: UnitAnswer, { decimals, cut }: Arithmetic): HTMLElement {
  const { runtime, agreement, output, after } = answer;
  if (runtime === null || !agreement) {
    const text = 'The runtime does not give this value out: the result is the one worked out here.';
    return el('p', { class: 'mic-runtime', text });
  }
  const [next] = after;
  const where = next ? ` before ${nameOf(next)}` : '';
  const worst = [agreement, ...after.map((one) => one.agreement)].find((one) => one?.kind === 'different') ?? agreement;
  const words = verdict(worst, cut, output.dtype);
  return el('p', {
    class: worst.kind === 'different' ? 'mic-runtime different' : 'mic-runtime',
    text: `The runtime says ${lineText(runtime, decimals)}${where}, as ${output.dtype}; ${words}.`,
    attrs: { 'data-testid': 'microscope-runtime', 'data-agreement': worst.kind },
  });
}
