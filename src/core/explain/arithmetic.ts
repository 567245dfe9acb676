import { marked } from '../l10n/decimals';
import { t } from '../l10n/l10n';
import { arithmetic as defs } from '../ops/arithmetic';
import { broadcastPosition } from '../ops/broadcast';
import { subscript } from '../ops/concat';
import { variadicOperators } from '../ops/variadic';
import { placeOf } from './elements';
import { unexplained, type Element, type Explanation, type Step, type Unexplained } from './explanation';
import type { Explainer } from './explainer';
import type { UnitContext } from './unitContext';

type Sign = '+' | '−' | '×' | '÷';
const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ['Add', '+'],
  ['Sub', '−'],
  ['Mul', '×'],
  ['Div', '÷'],
]);

const isWhole = (dtype: string | undefined): boolean => dtype?.includes('int') ?? false;

/**
 * Position of the second operand: before opset 7 it was laid along the first from `axis` on (at the end where that is left out), since
 * then numpy's rule holds.
 */
function positionOf(ctx: UnitContext, place: readonly number[], input: number): number {
  const shape = ctx.shapes[input] ?? [];
  const axis = ctx.opset < 7 && ctx.attrs.int('broadcast', 0) === 1 ? ctx.attrs.int('axis') : undefined;
  if (input === 0 || axis === undefined) return broadcastPosition(place, ctx.shape, shape);
  const start = axis < 0 ? axis + place.length : axis;
  return broadcastPosition(place.slice(start, start + shape.length), shape, shape);
}

function operandsAt(
  ctx: UnitContext,
  place: readonly number[],
  inputs: Parameters<Explainer['explain']>[2],
  names: (input: number) => string,
): readonly Element[] | null {
  const found = inputs.map((elements, input): Element | null => {
    const shape = ctx.shapes[input];
    if (!elements || !shape) return null;
    const position = positionOf(ctx, place, input);
    return { name: names(input), index: placeOf(position, shape), value: elements.at(position) };
  });
  return found.every((element) => element !== null) ? found : null;
}

const words = ({ name, index }: Element): string => (index.length > 0 ? `${name}[${index.join(', ')}]` : name);

/** Value of a binary operator; whole numbers are divided towards zero, as runtimes do. */
function combine(sign: Sign, a: number, b: number, whole: boolean): number {
  if (sign === '+') return a + b;
  if (sign === '−') return a - b;
  if (sign === '×') return a * b;
  return whole ? Math.trunc(a / b) : a / b;
}

function explainBinary(
  ctx: UnitContext,
  place: readonly number[],
  inputs: Parameters<Explainer['explain']>[2],
): Explanation | Unexplained {
  const sign = SIGNS.get(ctx.node.op) ?? '+';
  const operands = operandsAt(ctx, place, inputs, (input) => (input === 0 ? 'A' : 'B'));
  const [a, b] = operands ?? [];
  if (!operands || !a || !b) return unexplained(t('An operand is missing.'));
  const value = combine(sign, a.value, b.value, isWhole(ctx.inputs[0]?.type?.dtype));
  const added = sign === '+' || sign === '−';
  const steps: Step[] = [
    { label: words(a), sign: '', value: a.value, result: false },
    { label: words(b), sign, value: b.value, result: false },
    { label: t('result'), sign: isWhole(ctx.inputs[0]?.type?.dtype) ? 'g' : '', value, result: true },
  ];
  const scale = added ? Math.abs(a.value) + Math.abs(b.value) : Math.abs(value);
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'operands', operands },
    steps,
    value,
    scale,
    terms: 2,
    notes: [],
  };
}

function explainPower(
  ctx: UnitContext,
  place: readonly number[],
  inputs: Parameters<Explainer['explain']>[2],
): Explanation | Unexplained {
  const operands = operandsAt(ctx, place, inputs, (input) => (input === 0 ? 'A' : 'B'));
  const [base, exponent] = operands ?? [];
  if (!operands || !base || !exponent) return unexplained(t('An operand is missing.'));
  const value = base.value ** exponent.value;
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'operands', operands },
    steps: [
      { label: words(base), sign: '', value: base.value, result: false },
      {
        label: t('to the power {0}', marked(String(Number(exponent.value.toPrecision(6))))),
        sign: 'g',
        value,
        result: true,
      },
    ],
    value,
    scale: Math.abs(value) * (1 + Math.abs(exponent.value)),
    terms: 2,
    notes: [],
  };
}

function explainVariadic(
  ctx: UnitContext,
  place: readonly number[],
  inputs: Parameters<Explainer['explain']>[2],
): Explanation | Unexplained {
  const operands = operandsAt(ctx, place, inputs, (input) => `X${subscript(input + 1)}`);
  if (!operands?.length) return unexplained(t('An operand is missing.'));
  const values = operands.map((operand) => operand.value);
  const sum = values.reduce((total, value) => total + value, 0);
  const adds = ctx.node.op === 'Sum' || ctx.node.op === 'Mean';
  const steps: Step[] = operands.map((operand, i) => ({
    label: words(operand),
    sign: i > 0 && adds ? '+' : '',
    value: operand.value,
    result: false,
  }));
  const value = adds ? sum : ctx.node.op === 'Max' ? Math.max(...values) : Math.min(...values);
  if (adds) steps.push({ label: t('sum'), sign: '', value, result: true });
  else steps.push({ label: ctx.node.op === 'Max' ? t('largest') : t('smallest'), sign: 'g', value, result: true });
  const mean = ctx.node.op === 'Mean';
  if (mean) {
    steps.push({ label: t('number of values'), sign: '÷', value: values.length, result: false });
    steps.push({ label: t('mean'), sign: '', value: sum / values.length, result: true });
  }
  return {
    kind: 'explanation',
    place,
    middle: { kind: 'operands', operands },
    steps,
    value: mean ? sum / values.length : value,
    scale: values.reduce((total, one) => total + Math.abs(one), 0),
    terms: values.length,
    notes: [],
  };
}

/** Element by element: the addition of a skip, scaling, gating. */
export const elementwise: readonly Explainer[] = [
  ...defs.filter(({ name }) => SIGNS.has(name)).map((def) => ({ def, explain: explainBinary })),
  ...defs.filter(({ name }) => name === 'Pow').map((def) => ({ def, explain: explainPower })),
  ...variadicOperators.map((def) => ({ def, explain: explainVariadic })),
];
