/** The weighted sum over a window that all convolutions share, whatever the numbers are made of. */
import type { Window } from '../ops/dependence';
import type { OpDef } from '../ops/operator';
import { sizeOf, type Elements } from './elements';
import type { ChannelProducts } from './explanation';
import { channelProducts } from './products';
import type { UnitContext } from './unitContext';
import { placed, slidePositions, tapOffsets, type Placed } from './window';

interface Ports {
  /** Number of the input that is the picture, and of the one that is the kernel. */
  readonly data: number;
  readonly weight: number;
}

interface WindowSum {
  readonly window: Placed;
  readonly taps: readonly (readonly number[])[];
  readonly channels: readonly ChannelProducts[];
}

interface Geometry {
  readonly windows: readonly Window[];
  readonly spatial: readonly number[];
  readonly kernel: readonly number[];
  /** Input channels that one output channel reads, and the first of them. */
  readonly perGroup: number;
  readonly first: number;
  readonly inChannels: number;
}

function geometryOf(def: OpDef, ctx: UnitContext, { data, weight }: Ports, channel: number): Geometry | null {
  const [x, w] = [ctx.shapes[data], ctx.shapes[weight]];
  const windows = def.windows?.(ctx);
  if (!x || !w || !windows) return null;
  const group = ctx.attrs.int('group', 1);
  const [outChannels = 1, perGroup = 1, ...kernel] = w;
  const [, inChannels = 1, ...spatial] = x;
  const first = Math.floor(channel / (outChannels / group)) * perGroup;
  return { windows, spatial, kernel, perGroup, first, inChannels };
}

/** The products of one unit, channel by channel; null where the sizes do not fit together. Cells beyond the border count as 0. */
export function windowSum(
  def: OpDef,
  ctx: UnitContext,
  ports: Ports,
  [batch = 0, channel = 0, ...at]: readonly number[],
  x: Elements,
  w: Elements,
): WindowSum | null {
  const g = geometryOf(def, ctx, ports, channel);
  if (!g) return null;
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
  return { window, taps, channels };
}
