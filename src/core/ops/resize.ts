import { dimText } from '../ir/dim';
import { t } from '../l10n/l10n';
import { plain } from './activation';
import { along, same, type AxisMap, type Dependence } from './dependence';
import { firstOnly } from './firstOnly';
import { dtypeOf, numbersOf, shapeOf, tensorType, unknownExtents } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badAttribute, refuse } from './problems';
import { cropMap, type Region } from './resizeCrop';
import { resizeFormula } from './resizeFormula';
import { resizedAxes, type ResizedAxis } from './resizeScales';
import { resizeMap, type Coordinates, type Interpolation, type Rounding } from './resizeTaps';

const coordinateModes: readonly string[] = [
  'half_pixel',
  'half_pixel_symmetric',
  'pytorch_half_pixel',
  'align_corners',
  'asymmetric',
  'tf_half_pixel_for_nn',
  'tf_crop_and_resize',
] satisfies readonly Coordinates[];
const roundings: readonly string[] = [
  'round_prefer_floor',
  'round_prefer_ceil',
  'floor',
  'ceil',
] satisfies readonly Rounding[];

/** Before opset 11 there was one way: coordinates divided by the scale. */
const isOld = (ctx: OpContext): boolean => ctx.node.op === 'Upsample' || ctx.opset < 11;

function modeOf(ctx: OpContext): Interpolation['mode'] | null {
  const text = ctx.attrs.string('mode', 'nearest');
  if (text === 'nearest' || text === 'linear' || text === 'cubic') return text;
  // Opset 1 spelled it so.
  return text === 'bilinear'
    ? 'linear'
    : refuse(ctx, badAttribute, t('mode “{0}” is none of nearest, linear, cubic', text));
}

function checked<T extends string>(ctx: OpContext, name: string, allowed: readonly string[], fallback: T): T {
  const text = ctx.attrs.string(name, fallback);
  if (allowed.includes(text)) return text as T;
  refuse(ctx, badAttribute, t('{0} “{1}” is none of {2}', name, text, allowed.join(', ')));
  return fallback;
}

function interpolationOf(ctx: OpContext): Interpolation | null {
  const mode = modeOf(ctx);
  if (!mode) return null;
  const plainKernel = { antialias: false, cubicA: -0.75, excludeOutside: false };
  if (isOld(ctx)) return { mode, coordinates: 'asymmetric', rounding: 'floor', ...plainKernel };
  return {
    mode,
    coordinates: checked<Coordinates>(ctx, 'coordinate_transformation_mode', coordinateModes, 'half_pixel'),
    rounding: checked<Rounding>(ctx, 'nearest_mode', roundings, 'round_prefer_floor'),
    antialias: mode !== 'nearest' && ctx.attrs.int('antialias', 0) === 1,
    cubicA: ctx.attrs.float('cubic_coeff_a', -0.75),
    excludeOutside: mode === 'cubic' && ctx.attrs.int('exclude_outside', 0) === 1,
  };
}

/** Before opset 11, shrinking by nearest neighbour took the pixel after, growing the one before. */
function forAxis(ctx: OpContext, how: Interpolation, { scale }: ResizedAxis): Interpolation {
  return isOld(ctx) && scale && scale.p < scale.q ? { ...how, rounding: 'ceil' } : how;
}

/** The region of tf_crop_and_resize along each axis; whole where an axis has none. */
function regions(ctx: OpContext, rank: number): readonly (Region | null)[] {
  const axes = ctx.attrs.ints('axes')?.map((axis) => (axis < 0 ? axis + rank : axis));
  const count = axes?.length ?? rank;
  const roi = numbersOf(ctx, 1);
  return Array.from({ length: rank }, (_, axis) => {
    const at = axes ? axes.indexOf(axis) : axis;
    if (at < 0) return { start: 0, end: 1 };
    const [start, end] = [roi?.[at], roi?.[at + count]];
    return start === undefined || end === undefined ? null : { start, end };
  });
}

