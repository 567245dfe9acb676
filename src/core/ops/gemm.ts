import { type Dim, dimAdd, dimMul, dimProduct, dimText } from '../ir/dim';
import type { TensorType } from '../ir/types';
import { t } from '../l10n/l10n';
import { along, type Dependence } from './dependence';
import { type Expr, type Formula, tensor, type TensorTerm } from './formula';
import { extentText } from './labels';
import { dtypeOf, given, shapeOf } from './operands';
import type { OpContext, OpDef, TypedContext } from './operator';
import { badChannels, badRank, mismatch, refuse } from './problems';
import { outputShape, ranges } from './spatial';

/** The product's extents: `rows × inner` times `inner × columns`. */
interface Extents {
  readonly rows: Dim;
  readonly inner: Dim;
  readonly otherInner: Dim;
  readonly columns: Dim;
}

const isTransposed = (ctx: OpContext, name: 'transA' | 'transB'): boolean => ctx.attrs.int(name, 0) !== 0;

function extentsOf(ctx: OpContext): Extents {
  const [a0 = null, a1 = null] = shapeOf(ctx, 0) ?? [];
  const [b0 = null, b1 = null] = shapeOf(ctx, 1) ?? [];
  const [rows, inner] = isTransposed(ctx, 'transA') ? [a1, a0] : [a0, a1];
  const [otherInner, columns] = isTransposed(ctx, 'transB') ? [b1, b0] : [b0, b1];
  return { rows, inner: inner ?? otherInner, otherInner: otherInner ?? inner, columns };
}

/** The addend must stretch to the product, never the other way round. */
function addendFits(addend: readonly Dim[], product: readonly Dim[]): boolean {
  if (addend.length > 2) return false;
  return addend.every((d, i) => {
    const target = product[i + 2 - addend.length] ?? null;
    return typeof d !== 'number' || typeof target !== 'number' || d === 1 || d === target;
  });
}

function gemmTypes(ctx: OpContext): readonly (TensorType | null)[] {
  const dtype = dtypeOf(ctx, 0);
  const unknown = [{ dtype, shape: null }];
  const odd = [0, 1].find((i) => (shapeOf(ctx, i) ?? [1, 1]).length !== 2);
  if (odd !== undefined) {
    refuse(ctx, badRank, t('{0} has {1} axes instead of 2', odd ? 'B' : 'A', shapeOf(ctx, odd)?.length ?? 0));
    return unknown;
  }
  const { rows, inner, otherInner, columns } = extentsOf(ctx);
  if (typeof inner === 'number' && typeof otherInner === 'number' && inner !== otherInner) {
    refuse(ctx, badChannels, t('the input has {0} features, the weights take {1}', inner, otherInner));
    return unknown;
  }
  const addend = shapeOf(ctx, 2);
  if (addend && !addendFits(addend, [rows, columns])) {
    refuse(
      ctx,
      mismatch,
      t('C [{0}] cannot be added to [{1}, {2}]', addend.map(dimText).join(', '), dimText(rows), dimText(columns)),
    );
    return unknown;
  }
  return [{ dtype, shape: [rows, columns] }];
}

/** Row i of the result needs row i of A and all of B; column j all of A and column j of B. */
function gemmDependence(ctx: TypedContext): readonly (readonly (Dependence | null)[])[] {
  const a: Dependence = { axes: [along(isTransposed(ctx, 'transA') ? 1 : 0), []] };
  const b: Dependence = { axes: [[], along(isTransposed(ctx, 'transB') ? 0 : 1)] };
  return [[a, ctx.inputs[1]?.constant ? null : b, null]];
}

/** β[j], β[i, j] or β alone, as the addend broadcasts. */
function addendTerm(ctx: OpContext): TensorTerm {
  const shape = shapeOf(ctx, 2) ?? [null];
  const letters = ['b', 'j'].slice(2 - shape.length);
  return tensor('β', ...letters.filter((_, i) => shape[i] !== 1));
}

const scaled = (factor: number, term: Expr): Expr =>
  factor === 1 ? term : { kind: 'product', factors: [{ kind: 'number', value: factor }, term] };

function gemmFormula(ctx: TypedContext): Formula | null {
  const shape = outputShape(ctx);
  if (!shape) return null;
  const w = isTransposed(ctx, 'transB') ? tensor('W', 'j', 'i') : tensor('W', 'i', 'j');
  const x = isTransposed(ctx, 'transA') ? tensor('X', 'i', 'b') : tensor('X', 'b', 'i');
  const product = scaled(ctx.attrs.float('alpha', 1), { kind: 'product', factors: [w, x] });
  const addend = scaled(ctx.attrs.float('beta', 1), addendTerm(ctx));
  return {
    left: tensor('Y', 'b', 'j'),
    right: given(ctx, 2) ? { kind: 'sum', terms: [addend, product] } : product,
    ranges: [...ranges(['b', 'j'], shape, false), ...ranges(['i'], [extentsOf(ctx).inner], true)],
    notes: [],
  };
}

export const gemm: OpDef = {
  name: 'Gemm',
  family: 'dense',
  title: t('Fully connected'),
  summary: t('Every output is a weighted sum of all inputs plus a bias.'),
  inputs: [{ name: 'A' }, { name: 'B', parameter: 'weight' }, { name: 'C', parameter: 'bias' }],
  types: gemmTypes,
  dependence: gemmDependence,
  macs: (ctx) => dimMul(dimProduct(outputShape(ctx) ?? [null]), extentsOf(ctx).inner),
  synapses(ctx) {
    if (!ctx.inputs[1]?.constant) return null;
    const { inner, columns } = extentsOf(ctx);
    const all = dimMul(columns, dimAdd(inner, given(ctx, 2) ? 1 : 0));
    return { shared: all, unshared: all, fullyConnected: all };
  },
  label(ctx) {
    const { inner, columns } = extentsOf(ctx);
    return [`${extentText(inner)} → ${extentText(columns)}`];
  },
  formula: gemmFormula,
};
