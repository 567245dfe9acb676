import type { Dim } from '../ir/dim';
import type { Graph, TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { everything } from './branch';
import { mergeTypes, sameType } from './mergeTypes';
import { elementsOf, tensorType, typeOf } from './operands';
import type { OpContext, OpDef, Operand } from './operator';

/** A value of which only the type is known. */
const unknownOf = (type: TensorType | null): Operand => ({ type, contents: null, constant: false });

/** Widenings until nothing changes: each makes at least one extent unknown, and ranks are small. */
const mostTurns = 4;

interface Settled {
  readonly carried: readonly (TensorType | null)[];
  readonly outputs: readonly Operand[];
}

/** Types that hold before and after every turn: what changes its size from turn to turn becomes unknown. */
function settle(
  ctx: OpContext,
  body: Graph,
  initial: readonly (TensorType | null)[],
  inputs: (carried: readonly (TensorType | null)[]) => readonly (Operand | null)[],
  skip: number,
): Settled {
  let carried = initial;
  for (let turn = 0; ; turn++) {
    const outputs = ctx.subgraph(body, inputs(carried));
    const now = carried;
    const next = now.map((type, i) => mergeTypes(type, outputs[i + skip]?.type ?? null));
    if (turn >= mostTurns || next.every((type, i) => sameType(type, now[i] ?? null))) return { carried: next, outputs };
    carried = next;
  }
}

/** Adds an axis to a type, before `axis` (counted in the result). */
function stacked(type: TensorType | null, extent: Dim, axis = 0): TensorType | null {
  if (!type) return null;
  const shape = type.shape;
  if (!shape) return tensorType(type.dtype, null);
  const at = axis < 0 ? axis + shape.length + 1 : axis;
  return tensorType(type.dtype, [...shape.slice(0, at), extent, ...shape.slice(at)]);
}

/** The number of turns where nothing can end the loop early: a known count, and a condition left out or true for ever. */
function turnsOf(ctx: OpContext, goesOn: Operand | undefined): Dim {
  const forEver = elementsOf(ctx, 1)?.[0] === 1 && goesOn?.contents?.values[0] === 1;
  return ctx.inputs[1] && !forEver ? null : (elementsOf(ctx, 0)?.[0] ?? null);
}

/** In the body the condition holds, or there would be no such turn; one that is left out says nothing. */
const conditionOf = (ctx: OpContext): Operand => ({
  ...unknownOf(tensorType('bool', [])),
  contents: ctx.inputs[1] ? { dtype: 'bool', shape: [], values: [1] } : null,
});

/** Body: (turn, condition, carried …) → (condition, carried …, one slice of each stacked output …). */
function types(ctx: OpContext): ReturnType<OpDef['types']> {
  const body = ctx.attrs.graph('body');
  if (!body) return ctx.node.outputs.map(() => null);
  const initial = ctx.inputs.slice(2).map((input) => input?.type ?? null);
  const head = [unknownOf(tensorType('int64', [])), conditionOf(ctx)];
  const { carried, outputs } = settle(ctx, body, initial, (types) => [...head, ...types.map(unknownOf)], 1);
  const turns = turnsOf(ctx, outputs[0]);
  const slices = outputs.slice(1 + carried.length).map((slice) => stacked(slice.type, turns));
  return [...carried, ...slices].slice(0, ctx.node.outputs.length);
}

export const loop: OpDef = {
  name: 'Loop',
  family: 'shape',
  title: 'Loop',
  summary: t('Runs a graph again and again, handing values from turn to turn.'),
  inputs: [{ name: 'M' }, { name: 'cond' }, { name: 'v_initial' }],
  variadic: true,
  types,
  dependence: everything,
};

/** The axis along which an input is cut into slices, or an output is stacked. */
const axisFor = (axes: readonly number[] | undefined, i: number): number => axes?.[i] ?? 0;

function without(type: TensorType | null, axis: number): TensorType | null {
  if (!type?.shape) return type && tensorType(type.dtype, null);
  const at = axis < 0 ? axis + type.shape.length : axis;
  return tensorType(
    type.dtype,
    type.shape.filter((_, i) => i !== at),
  );
}

/** Body: (states …, a slice of each input …) → (states …, a slice of each output …). Opset 8 had lengths first and a batch axis. */
function scanTypes(ctx: OpContext): ReturnType<OpDef['types']> {
  const body = ctx.attrs.graph('body');
  const count = ctx.attrs.int('num_scan_inputs', 0);
  if (!body || ctx.opset < 9) return ctx.node.outputs.map(() => null);
  const states = ctx.inputs.length - count;
  const [inputAxes, outputAxes] = [ctx.attrs.ints('scan_input_axes'), ctx.attrs.ints('scan_output_axes')];
  const scanned = Array.from({ length: Math.max(0, count) }, (_, i) => typeOf(ctx, states + i));
  const slices = scanned.map((type, i) => unknownOf(without(type, axisFor(inputAxes, i))));
  const first = scanned[0]?.shape;
  const axis = axisFor(inputAxes, 0);
  const length = first?.[axis < 0 ? axis + first.length : axis] ?? null;
  const initial = Array.from({ length: Math.max(0, states) }, (_, i) => typeOf(ctx, i));
  const { carried, outputs } = settle(ctx, body, initial, (types) => [...types.map(unknownOf), ...slices], 0);
  const results = outputs.slice(carried.length).map((slice, i) => stacked(slice.type, length, axisFor(outputAxes, i)));
  return [...carried, ...results].slice(0, ctx.node.outputs.length);
}

export const scan: OpDef = {
  name: 'Scan',
  family: 'shape',
  title: 'Scan',
  summary: t('Runs a graph for every slice of its inputs, handing values from slice to slice.'),
  inputs: [{ name: 'initial_state_and_scan_inputs' }],
  variadic: true,
  types: scanTypes,
  dependence: everything,
};