/** How one axis is resized; `region` only in tf_crop_and_resize. */
export interface AxisRule {
  readonly axis: ResizedAxis;
  readonly how: Interpolation;
  readonly region: Region | null;
}

/** Rules per axis of the input; null for an axis that stays as it is. */
export function resizeRules(ctx: TypedContext): readonly (AxisRule | null)[] | null {
  const axes = resizedAxes(ctx);
  const how = axes && interpolationOf(ctx);
  if (!how) return null;
  const region = how.coordinates === 'tf_crop_and_resize' ? regions(ctx, axes.length) : null;
  const listed = ctx.attrs.ints('axes')?.map((axis) => (axis < 0 ? axis + axes.length : axis));
  return axes.map((axis, i) => {
    if (listed && !listed.includes(i)) return null;
    return { axis, how: region ? how : forAxis(ctx, how, axis), region: region?.[i] ?? null };
  });
}

function maps(ctx: TypedContext): readonly AxisMap[] | null {
  const rules = resizeRules(ctx);
  return (
    rules?.map((rule) => {
      if (!rule) return same;
      const { axis, how, region } = rule;
      return how.coordinates === 'tf_crop_and_resize' ? cropMap(axis, region, how) : resizeMap(axis, how);
    }) ?? null
  );
}

function dependence(ctx: TypedContext): readonly (readonly (Dependence | null)[])[] {
  const found = maps(ctx);
  return [firstOnly(ctx, found && { axes: found.map((map, axis) => along(axis, map)) })];
}

const byAxes: ReadonlyMap<string, readonly string[]> = new Map([
  ['nearest', ['nearest', 'nearest', 'nearest']],
  ['linear', ['linear', 'bilinear', 'trilinear']],
  ['cubic', ['cubic', 'bicubic', 'tricubic']],
]);

/** `bilinear`, `×2`; sizes where the scale is no small number. */
function label(ctx: TypedContext): readonly string[] {
  const axes = resizedAxes(ctx);
  const mode = ctx.attrs.string('mode', 'nearest');
  const changed = (axes ?? []).filter(({ scale }) => scale?.p !== scale?.q || !scale);
  const name = byAxes.get(mode)?.[Math.max(changed.length, 1) - 1] ?? mode;
  const factors = changed.map(({ scale }) => (scale ? scale.p / scale.q : null));
  const even = factors.every((f) => f !== null && f === factors[0] && Number.isInteger(f * 4));
  if (!changed.length) return [name];
  if (even) return [name, `×${plain(factors[0] ?? 1)}`];
  return [name, `→ ${changed.map(({ output }) => dimText(output)).join('×')}`];
}

function types(ctx: OpContext): ReturnType<OpDef['types']> {
  const rank = shapeOf(ctx, 0)?.length;
  const axes = resizedAxes(ctx);
  interpolationOf(ctx);
  const unknown = rank === undefined ? null : unknownExtents(rank);
  return [tensorType(dtypeOf(ctx, 0), axes ? axes.map((axis) => axis.output) : unknown)];
}

export const resize: OpDef = {
  name: 'Resize',
  family: 'upsampling',
  title: 'Resize',
  summary: t('Makes a picture larger or smaller by repeating or interpolating its values.'),
  inputs: [{ name: 'X' }, { name: 'roi' }, { name: 'scales' }, { name: 'sizes' }],
  types,
  dependence,
  label,
  formula(ctx) {
    const axes = resizedAxes(ctx);
    const how = axes && interpolationOf(ctx);
    return how
      ? resizeFormula(
          ctx,
          axes,
          axes.map((axis) => forAxis(ctx, how, axis)),
        )
      : null;
  },
};

export const upsample: OpDef = {
  ...resize,
  name: 'Upsample',
  title: 'Upsample',
  inputs: [{ name: 'X' }, { name: 'scales' }],
};
