import type { Dim } from '../ir/dim';
import type { Attr } from '../ir/types';
import { t } from '../l10n/l10n';
import { AttrReader } from './attributes';
import { averagePool } from './averagePool';
import { along, type Dependence } from './dependence';
import { convolutionWithSum } from './fusedConv';
import { everywhere } from './firstOnly';
import { globalAveragePool, globalMaxPool } from './globalPool';
import { maxPool } from './maxPool';
import { dtypeOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef, Operand, TypedContext } from './operator';
import { badRank, refuse } from './problems';
import { resize } from './resize';
import { through } from './through';
import { viewedAs } from './viewedAs';

/**
 * onnxruntime's blocked layout, which files saved after optimisation carry: channels in groups of 8 or 16, filled up with zeros. Sizes are
 * written as if the channels lay as usual, with their filled-up number.
 */
const domain = 'com.microsoft.nchwc';

/** Blocks are of 8 or 16 channels as the processor wants it; the file does not say which. */
const LARGEST_BLOCK = 16;

const isLast = (ctx: OpContext): boolean => ctx.attrs.int('channels_last', 0) === 1;

/** The output's axes in terms of the input's, where one of them has its channels last. */
function reorder(
  name: string,
  title: string,
  summary: string,
  channels: (ctx: OpContext, own: Dim) => Dim,
  order: (rank: number) => readonly number[],
): OpDef {
  const orderOf = (ctx: OpContext, rank: number): readonly number[] =>
    isLast(ctx) ? order(rank) : Array.from({ length: rank }, (_, axis) => axis);
  return {
    name,
    domain,
    family: 'shape',
    title,
    summary,
    inputs: [{ name: 'X' }],
    types(ctx) {
      const shape = shapeOf(ctx, 0);
      if (shape && shape.length < 3) return [refuse(ctx, badRank, t('an input of {0} axes', shape.length))];
      const axes = shape && orderOf(ctx, shape.length);
      const from = name === 'ReorderInput' ? (axes?.[1] ?? 1) : 1;
      const moved = axes?.map((axis) =>
        axis === from ? channels(ctx, shape?.[axis] ?? null) : (shape?.[axis] ?? null),
      );
      return [tensorType(dtypeOf(ctx, 0), moved ?? null)];
    },
    dependence(ctx) {
      const rank = shapeOf(ctx, 0)?.length;
      const moved: Dependence =
        rank === undefined ? everywhere(rank) : { axes: orderOf(ctx, rank).map((axis) => along(axis)) };
      return [[moved]];
    },
  };
}

const channelsToSecond = (rank: number): readonly number[] => [
  0,
  rank - 1,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 1),
];
const channelsToLast = (rank: number): readonly number[] => [
  0,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 2),
  1,
];

const reorderInput = reorder(
  'ReorderInput',
  t('Into blocks'),
  t('Lays the channels in blocks that the processor takes at once.'),
  (_, own) => (typeof own === 'number' && own % LARGEST_BLOCK === 0 ? own : null),
  channelsToSecond,
);

const reorderOutput = reorder(
  'ReorderOutput',
  t('Out of blocks'),
  t('Lays the channels as usual again, without those that only filled up a block.'),
  (ctx) => ctx.attrs.int('channels') ?? null,
  channelsToLast,
);

/** Whole scales in an attribute, and the pixel before: a Resize of later opsets with its settings elsewhere. */
function asResize(ctx: OpContext, outputs: TypedContext['outputs']): TypedContext {
  const scales = ctx.attrs.ints('scales') ?? [];
  const contents = { dtype: 'float32', shape: [scales.length], values: scales } as const;
  const given: Operand = { type: tensorType('float32', contents.shape), contents, constant: true };
  const attrs = new Map<string, Attr>([...ctx.node.attrs, ['nearest_mode', { kind: 'string', value: 'floor' }]]);
  attrs.delete('scales');
  const view = viewedAs(ctx, [ctx.inputs[0] ?? null, null, given], outputs);
  return { ...view, opset: 13, attrs: new AttrReader(attrs), node: { ...ctx.node, op: 'Resize', attrs } };
}

const upsample = through(resize, { name: 'Upsample', domain, title: 'Upsample', inputs: [{ name: 'X' }] }, asResize);

const only = (def: OpDef): OpDef => ({ ...def, domain });

export const blockedLayout: readonly OpDef[] = [
  convolutionWithSum({ name: 'Conv', domain, title: 'Conv' }),
  only(maxPool),
  only(averagePool),
  only(globalAveragePool),
  only(globalMaxPool),
  { ...upsample, dependence: (ctx) => [(upsample.dependence?.(ctx)[0] ?? []).slice(0, 1)] },
  reorderInput,
  reorderOutput,
];
