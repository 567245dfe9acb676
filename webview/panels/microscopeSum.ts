/** The arithmetic below the middle, written as on paper, and what the runtime says to it. */
import type { Agreement } from '../../src/core/explain/agreement';
import type { Step } from '../../src/core/explain/explanation';
import { t } from '../../src/core/l10n/l10n';
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
    return last && next ? { ...step, label: t('before {0}', nameOf(next)) } : step;
  });
  const more = after.flatMap((one) => {
    const steps = one.continues ? one.explanation.steps.slice(1) : one.explanation.steps;
    return steps.map((step, i): Step => {
      if (i < steps.length - 1) return step;
      return { ...step, label: one.activation === null ? t('after {0}', one.title) : `g = ${one.activation}` };
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
    common === null && outcome !== null
      ? [{ label: t('the runtime has'), sign: '', value: outcome, result: true }]
      : [];
  const lines = [...steps, ...said].map((step, i, all): Line => {
    const final = i === all.length - 1;
    return { ...step, final, value: final && outcome !== null ? outcome : step.value };
  });
  return { lines, decimals: common ?? most, cut: common !== null && common < most };
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['float64', t('double precision')],
  ['float32', t('single precision')],
  ['float16', t('half precision')],
]);
const typeWords = (dtype: string): string => TYPES.get(dtype) ?? dtype;

function verdict({ kind, difference }: Agreement, cut: boolean, dtype: string): string {
  const [apart, type] = [valueText(difference), typeWords(dtype)];
  if (kind === 'equal') return t('worked out here: the same {0} number', type);
  if (kind === 'different') return t('worked out here {0} apart, more than rounding explains', apart);
  return cut
    ? t('worked out here {0} apart, in digits not shown: {1} rounds on the way', apart, type)
    : t('worked out here {0} apart: {1} rounds on the way', apart, type);
}

/** `The runtime says 106.63 before g, as float16: …`. */
export function runtimeLine(answer: UnitAnswer, { decimals, cut }: Arithmetic): HTMLElement {
  const { runtime, agreement, output, after } = answer;
  if (runtime === null || !agreement) {
    const text = t('The runtime does not give this value out: the result is the one worked out here.');
    return el('p', { class: 'mic-runtime', text });
  }
  const [next] = after;
  const worst = [agreement, ...after.map((one) => one.agreement)].find((one) => one?.kind === 'different') ?? agreement;
  const words = verdict(worst, cut, output.dtype);
  const said = lineText(runtime, decimals);
  return el('p', {
    class: worst.kind === 'different' ? 'mic-runtime different' : 'mic-runtime',
    text: next
      ? t('The runtime says {0} before {1}, as {2}; {3}.', said, nameOf(next), output.dtype, words)
      : t('The runtime says {0}, as {1}; {2}.', said, output.dtype, words),
    attrs: { 'data-testid': 'microscope-runtime', 'data-agreement': worst.kind },
  });
}
