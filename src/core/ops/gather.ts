import { dimAdd, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { firstOnly } from './firstOnly';
import { contentsOf, countOf } from './contents';
import { along, type AxisLink, type Dependence } from './dependence';
import { dtypeOf, frontAxis, given, numbersOf, shapeOf, tensorType } from './operands';
import type { Contents, OpContext, OpDef, TypedContext } from './operator';
import { checkedAxis } from './shapeProblems';

const axisAttribute = (ctx: OpContext): number => ctx.attrs.int('axis', 0);

function gatheredShape(ctx: OpContext): readonly Dim[] | null {
  const [data, indices] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  if (!data) return null;
  const axis = checkedAxis(ctx, axisAttribute(ctx), data.length);
  return axis === null || !indices ? null : [...data.slice(0, axis), ...indices, ...data.slice(axis + 1)];
}

/** Known indices, counted from the front. */
function indicesOf(ctx: TypedContext, extent: Dim): readonly number[] | null {
  const numbers = numbersOf(ctx, 1);
  if (!numbers) return null;
  const front = numbers.map((i) => (i < 0 ? dimAdd(i, extent) : i));
  return front.every((i): i is number => typeof i === 'number') ? front : null;
}

function dependence(ctx: TypedContext): readonly (readonly (Dependence | null)[])[] {
  const [data, indices] = [shapeOf(ctx, 0), shapeOf(ctx, 1)];
  const axis = data ? frontAxis(axisAttribute(ctx), data.length) : null;
  if (!data || !indices || axis === null) return [firstOnly(ctx, null)];
  const picked = indicesOf(ctx, data[axis] ?? null);
  // A single index or a list: output i reads input picked[i]. More axes of indices, or unknown ones: the axis is needed as a whole.
  const listed: readonly AxisLink[] =
    picked && indices.length === 1 ? along(axis, { kind: 'listed', reads: picked.map((i) => [i]) }) : [];
  const axes = [
    ...data.slice(0, axis).map((_, i) => along(i)),
    ...indices.map((_, i) => (i === 0 ? listed : [])),
    ...data.slice(axis + 1).map((_, i) => along(axis + 1 + i)),
  ];
  return [firstOnly(ctx, { axes })];
}

function evaluate(ctx: TypedContext): readonly (Contents | null)[] {
  const data = ctx.inputs[0]?.contents;
  const indices = ctx.inputs[1]?.contents;
  const axis = data ? frontAxis(axisAttribute(ctx), data.shape.length) : null;
  if (!data || !indices || axis === null) return [null];
  const extent = data.shape[axis] ?? 0;
  const picked = indices.values.map((i) => (typeof i === 'number' ? (i < 0 ? i + extent : i) : null));
  const [outer, inner] = [countOf(data.shape.slice(0, axis)), countOf(data.shape.slice(axis + 1))];
  const values: Dim[] = [];
  for (let row = 0; row < outer; row++) {
    for (const index of picked) {
      const start = (row * extent + (index ?? 0)) * inner;
      for (let k = 0; k < inner; k++) values.push(index === null ? null : (data.values[start + k] ?? null));
    }
  }
  return [contentsOf(data.dtype, ctx.outputs[0]?.shape ?? null, values)];
}

export const gather: OpDef = {
  name: 'Gather',
  family: 'join',
  title: 'Gather',
  summary: t('Picks entries along one axis by their index.'),
  inputs: [{ name: 'data' }, { name: 'indices' }],
  types: (ctx) => [given(ctx, 0) ? tensorType(dtypeOf(ctx, 0), gatheredShape(ctx)) : null],
  evaluate,
  dependence,
  label(ctx) {
    const numbers = numbersOf(ctx, 1);
    const axis = `axis ${axisAttribute(ctx)}`;
    if (numbers && numbers.length <= 4) return [numbers.join(', '), axis];
    return [`${(shapeOf(ctx, 1) ?? [null]).map(dimText).join('×')} indices`, axis];
  },
};
