import { along, type Dependence } from './dependence';
import { dtypeOf, shapeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, badRank, refuse } from './problems';
import type { TensorType } from '../ir/types';

/** One small picture per region, cut from anywhere in the big one. */
function regionTypes(ctx: OpContext, height: number, width: number): readonly (TensorType | null)[] {
  const shape = shapeOf(ctx, 0);
  const rois = shapeOf(ctx, 1);
  if (shape && shape.length !== 4) return [refuse(ctx, badRank, `an input of ${shape.length} axes instead of 4`)];
  if (height < 1 || width < 1) return [refuse(ctx, badAttribute, `an output of ${height}×${width}`)];
  return [{ dtype: dtypeOf(ctx, 0), shape: [rois?.[0] ?? null, shape?.[1] ?? null, height, width] }];
}

const anywhere: Dependence = { axes: [[], along(1), [], []], global: true };

export const roiAlign: OpDef = {
  name: 'RoiAlign',
  family: 'pooling',
  title: 'RoI align',
  summary: 'Samples each region of interest on a regular grid, between pixels bilinearly.',
  inputs: [{ name: 'X' }, { name: 'rois' }, { name: 'batch_indices' }],
  types: (ctx) => regionTypes(ctx, ctx.attrs.int('output_height', 1), ctx.attrs.int('output_width', 1)),
  dependence: () => [[anywhere, null, null]],
  label: (ctx) => [`${ctx.attrs.int('output_height', 1)}×${ctx.attrs.int('output_width', 1)}`],
};

export const maxRoiPool: OpDef = {
  name: 'MaxRoiPool',
  family: 'pooling',
  title: 'RoI max pool',
  summary: 'Divides each region of interest into a grid and keeps the largest value of every cell.',
  inputs: [{ name: 'X' }, { name: 'rois' }],
  types(ctx) {
    const [height = 0, width = 0] = ctx.attrs.ints('pooled_shape', []);
    return regionTypes(ctx, height, width);
  },
  dependence: () => [[anywhere, null]],
  label: (ctx) => [ctx.attrs.ints('pooled_shape', []).join('×')],
};
