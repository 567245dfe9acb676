import { dimFloorDiv, dimMul, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { plain } from './activation';
import { along, type AxisMap } from './dependence';
import { firstOnly } from './firstOnly';
import { tensor, type Formula, type Index } from './formula';
import { letters, rangesOf } from './letters';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, badRank, refuse } from './problems';
import { shapeText } from './shapeProblems';

/** More than any picture has pixels along one side. */
const largestBlock = 65536;

/** Null after complaining: a missing block size has no default. */
function blockOf(ctx: OpContext): number | null {
  const block = ctx.attrs.int('blocksize');
  if (block === undefined || block < 1 || block > largestBlock) {
    return refuse(ctx, badAttribute, t('blocksize must be from 1 to {0}', largestBlock));
  }
  return block;
}

function picture(ctx: OpContext): readonly [Dim, Dim, Dim, Dim] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  if (shape.length !== 4) return refuse(ctx, badRank, t('needs a picture with 4 axes, not {0}', shapeText(shape)));
  const [batch = null, channels = null, height = null, width = null] = shape;
  return [batch, channels, height, width];
}

const indivisible = (extent: Dim, by: number): boolean => typeof extent === 'number' && extent % by !== 0;

function deepShape(ctx: OpContext): readonly Dim[] | null {
  const [block, found] = [blockOf(ctx), picture(ctx)];
  if (block === null || !found) return null;
  const [batch, channels, height, width] = found;
  const square = block * block;
  if (indivisible(channels, square)) {
    return refuse(ctx, badAttribute, t('{0} channels do not divide by blocksize² = {1}', dimText(channels), square));
  }
  return [batch, dimFloorDiv(channels, square), dimMul(height, block), dimMul(width, block)];
}

/** Output o reads the input ⌊o / block⌋; which of the block's channels depends on the remainder. */
function spread(block: number): AxisMap {
  const first: readonly number[] = [0];
  const taps = Array<readonly number[]>(block).fill(first);
  return { kind: 'periodic', outPeriod: block, inPeriod: 1, taps, clamp: false };
}

/** `Y[b, k, y, x] = X[b, …, ⌊y/r⌋, ⌊x/r⌋]`, the channel by the remainders. */
function depthFormula(ctx: TypedContext): Formula | null {
  const shape = ctx.outputs[0]?.shape;
  const block = ctx.attrs.int('blocksize', 0);
  if (shape?.length !== 4 || block < 1) return null;
  const names = letters(4);
  const divided = (letter: string): Index => ({ terms: [{ letter, factor: 1 }], constant: 0, divisor: block });
  const columnRow = ctx.attrs.string('mode', 'DCR') === 'CRD';
  const channels = shape[1] ?? null;
  const channelText = typeof channels === 'number' ? String(channels) : 'C';
  const note = columnRow
    ? `c = ${block * block} k + ${block} (y mod ${block}) + x mod ${block}`
    : `c = ${channelText} (${block} (y mod ${block}) + x mod ${block}) + k`;
  return {
    left: tensor('Y', ...names),
    right: tensor('X', 'b', 'c', divided('y'), divided('x')),
    ranges: rangesOf(names, shape),
    notes: [note],
  };
}

export const depthToSpace: OpDef = {
  name: 'DepthToSpace',
  family: 'upsampling',
  title: t('Depth to space'),
  summary: t('Makes a picture larger by laying groups of channels out as blocks of pixels (pixel shuffle).'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), deepShape(ctx))],
  dependence(ctx) {
    const block = ctx.attrs.int('blocksize', 0);
    if (block < 1 || block > largestBlock || shapeOf(ctx, 0)?.length !== 4) return [firstOnly(ctx, null)];
    const map = block === 1 ? undefined : spread(block);
    return [[{ axes: [along(0), [], along(2, map), along(3, map)] }]];
  },
  label: (ctx) => [`×${plain(ctx.attrs.int('blocksize', 1))}`],
  formula: depthFormula,
};

function spaceShape(ctx: OpContext): readonly Dim[] | null {
  const [block, found] = [blockOf(ctx), picture(ctx)];
  if (block === null || !found) return null;
  const [batch, channels, height, width] = found;
  if (indivisible(height, block) || indivisible(width, block)) {
    return refuse(ctx, badAttribute, t('{0} does not divide into blocks of {1}', shapeText([height, width]), block));
  }
  return [batch, dimMul(channels, block * block), dimFloorDiv(height, block), dimFloorDiv(width, block)];
}

export const spaceToDepth: OpDef = {
  name: 'SpaceToDepth',
  family: 'shape',
  title: t('Space to depth'),
  summary: t('Makes a picture smaller by stacking the pixels of each block as channels.'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), spaceShape(ctx))],
  dependence(ctx) {
    const block = ctx.attrs.int('blocksize', 0);
    if (block < 1 || block > largestBlock || shapeOf(ctx, 0)?.length !== 4) return [firstOnly(ctx, null)];
    const map: AxisMap = {
      kind: 'window',
      window: { kernel: block, stride: block, dilation: 1, padBegin: 0, padEnd: 0 },
    };
    return [[{ axes: [along(0), [], along(2, map), along(3, map)] }]];
  },
  label: (ctx) => [`/${plain(ctx.attrs.int('blocksize', 1))}`],
};
