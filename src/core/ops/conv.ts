import type { Diagnostic } from '../diagnostics/diagnostic';
import { type Dim, dimAdd, dimEquals, dimFloorDiv, dimMod, dimMul, dimProduct, dimText } from '../ir/dim';
import type { DType, TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import type { Window } from './dependence';
import { type Expr, type Formula, type Index, type IndexRange, tensor } from './formula';
import { extentText, sizeText, windowLabel } from './labels';
import type { OpContext, OpDef, Port, Synapses, TypedContext } from './operator';
import { allNumbers, shapeOf } from './operands';
import { badAttribute, badChannels, badRank, badWindow, missingInput, problemOf } from './problems';
import { isPadded, outputShape, positions, ranges, tapRanges, wideTaps, windowed, windowIndices } from './spatial';
import { readKernel, readWindowAttributes, slideAll } from './window';

/** Where a member of the family keeps its operands. */
export interface ConvPorts {
  readonly inputs: readonly Port[];
  readonly data: number;
  readonly weight: number;
  readonly bias: number | null;
  /** Element type of the result, where it is not that of the data. */
  readonly dtype?: (ctx: OpContext) => DType;
}

/** A convolution with its numbers; spatial parts are null where the input's size is unknown. */
interface Convolution {
  readonly group: number;
  readonly batch: Dim;
  readonly inChannels: Dim;
  readonly outChannels: Dim;
  /** Input channels one output channel reads. */
  readonly perGroup: Dim;
  readonly kernel: readonly Dim[];
  readonly windows: readonly Window[] | null;
  readonly input: readonly Dim[];
  readonly output: readonly Dim[];
}

/** The kernel's extents: `kernel_shape`, checked against the weights, which decide. */
function kernelOf(ctx: OpContext, weight: readonly Dim[] | null, problems: Diagnostic[]): readonly Dim[] | null {
  const attribute = readKernel(ctx, problems);
  const stored = weight?.slice(2) ?? null;
  if (!stored) return attribute;
  if (!attribute) return stored;
  const differs = stored.some((d, i) => typeof d === 'number' && attribute[i] !== undefined && d !== attribute[i]);
  if (differs || stored.length !== attribute.length) {
    const what = t('kernel_shape is {0}, the weights are {1}', sizeText(attribute), sizeText(stored));
    problems.push(problemOf(ctx, badWindow, what));
  }
  return stored.map((d, i) => d ?? attribute[i] ?? null);
}

function checkChannels(ctx: OpContext, c: Convolution, problems: Diagnostic[]): void {
  const expected = dimMul(c.perGroup, c.group);
  if (typeof c.inChannels === 'number' && typeof expected === 'number' && c.inChannels !== expected) {
    const groups = c.group > 1 ? t('{0} in each of {1} groups', dimText(c.perGroup), c.group) : dimText(expected);
    const what = t('the input has {0} channels, the weights take {1}', c.inChannels, groups);
    problems.push(problemOf(ctx, badChannels, what));
  }
  const rest = dimMod(c.outChannels, c.group);
  if (typeof rest === 'number' && rest !== 0) {
    const what = t('{0} output channels cannot be parted into {1} groups', dimText(c.outChannels), c.group);
    problems.push(problemOf(ctx, badChannels, what));
  }
}

function readGroup(ctx: OpContext, problems: Diagnostic[]): number {
  const group = ctx.attrs.int('group', 1);
  if (group >= 1) return group;
  problems.push(problemOf(ctx, badAttribute, t('group is {0}', group)));
  return 1;
}

/** Everything the rules of this family ask; null where even the rank is unknown. */
function readConvolution(ctx: OpContext, ports: ConvPorts, problems: Diagnostic[]): Convolution | null {
  const data = shapeOf(ctx, ports.data);
  const weight = shapeOf(ctx, ports.weight);
  if (!ctx.inputs[ports.weight]) problems.push(problemOf(ctx, missingInput, t('the weight')));
  if (weight && weight.length < 3) problems.push(problemOf(ctx, badRank, t('weights of {0} axes', weight.length)));
  if (data && data.length < 3) problems.push(problemOf(ctx, badRank, t('an input of {0} axes', data.length)));
  if (data && weight && data.length !== weight.length) {
    const what = t('an input of {0} axes and weights of {1}', data.length, weight.length);
    problems.push(problemOf(ctx, badRank, what));
  }
  const kernel = kernelOf(ctx, weight, problems);
  const rank = kernel?.length ?? (data ? data.length - 2 : null);
  if (rank === null || rank < 1 || problems.length) return null;
  const group = readGroup(ctx, problems);
  const attributes = readWindowAttributes(ctx, rank, problems);
  const input = data?.slice(2) ?? Array<Dim>(rank).fill(null);
  const sliding = kernel && allNumbers(kernel) ? slideAll(ctx, input, kernel, attributes, problems) : null;
  const inChannels = data?.[1] ?? null;
  const convolution: Convolution = {
    group,
    batch: data?.[0] ?? null,
    inChannels,
    outChannels: weight?.[0] ?? null,
    perGroup: weight?.[1] ?? dimFloorDiv(inChannels, group),
    kernel: kernel ?? Array<Dim>(rank).fill(null),
    windows: sliding?.windows ?? null,
    input,
    output: sliding?.output ?? Array<Dim>(rank).fill(null),
  };
  checkChannels(ctx, convolution, problems);
  return problems.length ? null : convolution;
}

function convTypes(ctx: OpContext, ports: ConvPorts): readonly (TensorType | null)[] {
  const data = ctx.inputs[ports.data]?.type;
  const dtype = ports.dtype?.(ctx) ?? data?.dtype ?? 'unknown';
  const problems: Diagnostic[] = [];
  const c = readConvolution(ctx, ports, problems);
  problems.forEach((p) => ctx.report(p));
  return [{ dtype, shape: c ? [c.batch, c.outChannels, ...c.output] : null }];
}

const hasBias = (ctx: OpContext, ports: ConvPorts): boolean => ports.bias !== null && !!ctx.inputs[ports.bias];

/** Blueprint §3: the same kernel everywhere, one kernel per output pixel, every output with every input. */
function convSynapses(ctx: TypedContext, c: Convolution, bias: boolean): Synapses {
  const one = bias ? 1 : 0;
  const perUnit = dimAdd(dimMul(c.perGroup, dimProduct(c.kernel)), one);
  const shared = dimMul(c.outChannels, perUnit);
  const outPixels = dimProduct(outputShape(ctx)?.slice(2) ?? [null]);
  const everything = dimAdd(dimMul(dimProduct(c.input), c.inChannels), one);
  return {
    shared,
    unshared: dimMul(outPixels, shared),
    fullyConnected: dimMul(dimMul(outPixels, c.outChannels), everything),
  };
}

const isDepthwise = (c: Convolution): boolean => c.group > 1 && dimEquals(c.inChannels, c.group);

function convLabel(c: Convolution): readonly string[] {
  const label = [sizeText(c.kernel), extentText(c.outChannels)];
  if (c.windows) label.push(...windowLabel(c.windows, c.input, c.output));
  if (isDepthwise(c)) label.push('dw');
  else if (c.group > 1) label.push(`g ${c.group}`);
  return label;
}

/** Letters for the output and input channel of an ordinary, a depthwise and a grouped convolution. */
function channelLetters(c: Convolution): {
  readonly output: Index | string;
  readonly input: Index | string;
  readonly within: string | null;
  readonly ranges: readonly IndexRange[];
} {
  const within = ranges(['c'], [c.perGroup], true);
  if (c.group === 1) {
    return { output: 'k', input: 'c', within: 'c', ranges: [...ranges(['k'], [c.outChannels], false), ...within] };
  }
  const made = dimFloorDiv(c.outChannels, c.group);
  if (isDepthwise(c) && typeof made === 'number') {
    const input: Index = { terms: [{ letter: 'k', factor: 1 }], constant: 0, divisor: made };
    return { output: 'k', input, within: null, ranges: ranges(['k'], [c.outChannels], false) };
  }
  const pair = (factor: Dim, letter: string): Index => ({
    terms: [
      { letter: 'g', factor: typeof factor === 'number' ? factor : 1 },
      { letter, factor: 1 },
    ],
    constant: 0,
    divisor: 1,
  });
  return {
    output: pair(made, 'k'),
    input: pair(c.perGroup, 'c'),
    within: 'c',
    ranges: [...ranges(['g', 'k'], [c.group, made], false), ...within],
  };
}

/** `Y[b,k,y,x] = β[k] + W[k,c,u,v] X[b,c,y+u−1,x+v−1]`, as in the lecture. */
function convFormula(c: Convolution, bias: boolean): Formula | null {
  if (!c.windows) return null;
  const channels = channelLetters(c);
  const rank = c.windows.length;
  const weightIndices = [channels.output, ...(channels.within ? [channels.within] : []), ...wideTaps(c.windows)];
  const product: Expr = {
    kind: 'product',
    factors: [tensor('W', ...weightIndices), tensor('X', 'b', channels.input, ...windowIndices(c.windows))],
  };
  return {
    left: tensor('Y', 'b', channels.output, ...positions(rank)),
    right: bias ? { kind: 'sum', terms: [tensor('β', channels.output), product] } : product,
    ranges: [
      ...ranges(['b'], [c.batch], false),
      ...channels.ranges.filter((r) => !r.summed),
      ...ranges(positions(rank), c.output, false),
      ...channels.ranges.filter((r) => r.summed),
      ...tapRanges(c.windows, true),
    ],
    notes: isPadded(c.windows) ? [t('outside the border X is 0')] : [],
  };
}

type Names = Pick<OpDef, 'name' | 'title' | 'summary'> & { readonly domain?: string };

/** A convolution, whatever the number formats of its operands. */
export function convolution(names: Names, ports: ConvPorts): OpDef {
  const known = new WeakMap<TypedContext, Convolution | null>();
  // Six rules ask for the same.
  const read = (ctx: TypedContext): Convolution | null => {
    let found = known.get(ctx);
    if (found === undefined) known.set(ctx, (found = readConvolution(ctx, ports, [])));
    return found;
  };
  return {
    ...names,
    family: 'convolution',
    inputs: ports.inputs,
    types: (ctx) => convTypes(ctx, ports),
    windows: (ctx) => read(ctx)?.windows ?? null,
    dependence(ctx) {
      const windows = read(ctx)?.windows;
      return [ports.inputs.map((_, i) => (i === ports.data && windows ? windowed(windows, 'all', 'window') : null))];
    },
    macs(ctx) {
      const c = read(ctx);
      return c ? dimMul(dimProduct(outputShape(ctx) ?? [null]), dimMul(c.perGroup, dimProduct(c.kernel))) : null;
    },
    synapses(ctx) {
      const c = read(ctx);
      return c ? convSynapses(ctx, c, hasBias(ctx, ports)) : null;
    },
    label(ctx) {
      const c = read(ctx);
      return c ? convLabel(c) : [];
    },
    formula(ctx) {
      const c = read(ctx);
      return c ? convFormula(c, hasBias(ctx, ports)) : null;
    },
  };
}

export const conv = convolution(
  {
    name: 'Conv',
    title: 'Conv',
    summary: t(
      'Slides a bank of learned filters over the picture; each output channel is one filter’s answer everywhere.',
    ),
  },
  {
    inputs: [{ name: 'X' }, { name: 'W', parameter: 'weight' }, { name: 'B', parameter: 'bias' }],
    data: 0,
    weight: 1,
    bias: 2,
  },
);
