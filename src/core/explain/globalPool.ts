import { t } from '../l10n/l10n';
import { globalAveragePool, globalMaxPool } from '../ops/globalPool';
import { sizeOf } from './elements';
import { unexplained, type Explanation } from './explanation';
import type { Explainer } from './explainer';
import { explainMax, explainMean, type GatheredWindow } from './gathered';
import type { UnitContext } from './unitContext';
import { placed } from './window';

type Gather = (place: readonly number[], window: GatheredWindow, ctx: UnitContext) => Explanation;

/** A unit of a pooling whose window is the whole picture, put together by `gather`. */
export const overWhole = (def: Explainer['def'], gather: Gather): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const [batch = 0, channel = 0] = place;
    const shape = ctx.shapes[0];
    if (!shape || !x) return unexplained(t('The size of the picture is not known.'));
    const [, channels = 1, ...spatial] = shape;
    const positions = spatial.map((extent) => Array.from({ length: extent }, (_, position) => position));
    const window = {
      input: [batch, channel],
      placed: placed(positions, spatial),
      x,
      from: (batch * channels + channel) * sizeOf(spatial),
    };
    return gather(place, window, ctx);
  },
});

export const globalPoolings: readonly Explainer[] = [
  overWhole(globalAveragePool, (place, window) => explainMean(place, window, window.placed.offsets.length, null)),
  overWhole(globalMaxPool, explainMax),
];
