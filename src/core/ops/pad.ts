import { dimAdd, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { plain } from './activation';
import { along, same, type AxisMap } from './dependence';
import { firstOnly } from './firstOnly';
import { tensor, type Formula } from './formula';
import { letters, rangesOf } from './letters';
import { dtypeOf, elementsOf, given, numbersOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, refuse } from './problems';
import { checkedAxes, checkedShape, impossibleShape, shapeText } from './shapeProblems';

interface Padding {
  readonly before: Dim;
  readonly after: Dim;
}

/** One per axis of the input; negative padding crops. Opset 1 called the attribute `paddings`; an input since opset 11. */
function paddings(ctx: OpContext, rank: number): readonly Padding[] | null {
  const listed = ctx.attrs.ints('pads') ?? ctx.attrs.ints('paddings') ?? elementsOf(ctx, 1);
  const named = given(ctx, 3) ? numbersOf(ctx, 3) : undefined;
  if (!listed || named === null) return null;
  const axes = checkedAxes(ctx, named ?? Array.from({ length: rank }, (_, i) => i), rank);
  if (!axes) return null;
  if (listed.length !== 2 * axes.length) {
    return refuse(ctx, badAttribute, t('pads has {0} entries for {1} axes', listed.length, axes.length));
  }
  return Array.from({ length: rank }, (_, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return { before: 0, after: 0 };
    return { before: listed[at] ?? null, after: listed[at + axes.length] ?? null };
  });
}

const modeOf = (ctx: OpContext): string => ctx.attrs.string('mode', 'constant');

function paddedShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  if (!shape) return null;
  const around = paddings(ctx, shape.length);
  if (!around) return unknownExtents(shape.length);
  const result = shape.map((extent, axis) =>
    dimAdd(extent, dimAdd(around[axis]?.before ?? null, around[axis]?.after ?? null)),
  );
  const bad = result.some((d) => typeof d === 'number' && d < 0);
  return bad
    ? refuse(ctx, impossibleShape, t('cropping leaves nothing of {0}', shapeText(shape)))
    : checkedShape(ctx, result);
}

/** Beyond it a border is no border of a picture. */
const widestBorder = 65536;

/** Output i reads input i − before; beyond it there is padding, or nothing left when negative padding crops. */
export function paddedMap(before: number, after: number, extent: Dim): AxisMap {
  if (extent === 1 && after > 0 && before >= 0 && before + after <= widestBorder) {
    // A single pixel with a border is a picture, not an extent to be broadcast.
    return { kind: 'listed', reads: Array.from({ length: before + 1 + after }, (_, i) => (i === before ? [0] : [])) };
  }
  return { kind: 'window', window: { kernel: 1, stride: 1, dilation: 1, padBegin: before, padEnd: after } };
}

function mapOf(mode: string, { before, after }: Padding, extent: Dim): AxisMap {
  if (before === 0 && after === 0) return same;
  if (typeof before !== 'number') return { kind: 'whole' };
  if (mode === 'reflect' || mode === 'edge' || mode === 'wrap') return { kind: 'border', before, mode };
  return paddedMap(before, typeof after === 'number' ? after : 0, extent);
}

const neutral = (ctx: TypedContext): number => ctx.attrs.float('value') ?? numbersOf(ctx, 2)?.[0] ?? 0;

/** `2`, `1…2`, `0×1`: what is added per axis, for the axes that get any. */
function label(ctx: TypedContext): readonly string[] {
  const shape = shapeOf(ctx, 0);
  const around = shape && paddings(ctx, shape.length);
  if (!around) return [];
  const text = ({ before, after }: Padding): string =>
    before === after
      ? shapeText([before]).slice(1, -1)
      : `${shapeText([before]).slice(1, -1)}…${shapeText([after]).slice(1, -1)}`;
  const padded = around.filter(({ before, after }) => before !== 0 || after !== 0).map(text);
  const sizes = padded.every((t) => t === padded[0]) ? padded.slice(0, 1) : [padded.join('×')];
  const mode = modeOf(ctx);
  const value = neutral(ctx);
  if (mode !== 'constant') return [...sizes, mode];
  return value === 0 ? sizes : [...sizes, `with ${plain(value)}`];
}

const BEYOND: ReadonlyMap<string, string> = new Map([
  ['reflect', t('beyond the border X is mirrored, the border itself not repeated')],
  ['edge', t('beyond the border X continues with its border value')],
  ['wrap', t('beyond the border X begins again at the other side')],
]);

function formula(ctx: TypedContext): Formula | null {
  const shape = ctx.outputs[0]?.shape;
  const around = shape && paddings(ctx, shape.length);
  if (!shape || !around?.every(({ before }) => typeof before === 'number')) return null;
  const names = letters(shape.length);
  const source = names.map((letter, axis) => {
    const before = Number(around[axis]?.before ?? 0);
    return { terms: [{ letter, factor: 1 }], constant: before === 0 ? 0 : -before, divisor: 1 };
  });
  const note = BEYOND.get(modeOf(ctx)) ?? t('outside the border X is {0}', plain(neutral(ctx)));
  return { left: tensor('Y', ...names), right: tensor('X', ...source), ranges: rangesOf(names, shape), notes: [note] };
}

export const pad: OpDef = {
  name: 'Pad',
  family: 'shape',
  title: 'Pad',
  summary: t('Adds a border around a picture, of a neutral value or of the picture mirrored or repeated.'),
  inputs: [{ name: 'data' }, { name: 'pads' }, { name: 'constant_value' }, { name: 'axes' }],
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), paddedShape(ctx))],
  dependence(ctx) {
    const shape = shapeOf(ctx, 0);
    const around = shape && paddings(ctx, shape.length);
    const mode = modeOf(ctx);
    const axes = shape?.map((extent, axis) => {
      const { before, after } = around?.[axis] ?? { before: null, after: null };
      return along(axis, mapOf(mode, { before, after }, extent));
    });
    return [firstOnly(ctx, axes && { axes })];
  },
  label,
  formula,
};
