import { declare } from '../diagnostics/diagnostic';
import { dimAdd, dimSub, type Dim } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { everything } from './branch';
import { dtypeAttribute } from './cast';
import { mostElements } from './contents';
import { along, type AxisLink, type Dependence } from './dependence';
import { everywhere, firstOnly } from './firstOnly';
import { anyListOf, eachPlaceByPlace, elementOf, listOf, listWith, placeByPlace, placeOf } from './lists';
import { mergeTypes } from './mergeTypes';
import { dtypeOf, elementsOf, frontAxis, given, shapeOf, tensorType, typeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { problemOf } from './problems';
import { checkedShape } from './shapeProblems';

const openLength = declare('shape/list-length', 'info', (who: string, what: string) => `${who}: ${what}.`);

type Rules = Pick<OpDef, 'types'> & Partial<Pick<OpDef, 'variadic' | 'dependence' | 'evaluate'>>;

function container(name: string, summary: string, inputs: readonly string[], rules: Rules): OpDef {
  const title = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return {
    name,
    family: 'shape',
    title: title.charAt(0) + title.slice(1).toLowerCase(),
    summary,
    inputs: inputs.map((port) => ({ name: port })),
    dependence: everything,
    ...rules,
  };
}

const first = (ctx: OpContext): TensorType | null => typeOf(ctx, 0);

/** Extents of the pieces along the axis, and whether that axis stays; null where their number is not known. */
function pieces(ctx: OpContext, extent: Dim): readonly Dim[] | null {
  if (!given(ctx, 1)) return typeof extent === 'number' && extent <= mostElements ? Array<Dim>(extent).fill(1) : null;
  const split = elementsOf(ctx, 1);
  if (!split) return null;
  if (ctx.inputs[1]?.type?.shape?.length !== 0) return split;
  const [part = null] = split;
  if (typeof part !== 'number' || typeof extent !== 'number' || part < 1 || extent / part > mostElements) return null;
  const count = Math.ceil(extent / part);
  return Array.from({ length: count }, (_, i) => (i === count - 1 ? dimSub(extent, part * i) : part));
}

const isDropped = (ctx: OpContext): boolean => !given(ctx, 1) && ctx.attrs.int('keepdims', 1) === 0;

/** What is cut, and where. */
function cut(ctx: OpContext): { readonly shape: readonly Dim[]; readonly axis: number } | null {
  const shape = shapeOf(ctx, 0);
  const axis = shape && frontAxis(ctx.attrs.int('axis', 0), shape.length);
  return shape && axis !== null ? { shape, axis } : null;
}

function splitTypes(ctx: OpContext): ReturnType<OpDef['types']> {
  const dtype = dtypeOf(ctx, 0);
  const from = cut(ctx);
  if (!from) return [anyListOf(tensorType(dtype, null))];
  const { shape, axis } = from;
  const piece = (part: Dim): TensorType =>
    tensorType(
      dtype,
      shape.flatMap((d, i) => (i !== axis ? [d] : isDropped(ctx) ? [] : [part])),
    );
  const parts = checkedShape(ctx, pieces(ctx, shape[axis] ?? null));
  return [parts ? listOf(parts.map(piece)) : anyListOf(piece(given(ctx, 1) ? null : 1))];
}

/** Every axis but the one that is cut goes on as it is; of that one, any piece may hold any part. */
function splitDependence(ctx: OpContext): readonly (Dependence | null)[] | null {
  const from = cut(ctx);
  if (!from) return null;
  const links: (readonly AxisLink[])[] = from.shape.map((_, i) => (i === from.axis ? [] : along(i)));
  if (isDropped(ctx)) links.splice(from.axis, 1);
  return [{ axes: links }, ...ctx.inputs.slice(1).map(() => null)];
}

interface Joint {
  /** Of an element. */
  readonly shape: readonly Dim[];
  /** Of the result. */
  readonly axis: number;
  /** An axis of its own: elements lie side by side along it. */
  readonly fresh: boolean;
}

function joint(ctx: OpContext): Joint | null {
  const shape = shapeOf(ctx, 0);
  const fresh = ctx.attrs.int('new_axis', 0) === 1;
  const axis = shape && frontAxis(ctx.attrs.int('axis', 0), shape.length + Number(fresh));
  return shape && axis !== null ? { shape, axis, fresh } : null;
}

function joinedTypes(ctx: OpContext): ReturnType<OpDef['types']> {
  const list = first(ctx);
  const at = joint(ctx);
  if (!list || !at) return [list && tensorType(list.dtype, null)];
  const { shape, axis, fresh } = at;
  const { elements } = list;
  if (!elements)
    ctx.report(
      problemOf(
        ctx,
        openLength,
        t('how many tensors the list holds, and so the extent along axis {0}, only a run tells', axis),
      ),
    );
  const extent = !elements
    ? null
    : fresh
      ? elements.length
      : [...elements].reduce<Dim>((sum, element) => dimAdd(sum, element?.shape?.[axis] ?? null), 0);
  return [tensorType(list.dtype, [...shape.slice(0, axis), extent, ...shape.slice(fresh ? axis : axis + 1)])];
}

function joinedDependence(ctx: OpContext): readonly (Dependence | null)[] {
  const at = joint(ctx);
  if (!at) return [everywhere(undefined)];
  const links: (readonly AxisLink[])[] = at.shape.map((_, i) => along(i));
  links.splice(at.axis, at.fresh ? 0 : 1, []);
  return [{ axes: links }];
}

function inserted(ctx: OpContext): TensorType {
  const list = first(ctx);
  const tensor = typeOf(ctx, 1);
  const { elements } = list ?? {};
  if (elements) {
    const place = placeOf(ctx, 2, elements.length + 1, elements.length);
    if (list && place !== null) return listWith(list, elements, place, tensor);
    const any = [...elements, tensor].reduce((a, b) => mergeTypes(a, b), tensor);
    return listOf(Array<TensorType | null>(elements.length + 1).fill(any));
  }
  const before = elementOf(list);
  // An empty list says nothing of its elements yet.
  return anyListOf(before?.shape ? mergeTypes(before, tensor) : tensorType(dtypeOf(ctx, 0), null));
}

function erased(ctx: OpContext): TensorType | null {
  const list = first(ctx);
  if (!list?.elements) return list;
  const { elements } = list;
  if (elements.length < 2) return { ...list, elements: [] };
  const place = placeOf(ctx, 1, elements.length, elements.length - 1);
  if (place !== null) return listOf([...elements].filter((_, i) => i !== place));
  return listOf(Array<TensorType | null>(elements.length - 1).fill(elementOf(list)));
}

function picked(ctx: OpContext): TensorType | null {
  const list = first(ctx);
  const place = list?.elements ? placeOf(ctx, 1, list.elements.length, NaN) : null;
  return place === null ? elementOf(list) : (list?.elements?.at(place) ?? elementOf(list));
}

const lengthOfList = (ctx: OpContext): number | null => first(ctx)?.elements?.length ?? null;

const optionalOf = (type: TensorType | null): TensorType => ({
  dtype: type?.dtype ?? 'unknown',
  shape: type?.shape ?? null,
  container: 'optional',
});

function mapped(ctx: OpContext): ReturnType<OpDef['types']> {
  const body = ctx.attrs.graph('body');
  const count = lengthOfList(ctx);
  if (!body) return ctx.node.outputs.map(() => null);
  const inputs = ctx.inputs.map((input) => {
    const type = input?.type ?? null;
    return { type: type?.container === 'sequence' ? elementOf(type) : type, contents: null, constant: false };
  });
  return ctx
    .subgraph(body, inputs)
    .map(({ type }) => (count === null ? anyListOf(type) : listOf(Array<TensorType | null>(count).fill(type))));
}

const oneByOne = { dependence: eachPlaceByPlace } satisfies Partial<OpDef>;

export const sequences: readonly OpDef[] = [
  container('SequenceEmpty', t('A list without elements.'), [], {
    types: (ctx) => [{ ...anyListOf(tensorType(dtypeAttribute(ctx, 'dtype') ?? 'float32', null)), elements: [] }],
  }),
  container('SequenceConstruct', t('A list of the given tensors.'), ['inputs'], {
    types: (ctx) => [listOf(ctx.inputs.map((input) => input?.type ?? null))],
    variadic: true,
    ...oneByOne,
  }),
  container('SequenceInsert', t('A list with one more element.'), ['input_sequence', 'tensor', 'position'], {
    types: (ctx) => [inserted(ctx)],
    ...oneByOne,
  }),
  container('SequenceErase', t('A list with one element less.'), ['input_sequence', 'position'], {
    types: (ctx) => [erased(ctx)],
    dependence: (ctx) => [firstOnly(ctx, placeByPlace(first(ctx), ctx.outputs[0] ?? null))],
  }),
  container('SequenceAt', t('One element of a list.'), ['input_sequence', 'position'], {
    types: (ctx) => [picked(ctx)],
    dependence: (ctx) => [firstOnly(ctx, placeByPlace(first(ctx), ctx.outputs[0] ?? null))],
  }),
  container('SequenceLength', t('The number of elements of a list.'), ['input_sequence'], {
    types: () => [tensorType('int64', [])],
    evaluate: (ctx) => [{ dtype: 'int64', shape: [], values: [lengthOfList(ctx)] }],
  }),
  container('SplitToSequence', t('Cuts a tensor into a list of pieces.'), ['input', 'split'], {
    types: splitTypes,
    dependence: (ctx) => [splitDependence(ctx) ?? firstOnly(ctx, null)],
  }),
  container('ConcatFromSequence', t('Joins the elements of a list.'), ['input_sequence'], {
    types: joinedTypes,
    dependence: (ctx) => [joinedDependence(ctx)],
  }),
  container('SequenceMap', t('Runs a graph for every element of a list.'), ['input_sequence', 'additional_inputs'], {
    types: mapped,
    variadic: true,
  }),
  container('Optional', t('A value that may be absent.'), ['input'], {
    types: (ctx) => [optionalOf(first(ctx))],
    ...oneByOne,
  }),
  container('OptionalGetElement', t('The value of an optional one.'), ['input'], {
    types(ctx) {
      const type = first(ctx);
      return [type?.container === 'optional' ? elementOf(type) : type];
    },
    ...oneByOne,
  }),
  container('OptionalHasElement', t('Whether a value is there.'), ['input'], { types: () => [tensorType('bool', [])] }),
];
