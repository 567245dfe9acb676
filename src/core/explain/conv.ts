import { t } from '../l10n/l10n';
import { conv as def } from '../ops/conv';
import { oneRun, sizeOf } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { explainProducts } from './products';
import { windowSum } from './windowSum';

/** A convolution of any rank, in groups, dilated, strided: Σ W[k, c, u, v] X[b, c, s·y + d·u − p, …] + β[k]. */
export const conv: Explainer = {
  def,
  reads(ctx, [, channel = 0]) {
    const kernel = sizeOf(ctx.shapes[1]?.slice(1) ?? []);
    return [null, oneRun(channel * kernel, kernel), oneRun(channel, 1)];
  },
  explain(ctx, place, [x, w, b]) {
    const [, channel = 0] = place;
    const sum = x && w ? windowSum(def, ctx, { data: 0, weight: 1 }, place, x, w) : null;
    if (!sum) return unexplained(t('The sizes of this convolution do not fit together.'));
    const bias = b ? { label: t('bias β[{0}]', channel), value: b.at(channel) } : null;
    return explainProducts(place, { weights: 'kernel', ...sum, neutral: 0 }, bias, []);
  },
};
