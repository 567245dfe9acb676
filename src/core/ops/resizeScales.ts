import { dimFloorDiv, dimMul, dimScale, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { exactRatio, greatestDivisor, smallFraction } from './exact';
import { allNumbers, elementsOf, shapeOf } from './operands';
import type { OpContext } from './operator';
import { badAttribute, refuse } from './problems';
import { checkedAxes, impossibleShape, shapeText } from './shapeProblems';

/** `p / q`, in lowest terms. */
export interface Fraction {
  readonly p: number;
  readonly q: number;
}

/** One axis of a resize: `scale` output positions per input position; null where nobody knows or no small fraction stands for it. */
export interface ResizedAxis {
  readonly input: Dim;
  readonly output: Dim;
  readonly scale: Fraction | null;
}

export const untouched: Fraction = { p: 1, q: 1 };

function ratio(output: Dim, input: Dim): Fraction | null {
  if (typeof output === 'number' && typeof input === 'number') {
    const divisor = greatestDivisor(output, input);
    return output > 0 && input > 0 ? { p: output / divisor, q: input / divisor } : null;
  }
  const quotient = exactRatio(output, input);
  return quotient === null ? null : smallFraction(quotient);
}

/** ⌊input · scale⌋ in float32, as runtimes and ONNX's own inference compute it: 10 · 0.7 is 7. */
function scaledExtent(input: Dim, scale: number, fraction: Fraction | null): Dim {
  if (typeof input === 'number') return Math.floor(Math.fround(input * Math.fround(scale)));
  if (!fraction) return dimScale(input, scale);
  return dimFloorDiv(dimMul(input, fraction.p), fraction.q);
}

function byScale(input: Dim, scale: Dim): ResizedAxis {
  if (typeof scale !== 'number') return { input, output: null, scale: null };
  const fraction = smallFraction(scale);
  return { input, output: scaledExtent(input, scale, fraction), scale: fraction };
}

/** An input that is there and not empty: an empty tensor stands for one that was left out (opset 11 and 12). */
function filled(ctx: OpContext, index: number): readonly Dim[] | null | undefined {
  const input = ctx.inputs[index];
  if (!input) return undefined;
  const elements = elementsOf(ctx, index);
  if (elements) return elements.length ? elements : undefined;
  return input.type?.shape?.[0] === 0 ? undefined : null;
}

interface Wanted {
  /** Null: given but unknown. */
  readonly scales?: readonly Dim[] | null;
  readonly sizes?: readonly Dim[] | null;
}

/** Where each version of Upsample and Resize keeps its scales. */
function wanted(ctx: OpContext, rank: number): Wanted {
  const attribute = ctx.attrs.floats('scales');
  if (attribute) return { scales: attribute };
  const [height, width] = [ctx.attrs.float('height_scale'), ctx.attrs.float('width_scale')];
  if (height !== undefined && width !== undefined) {
    return { scales: Array.from({ length: rank }, (_, i) => (i === rank - 2 ? height : i === rank - 1 ? width : 1)) };
  }
  if (ctx.node.op === 'Upsample' || ctx.opset < 11) return { scales: elementsOf(ctx, 1) };
  const [scales, sizes] = [filled(ctx, 2), filled(ctx, 3)];
  return { ...(scales !== undefined && { scales }), ...(sizes !== undefined && { sizes }) };
}

/** `keep_aspect_ratio_policy`: one scale for all axes, the smallest or largest that the sizes ask for. */
function sharedScale(policy: string, inputs: readonly Dim[], sizes: readonly Dim[]): readonly ResizedAxis[] {
  if (!allNumbers(inputs) || !allNumbers(sizes)) return inputs.map((input) => ({ input, output: null, scale: null }));
  const ratios = sizes.map((size, i) => size / (inputs[i] ?? 1));
  const factor = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  const decisive = ratios.indexOf(factor);
  const scale = ratio(sizes[decisive] ?? null, inputs[decisive] ?? null);
  return inputs.map((input) => ({ input, output: Math.floor(factor * input + 0.5), scale }));
}

function resized(ctx: OpContext, inputs: readonly Dim[], { scales, sizes }: Wanted): readonly ResizedAxis[] | null {
  if (sizes === undefined && scales === undefined)
    return refuse(ctx, badAttribute, t('neither scales nor sizes are given'));
  const numbers = sizes ?? scales;
  if (!numbers) return inputs.map((input) => ({ input, output: null, scale: null }));
  if (numbers.length !== inputs.length) {
    return refuse(ctx, badAttribute, t('{0} scales or sizes for {1} axes', numbers.length, inputs.length));
  }
  if (!sizes) return inputs.map((input, i) => byScale(input, numbers[i] ?? null));
  const policy = ctx.attrs.string('keep_aspect_ratio_policy', 'stretch');
  if (policy === 'not_larger' || policy === 'not_smaller') return sharedScale(policy, inputs, sizes);
  return inputs.map((input, i) => {
    const output = sizes[i] ?? null;
    return { input, output, scale: ratio(output, input) };
  });
}

/** All axes of the input, resized or not; null where nothing is known or, after saying so, impossible. */
export function resizedAxes(ctx: OpContext): readonly ResizedAxis[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  const listed = ctx.attrs.ints('axes');
  const axes = checkedAxes(ctx, listed ?? shape.map((_, i) => i), shape.length);
  if (!axes) return null;
  const inputs = axes.map((axis) => shape[axis] ?? null);
  const found = resized(ctx, inputs, wanted(ctx, axes.length));
  const outputs = found?.map((axis) => axis.output) ?? [];
  if (outputs.some((d) => typeof d === 'number' && (d < 0 || !Number.isInteger(d)))) {
    return refuse(ctx, impossibleShape, t('{0} cannot become {1}', shapeText(inputs), shapeText(outputs)));
  }
  if (!found) return null;
  return shape.map((input, axis) => {
    const at = axes.indexOf(axis);
    return (at < 0 ? undefined : found[at]) ?? { input, output: input, scale: untouched };
  });
}
