import { globalAveragePool, globalMaxPool } from '../ops/globalPool';
import { sizeOf } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { explainMax, explainMean } from './gathered';
import { placed } from './window';

const overWhole = (def: Explainer['def'], mean: boolean): Explainer => ({
  def,
  explain(ctx, place, [x]) {
    const [batch = 0, channel = 0] = place;
    const shape = ctx.shapes[0];
    if (!shape || !x) return unexplained('The size of the picture is not known.');
    const [, channels = 1, ...spatial] = shape;
    const positions = spatial.map((extent) => Array.from({ length: extent }, (_, position) => position));
    const window = {
      input: [batch, channel],
      placed: placed(positions, spatial),
      x,
      from: (batch * channels + channel) * sizeOf(spatial),
    };
    return mean ? explainMean(place, window, sizeOf(spatial), null) : explainMax(place, window);
  },
});

export const globalPoolings: readonly Explainer[] = [
  overWhole(globalAveragePool, true),
  overWhole(globalMaxPool, false),
];
