import { dimEquals, dimFloorDiv, dimProduct, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { reshaped } from './contents';
import { exactQuotient } from './exact';
import { dtypeOf, elementsOf, given, lengthOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef } from './operator';
import { refuse } from './problems';
import { regrouped } from './regroup';
import { impossibleShape, shapeText } from './shapeProblems';

/** The wanted shape with `0` replaced by the input's own extent (unless `allowzero`); −1 stays. */
function wantedShape(ctx: OpContext, input: readonly Dim[] | null): readonly Dim[] | null {
  const wanted = ctx.attrs.ints('shape') ?? elementsOf(ctx, 1);
  if (!wanted) return null;
  const copies = ctx.attrs.int('allowzero', 0) === 0;
  return wanted.map((extent, axis) => (extent === 0 && copies ? (input?.[axis] ?? null) : extent));
}

/** What is left for the −1: the input's elements divided by all other extents. */
function remaining(ctx: OpContext, input: readonly Dim[], wanted: readonly Dim[]): Dim {
  // Extents that stand on both sides cancel: `[B, C, H, W] → [B, −1]` is C·H·W whatever B is.
  const above = [...input];
  const below = wanted.filter((extent) => {
    if (extent === -1) return false;
    const twin = above.findIndex((d) => dimEquals(d, extent));
    if (twin >= 0) above.splice(twin, 1);
    return twin < 0;
  });
  const [all, rest] = [dimProduct(above), dimProduct(below)];
  if (typeof all === 'number' && typeof rest === 'number' && (rest === 0 ? all !== 0 : all % rest !== 0)) {
    return refuse(ctx, impossibleShape, t('{0} does not divide into {1}', shapeText(input), shapeText(wanted)));
  }
  if (all === 0) return 0;
  return exactQuotient(all, rest) ?? dimFloorDiv(all, rest);
}

function reshapeShape(ctx: OpContext): readonly Dim[] | null {
  const input = shapeOf(ctx, 0);
  const wanted = wantedShape(ctx, input);
  if (!wanted) {
    const rank = given(ctx, 1) ? lengthOf(ctx, 1) : null;
    return rank === null ? null : unknownExtents(rank);
  }
  const open = wanted.filter((extent) => extent === -1).length;
  const impossible = wanted.some((d) => typeof d === 'number' && (d < -1 || !Number.isInteger(d)));
  if (open > 1 || impossible) return refuse(ctx, impossibleShape, t('no tensor has the shape {0}', shapeText(wanted)));
  if (open === 1) {
    const rest = input ? remaining(ctx, input, wanted) : null;
    return wanted.map((extent) => (extent === -1 ? rest : extent));
  }
  const [before, after] = [input ? dimProduct(input) : null, dimProduct(wanted)];
  if (typeof before === 'number' && typeof after === 'number' && before !== after) {
    const what = t('{0} has {1} elements, {2} has {3}', shapeText(input ?? []), before, shapeText(wanted), after);
    return refuse(ctx, impossibleShape, what);
  }
  return wanted;
}

/** The dependence of an operator that only regroups axes; sizes that are not known well enough need everything. */
function regrouping(
  ctx: Parameters<NonNullable<OpDef['dependence']>>[0],
): ReturnType<NonNullable<OpDef['dependence']>> {
  const [from, to] = [shapeOf(ctx, 0), ctx.outputs[0]?.shape];
  return [firstOnly(ctx, from && to ? regrouped(from, to) : null)];
}

export const reshape: OpDef = {
  name: 'Reshape',
  family: 'shape',
  title: 'Reshape',
  summary: t('The same numbers in the same order, arranged in other sizes.'),
  inputs: [{ name: 'data' }, { name: 'shape' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), reshapeShape(ctx))],
  evaluate: reshaped,
  dependence: regrouping,
  label: (ctx) => [(ctx.outputs[0]?.shape ?? [null]).map(dimText).join('×')],
};

function flattenShape(ctx: OpContext): readonly Dim[] {
  const input = shapeOf(ctx, 0);
  if (!input) return [null, null];
  const axis = ctx.attrs.int('axis', 1);
  // An axis equal to the rank is allowed: everything in the first, 1 in the second.
  const front = axis < 0 ? axis + input.length : axis;
  if (front < 0 || front > input.length) {
    refuse(ctx, impossibleShape, t('there is no axis {0} in a tensor with {1} axes', axis, input.length));
    return [null, null];
  }
  return [dimProduct(input.slice(0, front)), dimProduct(input.slice(front))];
}

export const flatten: OpDef = {
  name: 'Flatten',
  family: 'shape',
  title: 'Flatten',
  summary: t('Lays all values of a picture out in one row, so that a fully connected layer can read them.'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), flattenShape(ctx))],
  evaluate: reshaped,
  dependence: regrouping,
  label(ctx) {
    const axis = ctx.attrs.int('axis', 1);
    return axis === 1 ? [] : [`axis ${axis}`];
  },
};
