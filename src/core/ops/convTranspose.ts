import type { Diagnostic } from '../diagnostics/diagnostic';
import { type Dim, dimAdd, dimMul, dimProduct, dimSub, dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import type { Window } from './dependence';
import { type Expr, type Formula, type Index, tensor } from './formula';
import { extentText, perAxisText, sizeText } from './labels';
import { allNumbers, dtypeOf, given, shapeOf } from './operands';
import type { OpContext, OpDef, Synapses, TypedContext } from './operator';
import { badAttribute, badChannels, badRank, badWindow, missingInput, problemOf } from './problems';
import { outputShape, positions, ranges, tapRanges, taps, wideTaps, windowed } from './spatial';
import { readKernel, readPerAxis, readWindowAttributes, type WindowAttributes, windowSpan } from './window';

interface Transposed {
  readonly group: number;
  readonly batch: Dim;
  readonly inChannels: Dim;
  /** Output channels of one group: the second axis of the weights. */
  readonly made: Dim;
  readonly kernel: readonly Dim[];
  readonly windows: readonly Window[];
  readonly input: readonly Dim[];
  readonly output: readonly Dim[];
}

/** Extent before any padding is cut away. */
const fullExtent = (length: Dim, w: Window, extra: number): Dim =>
  dimAdd(dimMul(dimAdd(length, -1), w.stride), windowSpan(w) + extra);

/** SAME_UPPER leaves an odd rest at the end; everything else, explicit output_shape included, at the beginning. */
function parted(w: Window, total: number, upper: boolean): Window {
  const small = Math.floor(total / 2);
  return { ...w, padBegin: upper ? small : total - small, padEnd: upper ? total - small : small };
}

interface Axis {
  readonly window: Window;
  readonly extent: Dim;
}

/** One axis: `output_shape` decides the padding, SAME decides extent and padding, else the padding decides the extent. */
function transposedAxis(length: Dim, w: Window, extra: number, mode: WindowAttributes['autoPad'], wanted: Dim): Axis {
  const full = fullExtent(length, w, extra);
  const upper = mode === 'SAME_UPPER';
  if (wanted !== null) {
    const total = dimSub(full, wanted);
    return { window: parted(w, typeof total === 'number' ? Math.max(0, total) : 0, upper), extent: wanted };
  }
  if (upper || mode === 'SAME_LOWER') {
    // ⌊length · stride⌋ is the target; a window smaller than its stride cannot reach it and is not padded.
    const total = Math.max(0, windowSpan(w) + extra - w.stride);
    return { window: parted(w, total, upper), extent: dimAdd(full, -total) };
  }
  return { window: w, extent: dimAdd(full, -(w.padBegin + w.padEnd)) };
}

/** `output_shape` lists the spatial extents; some exporters write batch and channels as well. */
function wantedExtents(ctx: OpContext, rank: number): readonly Dim[] {
  const listed = ctx.attrs.ints('output_shape') ?? [];
  if (!listed.length) return Array<Dim>(rank).fill(null);
  return listed.slice(-rank);
}

function checkRanks(ctx: OpContext, problems: Diagnostic[]): boolean {
  const [data, weight] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  if (!given(ctx, 1)) problems.push(problemOf(ctx, missingInput, t('the weight')));
  for (const shape of [data, weight]) {
    if (shape && shape.length < 3) problems.push(problemOf(ctx, badRank, t('an operand of {0} axes', shape.length)));
  }
  if (data && weight && data.length !== weight.length) {
    problems.push(problemOf(ctx, badRank, t('an input of {0} axes and weights of {1}', data.length, weight.length)));
  }
  return !problems.length;
}

function checkChannels(ctx: OpContext, group: number, problems: Diagnostic[]): void {
  const channels = shapeOf(ctx, 0)?.[1] ?? null;
  const taken = shapeOf(ctx, 1)?.[0] ?? null;
  if (typeof channels === 'number' && typeof taken === 'number' && channels !== taken) {
    const what = t('the input has {0} channels, the weights take {1}', channels, taken);
    problems.push(problemOf(ctx, badChannels, what));
  }
  if (group < 1 || (typeof channels === 'number' && channels % group !== 0)) {
    const what = t('{0} input channels cannot be parted into {1} groups', dimText(channels), group);
    problems.push(problemOf(ctx, badAttribute, what));
  }
}

function readTransposed(ctx: OpContext, problems: Diagnostic[]): Transposed | null {
  if (!checkRanks(ctx, problems)) return null;
  const [data, weight] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  const stored = weight?.slice(2);
  const kernel = stored && allNumbers(stored) ? stored : readKernel(ctx, problems);
  if (!kernel) return null;
  const rank = kernel.length;
  const group = ctx.attrs.int('group', 1);
  checkChannels(ctx, group, problems);
  const attributes = readWindowAttributes(ctx, rank, problems);
  const extra = readPerAxis(ctx, 'output_padding', rank, problems, 0, 0);
  const wanted = wantedExtents(ctx, rank);
  const input = data?.slice(2) ?? Array<Dim>(rank).fill(null);
  const axes = kernel.map((size, i): Axis => {
    const window: Window = {
      kernel: size,
      stride: attributes.strides[i] ?? 1,
      dilation: attributes.dilations[i] ?? 1,
      padBegin: attributes.padBegin[i] ?? 0,
      padEnd: attributes.padEnd[i] ?? 0,
    };
    return transposedAxis(input[i] ?? null, window, extra[i] ?? 0, attributes.autoPad, wanted[i] ?? null);
  });
  const bad = axes.find((a) => typeof a.extent === 'number' && a.extent < 1);
  if (bad) problems.push(problemOf(ctx, badWindow, t('the result would have an extent of {0}', dimText(bad.extent))));
  if (problems.length) return null;
  return {
    group,
    batch: data?.[0] ?? null,
    inChannels: data?.[1] ?? weight?.[0] ?? null,
    made: weight?.[1] ?? null,
    kernel,
    windows: axes.map((a) => a.window),
    input,
    output: axes.map((a) => a.extent),
  };
}

const read = (ctx: OpContext): Transposed | null => readTransposed(ctx, []);

/** Each input pixel is spread by the kernel: the same one everywhere, or one of its own. */
function transposedSynapses(own: Transposed, bias: boolean): Synapses {
  const out = dimMul(own.made, own.group);
  const kernels = dimMul(dimMul(own.inChannels, own.made), dimProduct(own.kernel));
  const outPixels = dimProduct(own.output);
  const all = dimAdd(dimMul(dimProduct(own.input), own.inChannels), bias ? 1 : 0);
  return {
    shared: dimAdd(kernels, bias ? out : 0),
    unshared: dimAdd(dimMul(dimProduct(own.input), kernels), bias ? dimMul(outPixels, out) : 0),
    fullyConnected: dimMul(dimMul(outPixels, out), all),
  };
}

/** `Y[b,k,y,x] = β[k] + W[c,k,u,v] X[b,c,(y+1−u)/2,(x+1−v)/2]`: only where the division leaves no rest. */
function transposedFormula(own: Transposed, bias: boolean): Formula {
  const rank = own.windows.length;
  const grouped = own.group > 1;
  const channel = (letter: string, width: Dim): Index | string =>
    grouped
      ? {
          terms: [
            { letter: 'g', factor: typeof width === 'number' ? width : 1 },
            { letter, factor: 1 },
          ],
          constant: 0,
          divisor: 1,
        }
      : letter;
  const perGroup = typeof own.inChannels === 'number' ? own.inChannels / own.group : null;
  const [k, c] = [channel('k', own.made), channel('c', perGroup)];
  const read = own.windows.map((w, i): Index => ({
    terms: [
      { letter: positions(rank)[i] ?? '', factor: 1 },
      ...(w.kernel === 1 ? [] : [{ letter: taps(rank)[i] ?? '', factor: -w.dilation }]),
    ],
    constant: w.padBegin,
    divisor: w.stride,
  }));
  const factors: Expr[] = [tensor('W', c, 'k', ...wideTaps(own.windows)), tensor('X', 'b', c, ...read)];
  const product: Expr = { kind: 'product', factors };
  const strided = own.windows.some((w) => w.stride > 1);
  return {
    left: tensor('Y', 'b', k, ...positions(rank)),
    right: bias ? { kind: 'sum', terms: [tensor('β', k), product] } : product,
    ranges: [
      ...ranges(['b'], [own.batch], false),
      ...(grouped ? ranges(['g'], [own.group], false) : []),
      ...ranges(['k'], [own.made], false),
      ...ranges(positions(rank), own.output, false),
      ...ranges(['c'], [perGroup], true),
      ...tapRanges(own.windows, true),
    ],
    notes: [
      ...(strided ? [t('only terms whose division leaves no rest')] : []),
      ...(own.windows.some((w) => w.kernel > 1) ? [t('outside the border X is 0')] : []),
    ],
  };
}

function transposedLabel(own: Transposed): readonly string[] {
  const label = [sizeText(own.kernel), extentText(dimMul(own.made, own.group))];
  const strides = own.windows.map((w) => w.stride);
  if (strides.some((s) => s !== 1)) label.push(`×${perAxisText(strides)}`);
  const dilations = own.windows.map((w) => w.dilation);
  if (dilations.some((d) => d !== 1)) label.push(`dil ${perAxisText(dilations)}`);
  if (own.group > 1) label.push(own.group === own.inChannels ? 'dw' : `g ${own.group}`);
  return label;
}

export const convTranspose: OpDef = {
  name: 'ConvTranspose',
  family: 'upsampling',
  title: t('Transposed conv'),
  summary: t('Spreads every input pixel by a learned kernel and adds up where they overlap: the picture grows.'),
  inputs: [{ name: 'X' }, { name: 'W', parameter: 'weight' }, { name: 'B', parameter: 'bias' }],
  types(ctx) {
    const problems: Diagnostic[] = [];
    const own = readTransposed(ctx, problems);
    problems.forEach((p) => ctx.report(p));
    const rank = shapeOf(ctx, 0)?.length;
    const known = own && rank ? [own.batch, dimMul(own.made, own.group), ...own.output] : null;
    return [{ dtype: dtypeOf(ctx, 0), shape: known }];
  },
  windows: (ctx) => read(ctx)?.windows ?? null,
  dependence(ctx) {
    const own = read(ctx);
    return [[own ? windowed(own.windows, 'all', 'transposed') : null, null, null]];
  },
  macs(ctx: TypedContext) {
    const own = read(ctx);
    const elements = dimProduct(shapeOf(ctx, 0) ?? [null]);
    return own ? dimMul(elements, dimMul(own.made, dimProduct(own.kernel))) : null;
  },
  synapses(ctx) {
    const own = read(ctx);
    return own && outputShape(ctx) ? transposedSynapses(own, given(ctx, 2)) : null;
  },
  label(ctx) {
    const own = read(ctx);
    return own ? transposedLabel(own) : [];
  },
  formula(ctx) {
    const own = read(ctx);
    return own && transposedFormula(own, given(ctx, 2));
  },
};
