import type { Diagnostic } from '../diagnostics/diagnostic';
import { dimProduct } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { along, type Dependence, type Window } from './dependence';
import { type Expr, type Formula, tensor } from './formula';
import { sizeText, windowLabel } from './labels';
import { dtypeOf, shapeOf } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, badRank, problemOf } from './problems';
import { isPadded, outputShape, positions, ranges, tapRanges, wideTaps, windowed, windowIndices } from './spatial';
import { readKernel, readWindowAttributes, slideAll, type Sliding } from './window';

/** A pooling's windows; output extents only where the input's rank is known. */
function readPooling(ctx: OpContext, problems: Diagnostic[]): Sliding | null {
  const shape = shapeOf(ctx, 0);
  const kernel = readKernel(ctx, problems);
  if (!kernel) problems.push(problemOf(ctx, badAttribute, t('kernel_shape is missing')));
  if (shape && shape.length < 3) problems.push(problemOf(ctx, badRank, t('an input of {0} axes', shape.length)));
  if (!kernel || problems.length) return null;
  const spatial = shape?.slice(2) ?? Array<null>(kernel.length).fill(null);
  const attributes = readWindowAttributes(ctx, kernel.length, problems);
  return slideAll(ctx, spatial, kernel, attributes, problems, ctx.attrs.int('ceil_mode', 0) !== 0);
}

/** The type of a pooled tensor, with problems reported. */
export function pooledType(ctx: OpContext): TensorType {
  const problems: Diagnostic[] = [];
  const sliding = readPooling(ctx, problems);
  problems.forEach((p) => ctx.report(p));
  const shape = shapeOf(ctx, 0);
  const [batch = null, channels = null] = shape ?? [];
  return { dtype: dtypeOf(ctx, 0), shape: shape && sliding ? [batch, channels, ...sliding.output] : null };
}

export const poolingWindows = (ctx: OpContext): readonly Window[] | null => readPooling(ctx, [])?.windows ?? null;

function poolingLabel(ctx: TypedContext): readonly string[] {
  const windows = poolingWindows(ctx);
  if (!windows) return [];
  const size = sizeText(windows.map((w) => w.kernel));
  return [size, ...windowLabel(windows, shapeOf(ctx, 0)?.slice(2), outputShape(ctx)?.slice(2))];
}

/** `Y[b,c,y,x] = max over u, v of X[b,c,2y+u,2x+v]`, the middle given by the operator. */
export function poolingFormula(
  ctx: TypedContext,
  gather: (x: Expr, letters: readonly string[]) => Expr,
  summed: boolean,
  notes: readonly string[],
): Formula | null {
  const windows = poolingWindows(ctx);
  if (!windows) return null;
  const [batch = null, channels = null, ...spatial] = outputShape(ctx) ?? [];
  const letters = positions(windows.length);
  return {
    left: tensor('Y', 'b', 'c', ...letters),
    right: gather(tensor('X', 'b', 'c', ...windowIndices(windows)), wideTaps(windows)),
    ranges: [
      ...ranges(['b', 'c'], [batch, channels], false),
      ...ranges(letters, spatial, false),
      ...tapRanges(windows, summed),
    ],
    notes: isPadded(windows) || ctx.attrs.int('ceil_mode', 0) ? notes : [],
  };
}

/** What the members of the pooling family share; windows run over each channel by itself. */
export function pooling(
  def: Pick<OpDef, 'name' | 'domain' | 'title' | 'summary' | 'inputs' | 'formula'> & {
    readonly outputs?: number;
  } & Partial<Pick<OpDef, 'types'>>,
): OpDef {
  const { outputs = 1, ...rest } = def;
  return {
    types: (ctx) => [pooledType(ctx)],
    ...rest,
    family: 'pooling',
    windows: poolingWindows,
    dependence(ctx) {
      const windows = poolingWindows(ctx);
      const row = def.inputs.map((_, i) => (i === 0 && windows ? windowed(windows, 'same', 'window') : null));
      return Array.from({ length: outputs }, () => row);
    },
    label: poolingLabel,
  };
}

/** Pooling over the whole picture: one number per channel. */
export function globalPooling(
  def: Pick<OpDef, 'name' | 'title' | 'summary'> & {
    readonly gather: (x: Expr, letters: readonly string[]) => Expr;
    readonly summed: boolean;
  },
): OpDef {
  const { gather, summed, ...names } = def;
  return {
    ...names,
    family: 'pooling',
    inputs: [{ name: 'X' }],
    types(ctx) {
      const shape = shapeOf(ctx, 0);
      if (shape && shape.length < 2) ctx.report(problemOf(ctx, badRank, t('an input of {0} axes', shape.length)));
      const pooled = shape && shape.length >= 2 ? shape.map((d, i) => (i < 2 ? d : 1)) : null;
      return [{ dtype: dtypeOf(ctx, 0), shape: pooled }];
    },
    dependence(ctx) {
      const rank = shapeOf(ctx, 0)?.length ?? 2;
      const axes = Array.from({ length: rank }, (_, i) => along(i, ...(i < 2 ? [] : [{ kind: 'whole' } as const])));
      const whole: Dependence = { axes, global: true };
      return [[whole]];
    },
    label(ctx) {
      const spatial = shapeOf(ctx, 0)?.slice(2) ?? [];
      return spatial.length && dimProduct(spatial) !== null ? [sizeText(spatial)] : [];
    },
    formula(ctx) {
      const [batch = null, channels = null, ...spatial] = shapeOf(ctx, 0) ?? [];
      if (!spatial.length) return null;
      const letters = positions(spatial.length);
      return {
        left: tensor('Y', 'b', 'c'),
        right: gather(tensor('X', 'b', 'c', ...letters), letters),
        ranges: [...ranges(['b', 'c'], [batch, channels], false), ...ranges(letters, spatial, summed)],
        notes: [],
      };
    },
  };
}
