/** Small integers in place of fractions: to the grid, back from it, and sums on it. */
import { t } from '../l10n/l10n';
import { convInteger, qLinearConv } from '../ops/convQuantised';
import { matMulInteger, qLinearMatMul } from '../ops/matMulQuantised';
import type { OpDef } from '../ops/operator';
import { dequantizeLinear, quantizeLinear } from '../ops/quantise';
import { flatIndex, oneRun, sizeOf, type Elements } from './elements';
import { unexplained, type Element, type Explanation, type Step, type Unexplained } from './explanation';
import type { Explainer } from './explainer';
import { above, landOn, limitsOf, perChannel } from './grid';
import { matrixTerms } from './matMul';
import { explainProducts } from './products';
import type { UnitContext } from './unitContext';
import { windowSum } from './windowSum';

type Inputs = readonly (Elements | null)[];

const notAtHand = unexplained(t('A scale or an operand of this layer is not at hand.'));
const otherGrid = unexplained(
  t('Only grids of 4, 8 and 16 bits with one scale for all, or one for each channel, are taken apart.'),
);

/** Which entry of scale and zero point counts at this place; null for scales by blocks. */
function scaleAt(ctx: UnitContext, place: readonly number[]): number | null {
  const [x, scale] = ctx.shapes;
  if (!x || !scale || ctx.attrs.int('block_size', 0) > 0) return null;
  if (sizeOf(scale) === 1) return 0;
  const axis = ctx.attrs.int('axis', 1);
  return scale.length === 1 ? (place[axis < 0 ? axis + x.length : axis] ?? 0) : null;
}

const quantise: Explainer = {
  def: quantizeLinear,
  explain(ctx, place, [x, scale, zero]) {
    const at = scaleAt(ctx, place);
    const limits = limitsOf(ctx.outputs[0]?.dtype ?? '');
    if (!x || !scale) return notAtHand;
    if (at === null || !limits) return otherGrid;
    const value = x.at(flatIndex(place, ctx.shapes[0] ?? []));
    const [step, shift] = [scale.at(at), zero?.at(at) ?? 0];
    // In single precision, as the specification has it: which neighbour is nearer may hang on that.
    const number = Math.fround(value / step);
    const landed = landOn(limits, number, shift);
    const operands: Element[] = [
      { name: 'X', index: place, value },
      { name: 's', index: [], value: step },
      { name: 'z', index: [], value: shift },
    ];
    const steps: Step[] = [
      { label: `X[${place.join(', ')}]`, sign: '', value, result: false },
      { label: t('scale s'), sign: '÷', value: step, result: false },
      { label: t('steps of the grid'), sign: '', value: value / step, result: true },
      ...landed.steps,
    ];
    return {
      kind: 'explanation',
      place,
      middle: { kind: 'operands', operands },
      steps,
      value: landed.value,
      scale: Math.abs(landed.value),
      terms: 1,
      notes: [],
    };
  },
};

const dequantise: Explainer = {
  def: dequantizeLinear,
  explain(ctx, place, [x, scale, zero]) {
    const at = scaleAt(ctx, place);
    if (!x || !scale) return notAtHand;
    if (at === null) return otherGrid;
    const number = x.at(flatIndex(place, ctx.shapes[0] ?? []));
    const [step, shift] = [scale.at(at), zero?.at(at) ?? 0];
    const value = (number - shift) * step;
    return {
      kind: 'explanation',
      place,
      middle: {
        kind: 'operands',
        operands: [
          { name: 'X', index: place, value: number },
          { name: 'z', index: [], value: shift },
          { name: 's', index: [], value: step },
        ],
      },
      steps: [
        { label: `X[${place.join(', ')}]`, sign: '', value: number, result: false },
        { label: t('zero point z'), sign: '−', value: shift, result: false },
        { label: t('scale s'), sign: '×', value: step, result: false },
        { label: t('result'), sign: '', value, result: true },
      ],
      value,
      scale: Math.abs(value),
      terms: 2,
      notes: [],
    };
  },
};

/** Where an operator has its operands, their zero points, and what turns the sum back into a small integer. */
interface Places {
  readonly x: number;
  readonly w: number;
  readonly xZero: number;
  readonly wZero: number;
  readonly bias: number | null;
  readonly back: {
    readonly xScale: number;
    readonly wScale: number;
    readonly yScale: number;
    readonly yZero: number;
  } | null;
}

