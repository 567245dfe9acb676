import { conv as def } from '../ops/conv';
import type { Window } from '../ops/dependence';
import { oneRun, sizeOf } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { channelProducts, explainProducts } from './products';
import type { UnitContext } from './unitContext';
import { placed, slidePositions, tapOffsets } from './window';

interface Geometry {
  readonly windows: readonly Window[];
  readonly spatial: readonly number[];
  readonly kernel: readonly number[];
  /** Input channels that one output channel reads, and the first of them. */
  readonly perGroup: number;
  readonly first: number;
  readonly inChannels: number;
}

function geometryOf(ctx: UnitContext, channel: number): Geometry | null {
  const [x, w] = ctx.shapes;
  const windows = def.windows?.(ctx);
  if (!x || !w || !windows) return null;
  const group = ctx.attrs.int('group', 1);
  const [outChannels = 1, perGroup = 1, ...kernel] = w;
  const [, inChannels = 1, ...spatial] = x;
  const first = Math.floor(channel / (outChannels / group)) * perGroup;
  return { windows, spatial, kernel, perGroup, first, inChannels };
}

/** A convolution of any rank, in groups, dilated, strided: Σ W[k, c, u, v] X[b, c, s·y + d·u − p, …] + β[k]. */
export const conv: Explainer = {
  def,
  reads(ctx, [, channel = 0]) {
    const kernel = sizeOf(ctx.shapes[1]?.slice(1) ?? []);
    return [null, oneRun(channel * kernel, kernel), oneRun(channel, 1)];
  },
  explain(ctx, place, [x, w, b]) {
    const [batch = 0, channel = 0, ...at] = place;
    const g = geometryOf(ctx, channel);
    if (!g || !x || !w) return unexplained('The sizes of this convolution do not fit together.');
    const window = placed(slidePositions(g.windows, at), g.spatial);
    const taps = g.kernel.map((size) => Array.from({ length: size }, (_, tap) => tap));
    const offsets = tapOffsets(taps, g.kernel);
    const [plane, volume] = [sizeOf(g.spatial), sizeOf(g.kernel)];
    const channels = Array.from({ length: g.perGroup }, (_, c) =>
      channelProducts(
        {
          input: [batch, g.first + c],
          weight: [channel, c],
          xFrom: (batch * g.inChannels + g.first + c) * plane,
          wFrom: (channel * g.perGroup + c) * volume,
        },
        window,
        offsets,
        x,
        w,
      ),
    );
    const bias = b ? { label: `bias β[${channel}]`, value: b.at(channel) } : null;
    return explainProducts(place, { weights: 'kernel', window, taps, neutral: 0, channels }, bias, []);
  },
};
