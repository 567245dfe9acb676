import { dimAdd, dimText, type Dim } from '../ir/dim';
import { t } from '../l10n/l10n';
import { everywhere } from './firstOnly';
import { contentsOf, countOf, mostElements } from './contents';
import { along, pointwise, type AxisMap, type Dependence } from './dependence';
import { tensor, type Expr, type Formula } from './formula';
import { letters, rangesOf } from './letters';
import { dtypeOf, frontAxis, shapeOf, tensorType } from './operands';
import type { Contents, OpContext, OpDef, TypedContext } from './operator';
import { mismatch, refuse } from './problems';
import { checkedAxis, shapeText } from './shapeProblems';

/** Longer than any axis of a picture: beyond it a list of reads costs more than it tells. */
const longestList = 65536;

const axisAttribute = (ctx: OpContext): number => ctx.attrs.int('axis', 1);

/** The extent the inputs agree on; a number tells more than a symbol. Undefined where two numbers differ. */
function agreed(extents: readonly Dim[]): Dim | undefined {
  const numbers = extents.filter((d) => typeof d === 'number');
  if (numbers.some((n) => n !== numbers[0])) return undefined;
  return numbers[0] ?? extents.find((d) => d !== null) ?? null;
}

function concatShape(ctx: OpContext): readonly Dim[] | null {
  const shapes = ctx.inputs.map((_, input) => shapeOf(ctx, input));
  const first = shapes.find((shape) => shape !== null);
  if (!first) return null;
  const axis = checkedAxis(ctx, axisAttribute(ctx), first.length);
  if (axis === null) return null;
  const known = shapes.filter((shape) => shape !== null);
  const other = known.find((shape) => shape.length !== first.length);
  if (other) return misfit(ctx, first, other);
  const result: Dim[] = [];
  for (let i = 0; i < first.length; i++) {
    const extents = shapes.map((shape) => (shape ? (shape[i] ?? null) : null));
    const extent = i === axis ? extents.reduce<Dim>(dimAdd, 0) : agreed(extents);
    if (extent === undefined) return misfit(ctx, first, known.find((shape) => shape[i] !== first[i]) ?? first);
    result.push(extent);
  }
  return result;
}

function misfit(ctx: OpContext, a: readonly Dim[], b: readonly Dim[]): null {
  return refuse(
    ctx,
    mismatch,
    t('{0} and {1} cannot be joined along axis {2}', shapeText(a), shapeText(b), axisAttribute(ctx)),
  );
}

/** Where each input begins along the joined axis. */
function offsets(ctx: OpContext, axis: number): readonly Dim[] {
  let offset: Dim = 0;
  return ctx.inputs.map((_, input) => {
    const start: Dim = offset;
    offset = dimAdd(offset, shapeOf(ctx, input)?.[axis] ?? null);
    return start;
  });
}

/** Along the joined axis every output position reads one input and none of the others. */
function joinedMap(offset: Dim, extent: Dim, total: Dim): AxisMap {
  if (typeof offset !== 'number') return { kind: 'whole' };
  if (typeof extent === 'number' && typeof total === 'number' && total <= longestList) {
    const nothing: readonly number[] = [];
    const inside = (i: number): boolean => i >= offset && i < offset + extent;
    return { kind: 'listed', reads: Array.from({ length: total }, (_, i) => (inside(i) ? [i - offset] : nothing)) };
  }
  return shifted(offset);
}

const shifted = (offset: number): AxisMap => ({
  kind: 'window',
  window: { kernel: 1, stride: 1, dilation: 1, padBegin: offset, padEnd: 0 },
});

function dependence(ctx: TypedContext): readonly (readonly (Dependence | null)[])[] {
  const shape = ctx.outputs[0]?.shape;
  if (!shape) return [ctx.inputs.map(() => everywhere(undefined))];
  const rank = shape.length;
  const axis = frontAxis(axisAttribute(ctx), rank) ?? 0;
  const starts = offsets(ctx, axis);
  // The channel axis of a picture is never followed; long lists there would only cost (DenseNet joins a thousand channels 58 times).
  const channels = axis < 2 && rank >= 4;
  return [
    ctx.inputs.map((input, i) => {
      const offset = starts[i] ?? null;
      const extent = shapeOf(ctx, i)?.[axis] ?? null;
      if (!input || input.constant) return null;
      const map =
        channels && typeof offset === 'number' ? shifted(offset) : joinedMap(offset, extent, shape[axis] ?? null);
      const plain = pointwise(rank, rank);
      return { axes: plain.axes.map((links, k) => (k === axis ? along(k, map) : links)) };
    }),
  ];
}

