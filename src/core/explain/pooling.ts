import { t } from '../l10n/l10n';
import { averagePool } from '../ops/averagePool';
import { maxPool } from '../ops/maxPool';
import type { Window } from '../ops/dependence';
import { sizeOf } from './elements';
import { unexplained, type Explanation } from './explanation';
import type { Explainer } from './explainer';
import { explainMax, explainMean, type GatheredWindow } from './gathered';
import { placed, slidePositions } from './window';
import type { UnitContext } from './unitContext';

/** Cells of a window that lie on the picture or its padding; with ceil_mode the last window may hang over even that. */
function cellsOnPadded(windows: readonly Window[], at: readonly number[], spatial: readonly number[]): number {
  return windows.reduce((count, { padEnd }, axis) => {
    const [positions = []] = slidePositions([windows[axis]!], [at[axis] ?? 0]);
    return count * positions.filter((position) => position < spatial[axis]! + padEnd).length;
  }, 1);
}

type Gather = (
  place: readonly number[],
  window: GatheredWindow,
  ctx: UnitContext,
  windows: readonly Window[],
) => Explanation;

/** A unit of a pooling: what its window holds, put together by `gather`. */
export const pooling = (def: Explainer['def'], gather: Gather): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const [batch = 0, channel = 0, ...at] = place;
    const shape = ctx.shapes[0];
    const windows = def.windows?.(ctx);
    if (!shape || !windows || !x) return unexplained(t('The sizes of this pooling do not fit together.'));
    const [, channels = 1, ...spatial] = shape;
    const window = {
      input: [batch, channel],
      placed: placed(slidePositions(windows, at), spatial),
      x,
      from: (batch * channels + channel) * sizeOf(spatial),
    };
    return gather(place, window, ctx, windows);
  },
});

export const poolings: readonly Explainer[] = [
  pooling(maxPool, explainMax),
  pooling(averagePool, (place, window, ctx, windows) => {
    const padded = ctx.attrs.int('count_include_pad', 0) !== 0;
    const [, , ...at] = place;
    const [, , ...spatial] = ctx.shapes[0] ?? [];
    const inside = window.placed.outside.filter((outside) => !outside).length;
    const counted = padded ? cellsOnPadded(windows, at, spatial) : inside;
    return explainMean(place, window, counted, padded ? 0 : null);
  }),
];
