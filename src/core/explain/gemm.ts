import { t } from '../l10n/l10n';
import { broadcastPosition } from '../ops/broadcast';
import { gemm as def } from '../ops/gemm';
import { oneRun, type Runs } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { explainTerms } from './terms';

/** A column of a matrix stored row by row lies apart; a row is one piece. */
const line = (at: number, length: number, width: number, isRow: boolean): Runs =>
  isRow ? oneRun(at * length, length) : { from: at, count: 1, times: length, step: width };

/** Y[b, j] = β·C[j] + α·Σ W[i, j] X[b, i]. */
export const gemm: Explainer = {
  def,
  reads(ctx, [, column = 0]) {
    const [b0 = 1, b1 = 1] = ctx.shapes[1] ?? [];
    const rows = ctx.attrs.int('transB', 0) !== 0;
    return [null, rows ? line(column, b1, b1, true) : line(column, b0, b1, false), null];
  },
  explain(ctx, place, [x, w, c]) {
    const [row = 0, column = 0] = place;
    const [xShape, wShape, cShape] = ctx.shapes;
    if (!x || !w || !xShape || !wShape) return unexplained(t('The sizes of this layer do not fit together.'));
    const [transA, transB] = [ctx.attrs.int('transA', 0) !== 0, ctx.attrs.int('transB', 0) !== 0];
    const [xWidth, wWidth] = [xShape[1] ?? 1, wShape[1] ?? 1];
    const count = transA ? (xShape[0] ?? 0) : xWidth;
    const xIndex = (i: number): readonly number[] => (transA ? [i, row] : [row, i]);
    const wIndex = (i: number): readonly number[] => (transB ? [column, i] : [i, column]);
    const at = ([r = 0, k = 0]: readonly number[], width: number): number => r * width + k;
    const beta = ctx.attrs.float('beta', 1);
    const addend = c && cShape ? c.at(broadcastPosition(place, ctx.shape, cShape)) : null;
    const name = beta === 1 ? t('bias β[{0}]', column) : `β·C[${column}]`;
    return explainTerms(
      place,
      {
        count,
        x: (i) => ({ name: 'X', index: xIndex(i), value: x.at(at(xIndex(i), xWidth)) }),
        w: (i) => ({ name: 'W', index: wIndex(i), value: w.at(at(wIndex(i), wWidth)) }),
      },
      ctx.attrs.float('alpha', 1),
      addend === null ? null : { label: name, value: beta * addend },
    );
  },
};
