import type { Dim } from '../ir/dim';
import { along, type Dependence } from './dependence';
import { matMul } from './matMul';
import { shapeOf } from './operands';
import type { OpContext, OpDef, Operand, TypedContext } from './operator';
import { viewedAs } from './viewedAs';

/** onnxruntime's fusions around matrix products. */

const turned = (ctx: OpContext, input: number): boolean => {
  const name = input === 0 ? 'transA' : 'transB';
  return ctx.attrs.int(name, 0) === 1 && (shapeOf(ctx, input)?.length ?? 0) > 1;
};

const lastSwapped = (shape: readonly Dim[]): readonly Dim[] => [
  ...shape.slice(0, -2),
  shape.at(-1) ?? null,
  shape.at(-2) ?? null,
];

/** The same node as a plain product sees it: with its operands already transposed. */
function asProduct(ctx: OpContext, outputs: TypedContext['outputs'] = []): TypedContext {
  const inputs = ctx.inputs.map((input, i): Operand | null => {
    const shape = input?.type?.shape;
    if (!input?.type || !shape || i > 1 || !turned(ctx, i)) return input;
    return { ...input, type: { ...input.type, shape: lastSwapped(shape) } };
  });
  return viewedAs(ctx, inputs, outputs);
}

/** Links to the last two axes change places. */
function turnedLinks(dependence: Dependence, rank: number): Dependence {
  const swap = (axis: number): number => (axis === rank - 1 ? rank - 2 : axis === rank - 2 ? rank - 1 : axis);
  return { ...dependence, axes: dependence.axes.map((links) => links.flatMap((l) => along(swap(l.from), l.map))) };
}

export const fusedMatMul: OpDef = {
  ...matMul,
  name: 'FusedMatMul',
  domain: 'com.microsoft',
  types: (ctx) => matMul.types(asProduct(ctx)),
  dependence(ctx) {
    const rows = matMul.dependence?.(asProduct(ctx, ctx.outputs)) ?? [];
    return rows.map((row) =>
      row.map((d, input) => (d && turned(ctx, input) ? turnedLinks(d, shapeOf(ctx, input)?.length ?? 0) : d)),
    );
  },
  macs: (ctx) => matMul.macs?.(asProduct(ctx, ctx.outputs)) ?? null,
  synapses: (ctx) => matMul.synapses?.(asProduct(ctx, ctx.outputs)) ?? null,
  formula: (ctx) => (turned(ctx, 0) || turned(ctx, 1) ? null : (matMul.formula?.(ctx) ?? null)),
};

export const transposeMatMul: OpDef = { ...fusedMatMul, name: 'TransposeMatMul' };
