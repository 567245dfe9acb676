import { t } from '../l10n/l10n';
import { matMul as def } from '../ops/matMul';
import { flatIndex, oneRun, sizeOf, type Elements, type Runs } from './elements';
import { unexplained, type Explanation, type Unexplained } from './explanation';
import type { Explainer } from './explainer';
import { explainTerms } from './terms';

/** The place in the result taken apart: leading axes, row of the left, column of the right; vectors have no axis of their own. */
function apart(place: readonly number[], left: readonly number[], right: readonly number[]) {
  const rows = left.length > 1 ? 1 : 0;
  const columns = right.length > 1 ? 1 : 0;
  return {
    lead: place.slice(0, place.length - rows - columns),
    row: rows ? [place[place.length - 1 - columns] ?? 0] : [],
    column: columns ? [place.at(-1) ?? 0] : [],
  };
}

/** Leading indices of an operand whose leading axes are broadcast. */
function leadOf(shape: readonly number[], lead: readonly number[]): readonly number[] {
  const own = shape.slice(0, -2);
  return own.map((extent, axis) => (extent === 1 ? 0 : (lead[axis + lead.length - own.length] ?? 0)));
}

function columnOf(shape: readonly number[], lead: readonly number[], column: readonly number[]): Runs {
  const [inner = 1, width = 1] = shape.length > 1 ? shape.slice(-2) : [shape[0] ?? 1, 1];
  const from = flatIndex(leadOf(shape, lead), shape.slice(0, -2)) * inner * width + (column[0] ?? 0);
  return width === 1 ? oneRun(from, inner) : { from, count: 1, times: inner, step: width };
}

type Shape = readonly number[] | null | undefined;

const noFit = unexplained(t('The sizes of this product do not fit together.'));

/** One number of a matrix product, the right operand by this name. */
export function matrixTerms(
  place: readonly number[],
  [left, right]: readonly [Shape, Shape],
  x: Elements,
  w: Elements,
  name: string,
): Explanation | Unexplained {
  if (!left?.length || !right?.length || sizeOf(left) === 0) return noFit;
  const { lead, row, column } = apart(place, left, right);
  const xIndex = (i: number): readonly number[] => [...leadOf(left, lead), ...row, i];
  const wIndex = (i: number): readonly number[] => [...leadOf(right, lead), i, ...column];
  return explainTerms(
    place,
    {
      count: left.at(-1) ?? 0,
      x: (i) => ({ name: 'X', index: xIndex(i), value: x.at(flatIndex(xIndex(i), left)) }),
      w: (i) => ({ name, index: wIndex(i), value: w.at(flatIndex(wIndex(i), right)) }),
    },
    1,
    null,
  );
}

/** Σ over the inner axis, batches broadcast as in numpy. */
export const matMul: Explainer = {
  def,
  reads(ctx, place) {
    const [left, right] = ctx.shapes;
    if (!left || !right) return [];
    const { lead, row, column } = apart(place, left, right);
    const inner = left.at(-1) ?? 1;
    const rows = left.length > 1 ? (left.at(-2) ?? 1) : 1;
    const from = flatIndex(leadOf(left, lead), left.slice(0, -2)) * rows * inner + (row[0] ?? 0) * inner;
    return [oneRun(from, inner), columnOf(right, lead, column)];
  },
  explain(ctx, place, [x, w]) {
    if (!x || !w) return noFit;
    return matrixTerms(place, [ctx.shapes[0], ctx.shapes[1]], x, w, ctx.inputs[1]?.constant ? 'W' : 'Z');
  },
};
