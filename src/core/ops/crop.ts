import { dimFloorDiv, dimProduct, dimSub, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { along, type AxisMap, sliced } from './dependence';
import { batchOnly, firstOnly } from './firstOnly';
import { dtypeOf, elementsOf, rankOf, shapeOf, tensorType } from './operands';
import type { OpContext, OpDef } from './operator';
import { paddedMap } from './pad';
import { badAttribute, badRank, mismatch, refuse } from './problems';
import { checkedAxes, checkedShape, shapeText } from './shapeProblems';

/** The wanted extent of every axis; axes that are not named keep theirs. */
function centred(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  const axes = checkedAxes(ctx, ctx.attrs.ints('axes') ?? shape.map((_, i) => i), shape.length);
  const wanted = elementsOf(ctx, 1);
  if (!axes) return null;
  if (wanted && wanted.length !== axes.length) {
    return refuse(ctx, mismatch, t('{0} sizes for {1} axes', wanted.length, axes.length));
  }
  const result = shape.map((extent, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? extent : (wanted?.[at] ?? null);
  });
  return checkedShape(ctx, result);
}

/** Half of the difference is cut off or added in front; the odd one at the end. */
function centredMap(from: Dim, to: Dim): AxisMap {
  if (typeof from !== 'number' || typeof to !== 'number') return from === to ? sliced(0, 1) : { kind: 'whole' };
  if (to <= from) return sliced(Math.floor((from - to) / 2), 1);
  const before = Math.floor((to - from) / 2);
  return paddedMap(before, to - from - before, from);
}

export const centerCropPad: OpDef = {
  name: 'CenterCropPad',
  family: 'shape',
  title: t('Centre crop or pad'),
  summary: t('Brings a picture to a size by cutting or adding evenly on both sides.'),
  inputs: [{ name: 'input_data' }, { name: 'shape' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), centred(ctx))],
  dependence(ctx) {
    const [from, to] = [shapeOf(ctx, 0), ctx.outputs[0]?.shape];
    const axes = from && to ? from.map((extent, axis) => along(axis, centredMap(extent, to[axis] ?? null))) : null;
    return [firstOnly(ctx, axes && { axes })];
  },
  label: (ctx) => [(elementsOf(ctx, 1) ?? [null]).map(dimText).join('×')],
};

interface Border {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `border` is [left, top, right, bottom]; with `scale` [height, width] the size is given and the border is its upper left corner. */
function cropBorder(ctx: OpContext): Border | null {
  const [left, top, right, bottom] = ctx.attrs.ints('border') ?? [];
  if (left === undefined || top === undefined) return refuse(ctx, badAttribute, t('attribute “border” is missing'));
  return { left, top, right: right ?? 0, bottom: bottom ?? 0 };
}

function croppedShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  const border = cropBorder(ctx);
  if (!shape || !border) return null;
  if (shape.length !== 4) return refuse(ctx, badRank, t('needs a picture with 4 axes, not {0}', shapeText(shape)));
  const [batch = null, channels = null, height = null, width = null] = shape;
  const [tall, wide] = ctx.attrs.ints('scale') ?? [];
  if (tall !== undefined && wide !== undefined) return checkedShape(ctx, [batch, channels, tall, wide]);
  const { left, top, right, bottom } = border;
  return checkedShape(ctx, [batch, channels, dimSub(height, top + bottom), dimSub(width, left + right)]);
}

/** Removed from ONNX in opset 10; WinML and CoreML converters wrote it. */
export const crop: OpDef = {
  name: 'Crop',
  family: 'shape',
  title: t('Crop'),
  summary: t('Cuts a border off a picture.'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), croppedShape(ctx))],
  dependence(ctx) {
    const [left, top] = ctx.attrs.ints('border') ?? [];
    if (left === undefined || top === undefined || rankOf(ctx, 0) !== 4) return [firstOnly(ctx, null)];
    return [[{ axes: [along(0), along(1), along(2, sliced(top, 1)), along(3, sliced(left, 1))] }]];
  },
};

/** Removed from ONNX in opset 10: `scale · x + bias[channel]`. */
export const imageScaler: OpDef = {
  name: 'ImageScaler',
  family: 'join',
  title: t('Image scaler'),
  summary: t('Multiplies a picture by a number and adds another to each channel.'),
  inputs: [{ name: 'input' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), shapeOf(ctx, 0))],
};

/** One step of folding patches back: how many window positions there are, and where each pixel's contributions lie. */
function foldedShape(ctx: OpContext): readonly Dim[] | null {
  const columns = shapeOf(ctx, 0);
  const image = elementsOf(ctx, 1);
  const block = elementsOf(ctx, 2);
  if (!columns || !image) return null;
  const area = dimProduct(block ?? [null]);
  return checkedShape(ctx, [columns[0] ?? null, dimFloorDiv(columns[1] ?? null, area), ...image]);
}

export const col2Im: OpDef = {
  name: 'Col2Im',
  family: 'upsampling',
  title: t('Columns to image'),
  summary: t('Lays patches back into a picture and adds up where they overlap.'),
  inputs: [{ name: 'input' }, { name: 'image_shape' }, { name: 'block_shape' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), foldedShape(ctx))],
  // The patches lie behind each other on one axis: which of them a pixel reads has no form per axis.
  dependence: (ctx) => [firstOnly(ctx, batchOnly(ctx))],
};
