import { type Dim, dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type Dependence } from './dependence';
import { dtypeOf, elementsOf, shapeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { badAttribute, badRank, refuse } from './problems';
import type { TensorType } from '../ir/types';

/** One small picture per region, cut from anywhere in the big one. */
function regionTypes(ctx: OpContext, height: Dim, width: Dim): readonly (TensorType | null)[] {
  const shape = shapeOf(ctx, 0);
  const rois = shapeOf(ctx, 1);
  if (shape && shape.length !== 4) return [refuse(ctx, badRank, t('an input of {0} axes instead of 4', shape.length))];
  const impossible = [height, width].some((d) => typeof d === 'number' && !(Number.isSafeInteger(d) && d >= 1));
  if (impossible) return [refuse(ctx, badAttribute, t('an output of {0}×{1}', dimText(height), dimText(width)))];
  return [{ dtype: dtypeOf(ctx, 0), shape: [rois?.[0] ?? null, shape?.[1] ?? null, height, width] }];
}

const anywhere: Dependence = { axes: [[], along(1), [], []], global: true };

export const roiAlign: OpDef = {
  name: 'RoiAlign',
  family: 'pooling',
  title: 'RoI align',
  summary: t('Samples each region of interest on a regular grid, between pixels bilinearly.'),
  inputs: [{ name: 'X' }, { name: 'rois' }, { name: 'batch_indices' }],
  types: (ctx) => regionTypes(ctx, ctx.attrs.int('output_height', 1), ctx.attrs.int('output_width', 1)),
  dependence: () => [[anywhere, null, null]],
  label: (ctx) => [`${ctx.attrs.int('output_height', 1)}×${ctx.attrs.int('output_width', 1)}`],
};

/** onnxruntime's: like RoI align with one sample for each place, its size given by an input. */
export const cropAndResize: OpDef = {
  name: 'CropAndResize',
  domain: 'com.microsoft',
  family: 'pooling',
  title: t('Crop and resize'),
  summary: t('Cuts each region of interest out and brings it to the same size.'),
  inputs: [{ name: 'X' }, { name: 'rois' }, { name: 'batch_indices' }, { name: 'crop_size' }],
  types(ctx) {
    const [height = null, width = null] = elementsOf(ctx, 3) ?? [];
    return regionTypes(ctx, height, width);
  },
  dependence: () => [[anywhere, null, null, null]],
};

export const maxRoiPool: OpDef = {
  name: 'MaxRoiPool',
  family: 'pooling',
  title: 'RoI max pool',
  summary: t('Divides each region of interest into a grid and keeps the largest value of every cell.'),
  inputs: [{ name: 'X' }, { name: 'rois' }],
  types(ctx) {
    const [height = 0, width = 0] = ctx.attrs.ints('pooled_shape', []);
    return regionTypes(ctx, height, width);
  },
  dependence: () => [[anywhere, null]],
  label: (ctx) => [ctx.attrs.ints('pooled_shape', []).join('×')],
};
