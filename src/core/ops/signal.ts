import { dimAdd, dimFloorDiv, dimSub, type Dim } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { dtypeAttribute } from './cast';
import { along, type AxisLink, type Dependence, sameWindow } from './dependence';
import { everywhere, firstOnly } from './firstOnly';
import {
  dtypeOf,
  elementsOf,
  frontAxis,
  given,
  numbersOf,
  rankOf,
  shapeOf,
  tensorType,
  unknownExtents,
} from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, badRank, refuse } from './problems';
import { checkedAxis, checkedShape } from './shapeProblems';

/** Spectra of sound and pictures. Complex numbers are pairs along the last axis. */

const bins = (length: Dim): Dim => dimAdd(dimFloorDiv(length, 2), 1);

/** The one element of an input; null where it is not known, `otherwise` where it was left out. */
const scalar = (ctx: OpContext, input: number, otherwise: Dim): Dim =>
  given(ctx, input) ? (elementsOf(ctx, input)?.[0] ?? null) : otherwise;

/** Opset 17 said the axis by an attribute, 20 by an input. Null where it is not known. */
function transformedAxis(ctx: OpContext): number | null {
  if (ctx.opset < 20) return ctx.attrs.int('axis', 1);
  return given(ctx, 2) ? (numbersOf(ctx, 2)?.[0] ?? null) : -2;
}

function spectrumShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  if (shape.length < 2) return refuse(ctx, badRank, t('an input of {0} axes', shape.length));
  const named = transformedAxis(ctx);
  if (named === null) return [...unknownExtents(shape.length - 1), 2];
  const axis = checkedAxis(ctx, named, shape.length);
  if (axis === null) return null;
  if (axis === shape.length - 1)
    return refuse(ctx, badAttribute, t('the last axis holds pairs and cannot be transformed'));
  const length = scalar(ctx, 1, shape[axis] ?? null);
  const kept = ctx.attrs.int('onesided', 0) === 1 ? bins(length) : length;
  const spectrum = shape.map((d, i) => (i === axis ? kept : i === shape.length - 1 ? 2 : d));
  return checkedShape(ctx, spectrum);
}

const dft: OpDef = {
  name: 'DFT',
  family: 'join',
  title: t('Fourier transform'),
  summary: t('Turns a signal along one axis into the strengths and phases of its frequencies, or back.'),
  inputs: [{ name: 'input' }, { name: 'dft_length' }, { name: 'axis' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), spectrumShape(ctx))],
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    const named = transformedAxis(ctx);
    const axis = rank === null || named === null ? null : frontAxis(named, rank);
    if (rank === null || axis === null) return [firstOnly(ctx, null)];
    const links = (i: number): readonly AxisLink[] =>
      i === axis ? along(i, { kind: 'whole' }) : i === rank - 1 ? [] : along(i);
    return [firstOnly(ctx, { axes: Array.from({ length: rank }, (_, i) => links(i)), global: true })];
  },
  label: (ctx) => (ctx.attrs.int('inverse', 0) === 1 ? ['inverse'] : []),
};

/** Samples in a frame: said, or those of the window. */
function frameLength(ctx: OpContext): Dim {
  return given(ctx, 3) ? scalar(ctx, 3, null) : (shapeOf(ctx, 2)?.[0] ?? null);
}

const frames = (samples: Dim, length: Dim, step: Dim): Dim =>
  typeof step === 'number' && step >= 1 ? dimAdd(dimFloorDiv(dimSub(samples, length), step), 1) : null;

const stft: OpDef = {
  name: 'STFT',
  family: 'join',
  title: t('Short-time Fourier transform'),
  summary: t('The frequencies of a signal, frame after frame: a picture of sound.'),
  inputs: [{ name: 'signal' }, { name: 'frame_step' }, { name: 'window' }, { name: 'frame_length' }],
  types(ctx) {
    const shape = shapeOf(ctx, 0);
    if (shape && shape.length < 2) return [refuse(ctx, badRank, t('a signal of {0} axes', shape.length))];
    const [batch = null, samples = null] = shape ?? [];
    const [length, step] = [frameLength(ctx), scalar(ctx, 1, null)];
    const room = frames(samples, length, step);
    if (typeof room === 'number' && room < 1) refuse(ctx, badAttribute, t('no frame fits into the signal'));
    const kept = ctx.attrs.int('onesided', 1) === 1 ? bins(length) : length;
    const fitting = typeof room === 'number' && room < 1 ? null : room;
    return [tensorType(dtypeOf(ctx, 0), checkedShape(ctx, [batch, fitting, kept, 2]))];
  },
  dependence(ctx) {
    const [length, step] = [frameLength(ctx), scalar(ctx, 1, null)];
    const known = typeof length === 'number' && typeof step === 'number' && length >= 1 && step >= 1;
    if (!known || (rankOf(ctx, 0) ?? 0) < 2) return [firstOnly(ctx, everywhere(4))];
    const window = { ...sameWindow, kernel: length, stride: step };
    return [firstOnly(ctx, { axes: [along(0), along(1, { kind: 'window', window }), [], []] })];
  },
};

