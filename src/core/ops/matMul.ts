import { t } from '../l10n/l10n';
import { broadcastShapes } from './broadcast';
import { type Dim, dimAdd, dimMul, dimProduct, dimText } from '../ir/dim';
import type { DType, TensorType } from '../ir/types';
import { along, type AxisLink, type Dependence } from './dependence';
import { type Formula, tensor } from './formula';
import { extentText } from './labels';
import { dtypeOf, shapeOf } from './operands';
import type { OpContext, OpDef, Port } from './operator';
import { badChannels, badRank, mismatch, refuse } from './problems';
import { outputShape, ranges } from './spatial';

/** Which inputs are multiplied: other number formats put scales between them. */
export interface ProductPorts {
  readonly inputs: readonly Port[];
  readonly left: number;
  readonly right: number;
  readonly dtype: (ctx: OpContext) => DType;
}

const innerExtent = (ctx: OpContext, ports: ProductPorts): Dim => {
  const a = shapeOf(ctx, ports.left);
  const b = shapeOf(ctx, ports.right);
  return a?.at(-1) ?? (b ? (b.length > 1 ? (b.at(-2) ?? null) : (b[0] ?? null)) : null);
};

const shapeText = (shape: readonly Dim[]): string => `[${shape.map(dimText).join(', ')}]`;

/** numpy's rules: vectors gain an axis that the result loses, leading axes broadcast. */
function productShape(ctx: OpContext, ports: ProductPorts): readonly Dim[] | null {
  const [a, b] = [shapeOf(ctx, ports.left), shapeOf(ctx, ports.right)];
  if (!a || !b) return null;
  if (!a.length || !b.length) return refuse(ctx, badRank, t('a number is no matrix'));
  const [left, right] = [a.length === 1 ? [1, ...a] : a, b.length === 1 ? [...b, 1] : b];
  const [k, l] = [left.at(-1) ?? null, right.at(-2) ?? null];
  if (typeof k === 'number' && typeof l === 'number' && k !== l) {
    return refuse(ctx, badChannels, t('{0} times {1}: {2} columns meet {3} rows', shapeText(a), shapeText(b), k, l));
  }
  const lead = broadcastShapes([left.slice(0, -2), right.slice(0, -2)]);
  if (!lead) return refuse(ctx, mismatch, t('{0} and {1} do not broadcast', shapeText(a), shapeText(b)));
  const rows = a.length === 1 ? [] : [left.at(-2) ?? null];
  const columns = b.length === 1 ? [] : [right.at(-1) ?? null];
  return [...lead, ...rows, ...columns];
}

/** Leading axes run along those of both; a row needs its row of the left, a column its column of the right. */
function productDependence(ctx: OpContext, ports: ProductPorts, rank: number): readonly (Dependence | null)[] {
  const [a, b] = [shapeOf(ctx, ports.left) ?? [], shapeOf(ctx, ports.right) ?? []];
  const matrixAxes = (a.length > 1 ? 1 : 0) + (b.length > 1 ? 1 : 0);
  const lead = rank - matrixAxes;
  const leading = (from: readonly Dim[]): (readonly AxisLink[])[] =>
    Array.from({ length: lead }, (_, i) => {
      const axis = i - lead + from.length - 2;
      return axis >= 0 ? along(axis) : [];
    });
  const rows = a.length > 1 ? [along(a.length - 2)] : [];
  const columns = b.length > 1 ? [along(b.length - 1)] : [];
  const ofLeft: Dependence = { axes: [...leading(a), ...rows, ...columns.map(() => [])] };
  const ofRight: Dependence = { axes: [...leading(b), ...rows.map(() => []), ...columns] };
  return ports.inputs.map((_, i) => {
    if (ctx.inputs[i]?.constant) return null;
    return i === ports.left ? ofLeft : i === ports.right ? ofRight : null;
  });
}

function productFormula(ctx: OpContext, shape: readonly Dim[], ports: ProductPorts): Formula | null {
  const [a, b] = [shapeOf(ctx, ports.left), shapeOf(ctx, ports.right)];
  // More than one batch axis says nothing more: `b` stands for all of them.
  if (!a || !b || a.length < 2 || b.length < 2) return null;
  const batch = shape.length > 2 ? ['b'] : [];
  const name = ctx.inputs[ports.right]?.constant ? 'W' : 'Z';
  return {
    left: tensor('Y', ...batch, 'i', 'j'),
    right: {
      kind: 'product',
      factors: [
        tensor('X', ...(a.length > 2 ? batch : []), 'i', 'k'),
        tensor(name, ...(b.length > 2 ? batch : []), 'k', 'j'),
      ],
    },
    ranges: [
      ...ranges(batch, [dimProduct(shape.slice(0, -2))], false),
      ...ranges(['i', 'j'], shape.slice(-2), false),
      ...ranges(['k'], [innerExtent(ctx, ports)], true),
    ],
    notes: [],
  };
}

export function matrixProduct(
  names: Pick<OpDef, 'name' | 'title' | 'summary'> & { readonly domain?: string },
  ports: ProductPorts,
): OpDef {
  return {
    ...names,
    family: 'dense',
    inputs: ports.inputs,
    types: (ctx): readonly TensorType[] => [{ dtype: ports.dtype(ctx), shape: productShape(ctx, ports) }],
    dependence: (ctx) => [productDependence(ctx, ports, outputShape(ctx)?.length ?? 0)],
    macs: (ctx) => dimMul(dimProduct(outputShape(ctx) ?? [null]), innerExtent(ctx, ports)),
    synapses(ctx) {
      if (!ctx.inputs[ports.right]?.constant || shapeOf(ctx, ports.right)?.length !== 2) return null;
      const all = dimMul(shapeOf(ctx, ports.right)?.at(-1) ?? null, dimAdd(innerExtent(ctx, ports), 0));
      return { shared: all, unshared: all, fullyConnected: all };
    },
    label(ctx) {
      const columns = outputShape(ctx)?.at(-1);
      return ctx.inputs[ports.right]?.constant && columns !== undefined
        ? [`${extentText(innerExtent(ctx, ports))} → ${extentText(columns)}`]
        : [];
    },
    formula(ctx) {
      const shape = outputShape(ctx);
      return shape ? productFormula(ctx, shape, ports) : null;
    },
  };
}

export const matMul = matrixProduct(
  { name: 'MatMul', title: t('Matrix product'), summary: t('Every output is the sum of a row times a column.') },
  {
    inputs: [
      { name: 'A', parameter: 'weight' },
      { name: 'B', parameter: 'weight' },
    ],
    left: 0,
    right: 1,
    dtype: (ctx) => dtypeOf(ctx, 0),
  },
);