/** The sum of whole numbers brought back to the grid of the result, in single precision as runtimes do it. */
function broughtBack(
  ctx: UnitContext,
  sum: Explanation,
  { back }: Places,
  inputs: Inputs,
  channel: number,
): Explanation | Unexplained {
  if (!back) return { ...sum, scale: 0 };
  const limits = limitsOf(ctx.outputs[0]?.dtype ?? '');
  if (!limits) return otherGrid;
  const one = (input: number): number => perChannel(inputs[input], ctx.shapes[input], channel);
  const factor = Math.fround(Math.fround(one(back.xScale) * one(back.wScale)) / one(back.yScale));
  const scaled = Math.fround(Math.fround(sum.value) * factor);
  const landed = landOn(limits, scaled, one(back.yZero));
  const steps: Step[] = [
    ...sum.steps,
    { label: t('scales of X · W ÷ Y'), sign: '×', value: factor, result: false },
    { label: t('steps of the grid'), sign: '', value: sum.value * factor, result: true },
    ...landed.steps,
  ];
  // Runtimes multiply the three scales in an order of their own: a few roundings decide what lies on the edge.
  const halfWay = Math.abs((Math.abs(scaled) % 1) - 0.5) <= 4 * 2 ** -24 * Math.abs(scaled);
  const edge = t('Half-way between two steps of the grid: single precision may land on either.');
  const notes = halfWay ? [...sum.notes, edge] : sum.notes;
  return { ...sum, steps, value: landed.value, scale: Math.abs(landed.value), halfWay, notes };
}

const zeroNote = (x: number, w: number): readonly string[] =>
  x === 0 && w === 0
    ? []
    : [t('Shown less their zero points ({0} of X, {1} of W): what is added up is how far they lie from zero.', x, w)];

const quantisedConv = (def: OpDef, places: Places): Explainer => ({
  def,
  reads(ctx, [, channel = 0]) {
    const kernel = sizeOf(ctx.shapes[places.w]?.slice(1) ?? []);
    return def.inputs.map((_, input) => {
      if (input === places.w) return oneRun(channel * kernel, kernel);
      return input === places.bias ? oneRun(channel, 1) : null;
    });
  },
  explain(ctx, place, inputs) {
    const [, channel = 0] = place;
    const [x, w] = [inputs[places.x], inputs[places.w]];
    if (!x || !w) return notAtHand;
    const xZero = perChannel(inputs[places.xZero], ctx.shapes[places.xZero], 0);
    const wZero = perChannel(inputs[places.wZero], ctx.shapes[places.wZero], channel);
    const ports = { data: places.x, weight: places.w };
    const sum = windowSum(def, ctx, ports, place, above(x, xZero), above(w, wZero));
    if (!sum) return unexplained(t('The sizes of this convolution do not fit together.'));
    const b = places.bias === null ? null : inputs[places.bias];
    const bias = b ? { label: t('bias β[{0}]', channel), value: b.at(channel) } : null;
    const whole = explainProducts(place, { weights: 'kernel', ...sum, neutral: 0 }, bias, zeroNote(xZero, wZero));
    return broughtBack(ctx, whole, places, inputs, channel);
  },
});

const quantisedProduct = (def: OpDef, places: Places): Explainer => ({
  def,
  explain(ctx, place, inputs) {
    const [x, w] = [inputs[places.x], inputs[places.w]];
    if (!x || !w) return notAtHand;
    const [row, column] = [place.at(-2) ?? 0, place.at(-1) ?? 0];
    const xZero = perChannel(inputs[places.xZero], ctx.shapes[places.xZero], row);
    const wZero = perChannel(inputs[places.wZero], ctx.shapes[places.wZero], column);
    const shapes = [ctx.shapes[places.x], ctx.shapes[places.w]] as const;
    const constant = ctx.inputs[places.w]?.constant ?? false;
    const sum = matrixTerms(place, shapes, above(x, xZero), above(w, wZero), constant ? 'W' : 'Z');
    if (sum.kind === 'unexplained') return sum;
    return broughtBack(ctx, { ...sum, notes: zeroNote(xZero, wZero) }, places, inputs, column);
  },
});

const integer: Places = { x: 0, w: 1, xZero: 2, wZero: 3, bias: null, back: null };
const linear: Places = {
  ...{ x: 0, w: 3, xZero: 2, wZero: 5, bias: null },
  back: { xScale: 1, wScale: 4, yScale: 6, yZero: 7 },
};

export const quantisedLayers: readonly Explainer[] = [
  quantise,
  dequantise,
  quantisedConv(convInteger, integer),
  quantisedConv(qLinearConv, { ...linear, bias: 8 }),
  quantisedProduct(matMulInteger, integer),
  quantisedProduct(qLinearMatMul, linear),
];
