import type { Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { batchOnly, everywhere, firstOnly } from './firstOnly';
import { dtypeOf, elementsOf, lengthOf, rankOf, shapeOf, tensorType } from './operands';
import { along, type Dependence } from './dependence';
import type { OpContext, OpDef } from './operator';
import { mismatch, refuse } from './problems';
import { checkedShape, shapeText } from './shapeProblems';

function sampledShape(ctx: OpContext): readonly Dim[] | null {
  const [x, grid] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  if (!x || !grid) return null;
  if (x.length !== grid.length || x.length < 3) {
    return refuse(ctx, mismatch, t('a grid {0} does not fit a picture {1}', shapeText(grid), shapeText(x)));
  }
  return [x[0] ?? null, x[1] ?? null, ...grid.slice(1, -1)];
}

/** The picture may be read anywhere; the grid is read at the output's own position. */
export const gridSample: OpDef = {
  name: 'GridSample',
  family: 'upsampling',
  title: 'Grid sample',
  summary: t('Reads a picture at positions that another tensor gives: warps, rotates, zooms.'),
  inputs: [{ name: 'X' }, { name: 'grid' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), sampledShape(ctx))],
  dependence(ctx) {
    const rank = rankOf(ctx, 0);
    if (rank === null || rank < 3) return [[everywhere(undefined), everywhere(undefined)]];
    const spatial = Array.from({ length: Math.max(0, rank - 2) }, (_, i) => i);
    const picture: Dependence = { axes: [along(0), along(1), ...spatial.map(() => [])], global: true };
    const grid: Dependence = { axes: [along(0), [], ...spatial.map((i) => along(i + 1))] };
    return [[picture, grid]];
  },
  label: (ctx) => [ctx.attrs.string('mode', 'linear')],
};

/** `size` is [N, C, (D,) H, W]; the grid has one coordinate per spatial axis. */
export const affineGrid: OpDef = {
  name: 'AffineGrid',
  family: 'upsampling',
  title: t('Affine grid'),
  summary: t('The positions at which a rotated, scaled or shifted picture is read.'),
  inputs: [{ name: 'theta' }, { name: 'size' }],
  types(ctx) {
    const size = elementsOf(ctx, 1);
    const rank = size?.length ?? lengthOf(ctx, 1);
    if (rank === null || rank < 4) return [tensorType(dtypeOf(ctx, 0), null)];
    const spatial = Array.from({ length: rank - 2 }, (_, i) => size?.[i + 2] ?? null);
    const shape = [size?.[0] ?? shapeOf(ctx, 0)?.[0] ?? null, ...spatial, rank - 2];
    return [tensorType(dtypeOf(ctx, 0), checkedShape(ctx, shape))];
  },
  dependence: (ctx) => [firstOnly(ctx, batchOnly(ctx))],
};
