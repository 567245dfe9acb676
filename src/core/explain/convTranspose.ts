import { t } from '../l10n/l10n';
import { convTranspose as def } from '../ops/convTranspose';
import type { Window } from '../ops/dependence';
import { sizeOf } from './elements';
import { unexplained } from './explanation';
import type { Explainer } from './explainer';
import { channelProducts, explainProducts } from './products';
import { placed, tapOffsets } from './window';

interface Landing {
  /** Inputs that reach this output, in their order, and by which tap of the kernel. */
  readonly positions: readonly number[];
  readonly taps: readonly number[];
}

/** `at = j·stride − padBegin + k·dilation`: the kernel is met turned round. */
function landings({ kernel, stride, dilation, padBegin }: Window, at: number): Landing {
  const positions: number[] = [];
  const taps: number[] = [];
  for (let tap = kernel - 1; tap >= 0; tap--) {
    const distance = at + padBegin - tap * dilation;
    if (distance % stride !== 0) continue;
    positions.push(distance / stride + 0);
    taps.push(tap);
  }
  return { positions, taps };
}

/** Every input is spread by the kernel: a unit is the sum of what lands on it. Bed of nails is the kernel with a single 1. */
export const convTranspose: Explainer = {
  def,
  reads(ctx, [, channel = 0]) {
    const [inChannels = 1, made = 1, ...kernel] = ctx.shapes[1] ?? [];
    const group = ctx.attrs.int('group', 1);
    const volume = sizeOf(kernel);
    const perGroup = inChannels / group;
    const first = Math.floor(channel / made) * perGroup;
    const weights = {
      from: (first * made + (channel % made)) * volume,
      count: volume,
      times: perGroup,
      step: made * volume,
    };
    return [null, weights, { from: channel, count: 1, times: 1, step: 1 }];
  },
  explain(ctx, place, [x, w, b]) {
    const [batch = 0, channel = 0, ...at] = place;
    const [xShape, wShape] = ctx.shapes;
    const windows = def.windows?.(ctx);
    if (!xShape || !wShape || !windows || !x || !w)
      return unexplained(t('The sizes of this transposed convolution do not fit together.'));
    const [, inChannels = 1, ...spatial] = xShape;
    const [, made = 1, ...kernel] = wShape;
    const found = windows.map((window, axis) => landings(window, at[axis] ?? 0));
    const window = placed(
      found.map(({ positions }) => positions),
      spatial,
    );
    const taps = found.map((landing) => landing.taps);
    const offsets = tapOffsets(taps, kernel);
    const [plane, volume] = [sizeOf(spatial), sizeOf(kernel)];
    const perGroup = inChannels / ctx.attrs.int('group', 1);
    const first = Math.floor(channel / made) * perGroup;
    const channels = Array.from({ length: perGroup }, (_, c) =>
      channelProducts(
        {
          input: [batch, first + c],
          weight: [first + c, channel % made],
          xFrom: (batch * inChannels + first + c) * plane,
          wFrom: ((first + c) * made + (channel % made)) * volume,
        },
        window,
        offsets,
        x,
        w,
      ),
    );
    const bias = b ? { label: t('bias β[{0}]', channel), value: b.at(channel) } : null;
    const nothing = offsets.length === 0 || window.outside.every(Boolean);
    const notes = nothing ? [t('No input lands on this unit: it is filled with zeros.')] : [];
    return explainProducts(place, { weights: 'kernel', window, taps, neutral: 0, channels }, bias, notes);
  },
};