const melWeightMatrix: OpDef = {
  name: 'MelWeightMatrix',
  family: 'shape',
  title: t('Mel filters'),
  summary: t('How much of each frequency goes into each band as the ear tells them apart.'),
  inputs: [
    { name: 'num_mel_bins' },
    { name: 'dft_length' },
    { name: 'sample_rate' },
    { name: 'lower_edge_hertz' },
    { name: 'upper_edge_hertz' },
  ],
  types(ctx) {
    const dtype = dtypeAttribute(ctx, 'output_datatype') ?? 'float32';
    return [tensorType(dtype, checkedShape(ctx, [bins(scalar(ctx, 1, null)), scalar(ctx, 0, null)]))];
  },
  dependence: (ctx) => [ctx.inputs.map(() => null)],
};

const det: OpDef = {
  name: 'Det',
  family: 'join',
  title: t('Determinant'),
  summary: t('The determinant of each square matrix in the last two axes.'),
  inputs: [{ name: 'X' }],
  types(ctx) {
    const shape = shapeOf(ctx, 0);
    if (shape && shape.length < 2) return [refuse(ctx, badRank, t('an input of {0} axes', shape.length))];
    return [tensorType(dtypeOf(ctx, 0), shape?.slice(0, -2) ?? null)];
  },
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    const links: Dependence | null =
      rank === null ? null : { axes: Array.from({ length: Math.max(0, rank - 2) }, (_, i) => along(i)) };
    return [firstOnly(ctx, links)];
  },
};

/** One number for the whole batch, or one for each place of the targets. */
function lossType(ctx: OpContext): TensorType {
  const shape = shapeOf(ctx, 0);
  const perPlace = shapeOf(ctx, 1) ?? (shape ? [...shape.slice(0, 1), ...shape.slice(2)] : null);
  return tensorType(dtypeOf(ctx, 0), ctx.attrs.string('reduction', 'mean') === 'none' ? perPlace : []);
}

function lossDependence(ctx: OpContext): Dependence {
  const rank = rankOf(ctx, 0);
  if (rank === null || ctx.attrs.string('reduction', 'mean') !== 'none') return { axes: [], global: true };
  return { axes: Array.from({ length: Math.max(0, rank - 1) }, (_, i) => along(i ? i + 1 : 0)) };
}

const negativeLogLikelihood: OpDef = {
  name: 'NegativeLogLikelihoodLoss',
  family: 'join',
  title: t('Log-likelihood loss'),
  summary: t('How unlikely the right classes were held to be: what training makes small.'),
  inputs: [{ name: 'input' }, { name: 'target' }, { name: 'weight' }],
  types: (ctx) => [lossType(ctx)],
  dependence: (ctx) => [firstOnly({ ...ctx, outputs: [lossType(ctx)] }, lossDependence(ctx))],
  label: (ctx) => [ctx.attrs.string('reduction', 'mean')],
};

/** The second output holds the logarithms of the probabilities. */
const crossEntropy: OpDef = {
  ...negativeLogLikelihood,
  name: 'SoftmaxCrossEntropyLoss',
  title: t('Cross-entropy loss'),
  inputs: [{ name: 'scores' }, { name: 'labels' }, { name: 'weights' }],
  types: (ctx) => [lossType(ctx), tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))].slice(0, ctx.node.outputs.length),
  dependence(ctx) {
    const rank = rankOf(ctx, 0) ?? 0;
    const same: Dependence = { axes: Array.from({ length: rank }, (_, i) => along(i)) };
    return [firstOnly(ctx, lossDependence(ctx)), firstOnly(ctx, same)].slice(0, ctx.outputs.length);
  },
};

export const signals: readonly OpDef[] = [crossEntropy, det, dft, melWeightMatrix, negativeLogLikelihood, stft];