function evaluate(ctx: TypedContext): readonly (Contents | null)[] {
  const shape = ctx.outputs[0]?.shape;
  const contents = ctx.inputs.map((input) => input?.contents ?? null);
  const axis = shape ? frontAxis(axisAttribute(ctx), shape.length) : null;
  if (!shape || axis === null) return [null];
  // An input nobody knows the elements of still has its place: its elements are unknown, the others stay.
  if (contents.every((c) => c === null)) return [null];
  const parts = contents.map((c, i) => c ?? unknownContents(ctx, i));
  if (!parts.every((part) => part !== null) || parts.every((part) => part.values.every((v) => v === null)))
    return [null];
  const outer = countOf(parts[0]?.shape.slice(0, axis) ?? []);
  const values: Dim[] = [];
  for (let row = 0; row < outer; row++) {
    for (const part of parts) {
      const size = countOf(part.shape.slice(axis));
      values.push(...part.values.slice(row * size, (row + 1) * size));
    }
  }
  return [contentsOf(dtypeOf(ctx, 0), shape, values)];
}

function unknownContents(ctx: TypedContext, input: number): Contents | null {
  const shape = shapeOf(ctx, input);
  if (!shape?.every((d) => typeof d === 'number')) return null;
  const count = countOf(shape);
  return count > mostElements ? null : { dtype: dtypeOf(ctx, input), shape, values: Array<Dim>(count).fill(null) };
}

function label(ctx: TypedContext): readonly string[] {
  const rank = ctx.outputs[0]?.shape?.length ?? 0;
  const axis = frontAxis(axisAttribute(ctx), rank);
  if (axis === null) return [];
  const extents = ctx.inputs.map((_, input) => dimText(shapeOf(ctx, input)?.[axis] ?? null));
  const sizes = extents.length <= 4 ? extents.join(' + ') : `${extents.length} inputs`;
  return axis === 1 ? [sizes] : [sizes, `axis ${axis}`];
}

function formula(ctx: TypedContext): Formula | null {
  const shape = ctx.outputs[0]?.shape;
  const axis = shape ? frontAxis(axisAttribute(ctx), shape.length) : null;
  if (!shape || axis === null) return null;
  const names = letters(shape.length);
  const joined = names[axis] ?? 'k';
  const starts = offsets(ctx, axis);
  const shown = ctx.inputs.slice(0, 4);
  const parts: Expr[] = shown.map((_, input) => {
    const start = starts[input] ?? null;
    const index =
      typeof start === 'number' && start > 0
        ? { terms: [{ letter: joined, factor: 1 }], constant: -start, divisor: 1 }
        : joined;
    return tensor(`X${subscript(input + 1)}`, ...names.map((name, i) => (i === axis ? index : name)));
  });
  const more: Expr[] = ctx.inputs.length > shown.length ? [{ kind: 'symbol', text: '…' }] : [];
  const notes = shown.map((_, i) => {
    const from = dimText(starts[i] ?? null);
    return t('X{0} from {1} = {2} on', subscript(i + 1), joined, from);
  });
  return {
    left: tensor('Y', ...names),
    right: { kind: 'call', fn: 'concat', args: [...parts, ...more] },
    ranges: rangesOf(names, shape),
    notes,
  };
}

export const subscript = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)));

export const concat: OpDef = {
  name: 'Concat',
  family: 'join',
  title: 'Concat',
  summary: t('Puts tensors side by side along one axis, usually the channels.'),
  inputs: [{ name: 'inputs' }],
  variadic: true,
  types: (ctx) => [tensorType(dtypeOf(ctx, 0), concatShape(ctx))],
  dependence,
  evaluate,
  label,
  formula,
};
