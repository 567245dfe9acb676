import { t } from '../l10n/l10n';
import { resize, resizeRules, upsample } from '../ops/resize';
import { weighedTaps } from '../ops/resizeWeights';
import { sizeOf } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { channelProducts, explainProducts } from './products';
import { placed } from './window';

/** Of a cubic kernel, along one axis. */
const MOST_TAPS = 4;

/** Neighbours times their weights: one weight of 1 for nearest neighbour, four for bilinear. */
const interpolated = (def: Explainer['def']): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const shape = ctx.shapes[0];
    const rules = resizeRules(ctx);
    if (!x || !shape || !rules) return unexplained(t('The scales of this layer are not at hand.'));
    const found = rules.map((rule, axis) =>
      rule ? weighedTaps(rule, place[axis] ?? 0) : { taps: [place[axis] ?? 0], weights: [1] },
    );
    if (found.some(({ taps }) => taps.length === 0)) {
      const value = ctx.attrs.float('extrapolation_value', 0);
      return {
        kind: 'explanation',
        place,
        middle: { kind: 'copied', from: null, parts: [] },
        steps: [{ label: t('filled in'), sign: '', value, result: true }],
        value,
        scale: 0,
        terms: 1,
        notes: [t('This unit lies outside of the cropped region: the extrapolation value was put in.')],
      };
    }
    // Leading axes that are read at one place stand before the window, as batch and channel do.
    const firstWide = found.findIndex(({ taps }) => taps.length > 1);
    const lead = Math.min(firstWide < 0 ? Infinity : firstWide, Math.max(0, shape.length - 2), 2);
    const input = found.slice(0, lead).map(({ taps }) => taps[0]!);
    const spatial = shape.slice(lead);
    const axes = found.slice(lead);
    const window = placed(
      axes.map(({ taps }) => taps),
      spatial,
    );
    let weights = [1];
    for (const axis of axes) weights = weights.flatMap((weight) => axis.weights.map((own) => weight * own));
    const from = input.reduce((flat, position, axis) => flat * shape[axis]! + position, 0) * sizeOf(spatial);
    const cells = weights.map((_, cell) => cell);
    const kernel = { at: (cell: number) => weights[cell] ?? NaN };
    const channel = channelProducts({ input, weight: [], xFrom: from, wFrom: 0 }, window, cells, x, kernel);
    const taps = axes.map(({ taps: read }) => read.map((_, i) => i));
    const middle = { weights: 'interpolation', window, taps, neutral: 0, channels: [channel] } as const;
    const explanation = explainProducts(place, middle, null, []);
    // Runtimes work the weights out in the tensor's own precision: each errs as much as the coordinate it comes from.
    const farthest = Math.max(0, ...axes.map(({ taps: read }) => read.at(-1) ?? 0));
    const sizes = channel.patch.reduce((sum, value) => sum + Math.abs(value), 0);
    // They also add up all taps of a cubic kernel where the border makes one of several.
    const terms = Math.max(explanation.terms, MOST_TAPS ** axes.length);
    return { ...explanation, scale: explanation.scale + sizes * (1 + farthest), terms };
  },
});

export const resizes: readonly Explainer[] = [interpolated(resize), interpolated(upsample)];
