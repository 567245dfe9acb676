import { dimEquals, type Dim } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { everything } from './branch';
import { dtypeAttribute } from './cast';
import { mergeTypes } from './mergeTypes';
import { dtypeOf, elementsOf, frontAxis, given, shapeOf, tensorType, typeOf } from './operands';
import type { OpContext, OpDef } from './operator';
import { checkedShape } from './shapeProblems';

/** Lists of tensors. Their type says what their elements have in common; the list itself has no size. */

const listOf = (element: TensorType | null): TensorType => ({
  dtype: element?.dtype ?? 'unknown',
  shape: element?.shape ?? null,
  container: 'sequence',
});

const elementOf = (list: TensorType | null): TensorType | null => list && tensorType(list.dtype, list.shape);

function container(
  name: string,
  summary: string,
  inputs: readonly string[],
  types: OpDef['types'],
  variadic = false,
): OpDef {
  const title = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');
  return {
    name,
    family: 'shape',
    title: title.charAt(0) + title.slice(1).toLowerCase(),
    summary,
    inputs: inputs.map((port) => ({ name: port })),
    variadic,
    types,
    dependence: everything,
  };
}

/** The part that every piece has: its extent along the axis only where all pieces agree. */
function pieceShape(ctx: OpContext): readonly Dim[] | null {
  const shape = shapeOf(ctx, 0);
  const axis = shape && frontAxis(ctx.attrs.int('axis', 0), shape.length);
  if (!shape || axis === null) return null;
  const split = given(ctx, 1) ? elementsOf(ctx, 1) : [1];
  const scalar = ctx.inputs[1]?.type?.shape?.length === 0;
  const extent = shape[axis] ?? null;
  const even = split?.length === 1 && (!scalar || divides(split[0] ?? null, extent));
  const agreed = even || split?.every((part) => dimEquals(part, split[0] ?? null));
  const dropped = !given(ctx, 1) && ctx.attrs.int('keepdims', 1) === 0;
  return shape.flatMap((d, i) => (i !== axis ? [d] : dropped ? [] : [agreed ? (split?.[0] ?? null) : null]));
}

const divides = (part: Dim, extent: Dim): boolean =>
  typeof part === 'number' && typeof extent === 'number' && part > 0 && extent % part === 0;

const first = (ctx: OpContext): TensorType | null => typeOf(ctx, 0);

const concatenated = (ctx: OpContext): readonly (TensorType | null)[] => {
  const list = first(ctx);
  const shape = list?.shape;
  const fresh = ctx.attrs.int('new_axis', 0) === 1;
  const axis = shape && frontAxis(ctx.attrs.int('axis', 0), shape.length + Number(fresh));
  if (!list || !shape || axis === null || axis === undefined) return [list && tensorType(list.dtype, null)];
  const behind = shape.slice(fresh ? axis : axis + 1);
  return [tensorType(list.dtype, [...shape.slice(0, axis), null, ...behind])];
};

const optionalOf = (type: TensorType | null): TensorType => ({
  dtype: type?.dtype ?? 'unknown',
  shape: type?.shape ?? null,
  container: 'optional',
});

export const sequences: readonly OpDef[] = [
  container('SequenceEmpty', 'A list without elements.', [], (ctx) => [
    listOf(tensorType(dtypeAttribute(ctx, 'dtype') ?? 'float32', null)),
  ]),
  container(
    'SequenceConstruct',
    'A list of the given tensors.',
    ['inputs'],
    (ctx) => [listOf(ctx.inputs.map((input) => input?.type ?? null).reduce((a, b) => mergeTypes(a, b), first(ctx)))],
    true,
  ),
  container('SequenceInsert', 'A list with one more element.', ['input_sequence', 'tensor', 'position'], (ctx) => {
    const before = elementOf(first(ctx));
    // An empty list says nothing of its elements yet.
    return [listOf(before?.shape ? mergeTypes(before, typeOf(ctx, 1)) : tensorType(dtypeOf(ctx, 0), null))];
  }),
  container('SequenceErase', 'A list with one element less.', ['input_sequence', 'position'], (ctx) => [first(ctx)]),
  container('SequenceAt', 'One element of a list.', ['input_sequence', 'position'], (ctx) => [elementOf(first(ctx))]),
  container('SequenceLength', 'The number of elements of a list.', ['input_sequence'], () => [tensorType('int64', [])]),
  container('SplitToSequence', 'Cuts a tensor into a list of pieces.', ['input', 'split'], (ctx) => [
    listOf(tensorType(dtypeOf(ctx, 0), checkedShape(ctx, pieceShape(ctx)))),
  ]),
  container('ConcatFromSequence', 'Joins the elements of a list.', ['input_sequence'], concatenated),
  container(
    'SequenceMap',
    'Runs a graph for every element of a list.',
    ['input_sequence', 'additional_inputs'],
    (ctx) => {
      const body = ctx.attrs.graph('body');
      const inputs = ctx.inputs.map((input) => {
        const type = input?.type ?? null;
        return { type: type?.container === 'sequence' ? elementOf(type) : type, contents: null, constant: false };
      });
      return body ? ctx.subgraph(body, inputs).map((output) => listOf(output.type)) : ctx.node.outputs.map(() => null);
    },
    true,
  ),
  container('Optional', 'A value that may be absent.', ['input'], (ctx) => [optionalOf(first(ctx))]),
  container('OptionalGetElement', 'The value of an optional one.', ['input'], (ctx) => {
    const type = first(ctx);
    return [type?.container === 'optional' ? elementOf(type) : type];
  }),
  container('OptionalHasElement', 'Whether a value is there.', ['input'], () => [tensorType('bool', [])]),
];
